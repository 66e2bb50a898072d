"""A growing list in a form: items are added, moved and removed, all through the session's one door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from apq_desktop.evaluation.edits.changes import (
    Change,
    CompoundChange,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    item_id,
    items,
)
from apq_desktop.evaluation.model import MAX_ITEMS, MAX_REGISTER, MAX_TEXT
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.list_items import list_items
from apq_desktop.ui.fields.marks.row_tools import ABOVE, RowTools
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.scroll_area import put_in_reading_order, reading_order
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel, announce

LEFT_OUT = "Not shown now, because it is about other parts or the whole area: {}"


@dataclass(frozen=True)
class ListWords:
    """What a list calls its things."""

    title: str
    hint: str
    one: str
    """One item, with its article: ``a strength``."""

    def name(self, position: int) -> str:
        """The accessible name of the item at ``position``, counted from 0."""
        return f"{self.one.split(' ', 1)[1].capitalize()} {position + 1}"


class ItemRow(QWidget):
    """One item: its editor, and in the gutter at its right the tools to move and remove it.

    With ``title`` its name stands above the first field as its label; it is one that ``editor`` holds.
    """

    def __init__(self, editor: QWidget, first_field: TextField, title: PlainLabel | None = None) -> None:
        super().__init__()
        self._title = title
        self.editor, self.first_field = editor, first_field
        others = [field for field in reading_order(editor) if field is not first_field]
        self._others = [(field, field.accessibleName()) for field in others]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(editor, 1)
        self.tools = RowTools(self)
        self.up, self.down, self.remove = self.tools.up, self.tools.down, self.tools.remove
        if title is None:
            self.tools.setContentsMargins(0, ABOVE, 0, 0)
        layout.addWidget(self.tools, 0, Qt.AlignmentFlag.AlignTop)

    def place(self, name: str, position: int, count: int) -> None:
        """Name the item's controls, and say which moves are possible from ``position`` of ``count`` shown."""
        self.first_field.setAccessibleName(name)
        if self._title is not None and self._title.text() != name:
            self._title.setText(name)
        for field, own_name in self._others:
            field.setAccessibleName(f"{own_name}, {name[0].lower()}{name[1:]}")
        self.up.setAccessibleName(f"Move up: {name}")
        self.down.setAccessibleName(f"Move down: {name}")
        self.remove.setAccessibleName(f"Remove: {name}")
        self.up.setEnabled(position > 0)
        self.down.setEnabled(position < count - 1)

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
        for tool in (self.up, self.down, self.remove):
            tool.update()


class ListEditor(Card):
    """A list of one area. ``make_row`` builds an item's editor, ``add_changes`` what adds an item with these words,
    and ``words_of`` tells the field that holds an item's words.

    The list's ``place`` may hold items of other areas too (actions); ``is_mine`` tells which are shown.
    """

    rows_changed = Signal()

    def __init__(
        self,
        binding: FieldBinding,
        place: ListPlace,
        words: ListWords,
        *,
        make_row: Callable[[Any], ItemRow],
        words_of: Callable[[str], tuple[Target, str]],
        add_changes: Callable[[int, str], Change],
        remove_changes: Callable[[Any, int], Change] | None = None,
        is_mine: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        super().__init__(words.title, words.hint)
        self._binding, self._place, self.words = binding, place, words
        self._session = session = binding.session
        self._make_row, self._is_mine = make_row, is_mine
        self._words_of, self._add_changes = words_of, add_changes
        self._remove_changes = remove_changes or (lambda item, position: RemoveItem(place, item, position))
        self._rows: dict[str, ItemRow] = {}
        self._order: list[str] = []
        self._out: set[str] = set()
        self._at_work: ItemRow | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)
        self._left_out = PlainLabel(quiet=True)
        self._left_out.hide()
        self.body.addWidget(self._left_out)
        self.foot = FlowLayout(16)
        self.add_button = LinkButton(f"+  Add {words.one}", name=f"Add {words.one}")
        self.add_button.clicked.connect(self._add_last)
        self.add_button.setEnabled(not session.read_only)
        self.foot.addWidget(self.add_button)
        self.body.addLayout(self.foot)
        session.listeners.add(self._follow, place)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._sync()

    def rows(self) -> list[ItemRow]:
        """The rows in their order."""
        return [self._rows[item_id(item)] for _, item in self._mine()]

    def show_part(self, part: str) -> None:
        """Show only what is about one part of the area, or everything where ``part`` is empty. What comes is shown."""
        self._out = {item_id(item) for _, item in self._mine() if part and item.sub_area != part}
        for key, row in self._rows.items():
            row.setHidden(key in self._out)
        self._sync()

    def in_reading_order(self) -> list[QWidget]:
        """The rows as they stand, then the buttons below them."""
        rows = self.rows()
        return [*rows, *(child for child in self.children() if isinstance(child, QWidget) and child not in rows)]

    def add(self, after: str | None = None) -> None:
        """Add an empty item, at the end or after another, and put the cursor into it."""
        if self._session.read_only:
            return
        position = len(self._items())
        if after is not None:
            position = next(place for place, item in self._mine() if item_id(item) == after) + 1
        if self._has_room(1):
            self._session.make(self._add_changes(position, ""))

    def _focus_moved(self, *_widgets: QWidget | None) -> None:
        """Show the tools of the item that is worked in, and no longer those of the one before."""
        focus = QApplication.focusWidget()
        at_work = next((row for row in self._rows.values() if row.isAncestorOf(focus)), None) if focus else None
        if at_work is not self._at_work:
            for row in self._rows.values():
                if row in (self._at_work, at_work):
                    row.show_tools()
            self._at_work = at_work

    def _has_room(self, more: int) -> bool:
        """Whether so many items fit; where not, that is said."""
        most = MAX_ITEMS if self._place.area else MAX_REGISTER
        fits = len(self._items()) + more <= most
        if not fits:
            self._session.message_posted.emit(f"A list holds at most {most:,} entries. Nothing was added.")
        return fits

    def _offer_items(self, key: str, text: str) -> None:
        """What was pasted is a list: let the user choose whether it becomes items or one text."""
        found, field = list_items(text), self._rows[key].first_field
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        apart = menu.addAction(f"Paste as {len(found)} entries")
        apart.triggered.connect(lambda: self._add_items(key, found))
        menu.addAction("Paste as one text").triggered.connect(lambda: field.paste_words(text))
        menu.popup(field.mapToGlobal(field.cursorRect().bottomLeft()))
        menu.setActiveAction(apart)

    def _add_items(self, key: str, texts: list[str]) -> None:
        """Add an entry for each text after this one, or from this one on where it is empty, as one step."""
        if not self._has_room(len(texts)):
            return
        position = next(place for place, item in self._mine() if item_id(item) == key)
        steps: list[Change] = []
        before, rest = self._rows[key].first_field.value(), [text[:MAX_TEXT] for text in texts]
        if not visible_text(before):
            target, name = self._words_of(key)
            steps.append(SetField(target, name, rest.pop(0), before))
        steps += [self._add_changes(position + 1 + n, text) for n, text in enumerate(rest)]
        self._session.make(CompoundChange(tuple(steps)))
        if any(len(text) > MAX_TEXT for text in texts):
            self._session.post_limit(MAX_TEXT)

    def _add_last(self) -> None:
        self.add()

    def _items(self) -> list[Any]:
        return items(self._session.evaluation, self._place)

    def _mine(self) -> list[tuple[int, Any]]:
        return [(position, item) for position, item in enumerate(self._items()) if self._is_mine(item)]

    def _move(self, key: str, step: int) -> None:
        mine = [(place, item) for place, item in self._mine() if item_id(item) not in self._out]
        index = next(n for n, (_, item) in enumerate(mine) if item_id(item) == key)
        if 0 <= index + step < len(mine) and not self._session.read_only:
            self._session.make(MoveItem(self._place, key, mine[index + step][0], mine[index][0]))
            field = self._rows[key].first_field
            field.setFocus()
            announce(field, f"{field.accessibleName()} of {len(mine)}")

    def _remove(self, key: str) -> None:
        if self._session.read_only:
            return
        position, item = next((place, item) for place, item in self._mine() if item_id(item) == key)
        self._session.make(self._remove_changes(item, position), removed=self.words.one.split(" ", 1)[1].capitalize())

    def _follow(self, _change: Change) -> None:
        """Show a change of the list, whoever made it. The cursor goes into what came, and out of what goes."""
        before = self._order
        self._leave_what_goes()
        self._sync()
        came = [key for key in self._order if key not in before]
        if came and self.isVisible():
            self._rows[came[0]].first_field.setFocus()

    def _leave_what_goes(self) -> None:
        at_work = QApplication.focusWidget()
        stays = {item_id(item) for _, item in self._mine()} - self._out
        for index, key in enumerate(self._order):
            if key not in stays and at_work is not None and self._rows[key].isAncestorOf(at_work):
                near = [near for near in (*reversed(self._order[:index]), *self._order[index:]) if near in stays]
                (self._rows[near[0]].first_field if near else self.add_button).setFocus()

    def _sync(self) -> None:
        """Make the rows equal to the list: keep those that are there, add and remove the others, set the order."""
        mine = self._mine()
        self._order = wanted = [item_id(item) for _, item in mine]
        for key in [key for key in self._rows if key not in wanted]:
            row = self._rows.pop(key)
            self._binding.release(self._words_of(key)[0])
            row.hide()
            row.deleteLater()
        shown = [key for key in wanted if key not in self._out]
        for index, (_, item) in enumerate(mine):
            key = wanted[index]
            if key not in self._rows:
                self._rows[key] = self._new_row(item)
            row = self._rows[key]
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
                if self.isVisible() and key in shown:
                    row.show()  # at once, so that the cursor can go into it
            row.place(self.words.name(index), shown.index(key) if key in shown else 0, len(shown))
        put_in_reading_order(self, self.rows(), self._left_out)
        self._tell_left_out(len(wanted) - len(shown))
        self.rows_changed.emit()

    def _tell_left_out(self, count: int) -> None:
        self._left_out.setText(LEFT_OUT.format(count) if count else "")
        self._left_out.setHidden(not count)

    def _new_row(self, item: Any) -> ItemRow:
        row, key = self._make_row(item), item_id(item)
        row.up.clicked.connect(lambda: self._move(key, -1))
        row.down.clicked.connect(lambda: self._move(key, 1))
        row.remove.clicked.connect(lambda: self._remove(key))
        row.first_field.enter_pressed.connect(lambda: self.add(key))
        row.first_field.emptied.connect(lambda: self._remove(key))
        row.first_field.move_requested.connect(lambda step: self._move(key, step))
        row.first_field.list_pasted.connect(lambda text: self._offer_items(key, text))
        if self._session.read_only:
            row.tools.hide()
        return row
