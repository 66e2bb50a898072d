"""Two contrast themes that come with Windows 11, a dark and a light one, as Qt hands them to programs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from collections.abc import Callable

ROLES = (
    QPalette.ColorRole.Window,
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Highlight,
    QPalette.ColorRole.HighlightedText,
    QPalette.ColorRole.Link,
)
THEMES = {
    "aquatic": (("#202020", "#ffffff", "#8ee3f0", "#263b50", "#75e9fc"), "#a6a6a6"),
    "desert": (("#fffaef", "#3d3d3d", "#903909", "#fff5e3", "#1c5e75"), "#676767"),
}
"""Ground, text, selection, text on it, links; then what is disabled."""


def as_computer(name: str) -> dict[str, Callable[[], object]]:
    """What a ``Theme`` is to have in place of its own methods, so that the computer seems to have this theme."""
    colours, disabled = THEMES[name]
    made = QPalette()
    for role, colour in zip(ROLES, colours, strict=True):
        made.setColor(role, QColor(colour))
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, QColor(disabled))
    return {"palette_of_computer": lambda: made, "_of_system": lambda: "contrast"}
