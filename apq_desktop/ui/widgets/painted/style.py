"""Qt's own style, but for what it would paint too faintly or too closely: scroll bars and menus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QMenu,
    QProxyStyle,
    QScrollBar,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QToolButton,
    QWidget,
)

from apq_desktop.ui.widgets.painted import menu_items

_ELEMENT = QStyle.ControlElement
_CONTROL = QStyle.ComplexControl.CC_ScrollBar
_ASIDE = 3.5
"""Pixels kept free at both sides of a scroll bar's handle."""


class PlainStyle(QProxyStyle):
    """Fusion, with scroll bars that stand out from every ground by 3 to 1 and have no ground of their own, and with
    menus and opened choices that have the room, the edge and the ring of everything else.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a scroll bar as a handle between two small arrows; leave all else to Fusion."""
        if control is not _CONTROL or not isinstance(widget, QScrollBar):
            super().drawComplexControl(control, option, painter, widget)
            return
        if widget.maximum() > widget.minimum():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bar(option, painter, widget)
            painter.restore()

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw the items of menus; leave all else to Fusion."""
        if element is _ELEMENT.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            menu_items.paint_item(option, painter, one_of=isinstance(widget, QComboBox))
        elif element is _ELEMENT.CE_MenuBarItem and isinstance(option, QStyleOptionMenuItem):
            menu_items.paint_bar_item(option, painter)
        elif element is not _ELEMENT.CE_MenuEmptyArea:  # which is painted already
            super().drawControl(element, option, painter, widget)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw the ground and the edge of menus; leave all else to Fusion."""
        if element is QStyle.PrimitiveElement.PE_PanelMenu:
            menu_items.paint_panel(painter, option.rect, option.palette)
        elif element is QStyle.PrimitiveElement.PE_IndicatorArrowDown and isinstance(widget, QToolButton):
            _paint_opens(option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """The room of an item of a menu; all else is Fusion's."""
        if kind is QStyle.ContentsType.CT_MenuItem and isinstance(option, QStyleOptionMenuItem):
            return menu_items.item_size(option, size)
        return super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]

    def _paint_bar(self, option: QStyleOptionComplex, painter: QPainter, bar: QScrollBar) -> None:
        upright, part = bar.orientation() is Qt.Orientation.Vertical, QStyle.SubControl
        frame, text = bar.palette().dark(), bar.palette().windowText()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text if bar.isSliderDown() or bar.underMouse() else frame)
        handle = QRectF(self.subControlRect(_CONTROL, option, part.SC_ScrollBarSlider, bar))
        aside = (_ASIDE, 1.0) if upright else (1.0, _ASIDE)
        handle.adjust(aside[0], aside[1], -aside[0], -aside[1])
        round_ = min(handle.width(), handle.height()) / 2
        painter.drawRoundedRect(handle, round_, round_)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame, 1.6))
        for which, way in ((part.SC_ScrollBarSubLine, -1), (part.SC_ScrollBarAddLine, 1)):
            middle = QRectF(self.subControlRect(_CONTROL, option, which, bar)).center()
            corners = [QPointF(x, y * way) for x, y in ((-3, -1.5), (0, 1.5), (3, -1.5))]
            painter.drawPolyline(QPolygonF([middle + (p if upright else p.transposed()) for p in corners]))


class _ScrollingMenuStyle(PlainStyle):
    """In place of the other one only where it matters: each widget asks for hints hundreds of times."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        """A menu scrolls that is higher than the screen."""
        return 1 if hint is QStyle.StyleHint.SH_Menu_Scrollable else super().styleHint(hint, option, widget, data)


def let_scroll(menu: QMenu) -> QMenu:
    """Let a menu scroll, and those in it, where the screen is low. Qt would go on beside it, where no room may be."""
    application: Any = QApplication.instance()
    style = application.findChild(_ScrollingMenuStyle) or _ScrollingMenuStyle()
    style.setParent(application)
    for one in (menu, *menu.findChildren(QMenu)):
        one.setStyle(style)
    return menu


def _paint_opens(option: QStyleOption, painter: QPainter, button: QToolButton) -> None:
    """The sign of a menu, at the height of the button's words."""
    middle = QPointF(option.rect.center().x(), button.height() / 2 + 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(option.palette.windowText(), 1.6))
    painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in ((-3, -1.5), (0, 1.5), (3, -1.5))]))
    painter.restore()
