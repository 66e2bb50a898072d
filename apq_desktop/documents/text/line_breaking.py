"""Lines in the making: words and spaces side by side, and in the end from left to right as they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from apq_desktop.documents.text.bidi import visual_order
from apq_desktop.documents.text.text_styles import Colour

_ESCAPES = {ord(one): f"\\{one}" for one in "()\\"} | {ord("\r"): "\\r"}


def code_of(glyph: int) -> str:
    """The number of a glyph in a string on a page (ISO 32000-1, 7.3.4.2): two bytes, signs of strings escaped."""
    return (chr(glyph >> 8) + chr(glyph & 0xFF)).translate(_ESCAPES)


class Piece(NamedTuple):
    """Glyphs of one face, as ``code_of`` has them, that stand side by side and say what they show."""

    face: str
    glyphs: str


class Shaped(NamedTuple):
    """Glyphs of one face that are moved against each other.

    ``codes`` are operands of TJ (ISO 32000-1, 9.4.3), each with its rise in 1/1000 of the size. ``text`` is what
    the glyphs say together, where they do not say it one by one.
    """

    face: str
    codes: tuple[tuple[float, str], ...]
    text: str


class Word(NamedTuple):
    """A word that is set: its width in 1/1000 of the size, and how much of it is a ``space`` at its end."""

    width: float
    pieces: tuple[Piece | Shaped, ...]
    space: float = 0.0


class Ink(NamedTuple):
    """How part of a line is drawn: its colour, and the number of its run in the paragraph."""

    colour: Colour
    run: int = 0


class Stretch(NamedTuple):
    """Part of a line in one ink. ``x`` is where it begins, in points; None where the one before it ends."""

    ink: Ink
    pieces: list[Piece | Shaped]
    x: float | None = None


class Extent(NamedTuple):
    """From where to where part of a run stands on a line, in points."""

    run: int
    left: float
    right: float


class Line(NamedTuple):
    """A line that is set. ``width`` is in points, without the space at its end; ``from_right`` sets it flush right.

    ``extents`` are those of its runs, where the paragraph has several.
    """

    width: float
    stretches: list[Stretch]
    from_right: bool = False
    extents: Sequence[Extent] = ()


class Lines:
    """The lines of a paragraph that runs from left to right."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._done: list[Line] = []
        self._stretches: list[Stretch] = []
        self._starts: list[float] = []
        self._ink: Ink | None = None
        self._pieces: list[Piece | Shaped] = []
        self._at = 0.0
        self._inked = 0.0

    def add(self, word: Word, ink: Ink, room: float) -> None:
        """Add a word to the line, or to the next where it ends beyond ``room``.

        Its space has no width at the end of a line, and does not begin one.
        """
        width, pieces, space = word
        end = self._at + width
        if self._at and end - space > room:
            self._end()
            end = width
        if not self._at and space == width:
            return
        if ink is not self._ink:
            self._ink, self._pieces = ink, []
            self._stretches.append(Stretch(ink, self._pieces))
            self._starts.append(self._at)
        self._at, self._inked = end, end - space
        self._pieces += pieces

    def _end(self) -> None:
        """End the line."""
        self._done.append(Line(self._inked * self._size / 1000, self._stretches, extents=self._extents()))
        self._stretches, self._starts, self._ink = [], [], None
        self._at, self._inked = 0.0, 0.0

    def _extents(self) -> Sequence[Extent]:
        if not (self._ink and self._ink.run):
            return ()
        scale = self._size / 1000
        ends = [*self._starts[1:], self._inked]
        return [
            Extent(stretch.ink.run, start * scale, end * scale)
            for stretch, start, end in zip(self._stretches, self._starts, ends, strict=True)
        ]

    def finished(self) -> list[Line]:
        """All lines, at least one."""
        if self._at or not self._done:
            self._end()
        return self._done


class _Atom(NamedTuple):
    """Part of a line that runs one way."""

    word: Word
    ink: Ink
    level: int
    space: bool


class MixedLines:
    """The lines of a paragraph in which some text runs from right to left.

    Each part of a line keeps its place in the order of reading, and is told where on the line it is seen.
    """

    def __init__(self, size: float, base: int) -> None:
        self._size = size
        self._base = base
        self._done: list[Line] = []
        self._atoms: list[_Atom] = []
        self.at = 0.0
        self.started = False

    def add(self, word: Word, ink: Ink, level: int) -> None:
        """Add a word, or the part of one that runs one way."""
        self._atoms.append(_Atom(word, ink, level, space=False))
        self.at += word.width
        self.started = True

    def add_space(self, space: Word, ink: Ink, level: int) -> None:
        """Add a space, which has no width where it ends the line."""
        self._atoms.append(_Atom(space, ink, level, space=True))
        self.at += space.width

    def end(self) -> None:
        """End the line."""
        last = next((n for n in range(len(self._atoms), 0, -1) if not self._atoms[n - 1].space), 0)
        atoms = [atom if n < last else atom._replace(level=self._base) for n, atom in enumerate(self._atoms)]
        after = sum(atom.word.width for atom in atoms[last:])
        at = -after if self._base else 0.0
        places = [0.0] * len(atoms)
        for n in visual_order([atom.level for atom in atoms]):
            places[n] = at
            at += atoms[n].word.width
        stretches = [
            Stretch(atom.ink, list(atom.word.pieces), place * self._size / 1000)
            for atom, place in zip(atoms, places, strict=True)
        ]
        extents = [
            Extent(atom.ink.run, place * self._size / 1000, (place + atom.word.width) * self._size / 1000)
            for atom, place in zip(atoms, places, strict=True)
            if not atom.space
        ]
        width = (self.at - after) * self._size / 1000
        self._done.append(Line(width, stretches, from_right=self._base == 1, extents=extents))
        self._atoms, self.at, self.started = [], 0.0, False

    def finished(self) -> list[Line]:
        """All lines, at least one."""
        if self.started or not self._done:
            self.end()
        return self._done
