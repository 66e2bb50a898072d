"""What an eye, a keyboard and a screen reader would find out about a window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QRadioButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from apq_desktop.ui.fields.rows.row_tools import RowMenuButton
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.text_labels import Tag, scaled_font
from apq_desktop.ui.widgets.tick_boxes import RadioButton, TickBox

ROLES = {
    QTabBar: {QAccessible.Role.PageTabList},
    QListView: {QAccessible.Role.List},
    QTreeView: {QAccessible.Role.Tree},
    QTableView: {QAccessible.Role.Table},
    QRadioButton: {QAccessible.Role.RadioButton},
    QTextEdit: {QAccessible.Role.EditableText},
    QLineEdit: {QAccessible.Role.EditableText},
    QComboBox: {QAccessible.Role.ComboBox},
    TickBox: {QAccessible.Role.CheckBox},
    QSlider: {QAccessible.Role.Slider},
    QAbstractButton: {QAccessible.Role.Button, QAccessible.Role.ButtonMenu},
    QScrollArea: {QAccessible.Role.Document, QAccessible.Role.Client, QAccessible.Role.Pane},
}


FRAMED = (Button, TextField, QLineEdit, QComboBox, TickBox, RadioButton)
"""What has an edge of its own, by which one sees that it is a control."""


def describe(widget: QWidget) -> str:
    """A widget as a failing test names it."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__}({widget.accessibleName() or text!r})"


# Screen reader


def controls(window: QWidget) -> list[QWidget]:
    """Everything that the keyboard should reach now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]


def spoken_name(widget: QWidget) -> str:
    """The name that a screen reader gets. On Linux a combo box has its value as name, and a label as relation."""
    face = QAccessible.queryAccessibleInterface(widget)
    if isinstance(widget, QComboBox):
        relations = face.relations(QAccessible.RelationFlag.Label)
        return relations[0][0].text(QAccessible.Text.Name) if relations else ""
    return face.text(QAccessible.Text.Name)


def unnamed(reachable: list[QWidget]) -> list[str]:
    """Controls without a name that says something, or without the role that fits."""
    found = []
    for widget in reachable:
        name = spoken_name(widget)
        if sum(sign.isalpha() for sign in name) < 3:
            found.append(f"{describe(widget)} is called {name!r}")
        role = QAccessible.queryAccessibleInterface(widget).role()
        fitting = next((roles for kind, roles in ROLES.items() if isinstance(widget, kind)), set())
        if role not in fitting:
            found.append(f"{describe(widget)} has the role {role}")
    return found


def label_not_in_name(window: QWidget) -> list[str]:
    """Controls whose visible label is no part of their name: who speaks it to the computer is not understood."""
    shown: list[tuple[QWidget, str]] = [
        (widget, widget.text())
        for widget in window.findChildren(QAbstractButton)
        if widget.isVisible() and sum(sign.isalpha() for sign in widget.text()) > 2
    ]
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.buddy() is not None]
    shown += [(label.buddy(), label.text()) for label in labels]
    return [
        f"{describe(widget)} is labelled {words!r}, but called {spoken_name(widget)!r}"
        for widget, words in shown
        if _plain(words) not in _plain(spoken_name(widget))
    ]


def _plain(words: str) -> str:
    """Only letters, figures and single spaces: no signs, no key in brackets, no word that is cut. None is spoken."""
    words = re.sub(r" \(\w\d?\)$|\S*…$", "", words)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in words.replace("&", "")).casefold().split())


def duplicate_names(reachable: list[QWidget]) -> list[str]:
    """Names that several controls of one screen share, so that a listener cannot tell them apart."""
    names = Counter(widget.accessibleName() or spoken_name(widget) for widget in reachable)
    return [f"{count} controls are called {name!r}" for name, count in names.items() if count > 1]


# Keyboard


def rect_in(widget: QWidget, ancestor: QWidget) -> QRect:
    """Where a widget stands in an ancestor."""
    return QRect(widget.mapTo(ancestor, QPoint(0, 0)), widget.size())


def is_in_view(widget: QWidget) -> bool:
    """Whether a widget is in the viewports around it: whole, or as much as there is room for."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent.parentWidget(), QScrollArea):
            seen = rect_in(widget, parent).intersected(parent.rect())
            if seen.height() < min(widget.height(), parent.height() // 3):
                return False
        parent = parent.parentWidget()
    return True


def _place(widget: QWidget, window: QWidget) -> tuple[int, int, int]:
    """Where a widget stands: what scrolls counts from the top of its page, wherever it is scrolled to."""
    page = _scrolled_page(widget)
    viewport = page.parentWidget() if page else None
    top = rect_in(viewport or widget, window).top()
    return top, rect_in(widget, page or window).top(), rect_in(widget, window).left()


def _first(window: QWidget, reachable: list[QWidget]) -> QWidget:
    """The leftmost control of the topmost line."""
    topmost = min(reachable, key=lambda widget: _place(widget, window))
    line = range(rect_in(topmost, window).top(), rect_in(topmost, window).bottom())
    beside = [
        widget
        for widget in reachable
        if _scrolled_page(widget) is _scrolled_page(topmost) and rect_in(widget, window).center().y() in line
    ]
    return min(beside, key=lambda widget: rect_in(widget, window).left())


def tab_walk(window: QWidget, reachable: list[QWidget], *, back: bool = False) -> tuple[list[QWidget], list[str]]:
    """Press Tab from the topmost control until the walk comes round. Also what was out of sight when reached."""
    start = _first(window, reachable)
    start.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is start
    reached, hidden = [start], []
    now: QWidget | None = start
    for _ in range(len(reachable) + 5):
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"Tab leads out of the window after {describe(reached[-1])}"
        if now is start:
            break
        reached.append(now)
        if not is_in_view(now):
            hidden.append(f"{describe(now)} has the focus, but cannot be seen")
    return reached, hidden


def unreached(reachable: list[QWidget], reached: list[QWidget]) -> list[str]:
    """Controls that Tab leaves out, or reaches twice (a trap)."""
    counted = Counter(id(widget) for widget in reached)
    found = [f"Tab does not reach {describe(widget)}" for widget in reachable if id(widget) not in counted]
    return found + [f"Tab comes twice to {describe(widget)}" for widget in reached if counted[id(widget)] > 1][:3]


def out_of_order(reached: list[QWidget]) -> list[str]:
    """Steps of Tab against the reading order.

    Two controls are compared by the parts of their nearest common ancestor that they stand in: a card is read
    before the card below it, an item's editor before the buttons at its right.
    """
    found = []
    for first, second in pairwise(reached):
        here, there = _parts(first, second)
        if here is None or there is None:
            continue
        one, two = here.geometry(), there.geometry()
        above = two.bottom() < one.top()
        left_of = two.right() < one.left() and two.top() <= one.bottom() and one.top() <= two.bottom()
        if above or left_of:
            found.append(f"after {describe(first)} comes {describe(second)}, which stands before it")
    return found


def _parts(first: QWidget, second: QWidget) -> tuple[QWidget | None, QWidget | None]:
    common: QWidget | None = first
    while common is not None and not common.isAncestorOf(second):
        common = common.parentWidget()
    return _part(first, common), _part(second, common)


def _part(widget: QWidget, ancestor: QWidget | None) -> QWidget | None:
    part: QWidget | None = None if widget is ancestor else widget
    while part is not None and part.parentWidget() is not ancestor:
        part = part.parentWidget()
    return part


# Room


def leaves(window: QWidget) -> Iterator[QWidget]:
    """The visible parts that show words or take them."""
    kinds = (QLabel, QAbstractButton, QLineEdit, TextField, QComboBox, Tag)
    for widget in window.findChildren(QWidget):
        inside = isinstance(widget.parentWidget(), QComboBox | QTabBar)
        if isinstance(widget, kinds) and widget.isVisible() and not inside:
            yield widget


def clipped(window: QWidget) -> list[str]:
    """Words without room: cut off, outside their parent, or over one another."""
    found = []
    shown = list(leaves(window))
    for widget in shown:
        lacking = _lacking(widget)
        if lacking:
            found.append(f"{describe(widget)} {lacking}")
        found += _sticking_out(widget)
    for area in window.findChildren(QScrollArea):
        page = area.widget()
        if page is not None and area.isVisible() and page.width() > area.viewport().width():
            found.append(f"{describe(area)} is {page.width()} wide in {area.viewport().width()}")
    found += _overlapping(shown)
    for bar in window.findChildren(QTabBar):
        seen = [index for index in range(bar.count()) if bar.isTabVisible(index)]
        inside = [bar.rect().contains(bar.tabRect(index)) for index in seen]
        if bar.isVisible() and not all(inside):
            found.append(f"{describe(bar)} shows {sum(inside)} of {len(seen)} tabs")
    return found


def _lacking(widget: QWidget) -> str:
    """What a widget's words need beyond its size, measured from the font anew."""
    match widget:
        case QLabel():
            metrics, inner = widget.fontMetrics(), widget.contentsRect()
            needed = _wrapped(metrics, QLabel.text(widget), inner.width(), wraps=widget.wordWrap())
        case Button():
            metrics = QFontMetrics(scaled_font(1.0, bold=widget._primary))
            inner = widget.rect().adjusted(4, 2, -4, -2)
            needed = _wrapped(metrics, widget.text().replace("&", ""), inner.width(), wraps=False)
        case LinkButton():
            metrics, inner = QFontMetrics(scaled_font(1.0)), widget.rect().adjusted(5, 0, -5, 0)
            needed = _wrapped(metrics, widget.text(), inner.width(), wraps=widget._wrap)
        case TickBox() | RadioButton():
            metrics = widget.fontMetrics()
            inner = widget.rect().adjusted(round(metrics.height() * 0.95) + 10, 0, 0, 0)
            needed = _wrapped(metrics, widget.text(), inner.width(), wraps=True)
        case Tag():
            metrics, inner = QFontMetrics(scaled_font(0.88, bold=True)), widget.rect()
            needed = _wrapped(metrics, widget._text, inner.width(), wraps=False)
        case QComboBox():
            return _lacking_in_combo(widget)
        case QLineEdit():
            metrics = widget.fontMetrics()
            inner, needed = widget.rect(), (0, metrics.height() + 8)
        case TextField():
            return _lacking_in_text(widget)
        case _:
            return ""
    if needed[0] > inner.width() or needed[1] > inner.height():
        return f"needs {needed}, has {inner.size().toTuple()}"
    return ""


def _wrapped(metrics: QFontMetrics, text: str, width: int, *, wraps: bool) -> tuple[int, int]:
    if not text:
        return 0, 0
    if not wraps:
        return metrics.horizontalAdvance(text), metrics.height()
    longest = max((metrics.horizontalAdvance(word) for word in text.replace("\u200b", " ").split()), default=0)
    room = metrics.boundingRect(QRect(0, 0, max(width, 1), 100_000), Qt.TextFlag.TextWordWrap, text)
    return longest, room.height()


def _lacking_in_combo(combo: QComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    room = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    metrics = combo.fontMetrics()
    wide, high = metrics.horizontalAdvance(option.currentText), metrics.height()
    if wide > room.width() or high > room.height():
        return f"shows {combo.currentText()!r} in {room.size().toTuple()}, needs {(wide, high)}"
    return ""


def _lacking_in_text(field: TextField) -> str:
    needed, has = field.document().size().height(), field.viewport().height()
    return f"needs a height of {needed}, has {has}" if needed > has + 1 else ""


def clipped_in_tables(window: QWidget) -> list[str]:
    """Words in the heads and cells of tables that are longer than their column."""
    found = []
    for table in window.findChildren(QTableView):
        if not table.isVisible():
            continue
        model, metrics = table.model(), table.fontMetrics()
        for column in (one for one in range(model.columnCount()) if not table.isColumnHidden(one)):
            texts = [model.headerData(column, Qt.Orientation.Horizontal)]
            texts += [
                model.index(row, column).data() for row in range(model.rowCount()) if table.columnSpan(row, 0) == 1
            ]
            words = {word for text in texts for word in str(text or "").split()}
            longest = max(words, key=metrics.horizontalAdvance, default="")
            if metrics.horizontalAdvance(longest) > table.columnWidth(column):
                found.append(f"{describe(table)} cuts {longest!r} in a column of {table.columnWidth(column)}")
    return found


def _sticking_out(widget: QWidget) -> list[str]:
    """Ancestors, up to the scrolled page, that the widget is not wholly inside of."""
    part, parent = widget, widget.parentWidget()
    while parent is not None and not part.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            wide = rect_in(widget, parent)
            return [] if wide.left() >= 0 and wide.right() < parent.width() else [f"{describe(widget)} is cut sideways"]
        if not parent.rect().contains(rect_in(widget, parent)):
            return [f"{describe(widget)} sticks out of {describe(parent)}"]
        part, parent = parent, parent.parentWidget()
    return []


def _overlapping(shown: list[QWidget]) -> list[str]:
    found = []
    by_parent: dict[QWidget | None, list[QWidget]] = {}
    for widget in shown:
        by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for together in by_parent.values():
        ordered = sorted(together, key=lambda widget: widget.y())
        for index, widget in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.y() > widget.geometry().bottom():
                    break
                if widget.geometry().intersects(other.geometry()):
                    found.append(f"{describe(widget)} lies over {describe(other)}")
    return found


# Contrast


@cache
def contrast(one: int, other: int) -> float:
    """The contrast of two 0xRRGGBB colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: int) -> float:
    parts = [((colour >> shift) & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def painted_contrast(image: QImage, rect: QRect) -> float:
    """The contrast of the ink in a part of a picture with the ground, which is the colour of its corner.

    Enough is enough: the first colour with 4.5 to 1 ends the search.
    """
    part = image.copy(rect).convertToFormat(QImage.Format.Format_RGB32)
    ground, strongest = part.pixel(0, 0) & 0xFFFFFF, 1.0
    for colour in set(memoryview(part.constBits()).cast("I")):
        strongest = max(strongest, contrast(colour & 0xFFFFFF, ground))
        if strongest >= 4.5:
            break
    return strongest


def low_contrast(window: QWidget) -> list[str]:
    """Words that do not stand out from their ground by at least 4.5 to 1, as they are painted."""
    found = []
    pictures: dict[QWidget, QImage] = {}
    for widget in leaves(window):
        page = _scrolled_page(widget) or window
        if page not in pictures:
            pictures[page] = page.grab().toImage()
        rect = _ink_rect(widget, page)
        if not rect.isEmpty():
            seen = painted_contrast(pictures[page], rect)
            if seen < 4.5:
                found.append(f"{describe(widget)} has a contrast of {seen:.2f}")
    return found


def low_contrast_rows(window: QWidget) -> list[str]:
    """Rows and cells of lists, trees and tables whose words do not stand out by 4.5 to 1, as they are painted."""
    found = []
    for view in window.findChildren(QAbstractItemView):
        if not view.isVisible() or view.model() is None:
            continue
        picture, model = view.viewport().grab().toImage(), view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount() if isinstance(view, QTableView | QTreeView) else 1):
                index = model.index(row, column)
                place = view.visualRect(index).intersected(view.viewport().rect())
                if str(index.data() or "").strip() and place.height() >= view.fontMetrics().height() <= place.width():
                    seen = painted_contrast(picture, place)
                    if seen < 4.5:
                        found.append(f"{index.data()!r} in {describe(view)} has a contrast of {seen:.2f}")
    return found


def low_contrast_edges(window: QWidget) -> list[str]:
    """Fields, buttons and boxes whose edge does not stand out from the ground beside it by 3 to 1, as painted."""
    found = []
    pictures: dict[QWidget, QImage] = {}
    for widget in leaves(window):
        if not widget.isEnabled() or not isinstance(widget, FRAMED):
            continue
        page = _scrolled_page(widget) or window
        if page not in pictures:
            pictures[page] = page.grab().toImage()
        picture, rect = pictures[page], rect_in(widget, page)
        line, left = rect.center().y(), max(rect.left() - 2, 0)
        if isinstance(widget, TickBox | RadioButton):
            line = rect.top() + round(widget.fontMetrics().height() * 0.5)
        if picture.rect().contains(left, line) and picture.rect().contains(rect.topLeft()):
            ground = picture.pixel(left, line) & 0xFFFFFF
            edge = (picture.pixel(x, line) & 0xFFFFFF for x in range(left, min(left + 8, picture.width())))
            seen = max(contrast(colour, ground) for colour in edge)
            if seen < 3:
                found.append(f"{describe(widget)} has an edge with a contrast of {seen:.2f}")
    return found


def _scrolled_page(widget: QWidget) -> QWidget | None:
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        around = part.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea) and area.viewport() is around:
            return part
        part = around
    return None


def _ink_rect(widget: QWidget, page: QWidget) -> QRect:
    """Where a widget's words are, without its frame. Empty where there are none."""
    rect = rect_in(widget, page)
    match widget:
        case TextField():
            empty = not widget.toPlainText() and not widget.placeholderText()
            first_words = QRect(rect.topLeft(), rect.size().boundedTo(QSize(300, 80)))
            return QRect() if empty else first_words.adjusted(5, 5, -5, -5)
        case QLineEdit():
            empty = not widget.text() and not widget.placeholderText()
            return QRect() if empty else rect.adjusted(5, 5, -5, -5)
        case TickBox() | RadioButton():
            return rect.adjusted(round(widget.fontMetrics().height() * 0.95) + 6, 3, -4, -3)
        case QLabel():
            return rect if widget.text().strip() else QRect()
        case RowMenuButton():
            return rect.adjusted(5, 5, -5, -5) if widget.in_hand and widget.isEnabled() else QRect()
        case QComboBox() | QAbstractButton():
            return rect.adjusted(5, 5, -5, -5)
        case _:
            return rect.adjusted(5, 3, -5, -3)


# Markup


def interprets_markup(window: QWidget) -> list[str]:
    """Labels and tool tips that would take a person's words for markup."""
    found = [
        f"{describe(label)} guesses markup"
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    return found + [
        f"{describe(widget)} has the words of a person as its tool tip"
        for widget in window.findChildren(QWidget)
        if widget.toolTip() and not widget.toolTip().replace(" ", "").isalpha()
    ]
