"""Lines in the making: words and spaces side by side, and in the end from left to right as they are seen."""

from __future__ import annotations

from typing import NamedTuple

from apq_desktop.documents.text.bidi import visual_order
from apq_desktop.documents.text.styles import Colour


class Piece(NamedTuple):
    """Glyphs of one face, as hexadecimal numbers, that stand side by side and say what they show."""

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
    """A word that is set: its width in 1/1000 of the size."""

    width: float
    pieces: tuple[Piece | Shaped, ...]


class Stretch(NamedTuple):
    """Part of a line in one colour. ``x`` is where it begins, in points; None where the one before it ends."""

    colour: Colour
    pieces: list[Piece | Shaped]
    x: float | None = None


class Line(NamedTuple):
    """A line that is set. ``width`` is in points, without the space at its end; ``from_right`` sets it flush right."""

    width: float
    stretches: list[Stretch]
    from_right: bool = False


class Lines:
    """The lines of a paragraph that runs from left to right."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._done: list[Line] = []
        self._stretches: list[Stretch] = []
        self.at = 0.0
        self._inked = 0.0
        self.started = False

    def add(self, word: Word, colour: Colour) -> None:
        """Add a word to the line."""
        self._append(word, colour)
        self._inked = self.at
        self.started = True

    def add_space(self, space: Word, colour: Colour) -> None:
        """Add a space, which has no width where it ends the line."""
        self._append(space, colour)

    def _append(self, word: Word, colour: Colour) -> None:
        self.at += word.width
        if not self._stretches or self._stretches[-1].colour != colour:
            self._stretches.append(Stretch(colour, []))
        self._stretches[-1].pieces.extend(word.pieces)

    def end(self) -> None:
        """End the line."""
        self._done.append(Line(self._inked * self._size / 1000, self._stretches))
        self._stretches, self.at, self._inked, self.started = [], 0.0, 0.0, False

    def finished(self) -> list[Line]:
        """All lines, at least one."""
        if self.started or not self._done:
            self.end()
        return self._done


class _Atom(NamedTuple):
    """Part of a line that runs one way."""

    word: Word
    colour: Colour
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

    def add(self, word: Word, colour: Colour, level: int) -> None:
        """Add a word, or the part of one that runs one way."""
        self._atoms.append(_Atom(word, colour, level, space=False))
        self.at += word.width
        self.started = True

    def add_space(self, space: Word, colour: Colour, level: int) -> None:
        """Add a space, which has no width where it ends the line."""
        self._atoms.append(_Atom(space, colour, level, space=True))
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
            Stretch(atom.colour, list(atom.word.pieces), place * self._size / 1000)
            for atom, place in zip(atoms, places, strict=True)
        ]
        width = (self.at - after) * self._size / 1000
        self._done.append(Line(width, stretches, from_right=self._base == 1))
        self._atoms, self.at, self.started = [], 0.0, False

    def finished(self) -> list[Line]:
        """All lines, at least one."""
        if self.started or not self._done:
            self.end()
        return self._done
