"""The items of menus and of opened choices, with the room, the selection and the ring that rows have elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionMenuItem

RADIUS = 6
RING = 2
AROUND = 3
"""Pixels between the edge of an item and its selection."""
ABOVE, BESIDE = 5, 14
"""Pixels above and below the words of an item, and at both sides of them."""
BETWEEN = 28
"""Pixels between the words and their keys."""
LINE_ROOM = 7
"""Pixels that a line between items takes."""

_Kind = QStyleOptionMenuItem.MenuItemType
_Tick = QStyleOptionMenuItem.CheckType
_SHOWN = Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter


def item_size(option: QStyleOptionMenuItem, wanted: QSize) -> QSize:
    """The room that an item takes; ``wanted`` is the size of its words and keys."""
    if option.menuItemType == _Kind.Separator:
        return QSize(wanted.width(), LINE_ROOM)
    metrics = QFontMetrics(option.font)
    words, _, keys = option.text.partition("\t")
    width = metrics.size(Qt.TextFlag.TextShowMnemonic, words).width() + _signs(option) + 2 * BESIDE
    if keys or option.reservedShortcutWidth:
        width += BETWEEN  # to which Qt adds the width of the keys
    if option.menuItemType == _Kind.SubMenu:
        width += metrics.height()
    return QSize(width, metrics.height() + 2 * ABOVE)


def _signs(option: QStyleOptionMenuItem) -> int:
    """The room for ticks, at the left of all items where one has any."""
    return round(QFontMetrics(option.font).height() * 1.3) if option.menuHasCheckableItems else 0


def paint_item(option: QStyleOptionMenuItem, painter: QPainter, *, one_of: bool) -> None:
    """Draw an item: the one in hand on the ground of a selection, with a ring. ``one_of``: it is no menu's."""
    rect, palette, role = QRect(option.rect), option.palette, QPalette.ColorRole
    painter.save()
    if one_of:
        painter.fillRect(rect, palette.color(role.Light))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.menuItemType == _Kind.Separator:
        middle = rect.top() + rect.height() // 2
        painter.fillRect(QRect(rect.left() + BESIDE, middle, rect.width() - 2 * BESIDE, 1), palette.color(role.Mid))
        painter.restore()
        return
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    if option.state & QStyle.StateFlag.State_Selected:
        paint_in_hand(painter, rect, palette)
    ink = palette.color(_group(enabled=enabled), role.WindowText)
    painter.setFont(option.font)
    inside = rect.adjusted(BESIDE, 0, -BESIDE, 0)
    _paint_tick(option, painter, inside, boxed=not one_of and option.checkType == _Tick.NonExclusive)
    inside.setLeft(inside.left() + _signs(option))
    words, _, keys = option.text.partition("\t")
    painter.setPen(ink)
    painter.drawText(inside, int(_SHOWN | Qt.AlignmentFlag.AlignLeft), words)
    painter.setPen(palette.color(role.PlaceholderText) if enabled else ink)
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), keys)
    if option.menuItemType == _Kind.SubMenu:
        half, at = QFontMetrics(option.font).height() / 4, QPointF(inside.right() - 2, rect.center().y() + 0.5)
        painter.setPen(QPen(ink, 1.6))
        painter.drawPolyline([at + QPointF(-half / 2, -half), at + QPointF(half / 2, 0), at + QPointF(-half / 2, half)])
    painter.restore()


def _group(*, enabled: bool) -> QPalette.ColorGroup:
    return QPalette.ColorGroup.Normal if enabled else QPalette.ColorGroup.Disabled


def paint_in_hand(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """The ground and the ring of what the keys or the pointer are on."""
    inset = AROUND + RING / 2
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), RING))
    painter.setBrush(palette.color(QPalette.ColorRole.AlternateBase))
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, 2, -inset, -2), RADIUS, RADIUS)


def _paint_tick(option: QStyleOptionMenuItem, painter: QPainter, inside: QRect, *, boxed: bool) -> None:
    """A tick where an item is chosen; where several may be, the box that it stands in too."""
    if option.checkType == _Tick.NotCheckable:
        return
    side = QFontMetrics(option.font).height() * 0.8
    box = QRectF(inside.left() + 0.5, inside.center().y() - side / 2 + 0.5, side, side)
    role = QPalette.ColorRole
    if boxed:
        painter.setPen(QPen(option.palette.color(role.Dark), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
    if option.checked:
        corners = [
            QPointF(box.left() + side * x, box.top() + side * y) for x, y in ((0.2, 0.55), (0.42, 0.76), (0.8, 0.26))
        ]
        painter.setPen(QPen(option.palette.color(role.Accent), 2))
        painter.drawPolyline(corners)


def paint_panel(painter: QPainter, rect: QRect, palette: QPalette) -> None:
    """The ground of a menu, with an edge that stands out from whatever lies below."""
    painter.setPen(palette.color(QPalette.ColorRole.Dark))
    painter.setBrush(palette.color(QPalette.ColorRole.Light))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def paint_bar_item(option: QStyleOptionMenuItem, painter: QPainter) -> None:
    """A menu's name in the bar: with a ring while its menu is open or the keys are on it."""
    palette, role = option.palette, QPalette.ColorRole
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(option.rect, palette.color(role.Window))
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(QPen(palette.color(role.Accent), RING))
        painter.setBrush(palette.color(role.AlternateBase))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
    painter.setPen(palette.color(_group(enabled=enabled), role.WindowText))
    painter.drawText(option.rect, int(_SHOWN | Qt.AlignmentFlag.AlignHCenter), option.text)
    painter.restore()
