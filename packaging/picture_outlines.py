"""What of a picture of a screen is kept to compare the next one with: its blocks in grey, and roughly their colours.

A picture of 1180 x 800 pixels becomes 64 x 44 means of grey and 16 x 11 of colour, packed into one line of text of
about 1,500 signs. Another rasteriser of fonts moves a mean by a few of 256; a word that came or went by some dozen.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GREY, COLOUR = (64, 44), (16, 11)
TOLERANCE = 10
"""How far a mean may move, of 256."""
STRAY = 2
"""So many blocks of a picture may move further: an edge that falls on the other side of a pixel."""


def outline(picture: QImage) -> bytes:
    """The means of a picture: first the grey ones, then the coloured, row by row."""
    grey = _shrunk(picture, GREY).convertToFormat(QImage.Format.Format_Grayscale8)
    colour = _shrunk(picture, COLOUR).convertToFormat(QImage.Format.Format_RGB888)
    return _rows(grey, GREY[0]) + _rows(colour, COLOUR[0] * 3)


def differences(accepted: bytes, now: bytes) -> str:
    """Where two pictures differ, in words; nothing where they look alike."""
    size = GREY[0] * GREY[1]
    moved = [n for n in range(size) if abs(accepted[n] - now[n]) > TOLERANCE]
    tinted = [n for n in range(size, len(now)) if abs(accepted[n] - now[n]) > TOLERANCE]
    if len(moved) <= STRAY and not tinted:
        return ""
    places = [_place(n, *GREY) for n in moved] + [_place((n - size) // 3, *COLOUR) for n in tinted]
    left, top, right, low = (function(part) for function in (min, max) for part in zip(*places, strict=True))
    most = max(abs(accepted[n] - now[n]) for n in (*moved, *tinted))
    return (
        f"{len(moved)} of {size} blocks differ, by up to {most} of 256: between {left} and {right} % of the width"
        f" and {top} and {low} % of the height"
    )


def write(path: Path, outlines: Mapping[str, bytes]) -> None:
    """Keep outlines, a line each, by the names of their screens."""
    lines = (f"{name} {base64.b85encode(zlib.compress(outline, 9)).decode()}\n" for name, outline in outlines.items())
    path.write_text("".join(lines), encoding="ascii", newline="\n")


def read(path: Path) -> dict[str, bytes]:
    """The outlines that were kept, by the names of their screens."""
    lines = (line.split(" ") for line in path.read_text(encoding="ascii").splitlines())
    return {name: zlib.decompress(base64.b85decode(packed)) for name, packed in lines}


def _shrunk(picture: QImage, size: tuple[int, int]) -> QImage:
    return picture.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _rows(picture: QImage, width: int) -> bytes:
    """Its bytes without those that fill each line up to a multiple of four."""
    whole, line = bytes(picture.constBits()), picture.bytesPerLine()
    return b"".join(whole[y * line : y * line + width] for y in range(picture.height()))


def _place(block: int, columns: int, rows: int) -> tuple[int, int]:
    """Where a block stands, in per cent of the width and of the height."""
    return 100 * (block % columns) // columns, 100 * (block // columns) // rows
