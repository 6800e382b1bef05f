"""Designs shown to whoever has their link."""

import pytest
from sqlmodel import select

from pet_app.builder import service as builder
from pet_app.builder.models import DesignShare, Picture
from pet_app.builder.pages.shared import fill_shared
from pet_app.builder.personal import erase, show
from pet_app.builder.pictures import PictureKind
from pet_app.builder.service import Share
from pet_app.core import db
from pet_app.core.errors import Invalid, NotFound
from pet_app.core.personal import Person
from pet_app.core.security import Identity
from tests.builder.factory import make_design
from tests.builder.keeping import rows, save
from tests.pet.factory import GUEST, MALLORY, OLIVE

pytestmark = pytest.mark.usefixtures("database")


def share(design_id: str, made_for: str = "Rex", owner: Identity = OLIVE) -> Share:
    with db.writing() as session:
        return builder.share_design(session, owner, design_id, made_for)


def cards() -> list[dict[str, str]]:
    with db.reading() as session:
        found = session.exec(select(Picture).where(Picture.kind == PictureKind.CARD))
        return [row.data for row in found]


@pytest.mark.parametrize("owner", [OLIVE, GUEST])
def test_whoever_has_the_link_sees_the_piece_and_not_the_animal(owner: Identity) -> None:
    made = share(save(owner, name="Sundays").id, owner=owner)
    with db.reading() as session:
        seen = builder.shared_design(session, made.code)
        assert (seen.name, seen.made_for, seen.title) == ("Sundays", "Rex", "Pine nylon harness")
        page = fill_shared(session, made.path, {})
    assert page.status == 200
    assert "640" not in str(page.parts)
    assert page.head
    assert "Sundays" in page.head.title
    assert "noindex" in page.head.more


def test_sharing_twice_gives_one_link_and_another_name_another_card() -> None:
    kept = save()
    first, second = share(kept.id), share(kept.id, "Olive")
    assert (first.code, rows(DesignShare)) == (second.code, 1)
    assert {card["foot"] for card in cards()} == {"Made for Rex", "Made for Olive"}
    assert len(cards()) == 2


def test_nobody_shares_or_unshares_somebody_elses_design() -> None:
    kept = save()
    made = share(kept.id)
    with db.writing() as session:
        for act in (builder.share_design, builder.share_of, builder.end_share):
            with pytest.raises(NotFound):
                act(session, MALLORY, kept.id)
    with db.reading() as session:
        assert builder.shared_design(session, made.code).made_for == "Rex"


def test_a_link_that_was_taken_back_leads_nowhere_and_its_card_is_gone() -> None:
    kept = save()
    made = share(kept.id)
    for _ in range(2):
        with db.writing() as session:
            builder.end_share(session, OLIVE, kept.id)
    assert cards() == []
    with db.reading() as session:
        assert builder.share_of(session, OLIVE, kept.id) is None
        with pytest.raises(NotFound):
            builder.shared_design(session, made.code)
        assert fill_shared(session, made.path, {}).status == 404


@pytest.mark.parametrize("name", ["f u c k", "x" * 41])
def test_not_every_word_stands_on_a_card_with_our_name(name: str) -> None:
    kept = save()
    with pytest.raises(Invalid) as refused:
        share(kept.id, name)
    assert "made_for" in refused.value.fields
    assert rows(DesignShare) == 0


def test_a_shared_design_that_changes_has_a_new_card() -> None:
    kept = save()
    share(kept.id)
    with db.writing() as session:
        data = make_design(colour="poppy").to_dict()
        builder.save_design(session, OLIVE, data, "Monday", "another click", kept.id)
        builder.renew_card(session, kept.id)
        builder.renew_card(session, kept.id)
    assert [card["title"] for card in cards()][1:] == ["Monday"]


def test_a_design_that_was_thrown_away_is_shown_to_nobody() -> None:
    kept = save()
    made = share(kept.id)
    with db.writing() as session:
        builder.delete_design(session, OLIVE, kept.id)
    with db.reading() as session, pytest.raises(NotFound):
        builder.shared_design(session, made.code)
    with db.writing() as session:
        builder.forget_shares(session, builder.shares_of(session, [kept.id]))
    assert rows(DesignShare) == 0


def test_further_views_are_ordered_once_and_a_card_only_by_sharing() -> None:
    kept = save()
    with db.writing() as session:
        for _ in range(2):
            builder.want_view(session, OLIVE, kept.id, PictureKind.FRONT)
        with pytest.raises(Invalid):
            builder.want_view(session, OLIVE, kept.id, PictureKind.CARD)
        with pytest.raises(NotFound):
            builder.want_view(session, MALLORY, kept.id, PictureKind.FRONT)
        kinds = [found.kind.value for found in builder.views_of(session, OLIVE, kept.id)]
    assert kinds == ["photo", "thumb", "front"]


def test_who_leaves_takes_links_and_cards_along() -> None:
    kept = save()
    share(kept.id)
    person = Person(OLIVE.owner.partition(":")[2])
    with db.writing() as session:
        assert [row["made_for"] for row in show(session, person).rows["shared_designs"]] == ["Rex"]
        erase(session, person)
    assert (rows(DesignShare), rows(Picture)) == (0, 0)
