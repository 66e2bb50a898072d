"""A calendar over a field, to choose a day from instead of writing it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget


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
        plain = QTextCharFormat()  # Qt's weekends are red, which here means overdue
        plain.setForeground(self.palette().color(QPalette.ColorRole.Text))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, plain)
        self.setSelectedDate(QDate(day.year, day.month, day.day))
        for chosen in (self.clicked, self.activated):
            chosen.connect(self._choose)

    def open_below(self) -> None:
        """Show the calendar below its field."""
        self.adjustSize()
        self.move(self._field.mapToGlobal(QPoint(0, self._field.height())))
        self.show()
        self.setFocus()

    def _choose(self, day: QDate) -> None:
        self.day_chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()
