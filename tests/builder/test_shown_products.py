"""Further pictures of the shop's own products, made before anybody looks."""

import pytest
from sqlmodel import col, select

from pet_app.builder import service as builder
from pet_app.builder.models import Picture
from pet_app.builder.pictures import PictureKind, PictureState, Urgency
from pet_app.builder.tasks import products
from pet_app.catalog import service as catalog
from pet_app.catalog.display.views import share_card, views_of
from pet_app.core import db
from pet_app.messaging.bus import load_reactions
from pet_app.messaging.models import JobRow
from pet_app.messaging.runner import carry_out
from tests.builder.factory import make_design
from tests.builder.keeping import said
from tests.catalog.factory import PASSER_BY, make_product
from tests.messaging.factory import hints

load_reactions()

pytestmark = pytest.mark.usefixtures("database")

HANDLE = "trail-harness"


def look_at() -> None:
    with db.writing() as session:
        product = catalog.get_product(session, HANDLE)
        catalog.note_look(session, PASSER_BY, product.id)


def order_views(urgency: Urgency = Urgency.SHELF) -> None:
    with db.writing() as session:
        products.order_views(session, HANDLE, urgency)


def render_all() -> None:
    """Every picture that was ordered is there, without a renderer."""
    with db.writing() as session:
        for row in session.exec(select(Picture)):
            row.state = PictureState.READY
            row.storage_key = f"{row.kind}-{row.id}"
            session.add(row)
        session.flush()
        products.show(session, HANDLE)


def kinds() -> list[str]:
    with db.reading() as session:
        return sorted(row.kind for row in session.exec(select(Picture)))


@pytest.fixture
def product(database: None) -> None:
    with db.writing() as session:
        made = make_product(session, HANDLE, design=make_design().to_dict())
        wanted = builder.want_pictures(session, products.SHELF, made.design, kept=True)
        builder.show_product(session, HANDLE, wanted[0].content_key)


@pytest.mark.usefixtures("product")
def test_who_looks_at_a_product_has_its_further_pictures_made_once() -> None:
    look_at()
    assert said("product.views_missed") == 1
    for _ in range(2):
        order_views()
    assert kinds() == sorted(["photo", "thumb", "card", *products.VIEWS])
    render_all()
    look_at()
    assert said("product.views_missed") == 1
    with db.reading() as session:
        shown = catalog.get_product(session, HANDLE)
        names = [view.name for view in views_of(shown)]
        assert names == ["Photo", "Front", "Side", "Above", "Close up", "See it turn"]
        assert [view.turns for view in views_of(shown)] == [False] * 5 + [True]
        assert "card-" in share_card(shown)


def test_a_new_product_has_its_pictures_made_ahead_behind_what_others_wait_for() -> None:
    with db.writing() as session:
        make_product(session, HANDLE, design=make_design().to_dict())
        builder.want_picture(session, PictureKind.PHOTO, make_design("leash").to_dict(), kept=True)
    carried = ("builder.picture_product", "builder.picture_ahead")
    for _, job_id, attempt in hints():
        with db.reading() as session:
            is_ordering = session.get_one(JobRow, job_id).kind in carried
        if is_ordering:
            carry_out(job_id, attempt)
    hints()
    assert kinds() == sorted(["photo", "photo", "thumb", "card", *products.VIEWS])
    with db.reading() as session:
        waiting = select(JobRow).where(col(JobRow.kind).like("builder.make%"))
        ordered = sorted(session.exec(waiting), key=lambda job: (-job.priority, job.due, job.id))
    made = [kind for job in ordered for kind in sorted(job.payload["kinds"])]
    assert sorted(made[:3]) == ["photo", "photo", "thumb"]
    assert made[-1] == "turntable"


@pytest.mark.usefixtures("product")
def test_who_looks_lifts_what_was_ordered_ahead() -> None:
    order_views(Urgency.AHEAD)
    assert said("picture.wanted") == 1
    look_at()
    order_views()
    order_views(Urgency.AHEAD)
    with db.reading() as session:
        lifted = session.exec(select(Picture).where(Picture.urgency == Urgency.SHELF)).all()
    assert len(lifted) == len(kinds())


@pytest.mark.usefixtures("product")
def test_another_price_wants_another_card() -> None:
    order_views()
    render_all()
    with db.writing() as session:
        shown = catalog.get_product(session, HANDLE)
        shown.price_cents += 500
        session.add(shown)
        session.flush()
        assert share_card(shown) == ""
    look_at()
    order_views()
    assert kinds().count("card") == 2


@pytest.mark.usefixtures("product")
def test_a_picture_that_failed_is_not_ordered_by_looking() -> None:
    order_views()
    with db.writing() as session:
        key = (
            session.exec(select(Picture).where(Picture.kind == PictureKind.FRONT)).one().content_key
        )
        builder.fail_pictures(session, key, [PictureKind.FRONT], "The lamp is broken.")
    order_views()
    with db.reading() as session:
        front = session.exec(select(Picture).where(Picture.kind == PictureKind.FRONT)).one()
        assert front.state == PictureState.FAILED


def test_a_product_with_one_picture_has_no_gallery() -> None:
    with db.writing() as session:
        assert views_of(make_product(session, HANDLE)) == []
