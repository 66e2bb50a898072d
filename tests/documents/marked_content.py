"""What stands on the pages of a PDF of ours, piece by piece, as its marked content says it.

Read after ISO 32000-1 (7.3.4.2, 9.4, 9.10, 14.6), and only as far as our own pages go: text stands in strings, each
glyph has two bytes, and no mark stands in another.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_TOKEN = re.compile(
    rb"<<(?P<properties>(?:[^<>]|<[0-9A-Fa-f]*>|<<[^<>]*>>)*)>>|\((?P<glyphs>(?:\\.|[^()\\])*)\)"
    rb"|/(?P<name>[^\s<>\[\]()/]+)|(?P<word>[^\s<>\[\]()/]+)",
    re.DOTALL,
)
_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"})


@dataclass
class Marked:
    """One piece of marked content: the tag, its number on the page (None for an artifact), and what it says."""

    tag: str
    number: int | None
    text: str = ""
    blocks: list[list[str]] = field(default_factory=list)
    said: str | None = None


@dataclass
class Content:
    """What stands on one page, and what is wrong with it."""

    marked: list[Marked] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def content_of(page: pikepdf.Page, maps: dict[str, dict[int, str]]) -> Content:
    """Read one page. ``maps`` leads from each face and glyph to what it says."""
    contents: Any = page.obj.Contents
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    data = b"\n".join(stream.read_bytes() for stream in streams)
    reader = _Reader(maps)
    for token in _TOKEN.finditer(data):
        reader.take(token)
    return reader.finished()


def maps_of(page: pikepdf.Page) -> dict[str, dict[int, str]]:
    """For each face of a page, the map from its glyphs to characters."""
    found = {}
    fonts: Any = page.obj.Resources.Font
    for name, font in fonts.items():
        cmap = font.ToUnicode.read_bytes().decode("ascii") if "/ToUnicode" in font else ""
        found[str(name)[1:]] = {
            int(code, 16): bytes.fromhex(text).decode("utf-16-be")
            for code, text in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap, re.MULTILINE)
        }
    return found


class _Reader:
    def __init__(self, maps: dict[str, dict[int, str]]) -> None:
        self._maps = maps
        self._face: dict[int, str] = {}
        self._found = Content()
        self._open: Marked | None = None
        self._name = self._tag = ""
        self._properties = b""
        self._glyphs: list[int] = []

    def take(self, token: re.Match[bytes]) -> None:
        if token["name"]:
            self._name = token["name"].decode()
        elif token["properties"] is not None:
            self._properties, self._tag = token["properties"], self._name
        elif token["glyphs"] is not None:
            code = re.sub(rb"\\(.)", lambda found: found[1].replace(b"r", b"\r"), token["glyphs"], flags=re.DOTALL)
            self._glyphs += [int.from_bytes(code[n : n + 2]) for n in range(0, len(code), 2)]
        elif token["word"]:
            self._operator(token["word"].decode("latin-1"))

    def _operator(self, word: str) -> None:
        if word in ("BDC", "BMC"):
            self._begin(self._tag if word == "BDC" else self._name, self._properties if word == "BDC" else b"")
        elif word == "EMC":
            if self._open is None:
                self._found.problems.append("a mark ends that never began")
            self._open = None
        elif word == "Tf":
            self._face = self._maps.get(self._name, {})
            if self._name not in self._maps:
                self._found.problems.append(f"the face {self._name} is not among the page's")
        elif word in ("Tm", "Td"):
            if self._open:
                self._open.blocks.append([])
        elif word in _SHOWS:
            self._show()
        elif word in _PAINTS and self._open is None:
            self._found.problems.append(f"{word} draws outside every mark")

    def _begin(self, tag: str, properties: bytes) -> None:
        if self._open is not None:
            self._found.problems.append("a mark stands in another")
        number = re.search(rb"/MCID (\d+)", properties)
        said = re.search(rb"/ActualText <([0-9A-Fa-f]*)>", properties)
        self._open = Marked(tag, int(number[1]) if number else None, blocks=[[]])
        if said:
            self._open.said = bytes.fromhex(said[1].decode()).decode("utf-16")
        if number is None and tag != "Artifact":
            self._found.problems.append(f"a mark {tag} has no number")
        self._found.marked.append(self._open)

    def _show(self) -> None:
        if self._open is None:
            self._found.problems.append("text is drawn outside every mark")
        else:
            if not self._open.blocks:
                self._open.blocks.append([])
            for glyph in self._glyphs:
                if glyph not in self._face:
                    self._found.problems.append(f"glyph {glyph} says nothing")
                self._open.blocks[-1].append(self._face.get(glyph, ""))
        self._glyphs = []

    def finished(self) -> Content:
        if self._open is not None:
            self._found.problems.append("a mark never ends")
        for mark in self._found.marked:
            mark.text = mark.said if mark.said is not None else "".join(map(_in_order, mark.blocks))
        return self._found


def _in_order(glyphs: list[str]) -> str:
    """What glyphs say that stand from left to right; letters from right to left are read the other way."""
    if any(unicodedata.bidirectional(one) in ("R", "AL") for glyph in glyphs for one in glyph):
        return "".join(glyphs)[::-1]
    return "".join(glyphs)
