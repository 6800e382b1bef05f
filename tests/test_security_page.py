"""The page on security names tests that exist, in files that `make test` runs."""

import ast
import re

from pet_app.core.settings import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (?!\*\*|Requirement|-)(.+)\|$", re.MULTILINE)


def names_in(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return {found.name for found in ast.walk(tree) if isinstance(found, ast.FunctionDef)}


def test_every_test_it_names_exists() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 50
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_every_requirement_has_a_number_and_a_test_or_a_reason_to_wait() -> None:
    for row in ROW.findall(PAGE):
        cells = [cell.strip() for cell in row.split("|")]
        assert all(cells), row
        if "`tests/" in row:
            assert re.fullmatch(r"\d+\.\d+\.\d+(, \d+\.\d+\.\d+)*", cells[1]), row
            assert cells[3] == "pass", row
