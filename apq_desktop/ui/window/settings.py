"""What the program remembers about the user's own window: text size, font, colours, spelling, the files open last.

No evaluation's text is kept here beyond the name of its setting. The file is an INI file in the computer's folder for
settings, or beside a portable program.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from PySide6.QtCore import QByteArray, QSettings

from apq_desktop.ui.widgets.theme import NORMAL_SIZE, TEXT_SIZES, Scheme, Typeface


class RecentFile(NamedTuple):
    """A file that was open: its path, and the setting, school year and day of the last change that it is known by."""

    path: str
    setting: str
    year: str
    changed: str


class Settings:
    """Settings in the INI file at ``path``, written when they change. What makes no sense gives the default."""

    def __init__(self, path: Path) -> None:
        self._stored = QSettings(str(path), QSettings.Format.IniFormat)

    def _keep(self, name: str, value: object) -> None:
        """Write a setting to the disk where it is another one than before."""
        if self._stored.value(name) != value:
            self._stored.setValue(name, value)
            self._stored.sync()

    @property
    def text_size(self) -> int:
        """Text size in per cent."""
        size = str(self._stored.value("text_size", ""))
        return int(size) if size in map(str, TEXT_SIZES) else NORMAL_SIZE

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._keep("text_size", str(percent))

    @property
    def scheme(self) -> Scheme:
        """Light, dark, high contrast, or as the computer is set."""
        kept = str(self._stored.value("scheme", ""))
        return next((scheme for scheme in get_args(Scheme) if scheme == kept), "system")

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._keep("scheme", scheme)

    @property
    def typeface(self) -> Typeface:
        """The program's own font, or the computer's."""
        return "system" if self._stored.value("typeface") == "system" else "hyperlegible"

    @typeface.setter
    def typeface(self, typeface: Typeface) -> None:
        self._keep("typeface", typeface)

    @property
    def check_spelling(self) -> bool:
        """Whether spelling is checked, where there is a dictionary."""
        return str(self._stored.value("check_spelling", "")) != "false"

    @check_spelling.setter
    def check_spelling(self, on: bool) -> None:
        self._keep("check_spelling", "true" if on else "false")

    @property
    def recent_files(self) -> list[RecentFile]:
        """The .apq files that were open last, the latest first, whether they are still there or not."""
        try:
            kept = json.loads(str(self._stored.value("recent_files", "[]")))
            return [RecentFile(*(str(one[name]) for name in RecentFile._fields)) for one in kept]
        except (ValueError, RecursionError, TypeError, KeyError):
            return []

    @recent_files.setter
    def recent_files(self, files: Sequence[RecentFile]) -> None:
        self._keep("recent_files", json.dumps([one._asdict() for one in files], ensure_ascii=False))

    @property
    def places(self) -> dict[str, list[dict[str, Any]]]:
        """Where the user was writing last in each file, by its path: names of fields and the caret, no words."""
        try:
            kept = json.loads(str(self._stored.value("places", "{}")))
            return {str(path): [dict(one) for one in visits] for path, visits in kept.items()}
        except (ValueError, RecursionError, TypeError, AttributeError):
            return {}

    @places.setter
    def places(self, places: dict[str, list[dict[str, Any]]]) -> None:
        self._keep("places", json.dumps(places))

    @property
    def forms(self) -> dict[str, Any]:
        """How the user has set the forms: see ``FormMemory``."""
        try:
            return dict(json.loads(str(self._stored.value("forms", "{}"))))
        except (ValueError, RecursionError, TypeError):
            return {}

    @forms.setter
    def forms(self, forms: dict[str, Any]) -> None:
        self._keep("forms", json.dumps(forms))

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood."""
        kept = self._stored.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", geometry)
