"""The fonts that the PDF is set in, and which characters they can show.

They come with three packages under the SIL Open Font License. pymupdf-fonts has Noto Sans for Latin, Greek and
Cyrillic, FiraGO for Arabic, Urdu, Hebrew and Devanagari (one glyph for each letter, so that it copies out well),
symbols, and Noto Sans Math for arrows and signs of logic. manimgx-fonts has Noto Sans for the other scripts that
families of our pupils read, and Noto Emoji; noto-cjk-sans-jp-regular has Noto Sans for Chinese, Japanese and Korean.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import manimgx_fonts
import noto_cjk_sans_jp_regular
import pymupdf_fonts
import uharfbuzz as hb

from apq_desktop.documents.text.text_styles import Weight
from apq_desktop.evaluation.text.cleaning import clean


class FontSource(NamedTuple):
    """Where a face comes from: a key of pymupdf-fonts, a file of manimgx-fonts at one weight, or ``CJK``."""

    key: str
    weight: int = 0


_SCRIPTS = (
    "Arabic", "Hebrew", "Bengali", "Devanagari", "Gurmukhi", "Gujarati", "Tamil", "Telugu", "Kannada",
    "Malayalam", "Sinhala", "Oriya", "Georgian", "Armenian", "Ethiopic", "Thai", "Lao", "Khmer", "Myanmar",
)  # fmt: skip
EMOJI = "NotoEmoji"
CJK = "NotoSansCJKjp-Regular"
"""Chinese, Japanese and Korean in the shapes that are usual in Japan, and in one weight: more would be 17 MB each."""


def _chain(core: str, signs: str, weight: int) -> tuple[FontSource, ...]:
    scripts = (FontSource(f"NotoSans{script}", weight) for script in _SCRIPTS)
    others = map(FontSource, ("symbol2", "symbol1", "math", CJK))
    return (FontSource(core), FontSource(signs), *scripts, FontSource(EMOJI, weight), *others)


CHAINS: dict[Weight, tuple[FontSource, ...]] = {
    "regular": _chain("notos", "figo", 400),
    "bold": _chain("notosbo", "figbo", 700),
}
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
def font(source: FontSource) -> hb.Font:
    """A face at its weight, ready to set text with."""
    if source.weight:
        data = (files(manimgx_fonts) / f"{source.key}[wght].ttf").read_bytes()
    elif source.key == CJK:
        data = noto_cjk_sans_jp_regular.FONT_PATH.read_bytes()
    else:
        data = bytes(pymupdf_fonts.fontbuffers[source.key]())
    made = hb.Font(hb.Face(hb.Blob(data)))
    if source.weight:
        made.set_variations({"wght": source.weight})
    return made


@cache
def covered(source: FontSource) -> frozenset[int]:
    """The characters that a face has shapes for."""
    return frozenset(font(source).face.unicodes)


def has_no_shape(character: str) -> bool:
    """Whether a character is never drawn, such as a joiner or a direction mark."""
    return character in _WITHOUT_SHAPE


def missing_characters(text: str) -> set[str]:
    """The characters of ``text`` that the PDF cannot show, so that the user can be told before sending."""
    left = {character for character in set(clean(text)) - _WITHOUT_SHAPE if not character.isspace()}
    for source in CHAINS["regular"]:
        if not left:
            break
        left = {character for character in left if ord(character) not in covered(source)}
    return left
