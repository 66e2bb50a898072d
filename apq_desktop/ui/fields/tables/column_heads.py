"""The heads of a table's columns: their titles, and the sign of the order, painted from the palette."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from apq_desktop.ui.widgets.painted.line_marks import Mark, paint_mark
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

HEAD_SIDE = 12
_SCALE = 0.88


class ColumnHeads(QHeaderView):
    """Quiet titles above the columns. Where it ``sorts``, a press does so by the column, inside each group."""

    def __init__(self, parent: QWidget, *, sorts: bool = True) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(sorts)
        self.setSortIndicatorShown(sorts)
        if not sorts:
            self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """One line of the chosen text size."""
        metrics = QFontMetrics(scaled_font(_SCALE, bold=True))
        return QSize(super().sizeHint().width(), metrics.height() + 12)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw a title, and after it the sign of the order where the table is in that of this column."""
        chosen = colours(self)
        painter.save()
        painter.fillRect(rect, QColor(chosen.page))
        font = scaled_font(_SCALE, bold=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(chosen.quiet))
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(
            rect.adjusted(HEAD_SIDE, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title
        )
        if section == self.sortIndicatorSection():
            side = metrics.ascent()
            left = rect.left() + HEAD_SIDE + metrics.horizontalAdvance(title) + 4
            mark: Mark = "downwards" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "upwards"
            place = QRectF(left, rect.center().y() - side / 2, side, side)
            paint_mark(painter, place, mark, QColor(chosen.quiet))
        painter.restore()
