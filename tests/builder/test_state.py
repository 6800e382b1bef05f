"""The memory of the builder's pages, driven by events as a browser sends them."""

import pytest

from pet_app.builder import service as builder
from pet_app.builder.rules import Kind
from pet_app.builder.service import DesignRecord
from pet_app.builder.starting import STARTING
from pet_app.builder.state.bench import Bench
from pet_app.builder.state.designs import Designs
from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.security import VISITOR_COOKIE, Identity, fingerprint, new_token
from tests.builder.factory import make_design
from tests.pet.factory import MALLORY, OLIVE, make_pet
from tests.ui.factory import Tab, signed_in_cookies

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def token() -> str:
    return new_token()


@pytest.fixture
def tab(token: str) -> Tab:
    return opened(Tab(**{VISITOR_COOKIE: token}))


def opened(tab: Tab, **query: str) -> Tab:
    tab.go("/builder", **query)
    tab.send(Bench.open)
    tab.send(Bench.shape)
    return tab


def kept(identity: Identity) -> list[DesignRecord]:
    with db.reading() as session:
        return builder.list_designs(session, identity)


def make_kept(identity: Identity) -> DesignRecord:
    with db.writing() as session:
        data = make_design(colour="navy").to_dict()
        return builder.save_design(session, identity, data, "Rex", new_id())


def bench(tab: Tab) -> Bench:
    return tab.see(Bench)


def test_a_piece_is_on_the_bench_at_once(tab: Tab) -> None:
    assert bench(tab).choices.kind == "harness"
    assert bench(tab).shown.total.startswith("$")
    assert STARTING[Kind.HARNESS].geometry_key() in bench(tab).model


def test_a_new_width_gives_another_price_and_another_model(tab: Tab) -> None:
    before = bench(tab).shown.total, bench(tab).model
    tab.send(Bench.choose, choice="width", value="30")
    tab.send(Bench.shape)
    assert bench(tab).shown.total != before[0]
    assert bench(tab).model != before[1]


def test_a_new_colour_keeps_the_model(tab: Tab) -> None:
    before = bench(tab).model
    tab.send(Bench.choose, choice="colour", value="poppy")
    tab.send(Bench.shape)
    assert (bench(tab).look["colour"], bench(tab).model) == ("poppy", before)


def test_what_cannot_go_together_says_why_and_is_settled_in_one_step(tab: Tab) -> None:
    tab.send(Bench.choose, choice="material", value="leather")
    refused = bench(tab).shown.refused
    assert refused["pattern"].nearest == "plain"
    assert "leather" in refused["pattern"].reason.lower()
    tab.send(Bench.save)
    assert not bench(tab).is_kept
    tab.send(Bench.settle)
    assert bench(tab).can_be_made
    assert bench(tab).choices.pattern == "plain"


def test_a_blocked_choice_explains_itself_and_offers_the_nearest(tab: Tab) -> None:
    tab.send(Bench.explain, choice="width", value="40")
    assert (bench(tab).hint_for, bench(tab).hint.nearest) == ("width", "30")
    assert bench(tab).choices.width == "25"


@pytest.mark.parametrize("typed", ["", "wide", "-3", "0", "9999999", "1e3", "٣٦"])
def test_a_measurement_that_cannot_be_gets_a_sentence_at_its_field(tab: Tab, typed: str) -> None:
    before = bench(tab).model
    tab.send(Bench.measure, part="girth", typed=typed)
    tab.send(Bench.shape)
    assert bench(tab).faults["measurements.girth_mm"].endswith(".")
    assert bench(tab).model == before
    tab.send(Bench.save)
    assert "cannot be" in bench(tab).problem


def test_units_change_what_is_shown_and_not_what_is_made(tab: Tab) -> None:
    before = bench(tab).model
    tab.send(Bench.measure_in, units="in")
    tab.send(Bench.shape)
    assert (bench(tab).choices.girth, bench(tab).model) == ("25.2", before)


def test_a_change_can_be_taken_back_and_made_again(tab: Tab) -> None:
    tab.send(Bench.choose, choice="colour", value="poppy")
    tab.send(Bench.undo)
    assert bench(tab).choices.colour == "pine"
    tab.send(Bench.redo)
    assert bench(tab).choices.colour == "poppy"
    assert (bench(tab).can_undo, bench(tab).can_redo) == (True, False)


def test_however_often_save_is_pressed_one_design_is_kept(tab: Tab, token: str) -> None:
    for _ in range(3):
        tab.send(Bench.save)
    guest = Identity(fingerprint(token))
    assert [design.id for design in kept(guest)] == [bench(tab).saved_id]
    assert bench(tab).is_kept
    assert bench(tab).picture.state == "working"


def test_a_save_that_was_cut_off_and_sent_again_keeps_one_design(token: str) -> None:
    guest = Identity(fingerprint(token))
    first = opened(Tab(**{VISITOR_COOKIE: token}))
    click = bench(first)._click
    with db.writing() as session:
        builder.save_design(session, guest, STARTING[Kind.HARNESS].to_dict(), "", click)
    again = opened(Tab(**{VISITOR_COOKIE: token}))
    again.send(Bench.save)
    assert len(kept(guest)) == 1


def test_the_bench_survives_a_reload_and_signing_in(tab: Tab, token: str) -> None:
    tab.send(Bench.choose, choice="colour", value="poppy")
    tab.send(Bench.shape)
    assert bench(opened(Tab(**{VISITOR_COOKIE: token}))).choices.colour == "poppy"
    cookies = signed_in_cookies(user_id="olive") | {VISITOR_COOKIE: token}
    assert bench(opened(Tab(**cookies))).choices.colour == "poppy"


def test_a_kept_design_is_opened_changed_and_kept_in_place() -> None:
    design = make_kept(OLIVE)
    tab = opened(Tab(**signed_in_cookies(user_id="olive")), design=design.id)
    assert (bench(tab).name, bench(tab).look["colour"]) == ("Rex", "navy")
    assert bench(tab).is_kept
    tab.send(Bench.choose, choice="width", value="30")
    assert not bench(tab).is_kept
    tab.send(Bench.save)
    assert [(found.id, found.design.width_mm) for found in kept(OLIVE)] == [(design.id, 30)]


def test_somebody_elses_design_or_pet_is_not_opened(tab: Tab) -> None:
    with db.writing() as session:
        pet = make_pet(session, MALLORY)
    for query in ({"design": make_kept(MALLORY).id}, {"pet": pet.id}, {"preset": "none"}):
        tab.go("/builder", **query)
        tab.send(Bench.open)
        assert bench(tab).problem
        assert (bench(tab).saved_id, bench(tab).look["colour"]) == ("", "pine")
    tab.send(Bench.fit_pet, pet_id=pet.id)
    assert bench(tab).choices.fit == ""


def test_ones_own_pet_fills_the_measurements() -> None:
    with db.writing() as session:
        pet = make_pet(session, OLIVE)
    tab = opened(Tab(**signed_in_cookies(user_id="olive")))
    assert [chip.name for chip in bench(tab).chips] == ["Biscuit"]
    tab.send(Bench.fit_pet, pet_id=pet.id)
    assert (bench(tab).choices.girth, bench(tab).choices.fit) == ("76", pet.id)
    tab.send(Bench.measure, part="girth", typed="77")
    assert bench(tab).choices.fit == ""


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (Bench.choose, {"choice": "price", "value": "1"}),
        (Bench.choose, {"choice": "kind", "value": "saddle"}),
        (Bench.choose, {"choice": "width", "value": ["25"]}),
        (Bench.measure, {"part": "owner", "typed": "me"}),
        (Bench.measure_in, {"units": "furlong"}),
        (Bench.fit_size, {"size": "xxxl"}),
        (Bench.fit_pet, {"pet_id": "' OR 1=1"}),
    ],
)
def test_events_sent_by_hand_are_answered_and_change_nothing(
    tab: Tab, handler: object, payload: dict
) -> None:
    before = bench(tab).choices
    tab.send(handler, **payload)
    assert bench(tab).problem
    assert bench(tab).choices == before


def test_a_save_that_was_cut_off_and_changed_is_kept_at_the_next_press(token: str) -> None:
    guest = Identity(visitor=fingerprint(token))
    first = opened(Tab(**{VISITOR_COOKIE: token}))
    click = bench(first)._click
    with db.writing() as session:
        builder.save_design(session, guest, STARTING[Kind.HARNESS].to_dict(), "", click)
    first.send(Bench.choose, choice="colour", value="poppy")
    first.send(Bench.save)
    assert bench(first).problem
    first.send(Bench.save)
    assert {design.design.look.colour for design in kept(guest)} == {"pine", "poppy"}


def test_a_piece_deleted_in_another_tab_is_kept_as_a_new_one(tab: Tab, token: str) -> None:
    guest = Identity(visitor=fingerprint(token))
    tab.send(Bench.save)
    with db.writing() as session:
        builder.delete_design(session, guest, bench(tab).saved_id)
    tab.send(Bench.choose, choice="colour", value="poppy")
    tab.send(Bench.save)
    assert bench(tab).problem
    tab.send(Bench.save)
    assert [design.id for design in kept(guest)] == [bench(tab).saved_id]


def test_a_value_nobody_offers_is_refused_when_saved(tab: Tab, token: str) -> None:
    for choice, value in (("colour", "puce"), ("width", "999"), ("material", "lead")):
        tab.send(Bench.choose, choice=choice, value=value)
        tab.send(Bench.shape)
        tab.send(Bench.save)
        assert not bench(tab).is_kept
        tab.send(Bench.undo)
    assert kept(Identity(fingerprint(token))) == []


def test_the_list_renames_and_deletes_only_ones_own() -> None:
    mine, theirs = make_kept(OLIVE), make_kept(MALLORY)
    tab = Tab(**signed_in_cookies(user_id="olive"))
    tab.send(Designs.open)
    assert [card.name for card in tab.see(Designs).cards] == ["Rex"]
    tab.send(Designs.ask_name, design_id=mine.id)
    tab.send(Designs.rename, typed={"name": "Max"})
    assert [card.name for card in tab.see(Designs).cards] == ["Max"]
    tab.send(Designs.ask_deletion, design_id=theirs.id, name="Rex")
    tab.send(Designs.delete)
    assert "cannot find" in tab.see(Designs).problem
    tab.send(Designs.ask_deletion, design_id=mine.id, name="Max")
    tab.send(Designs.delete)
    assert (tab.see(Designs).cards, len(kept(MALLORY))) == ([], 1)
