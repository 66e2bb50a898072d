"""One row of a list in a form: the item's editor, a handle at its left, a menu at its right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from apq_desktop.ui.fields.field_editing import EARLIER
from apq_desktop.ui.fields.rows.row_tools import GAP, RowHandle, RowMenuButton
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.fold import FoldButton
from apq_desktop.ui.widgets.layouts import row_in
from apq_desktop.ui.widgets.painted.style import let_scroll
from apq_desktop.ui.widgets.scroll_area import NO_LIMIT, reading_order
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import RADIUS, colours


class ItemRow(QWidget):
    """One item. ``fill_menu`` adds what can be done with it to a menu; the first field's own menu has it as well.

    With ``title`` the item's name stands above the first field as its label; it is one that ``editor`` holds.
    """

    def __init__(self, editor: QWidget, first_field: TextField, title: PlainLabel | None = None) -> None:
        super().__init__()
        self._title, self._dragged = title, False
        self.editor, self.first_field = editor, first_field
        self.fill_menu: Callable[[QMenu], None] = lambda _: None
        self.make_standards: Callable[[], QMenu] | None = None
        """Makes the menu of the standards that the item bears on, where it can be marked for some."""
        # A line that opens the editor says itself what it is.
        others = [one for one in reading_order(editor) if one is not first_field and not isinstance(one, FoldButton)]
        self._others = [(field, field.accessibleName()) for field in others]
        first_line = first_field.one_line if title is None else lambda: title.sizeHint().height()
        self.handle, self.menu = RowHandle(self, first_line), RowMenuButton(self, first_line)
        layout = row_in(self, GAP)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self.handle, 0, top)
        layout.addWidget(editor, 1)
        layout.addWidget(self.menu, 0, top)
        self.menu.clicked.connect(self.open_menu)
        first_field.add_to_menu = self._add_to_menu

    def hide_tools(self) -> None:
        """Let the item be read only. The gutters stay, so that it stands where it stands elsewhere."""
        for tool in (self.handle, self.menu):
            policy = tool.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            tool.setSizePolicy(policy)
            tool.hide()

    def fold(self) -> None:
        """Hide what is inside, and keep the room."""
        self.setFixedHeight(self.height())
        self.editor.hide()

    def unfold(self) -> None:
        """Show what is inside again, as high as it is."""
        self.editor.show()
        self.setMinimumHeight(0)
        self.setMaximumHeight(NO_LIMIT)

    def place(self, name: str, count: int) -> None:
        """Name the item's controls. It can be dragged where ``count`` items are shown, of which it is one."""
        self.first_field.setAccessibleName(name)
        if self._title is not None and self._title.text() != name:
            self._title.setText(name)
        within = f"{name[0].lower()}{name[1:]}"
        for field, own_name in self._others:
            field.setAccessibleName(f"{own_name}, {within}")
        self.menu.setAccessibleName(f"Menu of {within}")
        self.handle.setEnabled(count > 1)
        self.handle.setAccessibleName(f"Drag {within}")

    def take_focus(self) -> None:
        """Put the cursor into the item, or the focus on the line that it is closed to."""
        shown = [self.first_field, *reading_order(self.editor)]
        next(widget for widget in shown if widget.isVisibleTo(self)).setFocus()

    def open_menu(self) -> None:
        """Show what can be done with the item, below its button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        if (show_earlier := getattr(self.first_field, "show_earlier", None)) is not None:
            remove = menu.actions()[-1]
            menu.insertAction(remove, menu.addAction(EARLIER, show_earlier))
            menu.insertSeparator(remove)
        let_scroll(menu).popup(self.menu.mapToGlobal(QPoint(0, self.menu.height())))
        # An active item with a menu of its own would show that at once.
        menu.setActiveAction(
            next(one for one in menu.actions() if one.text() and one.isEnabled() and one.menu() is None)
        )

    def _add_to_menu(self, menu: QMenu) -> None:
        if not self.menu.isHidden():
            menu.addSeparator()
            self.fill_menu(menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Menu key, and Shift with F10, open the menu from anywhere in the item."""
        shift_f10 = event.key() == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if (event.key() == Qt.Key.Key_Menu or shift_f10) and not self.menu.isHidden():
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click beside the fields opens the menu; so do the keys where the system takes them for one."""
        if not self.menu.isHidden():
            self.open_menu()
        else:
            super().contextMenuEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the tools be seen."""
        super().enterEvent(event)
        self.show_tools()

    def leaveEvent(self, event: QEvent) -> None:
        """Let the tools be out of sight again."""
        super().leaveEvent(event)
        self.show_tools()

    def show_tools(self) -> None:
        """Paint the tools again, seen or not."""
        self.handle.update()
        self.menu.update()

    def show_dragged(self, *, dragged: bool) -> None:
        """Look as what is being dragged, or no longer."""
        self._dragged = dragged
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lie on a ground of its own while it is dragged."""
        if self._dragged:
            painter = QPainter(self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours(self).selected))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
