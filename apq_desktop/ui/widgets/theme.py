"""Colours, sizes of text and the few painted shapes: all drawn from palette and font, no style sheets.

With an application style sheet, changing font or palette while running leaves old labels behind (design: qt.md),
so cards, tags and buttons are painted from the palette at the moment of painting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.progress import State

Scheme = Literal["system", "light", "dark"]
Tone = Literal["good", "busy", "quiet", "aside"]
STATE_TONES: dict[State, Tone] = {
    "not-started": "quiet",
    "in-progress": "busy",
    "ready": "good",
    "does-not-apply": "aside",
}

BASE_POINT_SIZE = 10.0
TEXT_SIZES = (100, 125, 150, 175, 200)


@dataclass(frozen=True)
class Colours:
    """The colours of one scheme, as ``#rrggbb``. Every text colour keeps 4.5:1 on every ground it stands on."""

    page: str
    card: str
    field: str
    line: str
    field_line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    selected: str
    good: tuple[str, str]
    busy: tuple[str, str]
    aside: tuple[str, str]
    muted: tuple[str, str]
    warning: str


LIGHT = Colours(
    page="#f6f7fa",
    card="#ffffff",
    field="#ffffff",
    line="#d5d9e2",
    field_line="#7b8494",
    text="#1b2330",
    quiet="#525c6e",
    accent="#1d5e8c",
    on_accent="#ffffff",
    selected="#e6eff8",
    good=("#e0f2e6", "#17653a"),
    busy=("#deecf7", "#174f78"),
    aside=("#fdf0d9", "#7a4b00"),
    muted=("#eaecf1", "#4d5667"),
    warning="#9b1c1c",
)
DARK = Colours(
    page="#14181f",
    card="#1d232d",
    field="#171c24",
    line="#39424f",
    field_line="#8893a5",
    text="#eef1f6",
    quiet="#b3bccb",
    accent="#8cc4f0",
    on_accent="#0c1620",
    selected="#24364a",
    good=("#1d3a2a", "#8fdcae"),
    busy=("#1e3850", "#9fd0f5"),
    aside=("#44351a", "#f3cd86"),
    muted=("#2d3541", "#c6cedb"),
    warning="#ffa8a0",
)


def colours(widget: QWidget | QPalette) -> Colours:
    """The colours that go with a widget's palette: light or dark by its window colour."""
    palette = widget if isinstance(widget, QPalette) else widget.palette()
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def tone_colours(widget: QWidget | QPalette, tone: Tone) -> tuple[QColor, QColor]:
    """Ground and text of a tag."""
    chosen = colours(widget)
    ground, text = {
        "good": chosen.good,
        "busy": chosen.busy,
        "quiet": chosen.muted,
        "aside": chosen.aside,
    }[tone]
    return QColor(ground), QColor(text)


def palette(chosen: Colours) -> QPalette:
    """Qt's palette in these colours."""
    made = QPalette()
    role = QPalette.ColorRole
    plain = {
        role.Window: chosen.page,
        role.WindowText: chosen.text,
        role.Base: chosen.field,
        role.AlternateBase: chosen.page,
        role.Text: chosen.text,
        role.Button: chosen.card,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.on_accent,
        role.ToolTipBase: chosen.card,
        role.ToolTipText: chosen.text,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.PlaceholderText: chosen.quiet,
        role.Mid: chosen.line,
        role.Midlight: chosen.line,
        role.Dark: chosen.field_line,
        role.Light: chosen.card,
        role.Shadow: chosen.line,
        role.Accent: chosen.accent,
    }
    for which, colour in plain.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.quiet))
    return made


class Theme(QObject):
    """Keeps the application's palette and text size as the person chose them. ``changed`` follows each choice."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        application.setStyle("Fusion")
        self._family = application.font()
        self.scheme: Scheme = "system"
        self.percent = 100
        application.styleHints().colorSchemeChanged.connect(self._system_changed)

    def set_scheme(self, scheme: Scheme) -> None:
        """Light, dark, or as the computer is set."""
        self.scheme = scheme
        dark = scheme == "dark" or (scheme == "system" and self._system_is_dark())
        self._application.setPalette(palette(DARK if dark else LIGHT))
        self._tell(QEvent.Type.PaletteChange, Qt.WidgetAttribute.WA_SetPalette)
        self.changed.emit()

    def set_text_size(self, percent: int) -> None:
        """Text size in per cent of the normal one."""
        self.percent = min(max(percent, TEXT_SIZES[0]), TEXT_SIZES[-1])
        font = QFont(self._family)
        font.setPointSizeF(BASE_POINT_SIZE * self.percent / 100)
        self._application.setFont(font)
        self._tell(QEvent.Type.FontChange, Qt.WidgetAttribute.WA_SetFont)
        self.changed.emit()

    def step_text_size(self, steps: int) -> None:
        """The next larger (1) or smaller (-1) text size."""
        nearest = min(range(len(TEXT_SIZES)), key=lambda index: abs(TEXT_SIZES[index] - self.percent))
        self.set_text_size(TEXT_SIZES[min(max(nearest + steps, 0), len(TEXT_SIZES) - 1)])

    def _tell(self, what: QEvent.Type, which: Qt.WidgetAttribute) -> None:
        """Tell the widgets with a font or colours of their own, such as headings: Qt leaves them out."""
        for widget in self._application.allWidgets():
            if widget.testAttribute(which):
                self._application.sendEvent(widget, QEvent(what))

    def _system_is_dark(self) -> bool:
        return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def _system_changed(self) -> None:
        self.set_scheme(self.scheme)
