"""Text into lines: which glyphs, how wide, and where a line ends.

ReportLab's own Paragraph is not used. It reads its text as XML, drops the space at a line's end, and tags
nothing; here every text stays plain, every space is drawn, and each line knows what it says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from apq_desktop.documents.text.bidi import base_level, has_right_to_left, levels
from apq_desktop.documents.text.font_subset import FontSubset
from apq_desktop.documents.text.fonts import CHAINS, REPLACEMENT, FontSource, has_no_shape
from apq_desktop.documents.text.line_breaking import Ink, Line, Lines, MixedLines, Piece, Word, code_of
from apq_desktop.documents.text.shaping import clusters, joins, needs_shaping, parts, shaped, shaped_from_right
from apq_desktop.documents.text.text_styles import ACCENT, MUTED, Colour, TextRun, TextStyle, Tone, Weight

# Spaces at which a line may end; the no-break spaces are not among them.
_SPACES = re.compile("[ \\t\\n\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_COLOURS: dict[Tone, Colour] = {"muted": MUTED, "link": ACCENT, "number": ACCENT}
_SIGN = (
    "\u2e80-\u2fdf\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_OPENS, _CLOSES = (
    "「『（〔［｛〈《【“‘",
    "、。，．：；！？」』）〕］｝〉》】”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々・…",
)
_SIGNS = re.compile(f"[{_OPENS}]*[{_SIGN}][{_CLOSES}]*|[^{_SIGN}{_OPENS}]+[{_CLOSES}]*|[{_OPENS}]+")
"""A sign by itself, with what may not be parted from it (UAX #14, classes OP, CL and NS)."""
_HAS_SIGNS = re.compile(f"[{_SIGN}]")
MOST_REMEMBERED = 1_000
"""Paragraphs whose lines are kept: names, dates and states come again and again in a plan."""
LONG = 60
"""Characters above which a word is not looked at whole, nor remembered."""
_BREAK_AFTER = frozenset("/-–—_.,?&=@\\;:")


class Glyph(NamedTuple):
    """A character that is set: its face, the code of its number there, its width in 1/1000 of the size."""

    face: str
    code: str
    width: float


class Typesetter:
    """Set the text of one document and know the faces that it needed, in order of first use."""

    def __init__(self) -> None:
        self.faces: dict[FontSource, FontSubset] = {}
        self._glyphs: dict[Weight, dict[str, Glyph]] = {weight: {} for weight in CHAINS}
        self._lines: dict[tuple[tuple[TextRun, ...], TextStyle, float], list[Line]] = {}
        self._words: dict[Weight, dict[str, Word]] = {weight: {} for weight in CHAINS}
        self._reversed: dict[tuple[Weight, str], list[Word]] = {}

    def line(self, text: str, style: TextStyle) -> Line:
        """``text`` on one line, however wide."""
        return self.lines((TextRun(text),), style, math.inf)[0]

    def shortened(self, text: str, style: TextStyle, width: float) -> Line:
        """``text`` on one line of at most ``width`` points, cut with an ellipsis where it is longer."""
        line = self.line(text, style)
        if line.width <= width:
            return line
        room = width - self.line("…", style).width
        cut = next(self._broken(text, style.weight, room * 1000 / style.size))
        return self.line(cut.rstrip() + "…", style)

    def lines(self, runs: Iterable[TextRun], style: TextStyle, width: float) -> list[Line]:
        """The lines of a paragraph, each at most ``width`` points wide. There is always at least one."""
        key = (tuple(runs), style, width)
        found = self._lines.get(key)
        if found is None:
            found = self._set(*key)
            if len(self._lines) >= MOST_REMEMBERED:
                self._lines.clear()
            self._lines[key] = found
        return found

    def _set(self, runs: tuple[TextRun, ...], style: TextStyle, width: float) -> list[Line]:
        room = width * 1000 / style.size
        text = "".join([run.text for run in runs])
        if has_right_to_left(text):
            return self._mixed_lines(runs, text, style, room)
        made = Lines(style.size)
        for n, run in enumerate(runs):
            weight, ink = _look(run, style, n)
            *words, last = self._fitting(run.text, weight, room)
            for word in words:
                made.add(word, ink, room)
            if last.pieces:
                made.add(last, ink, room - self._first_width(runs[n + 1 :], style))
        return made.finished()

    def _first_width(self, runs: tuple[TextRun, ...], style: TextStyle) -> float:
        """How wide the first word of the next run is: a comma after a link stays on the link's line."""
        text = runs[0].text if runs else ""
        word = "" if text.startswith(" ") else _words(_SPACES.split(text, 1)[0])[0]
        return self._word(word, _look(runs[0], style, 0)[0]).width if word and len(word) <= LONG else 0

    def _fitting(self, text: str, weight: Weight, room: float) -> list[Word]:
        """The words of a text, those wider than a line in parts."""
        found, known = [], self._words[weight]
        for one in _words(text):
            word = known.get(one) or (self._word(one, weight) if len(one) <= LONG else None)
            if word and word.width - word.space <= room:
                found.append(word)
            else:
                *parts, last = self._broken(one.removesuffix(" "), weight, room)
                found += [self._word(part, weight) for part in (*parts, last + " " * one.endswith(" "))]
        return found

    def _mixed_lines(self, runs: tuple[TextRun, ...], text: str, style: TextStyle, room: float) -> list[Line]:
        base = base_level(text)
        found = levels(text, base)
        made = MixedLines(style.size, base)
        start = 0
        for n, run in enumerate(runs):
            weight, ink = _look(run, style, n)
            space = self._word(" ", weight)
            for spaced in _words(run.text):
                word = spaced.removesuffix(" ")
                at = text.index(word, start)
                start = at + len(word)
                self._place_mixed(made, _one_way(word, found[at:start]), weight, ink, room)
                if word != spaced and made.started:
                    made.add_space(space, ink, found[start])
        return made.finished()

    def _place_mixed(
        self, made: MixedLines, word: list[tuple[str, int]], weight: Weight, ink: Ink, room: float
    ) -> None:
        set_parts = [(self._one_way(text, weight, level), level) for text, level in word]
        width = sum(part.width for parts_, _ in set_parts for part in parts_)
        if made.started and made.at + width > room:
            made.end()
        if width <= room:
            for parts_, level in set_parts:
                for part in parts_:
                    made.add(part, ink, level)
            return
        for text, level in word:
            for piece in self._broken(text, weight, room):
                parts_ = self._one_way(piece, weight, level)
                if made.started and made.at + sum(part.width for part in parts_) > room:
                    made.end()
                for part in parts_:
                    made.add(part, ink, level)

    def _one_way(self, text: str, weight: Weight, level: int) -> list[Word]:
        """Text of one level, set: one word, or several where it runs from right to left."""
        if level % 2 == 0:
            return [self._word(text, weight)]
        words = self._reversed.get((weight, text))
        if words is None:
            chain = list(self._chain(weight))
            words = [word for part in parts(text, chain) for word in shaped_from_right(part)]
            if len(text) <= LONG:
                self._reversed[weight, text] = words
        return words

    def _word(self, text: str, weight: Weight) -> Word:
        word = self._words[weight].get(text)
        if word is None:
            space = self._glyphs_of(" ", weight)[0].width if text.endswith(" ") else 0
            if needs_shaping(text):
                chain = list(self._chain(weight))
                shapes = [shaped(part) for part in parts(text.removesuffix(" "), chain)]
                word = _together([*shapes, self._word(" ", weight)] if space else shapes, space)
            else:
                word = _joined(self._glyphs_of(text, weight), space)
            if len(text) <= LONG:
                self._words[weight][text] = word
        return word

    def _chain(self, weight: Weight) -> Iterator[FontSubset]:
        return map(self._face, CHAINS[weight])

    def _glyphs_of(self, text: str, weight: Weight) -> list[Glyph]:
        known = self._glyphs[weight]
        return [known[one] if one in known else self._glyph(one, weight) for one in text]

    def _glyph(self, character: str, weight: Weight) -> Glyph:
        """Find a character in the faces, in their order, and remember it."""
        if has_no_shape(character):
            found = Glyph("", "", 0)
        else:
            face = next((face for face in self._chain(weight) if face.covers(character)), None)
            if face is None:
                found = self._glyph(REPLACEMENT, weight)
            else:
                number, width = face.glyph(character)
                found = Glyph(face.resource, code_of(number), width)
        self._glyphs[weight][character] = found
        return found

    def _face(self, source: FontSource) -> FontSubset:
        if source not in self.faces:
            self.faces[source] = FontSubset(source, f"A{len(self.faces)}")
        return self.faces[source]

    def _broken(self, text: str, weight: Weight, room: float) -> Iterator[str]:
        """Parts of a word, broken where it must be, and after a slash or its like where one is near."""
        start, width, good = 0, 0.0, 0
        at = 0
        for cluster, wide in self._measured(text, weight):
            if width + wide > room and at > start:
                end = good if good > start + (at - start) // 2 else at
                yield text[start:end]
                width = sum(one for _, one in self._measured(text[end:at], weight))
                start = end
            width += wide
            at += len(cluster)
            if cluster in _BREAK_AFTER:
                good = at
        yield text[start:]

    def _measured(self, text: str, weight: Weight) -> Iterator[tuple[str, float]]:
        """The characters of ``text``, each with what belongs to it, and how wide it is by itself."""
        if needs_shaping(text):
            return ((cluster, self._word(cluster, weight).width) for cluster in clusters(text))
        return ((one, glyph.width) for one, glyph in zip(text, self._glyphs_of(text, weight), strict=True))


def _look(run: TextRun, style: TextStyle, n: int) -> tuple[Weight, Ink]:
    weight: Weight = "bold" if run.tone in ("strong", "number") else style.weight
    return weight, Ink(_COLOURS.get(run.tone, style.colour), n)


def _joined(glyphs: list[Glyph], space: float) -> Word:
    """The glyphs as one word, in pieces of one face each; so much of it is a ``space`` at its end."""
    width, at = 0.0, ""
    codes: list[str] = []
    pieces: list[Piece] = []
    for face, code, advance in glyphs:
        if face != at:
            if at:
                pieces.append(Piece(at, "".join(codes)))
            at, codes = face, []
        codes.append(code)
        width += advance
    if at:
        pieces.append(Piece(at, "".join(codes)))
    return Word(width, tuple(pieces), space)


def _together(words: list[Word], space: float) -> Word:
    return Word(sum(word.width for word in words), tuple(piece for word in words for piece in word.pieces), space)


def _one_way(text: str, found: list[int]) -> list[tuple[str, int]]:
    """``text`` in parts of one level each. What belongs to a character stays with it."""
    starts = [n for n in range(len(text)) if n == 0 or (found[n] != found[n - 1] and not joins(text, n))]
    return [(text[start:end], found[start]) for start, end in pairwise([*starts, len(text)])]


def _words(text: str) -> list[str]:
    """The words of a text, each with its space where one follows; the last may be empty.

    Between Chinese and Japanese signs a line may end too.
    """
    *words, last = _SPACES.split(text)
    words = [*[f"{word} " for word in words], last]
    if not _HAS_SIGNS.search(text):
        return words
    return [part for word in words for part in _SIGNS.findall(word) or [word]]
