"""Texts: any script we have letters for, nothing invisible, and a reason with every refusal."""

from time import process_time

import numpy as np
import pytest

from pet_app.builder.lettering import Fault, Laid, box, fault, lay, tidy
from pet_app.builder.lettering.order import stretches
from pet_app.builder.lettering.written import write
from pet_app.builder.rules import Method

ROOM = box(length_mm=120, height_mm=30, capital_mm=10, lines=3)
LINE = box(length_mm=60, height_mm=14, capital_mm=8)


def made(text: str, room=ROOM, method: Method = Method.PRINTED) -> Laid:
    laid = lay(text, method, room)
    assert isinstance(laid, Laid), laid
    return laid


def refused(text: str, room=ROOM, method: Method = Method.PRINTED) -> Fault:
    laid = lay(text, method, room)
    assert isinstance(laid, Fault), laid
    assert laid.reason.endswith((".", "mm.", "text."))
    if laid.nearest is not None:
        assert isinstance(lay(laid.nearest, method, room), Laid)
    return laid


def pieces(line: str) -> int:
    """How many pieces of ink a line has."""
    return len(write(line, 0.05, 5.0).shapes)


@pytest.mark.parametrize(
    "text",
    [
        "Rex", "Łucja", "Đorđe", "Nguyễn", "Ærø & Co", "Ζευς", "Αθηνά", "Бобик", "Їжак",
        "רקס", "שָׁלוֹם", "كلب", "گربه", "Rex كلب 12", "רקס Rex", "555 0134",
        "+44 (0)20 7946-0018", "O’Malley", "½ №1 €5", "Q\u0303", "a@b.example",
    ],
)  # fmt: skip
def test_every_script_we_have_letters_for_can_be_written(text: str) -> None:
    laid = made(text)
    assert laid.shapes()
    assert laid.length_mm > 0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rex 🐶", "“🐶” (dog face)"),
        ("👨‍👩‍👧", "“👨” (man)"),
        ("日本", "cjk unified ideograph-65e5"),
        ("कुत्ता", "devanagari letter ka"),
        ("ไทย", "thai character"),
        ("\ue000", "character E000"),
        ("\ud800", "character D800"),
    ],
)
def test_a_character_we_cannot_write_is_named(text: str, named: str) -> None:
    assert named in refused(text).reason


def test_the_rest_of_a_text_is_offered_without_what_we_cannot_write() -> None:
    assert refused("Rex 🐶").nearest == "Rex"
    assert refused("ﬁdo").nearest == "fido"
    assert refused("Ｒｅｘ").nearest == "Rex"
    assert refused("Ἀθηνᾶ").nearest == "Αθηνα"
    assert refused("🐶").nearest is None


def test_nothing_invisible_is_written() -> None:
    plain = made("Rex")
    for text in ("R\u200bex", "\ufeffRex", "\u202eRex\u202c", "Re\u00adx", "\x00Rex", "  Rex \t"):
        assert made(text).lines == plain.lines
    for nothing in ("", "   ", "\u200b\u200d", "\x00", "\n\n"):
        assert tidy(nothing) == ()
        assert fault(nothing, Method.PRINTED, ROOM) is None


def test_one_letter_has_one_form_however_it_was_typed() -> None:
    assert made("e\u0301").lines == made("é").lines
    assert made("o\u0323\u0302").lines == made("o\u0302\u0323").lines == ("ộ",)


def test_marks_stay_on_their_letters_and_can_be_told_apart() -> None:
    assert pieces("Q\u0303") == pieces("Q") + 1
    heaped = refused("e" + "\u0301" * 9)
    assert "accents" in heaped.reason
    assert heaped.nearest is not None
    assert "no letters for combining acute accent" in refused("\u0301").reason


def test_arabic_letters_join_and_a_joiner_keeps_them_apart() -> None:
    assert pieces("ببب") < pieces("ب\u200cب\u200cب")
    assert made("می\u200cخواهم").lines == ("می\u200cخواهم",)
    assert tidy("Re\u200cx") == ("Rex",)


def test_what_runs_from_right_to_left_is_drawn_so() -> None:
    assert stretches("Rex كلب") == (("Rex ", False), ("كلب", True))
    assert [text.strip() for text, _ in stretches("רקס Rex 12")] == ["Rex 12", "רקס"]
    alef, lamed = write("א", 0.05, 5.0).length, write("ל", 0.05, 5.0).length
    drawn = sorted(write("אל", 0.05, 5.0).shapes, key=lambda shape: shape.outline[:, 0].min())
    first, last = (np.ptp(shape.outline[:, 0]) for shape in drawn)
    assert first == pytest.approx(lamed, abs=0.01)
    assert last == pytest.approx(alef, abs=0.01)


def test_lines_are_broken_where_the_text_says_and_never_more_than_fit() -> None:
    for broken in ("Rex\nBiscuit", "Rex\r\nBiscuit", "Rex\u2028\n\nBiscuit"):
        assert made(broken).lines == ("Rex", "Biscuit")
    assert refused("Rex\nBiscuit", LINE).nearest == "Rex Biscuit"
    assert "up to 3 lines" in refused("a\nb\nc\nd").reason


def test_lines_do_not_touch() -> None:
    feet = made("Łąką\nÉÅŚĘ\nŞgjy").feet_mm
    laid = made("Łąką\nÉÅŚĘ\nŞgjy")
    assert list(feet) == sorted(feet, reverse=True)
    rows = [write(line, 0.02, laid.capital_mm) for line in laid.lines]
    for (above, high), (below, low) in zip(
        zip(rows, feet, strict=True), list(zip(rows, feet, strict=True))[1:], strict=False
    ):
        assert high + above.low * laid.capital_mm > low + below.high * laid.capital_mm


def test_a_text_too_long_for_its_space_says_by_how_much_and_offers_the_longest_that_fits() -> None:
    text = "Bartholomew the Third of Somewhere"
    found = refused(text, LINE, Method.EMBROIDERED)
    assert found.nearest == "Bartholomew the"
    assert "room for 60 mm" in found.reason
    assert isinstance(lay(f"{found.nearest} Third", Method.EMBROIDERED, LINE), Fault)
    word = refused("X" * 40, LINE, Method.EMBROIDERED).nearest
    assert word is not None
    assert isinstance(lay(f"{word}X", Method.EMBROIDERED, LINE), Fault)


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "ab " * 4_000, "🐶" * 10_000, "e\u0301" * 5_000, "\nx" * 5_000],
)
def test_ten_thousand_characters_are_refused_at_once(text: str) -> None:
    begun = process_time()
    found = refused(text, LINE)
    assert process_time() - begun < 1.5
    assert "up to 120 characters" in found.reason
    assert len(found.reason) < 200


def test_letters_are_as_large_as_they_say() -> None:
    for capital in (4.0, 8.0, 10.0):
        laid = made("HEX", box(200, 40, capital))
        every = np.concatenate([shape.outline for shape in laid.shapes()])
        assert np.ptp(every[:, 1]) == pytest.approx(capital, abs=0.2)
        assert np.ptp(every[:, 0]) == pytest.approx(laid.length_mm, abs=0.2)


@pytest.mark.parametrize(
    "text",
    [
        "fuck", "F U C K", "f.u.c.k", "fuuuuck", "fúçk", "f*ck", "fu\u200bck", "ⓕⓤⓒⓚ",
        "ｆｕｃｋ", "fu\nck", "fuсk", "motherfucker", "youfuck", "sh1t", "$hit", "5h!t",
        "Shit-head", "a55hole", "@sshole", "b1tch", "c u n t", "sIut", "wh0re", "n1gger",
        "Heil Hitler", "arschl0ch", "kurwa", "putain", "xуй", "ПИЗДА", "μαλάκας", "שרמוטה",
    ],
)  # fmt: skip
def test_rude_words_are_declined_in_disguise_too(text: str) -> None:
    found = refused(text)
    assert "rather not" in found.reason
    assert text not in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe", "Cockapoo", "Cocker", "Peacock", "Hancock", "Dick", "Dickens",
        "Fanny", "Willy", "Shih Tzu", "Shihtzu", "Shitzu", "Shiitake", "Essex", "Sussex",
        "Penistone", "Cassie", "Titus", "Titan", "Nigel", "Nigella", "Niggle", "Nazir",
        "Nazia", "Putin", "Rapunzel", "Therapist", "Analyst", "Arsenal", "Hitchcock",
        "Matsushita", "Pussy Willow", "Monique", "Salopette", "Cazza", "Twatt", "Fuchsia",
        "Fickle", "Chuck", "Kurt", "Pizza", "Pikachu", "Μαλακός", "K9", "R2D2", "555 0134",
        "07700 900455", "A 5511",
    ],
)  # fmt: skip
def test_innocent_names_are_not_taken_for_rude_ones(text: str) -> None:
    assert fault(text, Method.PRINTED, box(400, 40, 5)) is None
