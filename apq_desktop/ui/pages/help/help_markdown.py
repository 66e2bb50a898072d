"""The help pages of ``resources/help/``, read strictly: what is not in the small subset fails with file and line.

``resources/help/README.md`` describes the subset and how to add a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Literal

BlockKind = Literal["heading", "paragraph", "bullets", "steps"]
LineKind = Literal["title", "gap", "heading", "paragraph", "bullets", "steps", "more"]

_FILE = re.compile(r"\d\d-([a-z][a-z0-9-]*)\.md")
_MORE = re.compile(r" {2,3}(?! )(.+)")
_STEP = re.compile(r"(\d+)\. (.+)")
_MARKUP = re.compile(r"[*_`<>|\\]|\]\(|!\[|&\w+;|~~|://")
"""Signs that Markdown reads as more than words."""
_OTHER_BLOCK = re.compile(r"[#>=+]|-(?! )|- ?$|\d+[.)]")
"""Beginnings of a line that Markdown reads as something that is not in the subset."""

_BEGINNINGS: tuple[tuple[str, LineKind], ...] = (("# ", "title"), ("## ", "heading"), ("- ", "bullets"))


class HelpPageError(ValueError):
    """A help page holds something that is not in the subset. The sentence names the file and the line."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}")


@dataclass(frozen=True)
class HelpBlock:
    """A heading or a paragraph of one text, or a list with a text for each item."""

    kind: BlockKind
    texts: tuple[str, ...]


@dataclass(frozen=True)
class HelpText:
    """One help page: the key by which it is asked for, its title, and what it says."""

    key: str
    title: str
    blocks: tuple[HelpBlock, ...]

    def as_text(self) -> str:
        """The whole page as it is read aloud."""
        return "\n".join((self.title, *(text for block in self.blocks for text in block.texts)))


@dataclass(frozen=True)
class _Line:
    number: int
    kind: LineKind
    text: str


def read_help(folder: Path) -> tuple[HelpText, ...]:
    """All pages of a folder in the order of their file names. Raises HelpPageError."""
    found = [(match[1], path) for path in sorted(folder.glob("*.md")) if (match := _FILE.fullmatch(path.name))]
    return tuple(parsed(path.read_text(encoding="utf-8"), path.name, key) for key, path in found)


def parsed(text: str, file: str, key: str) -> HelpText:
    """The page that ``text`` holds; ``file`` is its name for HelpPageError."""
    lines = _joined([_line(line, number, file) for number, line in enumerate(text.splitlines(), 1)], file)
    if not lines or lines[0].kind != "title":
        raise HelpPageError(file, 1, "the page must begin with “# ” and its title")
    for earlier, later in pairwise(lines):
        if later.kind == "title":
            raise HelpPageError(file, later.number, "a page has one title")
        if earlier.kind != later.kind and "gap" not in (earlier.kind, later.kind):
            raise HelpPageError(file, later.number, "an empty line is missing before it")
    return HelpText(key, lines[0].text, tuple(_blocks(lines[1:], file)))


def _joined(lines: list[_Line], file: str) -> list[_Line]:
    """The lines with what goes on from a list item put to its item."""
    joined: list[_Line] = []
    for line in lines:
        if line.kind != "more":
            joined.append(line)
        elif joined and joined[-1].kind in ("bullets", "steps"):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            raise HelpPageError(file, line.number, "only what goes on from a list item begins with spaces")
    return joined


def _line(text: str, number: int, file: str) -> _Line:
    more = _MORE.fullmatch(text)
    if text != text.rstrip() or (text != text.lstrip() and not more) or "\t" in text:
        raise HelpPageError(file, number, "a line ends with a space, or begins with one it should not begin with")
    if match := _MARKUP.search(text):
        raise HelpPageError(file, number, f"{match[0]!r} is not in the subset of Markdown that help pages use")
    if not text:
        return _Line(number, "gap", "")
    if more:
        return _Line(number, "more", more[1])
    for beginning, kind in _BEGINNINGS:
        if text.startswith(beginning):
            return _Line(number, kind, text.removeprefix(beginning).strip())
    if _STEP.fullmatch(text):
        return _Line(number, "steps", text)
    if _OTHER_BLOCK.match(text):
        raise HelpPageError(file, number, f"{text[:20]!r} begins something that is not in the subset")
    return _Line(number, "paragraph", text)


def _blocks(lines: list[_Line], file: str) -> Iterator[HelpBlock]:
    """Lines that follow each other without a gap and are alike make one block."""
    for kind, group in groupby(lines, key=lambda line: line.kind):
        together = list(group)
        texts = tuple(line.text for line in together)
        match kind:
            case "paragraph":
                yield HelpBlock("paragraph", (" ".join(texts),))
            case "heading":
                yield from (HelpBlock("heading", (text,)) for text in texts)
            case "bullets":
                yield HelpBlock("bullets", texts)
            case "steps":
                yield HelpBlock("steps", tuple(_steps(together, file)))


def _steps(lines: list[_Line], file: str) -> Iterator[str]:
    for wanted, line in enumerate(lines, 1):
        match = _STEP.fullmatch(line.text)
        if match is None or int(match[1]) != wanted:
            raise HelpPageError(file, line.number, f"the steps of a list count from 1, so this one is {wanted}")
        yield match[2]
