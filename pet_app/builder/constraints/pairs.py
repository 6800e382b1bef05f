"""Choices that exclude each other: the rules of `data/rules.toml`, applied."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pet_app.builder import library
from pet_app.builder.constraints.field import has, value_of, with_choice
from pet_app.builder.constraints.refusal import Refusal
from pet_app.builder.design import Design
from pet_app.builder.growth import is_growing
from pet_app.builder.rules import Build


def refused(design: Design, field: str) -> Refusal | None:
    """The first rule that refuses what the design holds in this field."""
    if not has(design.kind, field):
        return None
    rule = _broken(design, field)
    if rule is None:
        return None
    names = {
        "material": library.webbing(design.look.material).name,
        "kind": design.kind.value,
    }
    reason = rule["reason"].format(**names)
    if not rule["reason"].startswith("{"):
        reason = rule["reason"].format(**{name: word.lower() for name, word in names.items()})
    return Refusal(field, reason, _instead(design, field, rule))


def fields() -> tuple[str, ...]:
    """The fields that some rule can refuse."""
    return tuple(_by_field())


def _instead(design: Design, field: str, rule: Mapping[str, Any]) -> Any:
    for value in rule["instead"]:
        other = with_choice(design, field, value)
        if _broken(other, field) is None:
            return value_of(other, field)
    return None


def _broken(design: Design, field: str) -> Mapping[str, Any] | None:
    return next(
        (
            rule
            for rule in _by_field().get(field, ())
            if _holds(design, rule["when"])
            and not ("unless" in rule and _holds(design, rule["unless"]))
        ),
        None,
    )


def _holds(design: Design, wanted: Mapping[str, list[Any]]) -> bool:
    return all(_known(design, name) in values for name, values in wanted.items())


def _known(design: Design, name: str) -> Any:
    """A field of the design, or what the rules know besides."""
    if name == "animal":
        return "cat" if design.build is Build.CAT else "dog"
    if name == "sewn":
        return library.webbing(design.look.material).is_sewn
    if name == "growing":
        return is_growing(design)
    if name == "lettered":
        return bool(design.options.text.strip())
    return value_of(design, name)


@cache
def _by_field() -> dict[str, list[dict[str, Any]]]:
    rules: dict[str, list[dict[str, Any]]] = {}
    for rule in library.table("rules")["rule"]:
        rules.setdefault(rule["field"], []).append(rule)
    return rules
