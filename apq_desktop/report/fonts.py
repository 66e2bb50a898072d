"""The faces that the PDF is set in, which characters they cover, and how they are embedded.

The faces come with pymupdf-fonts (SIL Open Font License): Noto Sans for Latin, Greek and Cyrillic, FiraGO
for the scripts that Noto Sans lacks. Glyphs are written by number (Identity-H) with one subset of each face,
and each number is mapped back to its character, so that text copies out as it was typed.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import pymupdf_fonts
import uharfbuzz as hb

from apq_desktop.evaluation.text import clean

Weight = Literal["regular", "bold"]
CHAINS: dict[Weight, tuple[str, ...]] = {"regular": ("notos", "figo"), "bold": ("notosbo", "figbo")}
"""For each weight, the faces in the order in which a character is looked for."""

REPLACEMENT = "\ufffd"
"""Drawn in place of a character that no face covers."""

# Marks without a shape of their own: soft hyphen, joiners, direction marks, variation selectors and so on.
_WITHOUT_SHAPE = frozenset(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
        (0x180B, 0x180F), (0x200B, 0x200F), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip


@cache
def _file(key: str) -> bytes:
    return bytes(pymupdf_fonts.fontbuffers[key]())


@cache
def _covered(key: str) -> frozenset[int]:
    return frozenset(hb.Face(hb.Blob(_file(key))).unicodes)


def has_no_shape(character: str) -> bool:
    """Whether a character is never drawn, such as a joiner or a direction mark."""
    return character in _WITHOUT_SHAPE


def missing_characters(text: str) -> set[str]:
    """The characters of ``text`` that the PDF cannot show, so that the person can be told before sending."""
    faces = [_covered(key) for key in CHAINS["regular"]]
    return {
        character
        for character in set(clean(text)) - {"\n", "\t"} - _WITHOUT_SHAPE
        if not any(ord(character) in face for face in faces)
    }


class Face:
    """One face in one document: it remembers which glyphs were drawn, and for what text."""

    def __init__(self, key: str, resource: str) -> None:
        """``resource`` is the face's name on the document's pages, such as ``A0``."""
        self.resource = resource
        self._face = hb.Face(hb.Blob(_file(key)))
        self._font = hb.Font(self._face)
        self._covered = _covered(key)
        self._scale = 1000 / self._face.upem
        self.drawn: dict[int, str] = {0: REPLACEMENT}

    def covers(self, character: str) -> bool:
        """Whether the face has a shape for the character."""
        return ord(character) in self._covered

    def glyph(self, character: str) -> tuple[int, float]:
        """The number and advance (in 1/1000 of the size) of a character's glyph, from now on drawn."""
        number = self._font.get_nominal_glyph(ord(character)) or 0
        self.drawn.setdefault(number, character)
        return number, self.advance(number)

    def advance(self, number: int) -> float:
        """How far a glyph moves the pen, in 1/1000 of the size."""
        return self._font.get_glyph_h_advance(number) * self._scale

    @property
    def name(self) -> str:
        """The face's PostScript name, marked as a subset."""
        number = int(self.resource[1:])
        return f"APQAA{chr(ord('A') + number)}+{self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}"

    def subset(self) -> bytes:
        """The font file with the drawn glyphs alone, each under its old number."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(self.drawn)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"DSIG"))
        return bytes(wanted.subset(self._face).blob.data)

    def measures(self) -> tuple[int, int, int]:
        """Ascent, descent (below zero) and height of capitals, in 1/1000 of the size."""
        extents = self._font.get_font_extents("ltr")
        capital = self._font.get_glyph_extents(self._font.get_nominal_glyph(ord("H")) or 0)
        return (
            round(extents.ascender * self._scale),
            round(extents.descender * self._scale),
            round(capital.y_bearing * self._scale),
        )

    def box(self) -> tuple[int, int, int, int]:
        """The box that every drawn glyph fits into, in 1/1000 of the size."""
        shapes = [shape for number in self.drawn if (shape := self._font.get_glyph_extents(number))]
        edges = (
            min(shape.x_bearing for shape in shapes),
            min(shape.y_bearing + shape.height for shape in shapes),
            max(shape.x_bearing + shape.width for shape in shapes),
            max(shape.y_bearing for shape in shapes),
        )
        left, lower, right, upper = (round(edge * self._scale) for edge in edges)
        return left, lower, right, upper

    def to_unicode(self) -> bytes:
        """The CMap that leads from glyph numbers back to text (ISO 32000-1, 9.10.3), in blocks of 100."""
        pairs = [(number, text) for number, text in sorted(self.drawn.items()) if number]
        blocks = []
        for start in range(0, len(pairs), 100):
            block = pairs[start : start + 100]
            rows = "\n".join(f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>" for number, text in block)
            blocks.append(f"{len(block)} beginbfchar\n{rows}\nendbfchar")
        return _CMAP.format(blocks="\n".join(blocks)).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
