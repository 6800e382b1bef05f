"""What the demonstration shop sells: rows of `catalog/demo/` as products with their variants."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pet_app.builder import service as builder
from pet_app.catalog import service as catalog
from pet_app.catalog.rules import Kind, Species
from pet_app.core.money import Money

FOLDER = Path(__file__).parent / "catalog" / "demo"
DESIGN_FORMAT = 2
FITTINGS = {
    "polished": "Polished steel finish",
    "brushed": "Brushed steel finish",
    "brass": "Brass finish",
    "black": "Black finish",
}
WEBBINGS = {
    "nylon": "Nylon webbing",
    "recycled_pet": "Recycled PET webbing",
    "cotton": "Cotton webbing",
    "hemp": "Hemp webbing",
    "leather": "Bridle leather",
    "biothane": "Biothane",
}

MADE_OF = {
    "glaze": "stoneware",
    "steel": "steel",
    "spun": "steel",
    "brushed": "steel",
    "enamel": "steel",
    "powder": "metal",
    "brass": "brass",
    "beech": "wood",
    "walnut": "wood",
    "felt": "felt",
    "thick_felt": "felt",
    "rubber": "rubber",
    "silicone": "silicone",
    "rope": "cotton",
    "canvas": "cotton",
    "wool": "wool",
    "leather": "leather",
    "webbing": "nylon",
    "sisal": "sisal",
    "kraft": "card",
}
"""By a finish of `builder/data/finishes.toml`, the material people look for."""

Row = Mapping[str, Any]


def products() -> Iterator[catalog.NewProduct]:
    """Everything on the shelf, in its order there."""
    place = {handle: number for number, handle in enumerate(_table("shelf")["order"])}
    rows = [(row, _gear) for row in _table("gear")["gear"]]
    rows += [(row, _good) for row in _table("goods")["goods"]]
    for row, made in sorted(rows, key=lambda found: place[found[0]["handle"]]):
        yield made(row, place[row["handle"]])


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def _gear(row: Row, position: int) -> catalog.NewProduct:
    """A piece the workshop makes, ready-made in every size and colour of its row."""
    variants = tuple(_variants(row))
    return catalog.NewProduct(
        **_told(row, position),
        price=min((variant.price for variant in variants), key=lambda price: price.cents),
        design=_shown(row),
        details=_details(row, variants),
        variants=variants,
    )


def _variants(row: Row) -> Iterator[catalog.NewVariant]:
    """Everything a row of gear is sold in: every size in every colour."""
    looks = _looks(row)
    for size in row.get("widths", row.get("tags_mm", {})):
        for length_mm in row.get("lengths_mm", (0,)):
            first = builder.priced(_design(row, size, length_mm, looks[0]))
            for look in looks:
                # Colours cost nothing and weigh nothing; another metal does.
                piece = first
                if look["finish"] != looks[0]["finish"]:
                    piece = builder.priced(_design(row, size, length_mm, look))
                options = (*_size_options(row, size, length_mm), *_look_options(looks, look))
                yield catalog.NewVariant(
                    sku=_sku(row["handle"], options),
                    price=piece.price,
                    weight_g=piece.weight_g,
                    options=options,
                    design={**piece.data, "look": {**piece.data["look"], **look}},
                )


def _size_options(row: Row, size: str, length_mm: int) -> Iterator[tuple[str, str]]:
    if length_mm:
        yield "Length", f"{length_mm / 1000:g} m"
        if len(row["widths"]) > 1:
            yield "Width", f"{row['widths'][size]} mm"
    else:
        yield "Size", f"{row['tags_mm'][size]} mm" if "tags_mm" in row else size


def _look_options(looks: list[dict[str, str]], look: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What tells the looks of a product from each other, nothing when there is but one."""
    for name in ("colour", "finish"):
        if len({other[name] for other in looks}) > 1:
            yield name.capitalize(), look[name].capitalize()


def _shown(row: Row) -> dict[str, Any]:
    """The design in the picture."""
    design = _design(row, row["shown"], row.get("shown_mm", 0), _looks(row)[0])
    return builder.priced(design).data


def _looks(row: Row) -> list[dict[str, str]]:
    look = dict(row["look"])
    if "finishes" in row:
        plain = {"material": "nylon", "pattern": "plain", "colour": "charcoal"}
        return [{**plain, "accent": "charcoal", "finish": finish} for finish in row["finishes"]]
    look.setdefault("finish", "polished")
    return [{**look, "colour": first, "accent": other} for first, other in row["colours"]]


def _design(row: Row, size: str, length_mm: int, look: dict[str, str]) -> dict[str, Any]:
    design: dict[str, Any] = {
        "format": DESIGN_FORMAT,
        "kind": row["kind"],
        "width_mm": row.get("widths", {}).get(size, 0),
        "measurements": _measurements(row, size),
        "look": look,
        "options": dict(row.get("options", {})),
    }
    if row.get("species") == "cat":
        design["build"] = "cat"
    if length_mm:
        design["options"]["leash_mm"] = length_mm
    if "tags_mm" in row:
        design["options"]["tag_mm"] = row["tags_mm"][size]
    return design


def _measurements(row: Row, size: str) -> dict[str, int]:
    if row.get("species") == "cat":
        return _table("gear")["cats"][size]
    return builder.standard_measurements(size)


def _details(row: Row, variants: tuple[catalog.NewVariant, ...]) -> tuple[tuple[str, str], ...]:
    look, options = row["look"], row.get("options", {})
    details: list[tuple[str, str]] = []
    if "material" in look:
        cloth = row["kind"] == Kind.BANDANA
        details.append(("Material", "Cotton" if cloth else WEBBINGS[look["material"]]))
    if widths := sorted({mm for mm in row.get("widths", {}).values() if mm}):
        details.append(("Strap width", _span(widths, "mm")))
    if tags := sorted(row.get("tags_mm", {}).values()):
        details.append(("Size", _span(tags, "mm")))
    if options.get("lining"):
        details.append(("Lining", {"fleece": "Fleece", "mesh": "Air mesh"}[options["lining"]]))
    if options.get("text"):
        details.append(("Text", options["method"].capitalize()))
    if "finish" in look:
        finishes = row.get("finishes", [look["finish"]])
        details.append(("Fittings", ", ".join(FITTINGS[finish] for finish in finishes)))
    details.append(("Weight", _span(sorted({form.weight_g for form in variants}), "g")))
    details.append(("Care", row["care"]))
    return tuple(details)


def _span(values: list[int], unit: str) -> str:
    low, high = values[0], values[-1]
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}, by size"


def _good(row: Row, position: int) -> catalog.NewProduct:
    """Something kept in stock, or a gift card."""
    kind = Kind(row["kind"])
    variants = tuple(
        catalog.NewVariant(
            sku=_sku(row["handle"], options),
            price=Money(form["cents"]),
            weight_g=form.get("weight_g", 0),
            options=options,
            stock=form["stock"] if kind.shippable else None,
        )
        for form in row["variants"]
        for options in [tuple(form.get("options", {}).items())]
    )
    return catalog.NewProduct(
        **_told(row, position),
        price=min((variant.price for variant in variants), key=lambda price: price.cents),
        design={"format": 1, **row["thing"]},
        details=tuple(row["details"].items()),
        made=False,
        variants=variants,
        facets=_materials(row["thing"]["finish"]) if kind.shippable else (),
    )


def _materials(finish: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a thing is made of, to be found by."""
    names = (MADE_OF.get(worn.split()[0], "") for worn in finish.values())
    return tuple(("material", name) for name in sorted({name for name in names if name}))


def _told(row: Row, position: int) -> dict[str, Any]:
    """What a row says in its own words."""
    return {
        "handle": row["handle"],
        "kind": Kind(row["kind"]),
        "title": row["title"],
        "subtitle": row["subtitle"],
        "story": row["story"],
        "alt": row["alt"],
        "tags": tuple(row["tags"]),
        "species": Species(row.get("species", "dog")),
        "position": position,
    }


def _sku(handle: str, options: tuple[tuple[str, str], ...]) -> str:
    """`TRAIL-HARNESS-M-PINE`: what it is and which one, in capitals, digits and hyphens."""
    words = [handle, *(value for _, value in options)]
    kept = "".join(sign if sign.isalnum() else "-" for sign in "-".join(words).upper())
    return "-".join(part for part in kept.split("-") if part)
