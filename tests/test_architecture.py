"""The house rules that import contracts cannot say, and the proof that the contracts bite."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

from pet_app.core.settings import ROOT
from pet_app.sections import SECTIONS

FLOORS = "Imports go down only: workers, site, sections, ui, messaging, core"
SLICE = "Inside a section: pages, state, api and tasks, service, models, rules, events"
SCREENLESS = "What works without a screen never reaches reflex"
LIGHT = "The web process never reaches trimesh, scipy, numba or embreex"
PURE = "Rules and events import no framework"

PLANTED = [
    ("core/clock.py", "from pet_app.user import rules", FLOORS),
    ("pet/service.py", "from pet_app.builder import service as builder", FLOORS),
    ("pet/rules.py", "from pet_app.pet import service", SLICE),
    ("pet/tasks.py", "from pet_app.ui import theme", SCREENLESS),
    ("builder/service/__init__.py", "from pet_app.builder.render import picture", LIGHT),
    ("user/rules.py", "import sqlmodel", PURE),
]
MEETING_PLACES = ("service", "events")
LONGEST_FILE = 320
NAMELESS = {"utils.py", "helpers.py", "misc.py"}
HOUSE = ("pet_app", "workers", "tests", "tools")


def house_files() -> Iterator[Path]:
    """Every Python file of ours."""
    for folder in HOUSE:
        for path in (ROOT / folder).rglob("*.py"):
            if "node_modules" not in path.parts:
                yield path


@cache
def imports() -> grimp.ImportGraph:
    """Who imports whom in the shop."""
    return grimp.build_graph("pet_app", exclude_type_checking_imports=True)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """The import contracts, checked in a copy of the house."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder)},
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for name in ("pet_app", "workers"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", folder)
    return folder


def test_the_import_contracts_are_kept(copy: Path) -> None:
    checked = lint_imports(copy)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(("file", "planted", "contract"), PLANTED)
def test_a_planted_import_breaks_its_contract_by_name(
    copy: Path, file: str, planted: str, contract: str
) -> None:
    path = copy / "pet_app" / file
    before = path.read_text()
    try:
        path.write_text(f"{before}\n{planted}\n")
        checked = lint_imports(copy)
    finally:
        path.write_text(before)
    assert checked.returncode == 1
    assert f"{contract} BROKEN" in " ".join(checked.stdout.split())


def test_sections_meet_only_at_service_and_events() -> None:
    graph = imports()
    breaches = []
    for section in SECTIONS:
        own = f"pet_app.{section}"
        for module in graph.find_descendants(own) | {own}:
            for imported in graph.find_modules_directly_imported_by(module):
                other = imported.split(".")
                met = len(other) > 2 and other[2] in MEETING_PLACES
                if other[1] in SECTIONS and other[1] != section and not met:
                    breaches.append(f"{module} -> {imported}")
    assert breaches == []


def test_the_core_knows_no_section() -> None:
    graph = imports()
    for module in graph.find_descendants("pet_app.core"):
        for imported in graph.find_modules_directly_imported_by(module):
            assert imported == "pet_app" or imported.split(".")[1] not in SECTIONS


def test_every_file_says_in_one_line_what_it_is() -> None:
    silent = []
    for path in house_files():
        said = ast.get_docstring(ast.parse(path.read_text()))
        if path.stat().st_size and not said:
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_files_are_short_and_named_after_what_they_hold() -> None:
    found = [path for path in house_files() if path.name in NAMELESS]
    long = [path for path in house_files() if len(path.read_text().splitlines()) > LONGEST_FILE]
    assert [str(path.relative_to(ROOT)) for path in found + long] == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in house_files()
        for outer in ast.walk(ast.parse(path.read_text()))
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@pytest.mark.parametrize("start", ["pet_app.pet_app", "pet_app.startup", "workers.default"])
def test_no_process_but_a_child_starts_with_what_is_heavy(start: str) -> None:
    heavy = "{'trimesh', 'numba', 'scipy', 'embreex'}"
    told = f"import sys, {start}; print('loaded:', *({heavy} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "loaded:", done.stderr
