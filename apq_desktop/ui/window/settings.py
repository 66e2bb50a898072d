"""What the program remembers about the person's own window: text size, colours, spelling, the last file.

No evaluation's text is kept here. The file is an INI file in the computer's folder for settings, or beside a portable
program.
"""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings

from apq_desktop.ui.widgets.theme import TEXT_SIZES, Scheme


class Settings:
    """Settings in the INI file at ``path``. What is missing or makes no sense gives the default."""

    def __init__(self, path: Path) -> None:
        self._stored = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def text_size(self) -> int:
        """Text size in per cent."""
        size = str(self._stored.value("text_size", ""))
        return int(size) if size in map(str, TEXT_SIZES) else TEXT_SIZES[0]

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._stored.setValue("text_size", percent)

    @property
    def scheme(self) -> Scheme:
        """Light, dark, or as the computer is set."""
        kept = str(self._stored.value("scheme", ""))
        return next((scheme for scheme in get_args(Scheme) if scheme == kept), "system")

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._stored.setValue("scheme", scheme)

    @property
    def check_spelling(self) -> bool:
        """Whether spelling is checked, where there is a dictionary."""
        return str(self._stored.value("check_spelling", "")) != "false"

    @check_spelling.setter
    def check_spelling(self, on: bool) -> None:
        self._stored.setValue("check_spelling", "true" if on else "false")

    @property
    def last_file(self) -> Path | None:
        """The .apq file that was open last, where it is still there."""
        kept = str(self._stored.value("last_file", ""))
        return Path(kept) if kept and Path(kept).is_file() else None

    @last_file.setter
    def last_file(self, path: Path) -> None:
        self._stored.setValue("last_file", str(path.absolute()))

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood."""
        kept = self._stored.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._stored.setValue("geometry", geometry)
