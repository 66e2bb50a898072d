"""How the package is built: no circle, no crowded folder, no name twice, nothing long, and each room has its page.

The walls between floors and rooms are import-linter's (pyproject.toml).
"""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

import apq_desktop

PACKAGE = Path(apq_desktop.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_MODULES, MOST_LINES, MOST_LINES_OF_A_FUNCTION = 12, 300, 40
README_LINES = 20
PROTOCOLS = {"EvaluationView"}
"""Classes whose name is that of a protocol too, by which others know them: pages import nothing of the window."""


def named(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def test_no_modules_import_each_other_in_a_circle_not_even_for_types() -> None:
    graph = grimp.build_graph("apq_desktop", cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert sum(map(len, imported.values())) > len(MODULES)
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_no_folder_is_crowded() -> None:
    counted = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {named(folder): count for folder, count in counted.items() if count > MOST_MODULES} == {}


def test_each_module_has_a_name_of_its_own() -> None:
    counted = Counter(path.stem for path in MODULES if path.stem != "__init__")
    assert [name for name, count in counted.items() if count > 1] == []


def test_no_two_classes_share_a_name() -> None:
    classes = [node for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    counted = Counter(node.name for node in classes if isinstance(node, ast.ClassDef) and node.name[0] != "_")
    assert {name for name, count in counted.items() if count > 1} == PROTOCOLS


def test_no_file_and_no_function_is_long() -> None:
    long = []
    for path in MODULES:
        text = path.read_text("utf-8")
        if (lines := text.count("\n")) > MOST_LINES:
            long.append(f"{named(path)}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long.append(f"{named(path)}: {node.name} has {lines} lines")
    assert long == []


def test_each_room_says_what_lives_there_and_where_to_begin() -> None:
    rooms = {path.parent for path in MODULES if path.name != "__init__.py"} - {PACKAGE}
    for room in sorted(rooms):
        readme = room / "README.md"
        assert readme.is_file(), f"{named(room)} has no README.md"
        text = readme.read_text("utf-8")
        assert text.startswith(f"# {room.relative_to(PACKAGE).as_posix()}\n"), named(readme)
        assert len(text.splitlines()) <= README_LINES, named(readme)
        for line in ("May import: ", "Begin with: "):
            assert f"\n{line}" in text, f"{named(readme)} does not say “{line}…”"
        begin = text.partition("\nBegin with: ")[2].replace("\n", " ")
        for name in (word.strip(".,;`") for word in begin.split() if ".py" in word):
            assert (room / name).is_file(), f"{named(readme)} begins with {name}, which is not there"


def test_what_tests_share_is_in_helper_modules() -> None:
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tests"):
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                found += [
                    f"{path.relative_to(TESTS)}: {name}"
                    for name in names
                    if name.rpartition(".")[2].startswith("test_")
                    and (TESTS.parent / name.replace(".", "/")).with_suffix(".py").is_file()
                ]
    assert found == []
