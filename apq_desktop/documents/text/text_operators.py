"""The code that draws the text of one element on a page (ISO 32000-1, 9.4), in pieces of marked content."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter

from apq_desktop.documents.text.line_breaking import Piece, Shaped, Stretch
from apq_desktop.documents.text.text_styles import Colour


class Pen:
    """Write one text object. ``begin`` is given what a piece says, where its glyphs do not, and opens its mark.

    Marks stand side by side, never in each other: some reading programs lose what follows an inner one.
    """

    def __init__(self, size: float, begin: Callable[[str], str]) -> None:
        self._size = size
        self._begin = begin
        self._code = ["BT"]
        self._colour: Colour = ""
        self._face = ""
        self._open = False
        self._waiting: list[str] = []

    def move(self, x: float, y: float) -> None:
        """Go to a place on the page."""
        self._write()
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def change(self, begin: Callable[[str], str]) -> None:
        """Let what follows belong to another element."""
        self._write()
        self._close()
        self._begin = begin

    def draw(self, stretch: Stretch) -> None:
        """Draw a stretch from where the pen is."""
        if stretch.ink.colour != self._colour:
            self._write()
            self._colour = stretch.ink.colour
            self._code.append(f"{self._colour} rg")
        for piece in stretch.pieces:
            if piece.face != self._face:
                self._write()
                self._face = piece.face
                self._code.append(f"/{self._face} {self._size} Tf")
            if isinstance(piece, Piece):
                self._waiting.append(piece.glyphs)
            else:
                self._draw_shaped(piece)

    def finished(self) -> str:
        """The whole text object."""
        self._write()
        self._close()
        return "\n".join([*self._code, "ET"])

    def _draw_shaped(self, piece: Shaped) -> None:
        self._write()
        if piece.text:
            self._close()
        if not self._open:
            self._code.append(self._begin(piece.text))
            self._open = True
        level = 0.0
        for rise, group in groupby(piece.codes, itemgetter(0)):
            if rise != level:
                level = rise
                self._code.append(f"{rise * self._size / 1000:.3f} Ts")
            self._code.append(f"[{''.join([shown for _, shown in group])}] TJ")
        if level:
            self._code.append("0 Ts")
        if piece.text:
            self._close()

    def _write(self) -> None:
        if not self._waiting:
            return
        if not self._open:
            self._code.append(self._begin(""))
            self._open = True
        self._code.append(f"({''.join(self._waiting)}) Tj")
        self._waiting = []

    def _close(self) -> None:
        if self._open:
            self._code.append("EMC")
            self._open = False
