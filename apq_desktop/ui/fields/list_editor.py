"""A growing list in a form: items are added, moved and removed, all through the session's one door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from apq_desktop.evaluation.edits.changes import (
    Change,
    CompoundChange,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    item_id,
    items,
    words_of,
)
from apq_desktop.evaluation.edits.move_to_area import areas_for, move_to_area
from apq_desktop.evaluation.model import MAX_ITEMS, MAX_REGISTER, MAX_TEXT
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.list_items import list_items
from apq_desktop.ui.fields.rows.item_row import ItemRow
from apq_desktop.ui.fields.rows.row_holder import AT_ONCE, RowHolder
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel, SectionCard, announce

LEFT_OUT = "Not shown now, because it is about other parts or the whole area: {}"


@dataclass(frozen=True)
class ListWords:
    """What a list calls its things."""

    title: str
    hint: str
    one: str
    """One item, with its article: ``a strength``."""

    @property
    def thing(self) -> str:
        """One item at the beginning of a sentence: ``Strength``."""
        return self.one.split(" ", 1)[1].capitalize()

    def name(self, position: int) -> str:
        """The accessible name of the item at ``position``, counted from 0."""
        return f"{self.thing} {position + 1}"


class ListEditor(SectionCard):
    """A list of one area. ``make_row`` builds an item's editor, ``add_changes`` what adds an item with these words.

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
        add_changes: Callable[[int, str], Change],
        remove_changes: Callable[[Any, int], Change] | None = None,
        is_mine: Callable[[Any], bool] = lambda _: True,
    ) -> None:
        super().__init__(words.title, words.hint)
        self._binding, self._place, self.words = binding, place, words
        self._session = session = binding.session
        self._make_row, self._is_mine = make_row, is_mine
        self._add_changes = add_changes
        self._remove_changes = remove_changes or (lambda item, position: RemoveItem(place, item, position))
        self._rows: dict[str, ItemRow] = {}
        self._order: list[str] = []
        self._out: set[str] = set()
        self._at_work: ItemRow | None = None
        self.holder = RowHolder()
        self.holder.row_dropped.connect(self._drop)
        self.add_across(self.holder)
        self._left_out = PlainLabel(quiet=True)
        self._left_out.hide()
        self.body.addWidget(self._left_out)
        self.foot = FlowLayout(16)
        self.add_button = LinkButton(f"+  Add {words.one}", name=f"Add {words.one}")
        self.add_button.clicked.connect(self._add_last)
        self.add_button.setEnabled(not session.read_only)
        self.foot.addWidget(self.add_button)
        add_layout(self.body, self.foot)
        session.listeners.add(self._follow, place)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._sync(AT_ONCE)

    def rows(self) -> list[ItemRow]:
        """The rows in their order, as far as they are there."""
        return [self._rows[key] for key in self._order if key in self._rows]

    def rest(self) -> list[Callable[[], QWidget]]:
        """What makes the rows that are not there yet, some at a time; each returns what holds them."""
        return [partial(self._grow, upto + AT_ONCE) for upto in range(AT_ONCE, len(self._order), AT_ONCE)]

    def _grow(self, upto: int) -> QWidget:
        self._sync(upto)
        return self.holder

    def show_part(self, part: str) -> None:
        """Show only what is about one part of the area, or everything where ``part`` is empty. What comes is shown."""
        self._out = {item_id(item) for _, item in self._mine() if part and item.sub_area != part}
        for key, row in self._rows.items():
            row.setHidden(key in self._out)
        self._sync()

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
            target, name = words_of(self._place, key)
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

    def _in_view(self) -> list[tuple[int, Any]]:
        """The items that are shown, each with its position in the whole list."""
        return [(place, item) for place, item in self._mine() if item_id(item) not in self._out]

    def _place_of(self, key: str) -> int:
        """The place of an item among those that are shown."""
        return next(n for n, (_, item) in enumerate(self._in_view()) if item_id(item) == key)

    def _move(self, key: str, step: int) -> None:
        self._move_to(key, self._place_of(key) + step)

    def _move_to(self, key: str, goal: int) -> None:
        """Let an item stand at ``goal`` among those that are shown, where there is such a place."""
        shown, now = self._in_view(), self._place_of(key)
        if 0 <= goal < len(shown) and not self._session.read_only:
            self._session.make(MoveItem(self._place, key, shown[goal][0], shown[now][0]))
            self._rows[key].take_focus()
            field = self._rows[key].first_field
            announce(field, f"{field.accessibleName()} of {len(shown)}")

    def _drop(self, row: ItemRow, goal: int) -> None:
        self._move_to(next(key for key, one in self._rows.items() if one is row), goal)

    def _remove(self, key: str) -> None:
        if self._session.read_only:
            return
        position, item = next((place, item) for place, item in self._mine() if item_id(item) == key)
        self._session.make(self._remove_changes(item, position), told=f"{self.words.thing} removed.")

    def _move_away(self, key: str, area: str) -> None:
        """Move an item to another area."""
        there = self._session.evaluation.area(area)
        change = move_to_area(self._session.evaluation, self._place, key, area)
        self._session.make(change, told=f"{self.words.thing} moved to {there.number} {there.title}.")

    def _fill_menu(self, key: str, menu: QMenu) -> None:
        """Add to a menu what can be done with an item."""
        place, last = self._place_of(key), len(self._in_view()) - 1
        for words, step, possible in (("Move up", -1, place > 0), ("Move down", 1, place < last)):
            keys = QKeySequence(f"Ctrl+{'Up' if step < 0 else 'Down'}").toString(QKeySequence.SequenceFormat.NativeText)
            action = menu.addAction(f"{words}\t{keys}")
            action.setEnabled(possible)
            action.triggered.connect(partial(self._move, key, step))
        goals = menu.addMenu("Move to another area")
        for area in areas_for(self._session.evaluation, self._place, key):
            goal = goals.addAction(f"{area.number} {area.title}".replace("&", "&&"))
            goal.triggered.connect(partial(self._move_away, key, area.key))
        goals.setEnabled(not goals.isEmpty())
        if (make := self._rows[key].make_standards) is not None:
            menu.addMenu(make())
        menu.addSeparator()
        menu.addAction("Remove").triggered.connect(partial(self._remove, key))

    def _follow(self, _change: Change) -> None:
        """Show a change of the list, whoever made it. The cursor goes into what came, and out of what goes."""
        before = self._order
        self._leave_what_goes()
        self._sync()
        came = [key for key in self._order if key not in before]
        if came and self.isVisible():
            self._rows[came[0]].take_focus()

    def _leave_what_goes(self) -> None:
        at_work = self.window().focusWidget()  # the application's is none while a menu closes
        stays = ({item_id(item) for _, item in self._mine()} - self._out) & self._rows.keys()
        for index, key in enumerate(self._order):
            if key in self._rows.keys() - stays and self._rows[key].isAncestorOf(at_work):
                near = [near for near in (*reversed(self._order[:index]), *self._order[index:]) if near in stays]
                self._rows[near[0]].take_focus() if near else self.add_button.setFocus()

    def _sync(self, upto: int | None = None) -> None:
        """Make the rows equal to the list: keep those that are there, add and remove the others, set the order.

        With ``upto`` the rows after so many are left for later, and those that are there stay as they are.
        """
        mine = self._mine()
        self._order = wanted = [item_id(item) for _, item in mine]
        for key in [key for key in self._rows if key not in wanted]:
            row = self._rows.pop(key)
            self._binding.release(words_of(self._place, key)[0])
            row.hide()
            row.deleteLater()
        made = {item_id(item): self._new_row(item) for _, item in mine[:upto] if item_id(item) not in self._rows}
        self._rows |= made
        self.holder.show_rows(self.rows())
        shown = [key for key in wanted if key not in self._out]
        for index, key in enumerate(wanted):
            if upto is None or key in made:
                self._rows[key].place(self.words.name(index), len(shown) if key in shown else 0)
        # at once, so that the cursor can go into what came
        self.holder.show_together([self._rows[key] for key in shown if upto is None or key in made])
        self._tell_left_out(len(wanted) - len(shown))
        if upto is None:
            self.rows_changed.emit()

    def _tell_left_out(self, count: int) -> None:
        self._left_out.setText(LEFT_OUT.format(count) if count else "")
        self._left_out.setHidden(not count)

    def _new_row(self, item: Any) -> ItemRow:
        row, key = self._make_row(item), item_id(item)
        row.first_field.enter_pressed.connect(lambda: self.add(key))
        row.first_field.emptied.connect(lambda: self._remove(key))
        row.first_field.move_requested.connect(lambda step: self._move(key, step))
        row.first_field.list_pasted.connect(lambda text: self._offer_items(key, text))
        row.fill_menu = partial(self._fill_menu, key)
        if self._session.read_only:
            row.hide_tools()
        return row
