"""The four growing lists of an area's form: strengths, development areas, sources of evidence, actions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    ListPlace,
    RemoveItem,
    Target,
)
from apq_desktop.evaluation.fields import ACTION_WORDS, PREPARATION_WORDS
from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field, inline_field
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.list_editor import ListEditor, ListWords
from apq_desktop.ui.fields.marks.carried_forward_mark import add_mark
from apq_desktop.ui.fields.marks.standards_field import StandardsField
from apq_desktop.ui.fields.rows.item_row import ItemRow
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.action_editor import ActionEditor
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout, column_in
from apq_desktop.ui.widgets.painted.style import let_scroll
from apq_desktop.ui.widgets.text_labels import WRITING, PlainLabel

PROSPECTIVE = "prospective"
"""The use whose entries say what is in place already and what is planned."""
STRENGTHS = ListWords("Strengths", "What is working well, what changed for pupils, and how you know.", "a strength")
DEVELOPMENT_AREAS = ListWords("Development areas", "What you want to improve, and why.", "a development area")
EVIDENCE = ListWords(
    "Sources of evidence",
    "Documents, data, views and visits that back this up. No pupils’ names.",
    "a source of evidence",
)
ACTIONS = ListWords("Actions", "What you will do, who will do it (a role) and by when.", "an action")


def entries_list(
    session: EditingSession,
    binding: FieldBinding,
    area: Area,
    name: Literal["strengths", "development_areas"],
    part: Callable[[], str],
) -> ListEditor:
    """The list of strengths or of development areas. What is added is about the ``part`` of the area in view."""
    words = STRENGTHS if name == "strengths" else DEVELOPMENT_AREAS
    place = ListPlace(name, area.key)

    def make_row(entry: Entry) -> ItemRow:
        field = TextField(lines=1, enter_adds=True, scale=WRITING)
        target = Target(name, entry.id, area.key)
        binding.bind(field, target, "text")
        editor, box = _stacked(field)
        if area.sub_areas:
            add_layout(box, _sub_area_choice(binding, area, target))
        if PROSPECTIVE in session.evaluation.purposes or entry.preparation:
            preparation = ChoiceField([("", "Not said"), *PREPARATION_WORDS.items()])
            binding.bind(preparation, target, "preparation")
            add_layout(box, inline_field("In place or planned", preparation))
        standards = _standards(session, binding, area, target, field)
        box.addWidget(standards)
        add_mark(box, session, name, entry)
        return _with_standards(ItemRow(editor, field), standards)

    return ListEditor(
        binding,
        place,
        words,
        make_row=make_row,
        add_changes=lambda position, text: AddItem(place, Entry(text=text, sub_area=part()), position),
    )


def evidence_list(session: EditingSession, binding: FieldBinding, area: Area) -> ListEditor:
    """The sources of evidence that an area cites. Items live in one register, so other areas may cite them too."""
    place, register = ListPlace("citations", area.key), ListPlace("evidence")

    def add_changes(position: int, text: str) -> Change:
        new = Evidence(title=text)
        return CompoundChange(
            (AddItem(register, new, len(session.evaluation.evidence)), AddItem(place, new.id, position))
        )

    def remove_changes(key: str, position: int) -> Change:
        citation = RemoveItem(place, key, position)
        if len(list(session.evaluation.areas_citing(key))) > 1:
            return citation
        item = _evidence(session, key)
        return CompoundChange((citation, RemoveItem(register, item, session.evaluation.evidence.index(item))))

    editor = ListEditor(
        binding,
        place,
        EVIDENCE,
        make_row=partial(_evidence_row, session, binding, area),
        add_changes=add_changes,
        remove_changes=remove_changes,
    )
    cite = LinkButton("Use one from another area…")
    cite.setEnabled(not session.read_only)
    cite.clicked.connect(lambda: _choose_from_register(session, place, cite))
    editor.foot.addWidget(cite)
    return editor


def _evidence(session: EditingSession, key: str) -> Evidence:
    return next(item for item in session.evaluation.evidence if item.id == key)


def _evidence_row(session: EditingSession, binding: FieldBinding, area: Area, key: str) -> ItemRow:
    field = TextField(lines=1, enter_adds=True, scale=WRITING)
    target = Target("evidence", key)
    binding.bind(field, target, "title")
    title, (editor, box) = _title(field), _stacked(field)
    box.insertWidget(0, title)
    where = TextField(lines=1)
    binding.bind(where, target, "location")
    add_layout(box, inline_field("Where it is kept", where))
    standards = _standards(session, binding, area, target, field)
    box.addWidget(standards)
    add_mark(box, session, "evidence", _evidence(session, key))
    box.addWidget(CitedElsewhere(session, key, area))
    return _with_standards(ItemRow(editor, field, title), standards)


class CitedElsewhere(PlainLabel):
    """Which other areas cite a source of evidence: what is typed here changes there too."""

    def __init__(self, session: EditingSession, evidence: str, area: Area) -> None:
        super().__init__(quiet=True, scale=0.95)
        self._session, self._evidence, self._area = session, evidence, area
        self._show()
        session.listeners.add(self._show, "citations")

    def _show(self, _change: Change | None = None) -> None:
        citing = self._session.evaluation.areas_citing(self._evidence)
        others = [record.number for record in citing if record.key != self._area.key]
        self.setText(f"Also a source for {_numbers(others)}" if others else "")
        if not others or self.parent() is not None:  # shown before it has a parent, it would be a window
            self.setHidden(not others)


def _choose_from_register(session: EditingSession, place: ListPlace, button: QWidget) -> None:
    menu = let_scroll(QMenu(button))
    words, room = menu.fontMetrics(), round(menu.screen().availableGeometry().width() * 0.85)
    cited = session.evaluation.area(place.area).evidence
    for item in session.evaluation.evidence:
        if item.id not in cited and visible_text(item.title):
            title = visible_text(item.title).splitlines()[0]
            shown = words.elidedText(title, Qt.TextElideMode.ElideRight, min(words.averageCharWidth() * 80, room))
            action = menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(
                lambda _=False, key=item.id: session.make(
                    AddItem(place, key, len(session.evaluation.area(place.area).evidence))
                )
            )
    if menu.isEmpty():
        menu.addAction("No other area has a source of evidence yet").setEnabled(False)
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def actions_list(session: EditingSession, binding: FieldBinding, area: Area, part: Callable[[], str]) -> ListEditor:
    """The actions of an area. What is added is about the ``part`` of the area in view."""
    place = ListPlace("actions")

    def make_row(action: Action) -> ItemRow:
        target = Target("actions", action.id)
        what = TextField(lines=1, enter_adds=True, scale=WRITING)
        binding.bind(what, target, "what")
        title, editor = _title(what), ActionEditor(session, action)
        box = editor.body
        box.addWidget(title)
        box.addWidget(what)
        who, by_when, progress = LineField(), DateField(), ChoiceField(list(ACTION_WORDS.items()))
        row = FlowLayout(10, fill=True)
        for field, label, name in (
            (who, "Who", "who"),
            (by_when, "By when", "by_when"),
            (progress, "Progress", "progress"),
        ):
            row.addWidget(compact_field(label, field))
            binding.bind(field, target, name)
        add_layout(box, row)
        if area.sub_areas:
            add_layout(box, _sub_area_choice(binding, area, target))
        add_mark(box, session, "actions", action)
        editor.settle()
        return ItemRow(editor, what, title)

    return ListEditor(
        binding,
        place,
        ACTIONS,
        make_row=make_row,
        add_changes=lambda position, text: AddItem(place, Action(area=area.key, sub_area=part(), what=text), position),
        is_mine=lambda action: action.area == area.key,
    )


def part_choices(area: Area, whole: str) -> list[tuple[str, str]]:
    """The parts of an area to choose from, after the ``whole``."""
    return [("", whole), *((part.key, f"{part.letter} {part.title}") for part in area.sub_areas)]


def _standards(
    session: EditingSession, binding: FieldBinding, area: Area, target: Target, words: TextField
) -> StandardsField:
    field = StandardsField(session.catalogue, area, words.value)
    binding.bind(field, target, "standards")
    return field


def _with_standards(row: ItemRow, standards: StandardsField) -> ItemRow:
    row.make_standards = standards.make_menu
    standards.setHidden(not standards.value())
    return row


def _sub_area_choice(binding: FieldBinding, area: Area, target: Target) -> FlowLayout:
    field = ChoiceField(part_choices(area, "The whole area"))
    binding.bind(field, target, "sub_area")
    return inline_field("About", field, name="Which part of the area it is about")


def _title(field: QWidget) -> PlainLabel:
    """The label of an item's first field, as tall as the tools beside it; its words are the item's name."""
    title = PlainLabel(bold=True)
    title.setContentsMargins(0, 4, 0, 4)
    title.setBuddy(field)
    return title


def _stacked(first: QWidget) -> tuple[QWidget, QVBoxLayout]:
    editor = QWidget()
    box = column_in(editor, 5)
    box.addWidget(first)
    return editor, box


def _numbers(numbers: list[int]) -> str:
    words = [str(number) for number in numbers]
    joined = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{'area' if len(words) == 1 else 'areas'} {joined}"
