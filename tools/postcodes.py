"""Makes `pet_app/licensing/data/postcodes.csv.gz`, which says where each postcode of the USA lies.

    pip install zipcodes==3.0.0
    python tools/postcodes.py RELATIONS COUNTIES

RELATIONS and COUNTIES are CSV files of the Census Bureau's "2020 ZCTA to County Relationship File"
(www.census.gov, relationship files; public domain), as the repository
ThirstieAdmin/thirstie-public-datasets has them in `geographics/`. The names of post towns are those
of the package `zipcodes` (MIT), which takes them from unitedstateszipcodes.org each month.

A line is postcode, state, post towns and counties, the largest part first; several are parted by
semicolons. Slivers of a county under a hundredth of a postcode's land are left out.
"""

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import zipcodes  # pyright: ignore[reportMissingImports] - wanted by this tool alone

MADE = Path(__file__).parent.parent / "pet_app/licensing/data/postcodes.csv.gz"
SLIVER = 0.01
HEADER = (
    "# Post towns: PyPI zipcodes 3.0.0 (MIT), 2026-11-21. "
    "Counties: US Census Bureau, 2020 ZCTA to County Relationship File (public domain)."
)


def main(relations: Path, counties: Path) -> None:
    """Write the file anew."""
    found = _counties(relations, counties)
    lines = [HEADER]
    for place in sorted(zipcodes.list_all(), key=lambda place: place["zip_code"]):
        if not place["active"] or place["zip_code_type"] == "MILITARY":
            continue
        lines.append(_line(place, found.get(place["zip_code"], [])))
    MADE.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    sys.stdout.write(f"{len(lines) - 1:,} postcodes, {MADE.stat().st_size:,} bytes\n")


def _line(place: dict[str, Any], counties: list[tuple[str, str]]) -> str:
    within = [name for state, name in counties if state == place["state"]]
    # who has only boxes has no land, and a package's word for the county is all there is
    named = within or [place["county"]]
    towns = [place["city"], *place["acceptable_cities"]]
    parts = (place["zip_code"], place["state"], ";".join(towns), ";".join(filter(None, named)))
    return ",".join(parts)


def _counties(relations: Path, counties: Path) -> dict[str, list[tuple[str, str]]]:
    with counties.open(encoding="utf-8-sig", newline="") as file:
        names = {
            row["fips_code_county"].zfill(5): (row["state_code"], row["county_name"])
            for row in csv.DictReader(file)
        }
    land: dict[str, dict[str, int]] = defaultdict(dict)
    with relations.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            land[row["zcta5"]][row["fips_code_county"].zfill(5)] = int(row["arealand_part"])
    found = {}
    for postcode, parts in land.items():
        total = sum(parts.values()) or 1
        large = [fips for fips, part in parts.items() if part / total >= SLIVER]
        large.sort(key=parts.__getitem__, reverse=True)
        found[postcode] = [names[fips] for fips in large if fips in names]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
