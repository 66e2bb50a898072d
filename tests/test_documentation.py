"""What the READMEs promise: every command is there, every link leads somewhere, and they stay short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apq_desktop.__main__ import COMMANDS

CHECKOUT = Path(__file__).resolve().parent.parent
PLACES = (
    "apq_desktop",
    "apq_desktop/ui",
    "apq_desktop/ui/pages/library",
    "apq_desktop/storage/database",
    "packaging",
    "resources/schema",
    "tests/faults",
)
"""The folders that names in the papers begin in."""
BUILT = ("out/",)
"""What is there once it was made."""
DOCUMENTS = [
    path
    for pattern in ("*.md", "*/*.md", "*/*/*.md")
    for path in CHECKOUT.glob(pattern)
    if not path.relative_to(CHECKOUT).parts[0].startswith((".", "out", "dist"))
]


def test_the_readme_is_under_120_lines() -> None:
    assert len((CHECKOUT / "README.md").read_text("utf-8").splitlines()) < 120


@pytest.mark.parametrize("command", [*COMMANDS, "--version", "--exit-after-paint", "--screenshot"])
def test_the_readme_tells_of_every_command(command: str) -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    assert re.search(rf"`(?:apq-desktop )?{re.escape(command)}\b", readme)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    missing = [target for target in targets if "://" not in target and not (document.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md", "tests/faults/README.md"])
def test_every_place_in_the_code_that_is_named_is_there(paper: str) -> None:
    text = (CHECKOUT / paper).read_text("utf-8")
    named = [name for name in re.findall(r"`([\w./-]+)`", text) if re.search(r"\.(py|toml|md)$|\w/\w|/$", name)]
    folders = [CHECKOUT, *(CHECKOUT / part for part in PLACES)]
    missing = [name for name in named if not any((folder / name).exists() for folder in folders)]
    assert [name for name in missing if name not in BUILT] == []


def test_the_readme_maps_every_floor_and_folder() -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    for path in (CHECKOUT / "apq_desktop").iterdir():
        if path.name.startswith(("_", ".")) or path.name == "py.typed":
            continue
        assert re.search(rf"^ {{8}}(ui/  )?{path.name}\b", readme, re.MULTILINE), (
            f"{path.name} is not in the map of README.md"
        )
