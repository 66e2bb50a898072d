"""Text whose glyphs depend on their neighbours: joined letters, marks, conjuncts, emoji of several characters.

HarfBuzz shapes each stretch of one face and one direction. What a stretch says is kept beside its glyphs
(/ActualText), because no map from single glyphs back to characters can tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import category, normalize

import uharfbuzz as hb

from apq_desktop.documents.text.bidi import has_right_to_left
from apq_desktop.documents.text.font_subset import SILENT, FontSubset
from apq_desktop.documents.text.fonts import EMOJI, REPLACEMENT, has_no_shape
from apq_desktop.documents.text.line_breaking import Piece, Shaped, Word, code_of

_JOINER, _EMOJI_SELECTOR, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"
_SKIN = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_NEEDS_SHAPING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u08ff\u0900-\u109f\u135d-\u135f\u1780-\u17ff\u1ab0-\u1aff\u1cd0-\u1cff\u1dc0-\u1dff"
    "\u200c\u200d\u20d0-\u20ff\ua8e0-\ua8ff\uaa60-\uaa7f\ufb1d-\ufdff\ufe00-\ufe0f\ufe20-\ufe2f\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e000-\U0001efff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]"
)
_MOST_RISE = 1000.0
"""In 1/1000 of the size. A thousand accents on one letter end here, and do not run over the whole page."""


def needs_shaping(text: str) -> bool:
    """Whether the glyphs of ``text`` depend on each other."""
    return not text.isascii() and _NEEDS_SHAPING.search(text) is not None


def joins(text: str, n: int) -> bool:
    """Whether the character at ``n`` belongs to the one before it: an accent, a joiner, or what one joins."""
    one, before = text[n], text[n - 1]
    if category(one).startswith("M") or has_no_shape(one) or before == _JOINER or one in _SKIN:
        return True
    if one not in _FLAG_LETTERS or before not in _FLAG_LETTERS:
        return False
    run = n
    while run and text[run - 1] in _FLAG_LETTERS:
        run -= 1
    return (n - run) % 2 == 1


def clusters(text: str) -> Iterator[str]:
    """The characters of ``text``, each with what belongs to it."""
    start = 0
    for n in range(1, len(text)):
        if not joins(text, n):
            yield text[start:n]
            start = n
    if text:
        yield text[start:]


class Part(NamedTuple):
    """Text in one face."""

    face: FontSubset
    text: str


def parts(text: str, faces: Sequence[FontSubset]) -> Iterator[Part]:
    """``text`` in parts of one face each. What the first face lacks stays in the face before it, if it can."""
    chosen: list[Part] = []
    for cluster in clusters(text):
        shown = "".join(one for one in cluster if not has_no_shape(one))
        chain = faces
        if _EMOJI_SELECTOR in cluster or _KEYCAP in cluster:
            chain = sorted(faces, key=lambda face: face.source.key != EMOJI)
        elif chosen and not all(map(faces[0].covers, shown)):
            chain = (chosen[-1].face, *faces)
        chosen += _in_face(cluster, shown, chain, chosen)
    for face, group in groupby(chosen, lambda part: part.face):
        yield Part(face, "".join(part.text for part in group))


def _in_face(cluster: str, shown: str, chain: Sequence[FontSubset], before: list[Part]) -> list[Part]:
    """One cluster in the first face that has all of it, or else character by character."""
    if not shown:
        return [Part(before[-1].face if before else chain[0], cluster)]
    whole = next((face for face in chain if all(map(face.covers, shown))), None)
    if whole:
        return [Part(whole, cluster)]
    if len(shown) > 1:
        return [part for one in shown for part in _in_face(one, one, chain, before)]
    return [Part(next(face for face in chain if face.covers(REPLACEMENT)), REPLACEMENT)]


def shaped(part: Part) -> Word:
    """Set a part that runs from left to right, as one word."""
    words = list(_set(part, "ltr"))
    width = sum(word.width for word in words)
    pieces = tuple(piece for word in words for piece in word.pieces)
    if any(isinstance(piece, Shaped) and piece.text for piece in pieces):
        codes = [code for piece in pieces for code in (piece.codes if isinstance(piece, Shaped) else _as_codes(piece))]
        return Word(width, (Shaped(part.face.resource, tuple(codes), part.text),))
    return Word(width, pieces)


def shaped_from_right(part: Part) -> list[Word]:
    """Set a part that runs from right to left, as words in the order of reading.

    Letters are written as all programs expect to find them: in a word from left to right as seen, each saying
    itself. Only where glyphs and characters do not pair off is a text kept with them, as a word of its own.
    """
    if len(part.text) > 1 and not has_right_to_left(part.text):
        return [_signs(part)]
    return list(_set(part, "rtl"))[::-1]


def _set(part: Part, direction: str) -> Iterator[Word]:
    """The glyphs of a part from left to right, as words that say themselves and words whose text is kept."""
    face = part.face
    found = _glyphs(part, direction)
    texts = _texts(part.text, [glyph.info.cluster for glyph in found])
    plain: list[_Placed] = []
    for start, group in groupby(found, _cluster):
        glyphs = list(group)
        # Programs turn what stands from the right round letter by letter, so a glyph of two letters says them so.
        said = texts[start][::-1] if direction == "rtl" else texts[start]
        if _says_itself(face, glyphs, said):
            plain += glyphs
            continue
        if plain:
            yield _plain_word(face, plain)
            plain = []
        codes = tuple(_code(face, glyph) for glyph in glyphs)
        yield Word(_width(face, glyphs), (Shaped(face.resource, codes, texts[start]),))
    if plain:
        yield _plain_word(face, plain)


class _Placed(NamedTuple):
    """A glyph and where HarfBuzz puts it."""

    info: hb.GlyphInfo
    at: hb.GlyphPosition


def _cluster(glyph: _Placed) -> int:
    return int(glyph.info.cluster)


def _glyphs(part: Part, direction: str) -> list[_Placed]:
    buffer = hb.Buffer()
    buffer.add_str(part.text)
    buffer.guess_segment_properties()
    buffer.direction = direction
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    hb.shape(part.face.font, buffer)
    return [_Placed(*pair) for pair in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)]


def _texts(text: str, starts: list[int]) -> dict[int, str]:
    """The characters that each cluster of glyphs stands for, by where they begin."""
    order = sorted(set(starts))
    ends = [*order[1:], len(text)] if order else []
    return {start: text[0 if start == order[0] else start : end] for start, end in zip(order, ends, strict=True)}


def _says_itself(face: FontSubset, glyphs: list[_Placed], text: str) -> bool:
    """Whether the glyphs can be mapped back to ``text`` by themselves; their part in that map is noted."""
    if len(glyphs) == 1:
        number = glyphs[0].info.codepoint
        said = face.drawn.get(number) or face.drawn.setdefault(number, face.says(number) or text)
        return said == text or normalize("NFC", said) == normalize("NFC", text)
    for glyph in glyphs:
        face.drawn.setdefault(glyph.info.codepoint, face.says(glyph.info.codepoint) or SILENT)
    return False


def _signs(part: Part) -> Word:
    """Signs from right to left without a letter among them, which nobody would know to read that way."""
    glyphs = _glyphs(part, "rtl")
    texts = _texts(part.text, [glyph.info.cluster for glyph in glyphs])
    for start, group in groupby(glyphs, _cluster):
        _says_itself(part.face, list(group), texts[start])
    codes = tuple(_code(part.face, glyph) for glyph in glyphs)
    return Word(_width(part.face, glyphs), (Shaped(part.face.resource, codes, part.text),))


def _plain_word(face: FontSubset, glyphs: list[_Placed]) -> Word:
    """Glyphs that say themselves: side by side where they are not moved against each other."""
    if all(at.x_offset == at.y_offset == 0 and at.x_advance == face.steps(info.codepoint) for info, at in glyphs):
        piece: Piece | Shaped = Piece(face.resource, "".join([code_of(info.codepoint) for info, _ in glyphs]))
    else:
        piece = Shaped(face.resource, tuple(_code(face, glyph) for glyph in glyphs), "")
    return Word(_width(face, glyphs), (piece,))


def _as_codes(piece: Piece) -> list[tuple[float, str]]:
    return [(0.0, f"({piece.glyphs})")]


def _width(face: FontSubset, glyphs: list[_Placed]) -> float:
    return sum([glyph.at.x_advance for glyph in glyphs]) * face.scale


def _code(face: FontSubset, glyph: _Placed) -> tuple[float, str]:
    """Operands of TJ for one glyph, with its rise. The pen ends where HarfBuzz wants it."""
    info, at = glyph
    back = (at.x_offset + face.steps(info.codepoint) - at.x_advance) * face.scale
    rise = max(-_MOST_RISE, min(_MOST_RISE, at.y_offset * face.scale))
    return rise, f"{_moved(-at.x_offset * face.scale)}({code_of(info.codepoint)}){_moved(back)}"


def _moved(back: float) -> str:
    return f"{back:.0f} " if round(back) else ""
