"""What the View menu does: the size of the text and the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apq_desktop.ui.widgets.theme import TEXT_SIZES

if TYPE_CHECKING:
    from apq_desktop.ui.widgets.theme import Theme


class ViewCommands(QObject):
    """Changes the theme of the program."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def larger_text(self) -> None:
        """Show everything in the next larger size."""
        self._theme.step_text_size(1)

    def smaller_text(self) -> None:
        """Show everything in the next smaller size."""
        self._theme.step_text_size(-1)

    def normal_text(self) -> None:
        """Show everything in the usual size."""
        self._theme.set_text_size(TEXT_SIZES[0])

    def system_colours(self) -> None:
        """Follow the computer's own setting."""
        self._theme.set_scheme("system")

    def light_colours(self) -> None:
        """Show dark on light."""
        self._theme.set_scheme("light")

    def dark_colours(self) -> None:
        """Show light on dark."""
        self._theme.set_scheme("dark")
