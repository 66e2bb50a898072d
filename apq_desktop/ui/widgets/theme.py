"""Colours, sizes of text and the few painted shapes: all drawn from palette and font, no style sheets.

With an application style sheet, changing font or palette while running leaves old labels behind (design: qt.md),
so cards, tags and buttons are painted from the palette at the moment of painting.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop import paths
from apq_desktop.ui.widgets.painted.style import PlainStyle

Scheme = Literal["system", "light", "dark", "contrast"]
Typeface = Literal["hyperlegible", "system"]
Tone = Literal["good", "busy", "quiet", "aside"]
RING = 3
"""Pixels: the width of the focus ring. At least two of them change by 3 to 1 where a frame stood before."""
EDGE = 20
"""Pixels from the window's left edge to menu, name, tabs and side list."""
RADIUS, CARD_RADIUS, TAG_RADIUS = 8, 10, 6
"""Pixels: how round the corners of fields and buttons are, of cards, and of tags."""
FAMILY = "Atkinson Hyperlegible Next"
"""The font that comes with the program (``resources/fonts``): drawn for people who see badly, alike on all systems."""
POINT_SIZES: dict[Typeface, float] = {"hyperlegible": 11.25, "system": 10.0}
"""Of text at 100 per cent: by eye as large in the one as in the other."""
TEXT_SIZES = (80, 100, 125, 150, 175, 200)
NORMAL_SIZE = 100
"""Per cent of the sizes that the program is drawn for."""


class Colours(NamedTuple):
    """The colours of one scheme, as ``#rrggbb``. Every text colour keeps 4.5:1 on every ground it stands on."""

    page: str
    side: str
    card: str
    field: str
    line: str
    field_line: str
    text: str
    quiet: str
    off: str
    accent: str
    on_accent: str
    selected: str
    good: tuple[str, str]
    busy: tuple[str, str]
    aside: tuple[str, str]
    muted: tuple[str, str]
    warning: str
    mark: tuple[str, str]


LIGHT = Colours(
    page="#f6f4ef",
    side="#eeebe4",
    card="#fffefb",
    field="#ffffff",
    line="#dcd7cc",
    field_line="#7a7f87",
    text="#1c2128",
    quiet="#545c68",
    off="#545c68",
    accent="#1a5a86",
    on_accent="#ffffff",
    selected="#e4eef6",
    good=("#e2f1e6", "#1c6639"),
    busy=("#e4eef6", "#1a5a86"),
    aside=("#fbeed4", "#764900"),
    muted=("#e9e5dc", "#454c57"),
    warning="#a11b1b",
    mark=("#ffe59a", "#1c2128"),
)
DARK = Colours(
    page="#16191d",
    side="#111417",
    card="#1d2126",
    field="#171b1f",
    line="#363c44",
    field_line="#858e9b",
    text="#e8eaed",
    quiet="#adb5c0",
    off="#adb5c0",
    accent="#8cc4f0",
    on_accent="#0b1620",
    selected="#22384b",
    good=("#1c3828", "#93dcb0"),
    busy=("#22384b", "#8cc4f0"),
    aside=("#40331a", "#f2cc88"),
    muted=("#2b3138", "#cdd3db"),
    warning="#ffaaa2",
    mark=("#6b5310", "#fff3cf"),
)
CONTRAST = Colours(
    page="#000000",
    side="#000000",
    card="#000000",
    field="#000000",
    line="#ffffff",
    field_line="#ffffff",
    text="#ffffff",
    quiet="#ffffff",
    off="#8c8c8c",
    accent="#ffe600",
    on_accent="#000000",
    selected="#333333",
    good=("#000000", "#ffffff"),
    busy=("#000000", "#ffffff"),
    aside=("#000000", "#ffffff"),
    muted=("#000000", "#ffffff"),
    warning="#ffffff",
    mark=("#ffe600", "#000000"),
)
"""Yellow means one thing: here you are, or here you can press. States are told by words and shapes. What cannot be
pressed now stands out from the ground by 6 to 1, and white from it by 3 to 1."""


def of_contrast_theme(system: QPalette) -> Colours:
    """The colours of a contrast theme of the computer: people made or chose them, so none of ours is among them."""
    role = QPalette.ColorRole
    page, text, accent, on_accent, link = (
        system.color(which).name()
        for which in (role.Window, role.WindowText, role.Highlight, role.HighlightedText, role.Link)
    )
    plain = (page, text)
    return Colours(
        **dict.fromkeys(("page", "side", "card", "field", "selected"), page),
        **dict.fromkeys(("line", "field_line", "text", "quiet", "warning"), text),
        off=system.color(QPalette.ColorGroup.Disabled, role.WindowText).name(),
        accent=link,
        on_accent=page,
        good=plain,
        busy=plain,
        aside=plain,
        muted=plain,
        mark=(accent, on_accent),
    )


_of_computer: list[Colours] = []
"""The colours of the computer's contrast theme, while it has one."""


def colours(widget: QWidget | QPalette) -> Colours:
    """The colours that go with a widget's palette: light, dark or high contrast by its window colour."""
    palette = widget if isinstance(widget, QPalette) else widget.palette()
    ground = palette.color(QPalette.ColorRole.Window)
    if _of_computer and ground.name() == _of_computer[0].page:
        return _of_computer[0]
    if ground.name() == CONTRAST.page:
        return CONTRAST
    return DARK if ground.lightness() < 128 else LIGHT


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
        role.AlternateBase: chosen.selected,
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
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.off))
    return made


class Theme(QObject):
    """Keep the application's palette and text size as the user chose them. ``changed`` follows each choice."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        application.setStyle(PlainStyle())
        self._of_computer = application.font()
        self.scheme: Scheme = "system"
        self.typeface: Typeface = "hyperlegible"
        self.percent = NORMAL_SIZE
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        # Both are kept: what hints gives is deleted with the wrapper of hints.
        self._hints, self._accessibility = hints, hints.accessibility()
        self._accessibility.contrastPreferenceChanged.connect(self._system_changed)

    def set_scheme(self, scheme: Scheme) -> None:
        """Light, dark, high contrast, or as the computer is set."""
        self.scheme = scheme
        shown = self._of_system() if scheme == "system" else scheme
        _of_computer.clear()
        if scheme == "system" and shown == "contrast" and (theirs := self.palette_of_computer()) is not None:
            _of_computer.append(of_contrast_theme(theirs))
        chosen = _of_computer[0] if _of_computer else {"dark": DARK, "contrast": CONTRAST}.get(shown, LIGHT)
        self._application.setPalette(palette(chosen))
        self._tell(QEvent.Type.PaletteChange, Qt.WidgetAttribute.WA_SetPalette)
        self.changed.emit()

    def palette_of_computer(self) -> QPalette | None:
        """The colours of the computer's own contrast theme. Only Windows has one that programs are told."""
        if QApplication.platformName() != "windows":
            return None
        self._application.setPalette(QPalette())  # Qt gives the computer's again
        return self._application.palette()

    def set_text_size(self, percent: int) -> None:
        """Text size in per cent of the normal one."""
        self.percent = min(max(percent, TEXT_SIZES[0]), TEXT_SIZES[-1])
        self._show_font()

    def set_typeface(self, typeface: Typeface) -> None:
        """The program's own font, or the computer's."""
        self.typeface = typeface
        self._show_font()

    def _show_font(self) -> None:
        font = QFont(self._of_computer)
        if self.typeface == "hyperlegible":
            load_fonts()
            # What it has no letters for comes from the computer's font, and then from any.
            font.setFamilies([FAMILY, *self._of_computer.families()])
        font.setPointSizeF(POINT_SIZES[self.typeface] * self.percent / 100)
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

    def _of_system(self) -> Scheme:
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if self._hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _system_changed(self) -> None:
        self.set_scheme(self.scheme)


@cache
def load_fonts() -> None:
    """Make the program's own font known to Qt, once."""
    for path in sorted((paths.resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
