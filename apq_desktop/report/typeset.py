"""Text into lines: which glyphs, how wide, and where a line ends.

ReportLab's own Paragraph is not used. It reads its text as XML, drops the space at a line's end, and tags
nothing; here every text stays plain, every space is drawn, and each line knows what it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from apq_desktop.report.fonts import CHAINS, REPLACEMENT, Face, Weight, has_no_shape
from apq_desktop.report.structure import Run
from apq_desktop.report.styles import MUTED, Colour, TextStyle

# Spaces at which a line may end; the no-break spaces are not among them.
_SPACES = re.compile("[ \\t\\n\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
LONG = 60
"""Characters above which a word is not looked at whole, nor remembered."""
_BREAK_AFTER = frozenset("/-–—_.,?&=@\\;:")


class Piece(NamedTuple):
    """Glyphs of one face, as hexadecimal numbers."""

    face: str
    glyphs: str


class Word(NamedTuple):
    """A word that is set: its width in 1/1000 of the size."""

    width: float
    pieces: tuple[Piece, ...]


class Glyph(NamedTuple):
    """A character that is set: its face, its number there in hexadecimal, its width in 1/1000 of the size."""

    face: str
    number: str
    width: float


class Stretch(NamedTuple):
    """Part of a line in one colour and one weight."""

    colour: Colour
    pieces: list[Piece]


class Line(NamedTuple):
    """A line that is set. ``width`` is in points, without the space at its end."""

    width: float
    stretches: list[Stretch]


class Typesetter:
    """Sets the text of one document and knows the faces that it needed, in order of first use."""

    def __init__(self) -> None:
        self.faces: dict[str, Face] = {}
        self._glyphs: dict[Weight, dict[str, Glyph]] = {weight: {} for weight in CHAINS}
        self._words: dict[tuple[Weight, str], Word] = {}

    def width(self, text: str, style: TextStyle) -> float:
        """How wide ``text`` is on one line, in points."""
        return self._word(text, style.weight).width * style.size / 1000

    def line(self, text: str, style: TextStyle) -> Line:
        """``text`` on one line, however wide."""
        word = self._word(text, style.weight)
        return Line(word.width * style.size / 1000, [Stretch(style.colour, list(word.pieces))])

    def shortened(self, text: str, style: TextStyle, width: float) -> Line:
        """``text`` on one line of at most ``width`` points, cut with an ellipsis where it is longer."""
        if self.width(text, style) <= width:
            return self.line(text, style)
        room = width - self.width("…", style)
        count = len(next(self._broken(text, style.weight, room * 1000 / style.size)))
        return self.line(text[:count].rstrip() + "…", style)

    def lines(self, runs: Iterable[Run], style: TextStyle, width: float) -> list[Line]:
        """The lines of a paragraph, each at most ``width`` points wide. There is always at least one."""
        room = width * 1000 / style.size
        made = _Lines(style.size)
        for run in runs:
            weight: Weight = "bold" if run.tone == "strong" else style.weight
            colour = MUTED if run.tone == "muted" else style.colour
            space = self._word(" ", weight)
            for text, spaced in _words(run.text):
                if text:
                    self._place(made, text, weight, colour, room)
                if spaced and made.started:
                    made.add_space(space, colour)
        return made.finished()

    def _place(self, made: _Lines, text: str, weight: Weight, colour: Colour, room: float) -> None:
        if len(text) <= LONG:
            word = self._word(text, weight)
            if made.at + word.width <= room:
                made.add(word, colour)
                return
        if made.started:
            made.end()
        for n, part in enumerate(self._broken(text, weight, room)):
            if n:
                made.end()
            made.add(_joined(part), colour)

    def _word(self, text: str, weight: Weight) -> Word:
        word = self._words.get((weight, text))
        if word is None:
            word = _joined(self._glyphs_of(text, weight))
            if len(text) <= LONG:
                self._words[weight, text] = word
        return word

    def _glyphs_of(self, text: str, weight: Weight) -> list[Glyph]:
        known = self._glyphs[weight]
        return [known[one] if one in known else self._glyph(one, weight) for one in text]

    def _glyph(self, character: str, weight: Weight) -> Glyph:
        """Find a character in the faces, in their order, and remember it."""
        if has_no_shape(character):
            found = Glyph("", "", 0)
        else:
            face = next((face for face in map(self._face, CHAINS[weight]) if face.covers(character)), None)
            if face is None:
                found = self._glyph(REPLACEMENT, weight)
            else:
                number, width = face.glyph(character)
                found = Glyph(face.resource, f"{number:04X}", width)
        self._glyphs[weight][character] = found
        return found

    def _face(self, key: str) -> Face:
        if key not in self.faces:
            self.faces[key] = Face(key, f"A{len(self.faces)}")
        return self.faces[key]

    def _broken(self, text: str, weight: Weight, room: float) -> Iterator[list[Glyph]]:
        """Lines of a word, broken where it must be, and after a slash or its like where one is near."""
        glyphs = self._glyphs_of(text, weight)
        start, width, good = 0, 0.0, 0
        for n, glyph in enumerate(glyphs):
            if width + glyph.width > room and n > start and not _joins(text, n):
                end = good if good > start + (n - start) // 2 else n
                yield glyphs[start:end]
                width = sum(one.width for one in glyphs[end:n])
                start = end
            width += glyph.width
            if text[n] in _BREAK_AFTER:
                good = n + 1
        yield glyphs[start:]


class _Lines:
    """Lines in the making."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._done: list[Line] = []
        self._stretches: list[Stretch] = []
        self.at = 0.0
        self._inked = 0.0
        self.started = False

    def add(self, word: Word, colour: Colour) -> None:
        self._append(word, colour)
        self._inked = self.at
        self.started = True

    def add_space(self, space: Word, colour: Colour) -> None:
        self._append(space, colour)

    def _append(self, word: Word, colour: Colour) -> None:
        self.at += word.width
        if not self._stretches or self._stretches[-1].colour != colour:
            self._stretches.append(Stretch(colour, []))
        self._stretches[-1].pieces.extend(word.pieces)

    def end(self) -> None:
        self._done.append(Line(self._inked * self._size / 1000, self._stretches))
        self._stretches, self.at, self._inked, self.started = [], 0.0, 0.0, False

    def finished(self) -> list[Line]:
        if self.started or not self._done:
            self.end()
        return self._done


def _joined(glyphs: list[Glyph]) -> Word:
    """The glyphs as one word, in pieces of one face each."""
    pieces = [
        Piece(face, "".join([glyph.number for glyph in group]))
        for face, group in groupby(glyphs, attrgetter("face"))
        if face
    ]
    return Word(sum([glyph.width for glyph in glyphs]), tuple(pieces))


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, each with whether a space follows."""
    parts = _SPACES.split(text)
    for part in parts[:-1]:
        yield part, True
    yield parts[-1], False


def _joins(text: str, n: int) -> bool:
    """Whether the character at ``n`` belongs to the one before it: an accent, a joiner, or what one joins."""
    return unicodedata.category(text[n]).startswith("M") or has_no_shape(text[n]) or text[n - 1] == "\u200d"
