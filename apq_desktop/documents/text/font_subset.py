"""One face in one document: which of its glyphs are drawn, what they say, and what is embedded of it.

Glyphs are written by number (Identity-H), with one subset of each face, and each number is mapped back to its
characters, so that text copies out as it was typed.
"""

from __future__ import annotations

from functools import cache

import uharfbuzz as hb

from apq_desktop.documents.text.fonts import REPLACEMENT, FontSource, covered, font

SILENT = "\u200b"
"""What a glyph says that is only part of a character's shape."""


@cache
def _plain(source: FontSource) -> dict[int, str]:
    """From glyphs to characters, but for the old codes of joined forms."""
    made = font(source)
    found: dict[int, str] = {}
    for code in sorted(covered(source), reverse=True):
        if not (0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF):
            found[made.get_nominal_glyph(code) or 0] = chr(code)
    return found


class FontSubset:
    """One face in one document."""

    def __init__(self, source: FontSource, resource: str) -> None:
        """``resource`` is the face's name on the document's pages, such as ``A0``."""
        self.source = source
        self.resource = resource
        self.font = font(source)
        self._face = self.font.face
        self._covered = covered(source)
        self.scale = 1000 / self._face.upem
        self.drawn: dict[int, str] = {0: REPLACEMENT}

    def covers(self, character: str) -> bool:
        """Whether the face has a shape for the character."""
        return ord(character) in self._covered

    def glyph(self, character: str) -> tuple[int, float]:
        """The number and advance (in 1/1000 of the size) of a character's glyph, from now on drawn."""
        number = self.font.get_nominal_glyph(ord(character)) or 0
        self.drawn.setdefault(number, character)
        return number, self.advance(number)

    def says(self, number: int) -> str:
        """The character that a glyph is the plain shape of, or nothing where it is none's."""
        return _plain(self.source).get(number, "")

    def advance(self, number: int) -> float:
        """How far a glyph moves the pen, in 1/1000 of the size."""
        return self.steps(number) * self.scale

    def steps(self, number: int) -> int:
        """How far a glyph moves the pen, in the face's own units."""
        return int(self.font.get_glyph_h_advance(number))

    @property
    def name(self) -> str:
        """The face's PostScript name, marked as a subset."""
        tag = "APQ" + "".join(chr(ord("A") + int(digit)) for digit in f"{int(self.resource[1:]):03}")
        weight = {400: "-Regular", 700: "-Bold"}.get(self.source.weight)
        own = self.source.key + weight if weight else self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        return f"{tag}+{own}"

    @property
    def has_cubic_outlines(self) -> bool:
        """Whether the outlines are in the form of PostScript (CFF) and not of TrueType."""
        return "CFF " in self._face.table_tags

    def subset(self) -> hb.Face:
        """The face with the drawn glyphs alone, each under its old number, at its one weight."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self.drawn)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"DSIG"))
        if self.source.weight:
            wanted.pin_axis_location(self._face, "wght", self.source.weight)
        return wanted.subset(self._face)

    def measures(self) -> tuple[int, int, int]:
        """Ascent, descent (below zero) and height of capitals, in 1/1000 of the size."""
        extents = self.font.get_font_extents("ltr")
        capital = self.font.get_glyph_extents(self.font.get_nominal_glyph(ord("H")) or 0)
        return (
            round(extents.ascender * self.scale),
            round(extents.descender * self.scale),
            round((capital.y_bearing if capital else 0) * self.scale) or 700,
        )

    def box(self) -> tuple[int, int, int, int]:
        """The box that every drawn glyph fits into, in 1/1000 of the size."""
        shapes = [shape for number in self.drawn if (shape := self.font.get_glyph_extents(number))]
        edges = (
            min(shape.x_bearing for shape in shapes),
            min(shape.y_bearing + shape.height for shape in shapes),
            max(shape.x_bearing + shape.width for shape in shapes),
            max(shape.y_bearing for shape in shapes),
        )
        left, lower, right, upper = (round(edge * self.scale) for edge in edges)
        return left, lower, right, upper

    def to_unicode(self) -> bytes:
        """The CMap that leads from glyph numbers back to text."""
        return character_map([(number, text) for number, text in sorted(self.drawn.items()) if number], 2)


def character_map(pairs: list[tuple[int, str]], length: int) -> bytes:
    """The CMap that leads from codes of ``length`` bytes to text (ISO 32000-1, 9.10.3), in blocks of 100."""
    blocks, digits = [], 2 * length
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        rows = "\n".join(f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block)
        blocks.append(f"{len(block)} beginbfchar\n{rows}\nendbfchar")
    return _CMAP.format(first="0" * digits, last="F" * digits, blocks="\n".join(blocks)).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<{first}> <{last}>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
