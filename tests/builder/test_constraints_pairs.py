"""Choices that exclude each other, and why."""

from typing import Any

import pytest

from pet_app.builder import library
from pet_app.builder.constraints import FIELDS, check, refusal_at, with_choice
from pet_app.builder.rules import Buckle, Kind, Lining, Material, Method
from tests.builder.factory import make_design

CAT: dict[str, Any] = {
    "build": "cat",
    "neck_mm": 240,
    "girth_mm": 340,
    "back_mm": 300,
    "weight_g": 4_000,
    "width_mm": 10,
}


@pytest.mark.parametrize(
    ("changes", "field", "nearest", "because"),
    [
        ({"kind": "martingale", **CAT, "width_mm": 15}, "kind", "collar", "get free"),
        ({"kind": "bandana", "material": "nylon"}, "look.material", "cotton", "cloth"),
        ({"kind": "bandana", "material": "leather"}, "look.material", "cotton", "cloth"),
        ({"kind": "collar", **CAT}, "options.buckle", "breakaway", "get free"),
        ({"kind": "collar", **CAT, "buckle": "metal"}, "options.buckle", "breakaway", "free"),
        (
            {"kind": "collar", **CAT, "buckle": "pin", "material": "leather"},
            "options.buckle",
            "breakaway",
            "get free",
        ),
        ({"kind": "collar", "buckle": "breakaway"}, "options.buckle", "side_release", "pulls"),
        ({"buckle": "breakaway"}, "options.buckle", "side_release", "pull"),
        ({"buckle": "pin"}, "options.buckle", "metal", "clicks"),
        ({"kind": "collar", "buckle": "pin"}, "options.buckle", "metal", "nylon"),
        (
            {"kind": "collar", "buckle": "pin", "material": "hemp"},
            "options.buckle",
            "metal",
            "tear",
        ),
        ({"material": "biothane", "lining": "mesh"}, "options.lining", "none", "riveted"),
        ({"material": "leather", "lining": "fleece"}, "options.lining", "none", "riveted"),
        ({"material": "leather", "reflective": True}, "options.reflective", False, "tape"),
        (
            {"kind": "leash", "material": "biothane", "reflective": True},
            "options.reflective",
            False,
            "tape",
        ),
        ({"handle": True, "age_weeks": 16, "back_mm": 600}, "options.handle", False, "grows"),
        ({"kind": "tag", "method": "printed"}, "options.method", "engraved", "metal"),
        ({"kind": "tag", "method": "embroidered"}, "options.method", "engraved", "metal"),
        ({"kind": "bandana", "method": "engraved"}, "options.method", "embroidered", "loth"),
        ({"material": "leather", "text": "Rex"}, "options.method", "engraved", "needle"),
        (
            {"material": "biothane", "text": "Rex", "method": "printed"},
            "options.method",
            "engraved",
            "rubs off",
        ),
        (
            {"material": "hemp", "text": "Rex", "method": "printed"},
            "options.method",
            "embroidered",
            "coarse",
        ),
        (
            {"kind": "bandana", "material": "hemp", "text": "Rex", "method": "printed"},
            "options.method",
            "embroidered",
            "coarse",
        ),
    ],
)
def test_what_does_not_go_together_is_refused_for_its_reason(
    changes: dict[str, Any], field: str, nearest: object, because: str
) -> None:
    design = make_design(**changes)
    refusal = next(found for found in check(design) if found.field == field)
    assert because in refusal.reason.lower()
    assert refusal.nearest == nearest
    assert refusal_at(design, field) == refusal
    assert refusal.nearest is not None
    assert refusal_at(with_choice(design, field, refusal.nearest), field) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "collar", "buckle": "pin", "material": "leather"},
        {"kind": "collar", "buckle": "pin", "material": "biothane"},
        {"kind": "collar", **CAT, "buckle": "breakaway"},
        {"lining": "fleece", "reflective": True},
        {"handle": True, "back_mm": 600, "weight_g": 24_000},
        {"kind": "collar", "material": "leather", "text": "Rex", "method": "engraved"},
        {"kind": "collar", "material": "leather", "method": "embroidered"},
        {"kind": "collar", "material": "hemp", "text": "Rex", "method": "embroidered"},
        {"kind": "bandana", "material": "hemp"},
        {"kind": "leash", **CAT},
        {"buckle": "metal", "lining": "mesh"},
    ],
)
def test_what_goes_together_is_not_refused(changes: dict[str, Any]) -> None:
    assert not check(make_design(**changes))


def test_a_rule_of_the_data_speaks_of_what_there_is() -> None:
    """A misspelt value in the data would make a rule that never holds."""
    beside = {"animal": {"cat", "dog"}, "sewn": {True, False}}
    beside |= {"growing": {True, False}, "lettered": {True, False}}
    for rule in library.table("rules")["rule"]:
        assert rule["field"] in FIELDS
        assert rule["reason"].endswith(".")
        assert rule["instead"]
        for value in rule["instead"]:
            FIELDS[rule["field"]](value)
        for name, values in {**rule["when"], **rule.get("unless", {})}.items():
            for value in values:
                assert value in beside[name] if name in beside else FIELDS[name](value) == value


def test_every_rule_of_the_data_can_be_broken() -> None:
    """Rules nobody can break are no rules: each is broken by some pair of the choices in it."""
    for rule in library.table("rules")["rule"]:
        assert any(_breaks(rule, kind, material) for kind in Kind for material in Material), rule


OTHERS = {
    "options.lining": tuple(Lining),
    "options.buckle": tuple(Buckle),
    "options.method": tuple(Method),
}


def _breaks(rule: dict[str, Any], kind: Kind, material: Material) -> bool:
    wanted = rule["when"]
    animal = CAT if "cat" in wanted.get("animal", ()) else {"back_mm": 600}
    given: dict[str, Any] = {**animal, "width_mm": 25, "material": material, "text": "Rex"}
    design = make_design(kind, **given)
    if wanted.get("growing"):
        design = with_choice(design, "age_weeks", 12)
    for field, values in wanted.items():
        if field in FIELDS and field not in ("kind", "look.material"):
            design = with_choice(design, field, values[0])
    for field, values in rule.get("unless", {}).items():
        others = [value for value in OTHERS.get(field, ()) if value not in values]
        design = with_choice(design, field, others[0]) if others else design
    found = refusal_at(design, rule["field"])
    said = rule["reason"].replace("{material}", library.webbing(material).name)
    return found is not None and found.reason.lower() == said.lower()
