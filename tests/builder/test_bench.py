"""The bench with every kind and option, driven by events as a browser sends them."""

import pytest

from pet_app.builder.rules import Kind
from pet_app.builder.starting import OFFERED
from pet_app.builder.state.bench import Bench
from pet_app.core.security import VISITOR_COOKIE, new_token
from tests.builder.test_state import bench, opened
from tests.ui.factory import Tab

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def tab() -> Tab:
    return opened(Tab(**{VISITOR_COOKIE: new_token()}))


def chosen(tab: Tab, kind: Kind) -> Tab:
    tab.send(Bench.choose, choice="kind", value=kind)
    tab.send(Bench.shape)
    return tab


@pytest.mark.parametrize("kind", OFFERED)
def test_each_kind_has_its_price_its_model_and_its_words(tab: Tab, kind: Kind) -> None:
    chosen(tab, kind)
    assert bench(tab).can_be_made
    assert bench(tab).shown.total.startswith("$")
    assert bench(tab).model.endswith(".glb")
    assert bench(tab).shown.checked.verdict
    tab.send(Bench.save)
    assert bench(tab).is_kept


def test_a_ring_too_few_is_refused_and_put_back(tab: Tab) -> None:
    for place in ("back", "chest"):
        tab.send(Bench.put_ring, place=place)
    refused = bench(tab).shown.refused["rings"]
    assert refused.reason.endswith(".")
    tab.send(Bench.choose, choice="rings", value=refused.nearest)
    assert bench(tab).can_be_made


@pytest.mark.parametrize("text", ["Rex 🐕", "x" * 90, "fuck"])
def test_a_text_that_cannot_be_made_says_why(tab: Tab, text: str) -> None:
    tab.send(Bench.write, typed=text)
    assert not bench(tab).can_be_made
    assert bench(tab).shown.refused["text"].reason.endswith(".")
    assert bench(tab).trouble == "choice-text"
    assert bench(tab).choices.text == text


def test_a_text_is_mended_in_one_step_and_drawn_anew(tab: Tab) -> None:
    chosen(tab, Kind.TAG)
    tab.send(Bench.write, typed="Rex 🐕")
    refused = bench(tab).shown.refused["text"]
    before = bench(tab).drawn
    tab.send(Bench.choose, choice="text", value=refused.nearest)
    assert bench(tab).can_be_made
    assert bench(tab).choices.text.strip() == "Rex"
    assert bench(tab).drawn > before


def test_a_text_goes_along_to_another_kind_as_far_as_it_has_room(tab: Tab) -> None:
    chosen(tab, Kind.TAG)
    tab.send(Bench.write, typed="Rex\n555 0134")
    chosen(tab, Kind.COLLAR)
    assert bench(tab).choices.text == "Rex 555 0134"
    assert bench(tab).can_be_made
    tab.send(Bench.undo)
    assert bench(tab).choices.kind == "tag"
    assert bench(tab).choices.text == "Rex\n555 0134"
    tab.send(Bench.redo)
    assert bench(tab).choices.text == "Rex 555 0134"


def test_what_another_kind_has_no_use_for_is_there_again_with_the_first(tab: Tab) -> None:
    for choice, value in {"lining": "fleece", "buckle": "metal", "colour": "navy"}.items():
        tab.send(Bench.choose, choice=choice, value=value)
    before = bench(tab).choices
    chosen(chosen(tab, Kind.TAG), Kind.HARNESS)
    assert (bench(tab).choices.lining, bench(tab).choices.buckle) == ("fleece", "metal")
    assert bench(tab).choices.colour == before.colour


def test_what_a_text_comes_out_as_is_said(tab: Tab) -> None:
    chosen(tab, Kind.TAG)
    tab.send(Bench.write, typed="ΖΕΥΣ")
    assert "capitals" in bench(tab).shown.lettering


def test_a_thread_that_cannot_be_read_says_what_comes_in_its_place(tab: Tab) -> None:
    chosen(tab, Kind.BANDANA)
    for choice, value in {"colour": "navy", "accent": "chalk", "thread": "chalk"}.items():
        tab.send(Bench.choose, choice=choice, value=value)
    assert "Chalk cannot be read on these colours: it is in black." in bench(tab).shown.lettering
    tab.send(Bench.choose, choice="thread", value="marigold")
    assert "cannot be read" not in bench(tab).shown.lettering


def test_a_growing_animal_has_a_plan_and_a_wrong_age_a_sentence(tab: Tab) -> None:
    assert bench(tab).shown.checked.growth.says == ""
    tab.send(Bench.measure, part="age", typed="14")
    assert "14 weeks" in bench(tab).shown.checked.growth.says
    tab.send(Bench.measure, part="age", typed="fourteen")
    assert bench(tab).faults["age_weeks"].endswith(".")


def test_every_word_is_in_the_visitors_units(tab: Tab) -> None:
    tab.send(Bench.measure_in, units="in")
    found = bench(tab).shown
    said = [found.checked.verdict, found.description, *(row.made for row in found.checked.loops)]
    assert not [words for words in said if " mm" in words or " kg" in words]
    tab.send(Bench.write, typed="Rex")
    assert bench(tab).shown.lettering.endswith(" in high.")
    tab.send(Bench.measure, part="girth", typed="99")
    assert " in" in bench(tab).faults["measurements.girth_mm"]


def test_a_piece_is_shown_on_its_animal(tab: Tab) -> None:
    alone = bench(tab).model
    tab.send(Bench.wear)
    tab.send(Bench.shape)
    assert "/animals/" in bench(tab).model
    tab.send(Bench.wear)
    tab.send(Bench.shape)
    assert bench(tab).model == alone
    chosen(tab, Kind.LEASH)
    assert not bench(tab).can_be_worn


def test_a_martingale_for_a_cat_is_refused_and_says_what_is_safe(tab: Tab) -> None:
    tab.send(Bench.fit_size, size="xs")
    tab.send(Bench.choose, choice="build", value="cat")
    chosen(tab, Kind.MARTINGALE)
    refused = bench(tab).shown.refused["kind"]
    assert refused.nearest == "collar"
    tab.send(Bench.choose, choice="kind", value=refused.nearest)
    tab.send(Bench.settle)
    assert bench(tab).choices.kind == "collar"


def test_a_kind_can_be_asked_for_in_the_address(tab: Tab) -> None:
    tab.go("/builder", kind="leash")
    tab.send(Bench.open)
    assert bench(tab).choices.kind == "leash"
    tab.go("/builder", kind="saddle")
    tab.send(Bench.open)
    assert bench(tab).choices.kind == "harness"


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (Bench.put_ring, {"place": "tail"}),
        (Bench.write, {"typed": ["Rex"]}),
        (Bench.measure, {"part": "age", "typed": 14}),
        (Bench.choose, {"choice": "text", "value": None}),
    ],
)
def test_options_sent_by_hand_change_nothing(tab: Tab, handler: object, payload: dict) -> None:
    before = bench(tab).choices
    tab.send(handler, **payload)
    assert bench(tab).problem
    assert bench(tab).choices == before


@pytest.mark.parametrize(
    ("choice", "value"),
    [
        ("lining", "fur"),
        ("buckle", "glue"),
        ("leash", "x"),
        ("build", "horse"),
        ("method", "paint"),
    ],
)
def test_a_value_nobody_offers_makes_nothing(tab: Tab, choice: str, value: str) -> None:
    kind = Kind.LEASH if choice == "leash" else Kind.HARNESS
    chosen(tab, kind)
    tab.send(Bench.choose, choice=choice, value=value)
    tab.send(Bench.shape)
    assert not bench(tab).can_be_made
    tab.send(Bench.save)
    assert not bench(tab).is_kept
