"""A calendar over a field, to choose a day from instead of writing it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView, QToolButton, QWidget

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

AROUND = 8
"""Pixels between the edge and the days."""
CELL = 2.4, 1.9
"""The room of a day, in sizes of the text (em)."""
TITLE = ("qt_calendar_monthbutton", "qt_calendar_yearbutton")
"""Qt's names of the buttons that say which month it is."""
STEPS = {"qt_calendar_prevmonth": -1, "qt_calendar_nextmonth": 1}
"""Qt's names of the buttons that lead to another month, and where to."""


class CalendarPopup(QCalendarWidget):
    """Open below a field at a day. Enter or a click chooses; Esc, or a click elsewhere, closes it."""

    day_chosen = Signal(date)

    def __init__(self, field: QWidget, day: date) -> None:
        super().__init__(field)
        self._field = field
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName("Choose a day")
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._dress()
        self.setSelectedDate(QDate(day.year, day.month, day.day))
        for chosen in (self.clicked, self.activated):
            chosen.connect(self._choose)

    def _dress(self) -> None:
        """Look like the rest of the program. Qt's own head is filled, and its weekends are red: here, overdue."""
        chosen, palette, role = colours(self), QPalette(self.palette()), QPalette.ColorRole
        for ground in (role.Base, role.Window, role.AlternateBase):
            palette.setColor(ground, QColor(chosen.card))
        self.setPalette(palette)
        palette.setColor(role.HighlightedText, QColor(chosen.text))
        if (bar := self.findChild(QWidget, "qt_calendar_navigationbar")) is not None:
            bar.setBackgroundRole(role.Window)
            bar.setPalette(palette)
        side = self.fontMetrics().height()
        for name, step in STEPS.items():
            if (button := self.findChild(QToolButton, name)) is not None:
                button.setIcon(_arrow(step, side, QColor(chosen.text)))
                button.setIconSize(QSize(side, side))
        for name in TITLE:
            if (button := self.findChild(QToolButton, name)) is not None:
                button.setFont(scaled_font(1, bold=True))  # Qt's bold is made up from the font's own
        plain, heads = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QBrush(QColor(chosen.text)))
        heads.setForeground(QBrush(QColor(chosen.quiet)))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, plain)
        self.setHeaderTextFormat(heads)
        if (layout := self.layout()) is not None:
            layout.setContentsMargins(AROUND, AROUND, AROUND, AROUND)

    def open_below(self) -> None:
        """Show the calendar below its field, or above it where the screen ends there."""
        em = self.fontInfo().pixelSize()
        wanted = QSize(round(7 * CELL[0] * em), round(9 * CELL[1] * em)) + QSize(2 * AROUND, 2 * AROUND)
        self.resize(wanted.expandedTo(self.sizeHint()))
        self.move(self._place(self._field.screen().availableGeometry()))
        self.show()
        self.setFocus()

    def _place(self, screen: QRect) -> QPoint:
        below = self._field.mapToGlobal(QPoint(0, self._field.height()))
        above = self._field.mapToGlobal(QPoint(0, -self.height()))
        place = below if below.y() + self.height() <= screen.bottom() or above.y() < screen.top() else above
        last = screen.bottomRight() - QPoint(self.width(), self.height())
        return QPoint(max(screen.left(), min(place.x(), last.x())), max(screen.top(), min(place.y(), last.y())))

    def changeEvent(self, event: QEvent) -> None:
        """Take other colours and sizes while it is open."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange and self.findChild(QTableView) is not None:
            self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with an edge."""
        super().paintEvent(event)
        chosen, painter = colours(self), QPainter(self)
        painter.setPen(QColor(chosen.field_line))
        painter.setBrush(QColor(chosen.card))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _choose(self, day: QDate) -> None:
        self.day_chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()


def _arrow(step: int, side: int, ink: QColor) -> QIcon:
    """The sign of the month before (-1) or after (1), sharp on every screen."""
    picture = QPixmap(2 * side, 2 * side)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.6))
    half, middle = side / 4, QPointF(side / 2, side / 2)
    painter.drawPolyline([middle + QPointF(x * step * half, y * half) for x, y in ((-0.5, -1), (0.5, 0), (-0.5, 1))])
    painter.end()
    return QIcon(picture)
