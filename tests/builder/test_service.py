"""Keeping designs, for their owner alone, at the server's price."""

import pytest
from sqlalchemy import Result, event, insert
from sqlalchemy.orm import ORMExecuteState

from pet_app.builder import service as builder
from pet_app.builder.models import DesignState, GearModel, Picture, SavedDesign
from pet_app.builder.price import price
from pet_app.builder.resolve import resolve
from pet_app.builder.service.designs import UNREADABLE
from pet_app.core import clock, db
from pet_app.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from pet_app.core.ids import new_id
from pet_app.core.security import Identity, user_owner, visitor_owner
from pet_app.messaging.models import OutboxRow
from tests.builder.factory import make_design
from tests.builder.keeping import rows, said, save
from tests.pet.factory import GUEST, MALLORY, OLIVE

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("owner", [OLIVE, GUEST])
def test_an_owner_finds_their_design_again(owner: Identity) -> None:
    design = make_design(pattern="plaid", colour="navy")
    kept = save(owner, design, "Rex on Sundays")
    with db.reading() as session:
        assert builder.get_design(session, owner, kept.id) == kept
        assert builder.list_designs(session, owner) == [kept]
    assert (kept.design, kept.name) == (design, "Rex on Sundays")


def test_the_price_is_worked_out_here_and_never_taken_from_outside() -> None:
    kept = save()
    assert kept.price == price(resolve(make_design())).total
    hostile = {**make_design().to_dict(), "price_cents": 1, "owner": "user:mallory"}
    with pytest.raises(Invalid) as refused, db.writing() as session:
        builder.save_design(session, OLIVE, hostile, "", new_id())
    assert refused.value.fields.keys() == {"price_cents", "owner"}


def test_a_design_without_a_name_is_called_after_what_it_is() -> None:
    assert save(design=make_design(material="recycled_pet")).name == "Pine recycled PET harness"
    assert save(name=" \x00 ").name == "Pine nylon harness"


def test_a_double_click_keeps_one_design_and_orders_one_picture() -> None:
    first = save(request_key="click")
    assert save(request_key="click").id == first.id
    assert (rows(SavedDesign), rows(Picture), said("design.saved")) == (1, 2, 1)


def test_one_click_cannot_stand_for_two_designs() -> None:
    save(request_key="click")
    with pytest.raises(Conflict):
        save(design=make_design(colour="poppy"), request_key="click")
    assert rows(SavedDesign) == 1


def test_two_people_may_have_the_same_click_and_share_one_picture() -> None:
    assert save(OLIVE, request_key="click").id != save(MALLORY, request_key="click").id
    assert (rows(SavedDesign), rows(Picture)) == (2, 2)


@pytest.mark.parametrize("request_key", ["", "draft", "x" * 65])
def test_a_save_has_to_carry_its_click(request_key: str) -> None:
    with pytest.raises(Invalid), db.writing() as session:
        builder.save_design(session, OLIVE, make_design().to_dict(), "", request_key)


def test_changes_are_kept_in_the_same_design() -> None:
    kept = save()
    changed = save(design=make_design(width_mm=30), name="Wider", design_id=kept.id)
    assert (changed.id, changed.name, changed.design.width_mm) == (kept.id, "Wider", 30)
    assert changed.price != kept.price
    assert (rows(SavedDesign), rows(Picture), said("design.saved")) == (1, 4, 2)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "saddle"},
        {**make_design().to_dict(), "width_mm": "25"},
        {**make_design().to_dict(), "measurements": None},
        {**make_design().to_dict(), "look": {"colour": ["pine"]}},
        make_design(girth_mm=0).to_dict(),
        make_design(girth_mm=10**9).to_dict(),
        make_design(neck_mm=640, girth_mm=400).to_dict(),
        make_design(material="leather", pattern="plaid").to_dict(),
        make_design(width_mm=10, weight_g=60_000, girth_mm=1000, back_mm=800).to_dict(),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(data: dict) -> None:
    with pytest.raises(Invalid) as refused, db.writing() as session:
        builder.save_design(session, OLIVE, data, "", new_id())
    assert refused.value.fields
    assert (rows(SavedDesign), rows(Picture), rows(OutboxRow)) == (0, 0, 0)


def test_nobody_else_can_see_change_or_delete_a_design() -> None:
    kept = save()
    for stranger in (MALLORY, GUEST, Identity()):
        with db.writing() as session:
            assert builder.list_designs(session, stranger) == []
            with pytest.raises(NotFound):
                builder.get_design(session, stranger, kept.id)
            with pytest.raises(NotFound):
                builder.rename_design(session, stranger, kept.id, "Mine")
            with pytest.raises(NotFound):
                builder.delete_design(session, stranger, kept.id)
        with pytest.raises((NotFound, NotSignedIn)):
            save(stranger, design_id=kept.id)
    with db.reading() as session:
        assert builder.get_design(session, OLIVE, kept.id) == kept


@pytest.mark.parametrize("design_id", ["0", "x" * 300, "\x00", "\ud800", "' OR 1=1 --"])
def test_an_unknown_design_is_not_found_whatever_its_id_looks_like(design_id: str) -> None:
    with db.reading() as session, pytest.raises(NotFound):
        builder.get_design(session, OLIVE, design_id)


def test_a_design_that_cannot_be_read_any_more_hides_no_other_and_can_be_deleted() -> None:
    kept, old = save(), save()
    with db.writing() as session:
        row = session.get_one(SavedDesign, old.id)
        row.data = {**row.data, "look": {**row.data["look"], "colour": "mauve"}}
        session.add(row)
    with db.writing() as session:
        assert builder.list_designs(session, OLIVE) == [kept]
        with pytest.raises(Invalid) as refused:
            builder.get_design(session, OLIVE, old.id)
        builder.delete_design(session, OLIVE, old.id)
        with pytest.raises(NotFound):
            builder.get_design(session, OLIVE, old.id)
    assert refused.value.detail == UNREADABLE


def test_a_design_can_be_renamed_and_deleted() -> None:
    kept = save()
    with db.writing() as session:
        assert builder.rename_design(session, OLIVE, kept.id, "  Best\tboy ").name == "Bestboy"
        for name in ("", " \n ", "x" * 61):
            with pytest.raises(Invalid):
                builder.rename_design(session, OLIVE, kept.id, name)
        builder.delete_design(session, OLIVE, kept.id)
        assert builder.list_designs(session, OLIVE) == []
        with pytest.raises(NotFound):
            builder.delete_design(session, OLIVE, kept.id)
    assert said("design.deleted") == 1


def test_there_is_an_end_to_how_many_designs_one_can_keep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pet_app.builder.service.designs.MOST_DESIGNS", 2)
    save()
    save()
    with pytest.raises(Conflict):
        save()


def test_a_guest_who_signs_in_keeps_designs_and_draft_however_often_it_is_told() -> None:
    person = Identity(GUEST.visitor, "olive")
    kept, other = save(GUEST), save(MALLORY)
    with db.writing() as session:
        builder.keep_draft(session, GUEST, {"width": "30"})
        builder.keep_draft(session, OLIVE, {"width": "10"})
    for adopted in (1, 0):
        with db.writing() as session:
            owners = visitor_owner(GUEST.visitor), user_owner("olive")
            assert builder.adopt_designs(session, *owners) == adopted
    with db.reading() as session:
        assert builder.list_designs(session, person) == [kept]
        assert builder.list_designs(session, GUEST) == []
        assert builder.list_designs(session, MALLORY) == [other]
        assert builder.draft_of(session, person) == {"width": "30"}


def test_a_draft_is_kept_as_it_stands_and_is_no_design() -> None:
    with db.writing() as session:
        builder.keep_draft(session, GUEST, {"girth": "not yet"})
        builder.keep_draft(session, GUEST, {"girth": "64"})
        assert builder.draft_of(session, GUEST) == {"girth": "64"}
        assert builder.draft_of(session, OLIVE) == {}
        assert builder.list_designs(session, GUEST) == []
        builder.drop_draft(session, GUEST)
        assert builder.draft_of(session, GUEST) == {}


def test_two_tabs_that_begin_a_draft_at_once_share_it() -> None:
    other_tab = SavedDesign(
        owner=GUEST.owner,
        request_key="draft",
        name="",
        data={"girth": "60"},
        state=DesignState.DRAFT,
        created=clock.now(),
        changed=clock.now(),
    )
    with db.writing() as session:

        @event.listens_for(session, "do_orm_execute", once=True)
        def between_look_and_write(looking: ORMExecuteState) -> Result:
            found = looking.invoke_statement().freeze()
            session.connection().execute(insert(SavedDesign).values(other_tab.model_dump()))
            return found()

        builder.keep_draft(session, GUEST, {"girth": "64"})
        assert builder.draft_of(session, GUEST) == {"girth": "64"}
    assert rows(SavedDesign) == 1


@pytest.mark.parametrize("choices", [{"a": "x" * 161}, {str(n): "" for n in range(41)}])
def test_a_draft_holds_a_page_and_no_more(choices: dict[str, str]) -> None:
    with pytest.raises(Invalid), db.writing() as session:
        builder.keep_draft(session, GUEST, choices)


def test_a_model_is_kept_once_and_the_file_last_made_counts() -> None:
    with db.writing() as session:
        with pytest.raises(NotFound):
            builder.model_key(session, "k")
        builder.attach_model(session, "k", "aa/first.glb", 10)
        builder.attach_model(session, "k", "bb/second.glb", 10)
        assert builder.model_key(session, "k") == "bb/second.glb"
    assert rows(GearModel) == 1
