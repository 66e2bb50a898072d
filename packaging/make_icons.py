"""Draws resources/icons/ anew from apq-desktop.svg: run it after the drawing changed.

Usage, with the checkout's own Python: .venv/bin/python packaging/make_icons.py [--to FOLDER]
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
PICTURES = (16, 24, 32, 48, 64, 128, 256)
IN_ICO = (16, 24, 32, 48, 256)


def main() -> int:
    """Draw the pictures. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Draw the program's icons from their SVG.")
    parser.add_argument("--to", type=Path, default=ICONS)
    folder = parser.parse_args().to
    application = QGuiApplication([])
    drawing = QSvgRenderer(str(ICONS / "apq-desktop.svg"))
    images = {size: drawn(drawing, size) for size in PICTURES}
    for size, image in images.items():
        (folder / f"apq-desktop-{size}.png").write_bytes(png(image))
    (folder / "apq-desktop.ico").write_bytes(ico([images[size] for size in IN_ICO]))
    application.quit()
    return 0


def drawn(drawing: QSvgRenderer, size: int) -> QImage:
    """The drawing as a square picture of `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """A picture as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # the stub wants bytes; Qt takes text
    return bytes(buffer.data().data())


def ico(images: list[QImage]) -> bytes:
    """Several pictures as one Windows icon: bitmaps, and PNG for the large one, which nsis reads too."""
    header, bodies = struct.pack("<HHH", 0, 1, len(images)), []
    place = len(header) + 16 * len(images)
    for image in images:
        size = image.width()
        body = png(image) if size > 48 else bitmap(image)
        header += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(body), place)
        place += len(body)
        bodies.append(body)
    return header + b"".join(bodies)


def bitmap(image: QImage) -> bytes:
    """A picture as an icon's bitmap: rows from below, then an empty mask, since the colours carry their own."""
    size = image.width()
    head = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = bytes(image.constBits())
    colours = b"".join(rows[4 * size * row : 4 * size * (row + 1)] for row in reversed(range(size)))
    return head + colours + bytes((size + 31) // 32 * 4 * size)


if __name__ == "__main__":
    sys.exit(main())
