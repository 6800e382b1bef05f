"""What the shop's pages say before any script has run."""

import json
import re
from itertools import pairwise

import pytest
from sqlmodel import Session

from pet_app.builder import palette
from pet_app.catalog import service as catalog
from pet_app.catalog.display.card import card, cards
from pet_app.catalog.display.data import product_data
from pet_app.catalog.display.product import chosen_form, form_with, product_view
from pet_app.catalog.display.words import colours, named
from pet_app.catalog.pages import FILLS, PAGES
from pet_app.catalog.pages.fills import fill_home, fill_product, fill_shop
from pet_app.catalog.pages.shelf import picture
from pet_app.catalog.rules import Kind, NewReview, NewVariant, ReviewState
from pet_app.catalog.sizes import chart, in_both_units, size_for
from pet_app.core import db
from pet_app.core.money import Money
from pet_app.ui.html import html
from pet_app.ui.page import Page, head, shell, summary
from tests.catalog.factory import OLIVE, STAFF, make_product, make_stocked

pytestmark = pytest.mark.usefixtures("sqlite_database")

FORMS = tuple(
    NewVariant(
        f"TRAIL-{size}-{colour}".upper(),
        Money(cents),
        300,
        (("Size", size), ("Colour", colour)),
        design={"format": 1},
    )
    for size, cents in (("S", 6000), ("M", 7000), ("L", 8000))
    for colour in ("Pine", "Navy")
)


@pytest.fixture
def stocked(sqlite_database: str) -> None:
    with db.writing() as session:
        make_product(session, variants=FORMS)
        make_product(session, "puddle-collar", title="Puddle collar", kind=Kind.COLLAR)
        make_stocked(session, "slow-bowl", stock=2)


def filled(path: str, **query: str) -> str:
    """Everything the server writes into the page of a path, head and all."""
    folder = path[: path.rfind("/") + 1]
    with db.reading() as session:
        filling = (FILLS.get(path) or FILLS[folder])(session, path, query)
    more = filling.head.more if filling.head else ""
    return "".join(filling.parts.values()) + more


def structured(written: str) -> list[dict]:
    """The blocks of structured data in a page."""
    found = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', written)
    return [json.loads(block) for block in found]


def review(session: Session, handle: str, rating: int, text: str = "Fits.") -> None:
    """What Olive says of a product she bought, read and shown."""
    product = catalog.product_by_handle(session, handle)
    catalog.note_purchase(session, OLIVE.owner, [product.id], "HH-1")
    said = NewReview(product.id, rating, "Good", text, "Olive")
    written = catalog.write_review(session, OLIVE, said)
    catalog.decide_review(session, STAFF, written.id, ReviewState.PUBLISHED)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_page_has_one_first_heading_and_a_skip_link(page: Page) -> None:
    written = str(shell(page)())
    assert "Skip to the content" in written
    if page.route == "/product/[handle]":
        assert written.count('jsx("h1"') == 2
    elif page.requires is None:
        assert written.count('jsx("h1"') == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.route)
def test_a_public_page_has_a_canonical_address_a_share_card_and_a_description(page: Page) -> None:
    written = " ".join(str(part) for part in head(page))
    if page.filled_for_each:
        assert written == ""
        assert "document.title" in str(summary(page)["title"])
    elif page.is_public:
        assert 'rel:"canonical"' in written
        assert "og:title" in written
        assert 50 <= len(page.description) <= 300, page.route
    else:
        assert "noindex" in written


def test_an_empty_shop_still_has_a_home_and_a_shelf() -> None:
    assert "Nothing is all of that at once" in filled("/shop")
    assert "<h3" not in filled("/")


@pytest.mark.usefixtures("stocked")
def test_the_shop_is_there_in_words_and_prices() -> None:
    written = filled("/shop")
    for words in ("Trail harness", "From $60.00", "Puddle collar", "$70.00", "3 pieces"):
        assert words in written
    assert written.count('href="/product/') == 3
    assert "Only 2 left" in written


@pytest.mark.usefixtures("stocked")
def test_an_address_narrows_the_shop_and_says_how_to_widen_it_again() -> None:
    written = filled("/shop", kind="harness", colour="navy")
    assert "1 piece<" in written
    assert 'href="/shop?kind=harness"' in written
    assert 'href="/shop?colour=navy"' in written
    assert 'aria-current="true"' in written
    assert "Puddle collar" not in written


@pytest.mark.usefixtures("stocked")
def test_what_somebody_searches_for_cannot_become_part_of_the_page() -> None:
    evil = '"><script>alert(1)</script>'
    written = filled("/shop", q=evil, kind=evil, size=evil, after=evil, sort=evil)
    assert "<script>alert" not in written


@pytest.mark.usefixtures("stocked")
def test_a_new_price_and_the_last_piece_sold_show_in_the_next_page() -> None:
    assert "$70.00" in filled("/product/puddle-collar")
    with db.writing() as session:
        product = catalog.product_by_handle(session, "puddle-collar")
        (form,) = catalog.variants_of(session, product)
        catalog.change_price(session, STAFF, form.id, Money(6400))
    assert "$64.00" in filled("/product/puddle-collar")
    assert "$64.00" in filled("/shop", kind="collar")
    assert "Only 2 left" in filled("/product/slow-bowl")
    with db.writing() as session:
        product = catalog.product_by_handle(session, "slow-bowl")
        (form,) = catalog.variants_of(session, product)
        catalog.change_stock(session, STAFF, form.id, 0)
    written = filled("/product/slow-bowl")
    assert "Sold out" in written
    assert "OutOfStock" in written


def test_a_product_put_in_later_has_a_whole_page_at_once() -> None:
    with db.writing() as session:
        make_product(session, "late-harness", title="Late harness", variants=FORMS)
    written = filled("/product/late-harness")
    for words in (
        "<h1",
        "Late harness",
        "For long days out.",
        "Nylon webbing",
        "/builder?preset=late-harness",
        'rel="canonical"',
        "og:title",
    ):
        assert words in written
    with db.reading() as session:
        told = fill_product(session, "/product/late-harness", {}).head
    assert told is not None
    assert told.title.startswith("Late harness, pine and marigold")


@pytest.mark.parametrize("handle", ["nothing", "hidden", "%20", "-", "a\x00b", "x" * 300])
def test_a_product_that_is_not_there_is_not_found_nor_listed(handle: str) -> None:
    with db.writing() as session:
        make_product(session, "hidden", published=False)
    with db.reading() as session:
        filling = fill_product(session, f"/product/{handle}", {})
    assert filling.status == 404
    assert filling.head is not None
    assert "noindex" in filling.head.more
    assert "slipped its collar" in "".join(filling.parts.values())


@pytest.mark.usefixtures("stocked")
def test_structured_data_has_an_offer_for_each_form_and_the_way_to_the_product() -> None:
    product, way = structured(filled("/product/trail-harness"))
    assert product["@type"] == "Product"
    assert [offer["price"] for offer in product["offers"]] == [
        *("60.00", "60.00", "70.00", "70.00", "80.00", "80.00")
    ]
    assert {offer["priceCurrency"] for offer in product["offers"]} == {"USD"}
    assert product["offers"][0]["url"].endswith("/product/trail-harness?variant=TRAIL-S-PINE")
    assert product["offers"][0]["availability"].endswith("MadeToOrder")
    assert way["itemListElement"][-1]["name"] == "Trail harness"


@pytest.mark.usefixtures("stocked")
def test_structured_data_has_a_rating_only_when_somebody_gave_one() -> None:
    assert "aggregateRating" not in structured(filled("/product/trail-harness"))[0]
    with db.writing() as session:
        review(session, "trail-harness", 4)
    product = structured(filled("/product/trail-harness"))[0]
    assert product["aggregateRating"]["ratingValue"] == "4.0"
    assert product["aggregateRating"]["reviewCount"] == 1


@pytest.mark.usefixtures("stocked")
def test_what_buyers_write_is_shown_as_they_wrote_it_and_never_as_markup() -> None:
    evil = "</script><script>alert(1)</script><b>bold</b>"
    with db.writing() as session:
        review(session, "trail-harness", 2, evil)
    written = filled("/product/trail-harness")
    assert "&lt;b&gt;bold&lt;/b&gt;" in written
    assert "<script>alert" not in written
    assert structured(written)[0]["review"][0]["reviewBody"] == evil
    assert "1 review<" in written


@pytest.mark.usefixtures("stocked")
def test_the_home_page_begins_with_the_first_of_the_shelf() -> None:
    with db.reading() as session:
        parts = fill_home(session, "/", {}).parts
    assert "Trail harness" in parts["first"]
    assert "Puddle collar" in parts["few"]
    assert "Trail harness" not in parts["few"]


@pytest.mark.usefixtures("stocked")
def test_the_usual_form_is_the_middle_size_and_an_address_may_name_another() -> None:
    with db.reading() as session:
        usual = product_view(session, "trail-harness")
        named_one = product_view(session, "trail-harness", "TRAIL-L-NAVY")
        unknown = product_view(session, "trail-harness", "'; drop table variant")
    assert (usual.form.words, usual.form.price) == ("M · Pine", "$70.00")
    assert (named_one.form.words, named_one.form.price) == ("L · Navy", "$80.00")
    assert unknown.form == usual.form


@pytest.mark.usefixtures("stocked")
def test_choosing_a_colour_keeps_the_size() -> None:
    with db.reading() as session:
        forms = catalog.variants_of(session, catalog.get_product(session, "trail-harness"))
    chosen = form_with(forms, "TRAIL-L-PINE", "Colour", "Navy")
    assert chosen is not None
    assert chosen.sku == "TRAIL-L-NAVY"
    assert form_with(forms, "TRAIL-L-PINE", "Colour", "Plaid") is None
    assert chosen_form((), "") is None


def test_what_is_sold_out_is_said_and_cannot_be_put_into_the_cart() -> None:
    with db.writing() as session:
        make_stocked(session, "slow-bowl", stock=0)
    with db.reading() as session:
        view = product_view(session, "slow-bowl")
    assert not view.form.can_be_bought
    assert view.form.id == ""
    assert view.options[0].choices[0].sold_out


def test_a_card_without_a_picture_names_none_and_with_one_offers_both_sizes() -> None:
    with db.writing() as session:
        product = make_product(session)
        assert (card(product).picture, card(product).picture_set) == ("", "")
        product.picture, product.picture_small = "ab/large.webp", "cd/small.webp"
        (shown,) = cards(session, [product])
    assert shown.picture == "/media/ab/large.webp"
    assert shown.picture_set == "/media/cd/small.webp 400w, /media/ab/large.webp 800w"
    assert product_data(product, ())["image"].endswith("/media/ab/large.webp")


def test_a_long_shelf_is_shown_stretch_by_stretch() -> None:
    with db.writing() as session:
        for number in range(30):
            make_product(session, f"harness-{number}", position=number)
    with db.reading() as session:
        first = "".join(fill_shop(session, "/shop", {}).parts.values())
        more = "".join(fill_shop(session, "/shop", {"show": "2"}).parts.values())
    assert first.count('href="/product/') == 24
    assert 'href="/shop?show=2"' in first
    assert more.count('href="/product/') == 30
    assert "Show more" not in more


def test_a_colour_of_a_filter_is_that_of_the_builder() -> None:
    assert colours() == {name: colour.hex for name, colour in palette.colours().items()}
    assert named("recycled_pet") == "Recycled PET"
    assert named("pine") == "Pine"


def test_the_size_chart_leaves_no_gap_between_sizes() -> None:
    sizes = chart()
    for smaller, larger in pairwise(sizes):
        assert smaller.neck_mm[1] == larger.neck_mm[0]
        assert smaller.girth_mm[1] == larger.girth_mm[0]
    assert in_both_units((420, 500)) == ("42–50 cm", "16.5–19.7 in")
    assert re.fullmatch(r"[XSML]+", sizes[0].name)


@pytest.mark.parametrize(
    ("kind", "neck_mm", "girth_mm", "size"),
    [
        (Kind.COLLAR, 400, 0, "M"),
        (Kind.HARNESS, 400, 620, "M"),
        (Kind.HARNESS, 400, 700, "L"),
        (Kind.HARNESS, 300, 440, "S"),
        (Kind.COLLAR, 900, 0, None),
        (Kind.HARNESS, 100, 200, None),
        (Kind.LEASH, 400, 620, None),
    ],
)
def test_a_pet_takes_the_size_that_both_its_measurements_fit(
    kind: Kind, neck_mm: int, girth_mm: int, size: str | None
) -> None:
    found = size_for(kind, neck_mm, girth_mm)
    assert (found.name if found else None) == size


@pytest.mark.parametrize("kind", list(Kind))
def test_whatever_has_no_picture_yet_has_a_drawing(kind: Kind) -> None:
    with db.writing() as session:
        shown = card(make_product(session, kind=kind))
    assert "<svg" in html(picture(shown, sizes=""))
