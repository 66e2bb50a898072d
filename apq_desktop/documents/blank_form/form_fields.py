"""The blanks of a document as fields of an interactive form (ISO 32000-1, 12.7), which ask for no script.

Every field has what a screen reader says of it, and a look of its own, so that nothing is left to the program
that shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.documents.content.document_tree import Blank, Element
from apq_desktop.documents.pdf.page_canvas import Placed
from apq_desktop.documents.text.font_subset import character_map
from apq_desktop.documents.text.fonts import CHAINS, font
from apq_desktop.documents.text.text_styles import INK

TICKED = "yes"
"""The value of a box to tick that stands for itself alone."""
_MULTILINE, _RADIO = 1 << 12, 1 << 15
_SIZE = 10.5
_FONT_NAME = Name("/APQFRM+NotoSans-Regular")
_LOOK = f"/Typed {_SIZE} Tf {INK} rg"


def add_fields(pdf: pikepdf.Pdf, blanks: Iterable[Placed]) -> list[tuple[Element, pikepdf.Object]]:
    """Make a field of every blank that has a name, and return each with its element."""
    named = [placed for placed in blanks if placed.element.blank and placed.element.blank.name]
    return _Form(pdf).made(named) if named else []


class _Form:
    """The form in the making. Fields stand in a tree: the whole name of each is the way to it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fonts = Dictionary(Typed=_font(pdf))
        self._root: Any = Dictionary(Fields=Array(), DR=Dictionary(Font=self._fonts), DA=String(_LOOK))
        self._nodes: dict[str, Any] = {}
        self._several: set[str] = set()

    def made(self, named: list[Placed]) -> list[tuple[Element, pikepdf.Object]]:
        self._pdf.Root.AcroForm = self._pdf.make_indirect(self._root)
        times = Counter(placed.element.blank.name for placed in named if placed.element.blank)
        self._several = {name for name, count in times.items() if count > 1}
        return [(placed.element, self._widget(placed)) for placed in named]

    def _widget(self, placed: Placed) -> pikepdf.Object:
        blank, page = placed.element.blank, self._pdf.pages[placed.page].obj
        assert blank is not None
        left, lower, right, upper = (round(edge, 2) for edge in placed.box)
        size = round(right - left, 2), round(upper - lower, 2)
        widget: Any = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                F=4,
                P=page,
                Rect=Array([left, lower, right, upper]),
                TU=String(blank.says),
                AP=Dictionary(N=self._ticks(blank, *size) if blank.tick else self._empty(*size)),
            )
        )
        if blank.tick:
            widget.AS = Name.Off
        if blank.name in self._several:
            self._field(blank).Kids.append(widget)
            widget.Parent = self._field(blank)
        else:
            self._name(widget, blank.name)
            _set_kind(widget, blank)
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(widget)
        return widget

    def _field(self, blank: Blank) -> Any:
        """The field of several places: boxes of which one is chosen, or words that stand in each of them."""
        if blank.name not in self._nodes:
            field = Dictionary(TU=String(blank.one_of or blank.says), Kids=Array())
            if blank.one_of:
                field.FT, field.Ff, field.V = Name.Btn, _RADIO, Name.Off
            else:
                _set_kind(field, blank)
            self._nodes[blank.name] = self._pdf.make_indirect(field)
            self._name(self._nodes[blank.name], blank.name)
        return self._nodes[blank.name]

    def _name(self, field: Any, name: str) -> None:
        """Hang a field into the tree under the last part of its name."""
        above, _, last = name.rpartition(".")
        field.T = String(last)
        if not above:
            self._root.Fields.append(field)
            return
        if above not in self._nodes:
            self._nodes[above] = self._pdf.make_indirect(Dictionary(Kids=Array()))
            self._name(self._nodes[above], above)
        field.Parent = self._nodes[above]
        self._nodes[above].Kids.append(field)

    def _empty(self, width: float, height: float) -> pikepdf.Object:
        return self._drawn(b"/Tx BMC\nEMC", width, height)

    def _ticks(self, blank: Blank, width: float, height: float) -> pikepdf.Object:
        """A box with its tick and one without. The box itself is drawn on the page."""
        points = [(0.2, 0.55), (0.42, 0.25), (0.82, 0.8)]
        path = " ".join(f"{x * width:.2f} {y * height:.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
        tick = f"q {INK} RG 1.5 w {path} S Q"
        on, off = self._drawn(tick.encode(), width, height), self._drawn(b"", width, height)
        return Dictionary({f"/{blank.tick}": on, "/Off": off})

    def _drawn(self, code: bytes, width: float, height: float) -> pikepdf.Object:
        look: Any = self._pdf.make_stream(code)
        look.Type, look.Subtype = Name.XObject, Name.Form
        look.BBox = Array([0, 0, width, height])
        look.Resources = Dictionary(Font=self._fonts)
        return look


def _set_kind(field: Any, blank: Blank) -> None:
    if blank.tick:
        field.FT, field.V = Name.Btn, Name.Off
        return
    field.FT, field.DA = Name.Tx, String(_LOOK)
    if not blank.one_line:
        field.Ff = _MULTILINE


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A simple font for what is typed, with the characters of Western Europe: programs know how to write in such.

    For others they take a font of their own, or draw a question mark; the value is right in any case.
    """
    whole = font(CHAINS["regular"][0])
    texts = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x20, 0x100) if code != 0x7F}
    texts = {code: text for code, text in texts.items() if text}
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, texts.values()))
    program = bytes(wanted.subset(whole.face).blob.data)
    scale = 1000 / whole.face.upem
    glyphs = {code: whole.get_nominal_glyph(ord(text)) or 0 for code, text in texts.items()}
    widths = [
        round(whole.get_glyph_h_advance(glyphs[code]) * scale) if code in glyphs else 0 for code in range(0x20, 0x100)
    ]
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=_FONT_NAME,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=0x20,
            LastChar=0xFF,
            Widths=Array(widths),
            FontDescriptor=_descriptor(pdf, whole, program),
            ToUnicode=pdf.make_stream(character_map(sorted(texts.items()), 1)),
        )
    )


def _descriptor(pdf: pikepdf.Pdf, whole: hb.Font, program: bytes) -> pikepdf.Object:
    scale = 1000 / whole.face.upem
    extents = whole.get_font_extents("ltr")
    capital = whole.get_glyph_extents(whole.get_nominal_glyph(ord("H")) or 0)
    stream = pdf.make_stream(program)
    stream.Length1 = len(program)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=_FONT_NAME,
            Flags=32,
            ItalicAngle=0,
            Ascent=round(extents.ascender * scale),
            Descent=round(extents.descender * scale),
            CapHeight=round(capital.y_bearing * scale) if capital else 700,
            StemV=80,
            FontBBox=Array([-600, round(extents.descender * scale), 1500, round(extents.ascender * scale)]),
            FontFile2=stream,
        )
    )
