"""Read the sheets to print from ``forms/sheets.toml``; ``forms/README.md`` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue import AREAS
from apq_desktop.toolkit.catalogue_rules import no_repeats
from apq_desktop.toolkit.toml_reader import build, parsed

FILE = "sheets.toml"
COLUMNS = 3
NOT_IN_NAMES = frozenset('<>:"/\\|?*')
MOST_LINES = 14
"""More would not stand on one page with room to write."""


@dataclass(frozen=True)
class SheetLine:
    """One question or one thing to look for. ``area`` is the number of its quality area."""

    area: int
    text: str


@dataclass(frozen=True)
class Sheet:
    """One page to print: a table with a line for each question, and empty cells to write in.

    ``columns`` are three. Where the first is “Area”, the area's number stands in it, and else the text; where the
    second is “Here”, it is narrow.
    """

    key: str
    title: str
    about: str
    columns: tuple[str, ...]
    lines: tuple[SheetLine, ...]

    @property
    def shows_areas(self) -> bool:
        """Whether the lines stand by area."""
        return self.columns[0] == "Area"

    @property
    def has_ticks(self) -> bool:
        """Whether the second column only takes a tick."""
        return self.columns[1] == "Here"

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"{self.title}.pdf"


@dataclass(frozen=True)
class _Sheets:
    sheets: tuple[Sheet, ...]


def load_sheets(folder: Path) -> tuple[Sheet, ...]:
    """Read and check the sheets in ``folder``. Raises InstrumentError naming file and key."""
    try:
        data = (folder / FILE).read_bytes()
    except OSError as error:
        raise InstrumentError(FILE, "file", f"cannot be read ({error})") from error
    sheets: tuple[Sheet, ...] = build(_Sheets, parsed(data, FILE), FILE).sheets
    no_repeats(FILE, "sheets", (sheet.key for sheet in sheets))
    for n, sheet in enumerate(sheets, 1):
        if len(sheet.columns) != COLUMNS:
            raise InstrumentError(FILE, f"sheets.{n}.columns", f"must be {COLUMNS}")
        if any(sign in NOT_IN_NAMES for sign in sheet.title):
            raise InstrumentError(FILE, f"sheets.{n}.title", "holds a sign that no file’s name may have")
        if not 1 <= len(sheet.lines) <= MOST_LINES:
            raise InstrumentError(FILE, f"sheets.{n}.lines", f"must be from 1 to {MOST_LINES}")
        for place, line in enumerate(sheet.lines, 1):
            if not 1 <= line.area <= AREAS:
                raise InstrumentError(FILE, f"sheets.{n}.lines.{place}.area", f"must be from 1 to {AREAS}")
    return sheets
