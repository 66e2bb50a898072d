"""All evaluations of the open file, by setting; below them the archive, and what was removed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.errors import ApqError
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.typing_pauses import PAUSE_MS
from apq_desktop.ui.widgets.buttons import Button, WorkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel, Tag

if TYPE_CHECKING:
    from apq_desktop.services import EvaluationHeading

SENTENCE = "Each evaluation keeps its own texts, actions and evidence; nothing of one shows in another."
ARCHIVE = "What is finished with. It stays in this file, out of the way of the menus."
REMOVED = "What was removed from this file and can be brought back."
ANOTHER = "For a provider with several sites, or a trust. What you write there stays apart from what is here."


class EvaluationsPage(Page):
    """The list, and a start for another setting."""

    help_key = "several-evaluations"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._app, self._list, self._session = app, app.files.evaluation_list, here.session
        self._read_only = here.opened.workspace.read_only
        here.session.leaving.connect(self._take_titles)
        self.rows: dict[str, EvaluationRow] = {}
        self._cards = ReplaceableColumn(14)
        self.column.addWidget(self._cards)
        self.column.addWidget(self._start_card())
        self._gone = ReplaceableColumn(14)
        self.column.addWidget(self._gone)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what the file holds now."""
        held = self._list.held()
        self.rows = {}
        self._cards.renew()
        self._gone.renew()
        for name in dict.fromkeys(heading.setting_name for heading in held.current):
            card = Card(visible_text(name) or "A setting without a name")
            for heading in held.current:
                if heading.setting_name == name:
                    card.body.addWidget(self._row(heading))
            self._cards.addWidget(card)
        if held.archived:
            archive = Card("Archive", ARCHIVE)
            for heading in held.archived:
                archive.body.addWidget(self._row(heading))
            self._cards.addWidget(archive)
        if held.removed:
            card = Card("Removed", REMOVED)
            for removed in held.removed:
                card.body.addWidget(self._removed_row(removed.evaluation, removed.at))
            self._gone.addWidget(card)
        self._cards.show_now()
        self._gone.show_now()
        self.order()

    def _take_titles(self) -> None:
        for row in list(self.rows.values()):
            row.take_title()

    def focus_first(self) -> None:
        """Put the focus on the first evaluation."""
        self.focus_on(next(iter(self.rows), ""))

    def focus_on(self, key: str) -> None:
        """Put the focus on one evaluation, else on the way back."""
        row = self.rows.get(key)
        (row.first if row else self.back).setFocus()

    def _row(self, heading: EvaluationHeading) -> EvaluationRow:
        key = heading.id
        row = EvaluationRow(heading, is_current=key == self._session.evaluation.id, read_only=self._read_only)
        row.open.clicked.connect(lambda: self._app.navigator.switch_to(key))
        row.renamed.connect(lambda title: self._change(key, lambda: self._rename(key, title)))
        row.title_typed.connect(lambda title: self._rename(key, title))
        row.archive.clicked.connect(lambda: self._change(key, lambda: self._archive(key, away=not heading.archived)))
        row.remove.clicked.connect(lambda: self._change(key, lambda: self._remove(key)))
        self.rows[key] = row
        return row

    def _removed_row(self, evaluation: Evaluation, at: str) -> QWidget:
        row, column = _stacked()
        title = visible_text(evaluation.title) or "Self-evaluation"
        column.addWidget(PlainLabel(f"{title}, {visible_text(evaluation.setting.name) or 'no name yet'}", bold=True))
        removed = dates.local_day(at)
        column.addWidget(PlainLabel(f"Removed {removed}", quiet=True))
        back = Button("Bring back", name=f"Bring back {title}, removed {removed}")
        back.setEnabled(not self._read_only)
        back.clicked.connect(lambda: self._change(evaluation.id, lambda: self._bring_back(evaluation)))
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def _start_card(self) -> Card:
        card = Card("Start an evaluation for another setting", ANOTHER)
        self.name, self.commissioner = LineField(), LineField()
        add_layout(card.body, field_row("Name of the other setting", self.name))
        add_layout(card.body, field_row("For which council, school or trust", self.commissioner))
        self._drafts = self._app.drafts.form({"setting": self.name, "commissioner": self.commissioner})
        self._drafts.show(self._session.evaluation.id)
        self._starting = False
        self._app.files.opened.connect(self._begun)
        self.start = WorkButton("Start for another setting", "Making the evaluation…")
        self.start.clicked.connect(self._start)
        self.name.returnPressed.connect(self.start.click)
        card.body.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        if self._read_only:
            card.hide()
        return card

    def _start(self) -> None:
        if self._app.saving.finish_saving():
            name, commissioner = visible_text(self.name.value()), visible_text(self.commissioner.value())
            self._starting = True
            self._app.files.start_another(name, commissioner)

    def _begun(self) -> None:
        if self._starting:
            self._drafts.forget()

    def _change(self, key: str, work: Callable[[], str]) -> None:
        """Do something to the evaluation ``key``, say what ``work`` tells of it, and show what there is then."""
        try:
            said = work()
        except ApqError as error:
            self._app.dialogs.tell_error("This did not work", error)
        else:
            self._app.notifier.say(said)
        self.refresh()
        self.focus_on(key)
        self._list.changed.emit()

    def _rename(self, key: str, title: str) -> str:
        session = self._session
        if session.evaluation.id == key and not session.read_only:
            session.set_field(Target("evaluation"), "title", title)
            session.autosave.flush()
        else:
            self._app.files.steps.pop(key, None)  # they do not know of this one
            self._list.rename(key, title)
        return f"It is now called {title}." if title else "It has no title now."

    def _archive(self, key: str, *, away: bool) -> str:
        self._list.archive(key, away=away)
        return "Archived. It is still in this file." if away else "It is out of the archive again."

    def _remove(self, key: str) -> str:
        self._list.remove(key)
        return "Removed. It can be brought back at the end of this page."

    def _bring_back(self, evaluation: Evaluation) -> str:
        self._list.bring_back(evaluation)
        return "It is back."


class EvaluationRow(QWidget):
    """One evaluation: its title and facts, and what can be done with it."""

    renamed = Signal(str)
    title_typed = Signal(str)

    def __init__(self, heading: EvaluationHeading, *, is_current: bool, read_only: bool) -> None:
        super().__init__()
        self._title = self._given = visible_text(heading.title) or "Self-evaluation"
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._give_typed)
        called = f"{self._title}, {visible_text(heading.setting_name) or 'no name yet'}"
        _, column = _stacked(self)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self._title, bold=True), 1)
        if is_current:
            head.addWidget(Tag("In view", "busy"))
        if heading.archived:
            head.addWidget(Tag("Archived", "aside"))
        add_layout(column, head)
        column.addWidget(PlainLabel("  ·  ".join(_facts(heading)), quiet=True))
        self.title = LineField()
        self._renaming = QWidget()
        field = field_row("New title", self.title, name=f"New title of {called}")
        field.setContentsMargins(0, 0, 0, 0)
        self._renaming.setLayout(field)
        self._renaming.hide()
        column.addWidget(self._renaming)
        self.open = Button("Open", name=f"Open {called}")
        self.rename = Button("Rename", name=f"Rename {called}")
        words = "Bring back from the archive" if heading.archived else "Archive"
        self.archive = Button(words, name=f"{words}: {called}")
        self.remove = Button("Remove", name=f"Remove {called}")
        if is_current:  # not setVisible: shown before they have a parent, they would be windows
            self.open.hide()
            self.remove.hide()
        foot = FlowLayout(10)
        for button in (self.open, self.rename, self.archive, self.remove):
            foot.addWidget(button)
            button.setEnabled(button is self.open or not read_only)
        add_layout(column, foot)
        self.first = self.rename if is_current else self.open
        self.rename.clicked.connect(self._ask_title)
        self.title.changed.connect(lambda _: self._pause.start())
        self.title.editingFinished.connect(self.take_title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the new title leaves the title as it was."""
        if event.key() == Qt.Key.Key_Escape and not self._renaming.isHidden():
            self._renaming.hide()
            self._give(self._title)
            self.rename.setFocus()
        else:
            super().keyPressEvent(event)

    def _ask_title(self) -> None:
        self.title.load(self._title)
        self._renaming.show()
        self.title.setFocus()
        self.title.selectAll()

    def _give_typed(self) -> None:
        self._give(visible_text(self.title.value()))

    def _give(self, title: str) -> None:
        """Hand the title over at a pause, or give back what it was; the field stays open."""
        self._pause.stop()
        if title != self._given:
            self._given = title
            self.title_typed.emit(title)

    def take_title(self) -> None:
        """Enter, or leaving the field, ends it; once, although Enter leaves it as well."""
        self._pause.stop()
        if not self._renaming.isHidden():
            self._renaming.hide()
            if self.title.value() != self._title:
                self.renamed.emit(visible_text(self.title.value()))


def _facts(heading: EvaluationHeading) -> list[str]:
    facts = [
        visible_text(heading.period),
        f"for {visible_text(heading.commissioner)}" if visible_text(heading.commissioner) else "",
        f"revision {heading.revision}" if heading.revision else "not sent yet",
        f"last changed {dates.local_day(heading.changed)}" if heading.changed else "",
    ]
    return [fact for fact in facts if fact]


def _stacked(widget: QWidget | None = None) -> tuple[QWidget, QVBoxLayout]:
    widget = widget or QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 6, 0, 6)
    column.setSpacing(6)
    return widget, column
