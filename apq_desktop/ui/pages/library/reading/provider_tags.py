"""The officer's own tags on the provider that is read: given by a word, taken away with a press."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.locality import tags, themes
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.reading.comment_cards import AUDIENCES
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, column_in
from apq_desktop.ui.widgets.text_labels import PlainLabel, Tag

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.library_lines import LibraryLine
    from apq_desktop.services.libraries.provider_reading import Reading

GIVEN, TAKEN = "This provider carries “{}” now.", "“{}” is taken away."


class ProviderTags(QWidget):
    """A row of tags, and a form that unfolds below it. ``order`` is called when what Tab goes through is another."""

    def __init__(self, app: AppContext, order: Callable[[], object]) -> None:
        super().__init__()
        self._app, self._libraries, self._order = app, app.libraries, order
        self._reading: Reading | None = None
        self.chips: list[QWidget] = []
        self._row = ReplaceableColumn(0)
        self.name, self.whom, self.give = LineField(), ChoiceField(AUDIENCES[:2]), Button("Give the tag")
        self.name.returnPressed.connect(self._give)
        self.give.clicked.connect(self._give)
        self._drafts = app.drafts.form({"tag": self.name})
        self._form, fields = QWidget(), FlowLayout(12)
        self._form.setLayout(fields)
        fields.addWidget(compact_field("Tag", self.name))
        fields.addWidget(compact_field("Who may read it", self.whom, name="Who may read the tag"))
        fields.addWidget(compact_field(" ", self.give, name="Give the tag"))
        box = column_in(self, 6)
        box.addWidget(self._row)
        box.addWidget(self._form)
        self._form.hide()

    def show_reading(self, reading: Reading) -> None:
        """Show the tags of one provider, and one that was being typed for it."""
        before, self._reading = self._reading, reading
        if before is None or before.revision.evaluation != reading.revision.evaluation:
            self.whom.load("us" if reading.shared else "me")
            self._drafts.show(self._libraries.place_of(reading.revision))
            self._form.setVisible(bool(self.name.value()))
        elif before.tags == reading.tags:
            return
        completer = QCompleter(list(reading.all_tags), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        self._show_row(reading)

    def _show_row(self, reading: Reading) -> None:
        held_focus = any(chip.hasFocus() for chip in self.chips)
        self._row.renew()
        row = FlowLayout(6, fill=True)
        label = PlainLabel("Your tags", quiet=True, scale=0.95)
        label.setWordWrap(False)
        row.addWidget(label)
        self.chips = [self._chip(line, reading) for line in reading.tags]
        self.add = LinkButton("Give a tag…")
        self.add.clicked.connect(self._unfold)
        for chip in (*self.chips, self.add):
            row.addWidget(chip)
        self._row.addLayout(row)
        self._row.show_now()
        self._order()
        if held_focus:
            self.add.setFocus()

    def _chip(self, line: LibraryLine, reading: Reading) -> QWidget:
        words = f"{line.text} (for you alone)" if line.audience == "me" else line.text
        if line.who != reading.who:
            return Tag(f"{line.text}, from {reading.names.get(line.who) or 'a colleague'}")
        chip = Button(words, name=f"Take away the tag {words}", mark="cross")
        chip.clicked.connect(partial(self._take_away, line.text))
        return chip

    def _unfold(self) -> None:
        self._form.show()
        self._order()
        self.name.setFocus()

    def _leave(self) -> None:
        self._drafts.done(self._drafts.at)
        self._form.hide()
        self.add.setFocus()

    def _give(self) -> None:
        tag, whom, at, reading = visible_text(self.name.value()), self.whom.value(), self._drafts.at, self._reading
        if reading is None or not tag:
            self.name.setFocus()
            return
        provider = reading.revision.provider

        def work(library: Library) -> Any:
            tags.give_tag(library, provider, tag, audience=whom)

        def then() -> None:
            self._drafts.done(at)
            self._app.notifier.say(GIVEN.format(tag))
            if at == self._drafts.at:
                self.name.setFocus()

        self._libraries.write(work, title="The tag was not given", then=then)

    def _take_away(self, tag: str) -> None:
        assert self._reading is not None
        provider = self._reading.revision.provider
        taken: list[LibraryLine] = []

        def work(library: Library) -> Any:
            taken.extend(tags.take_tag_away(library, provider, tag))

        def then() -> None:
            self._app.notifier.say(TAKEN.format(tag), way=("Undo", partial(self._undo, taken)))

        self._libraries.write(work, title="The tag was not taken away", then=then)

    def _undo(self, taken: list[LibraryLine]) -> None:
        def work(library: Library) -> Any:
            for line in taken:
                themes.undo(library, line)

        self._libraries.write(work, title="It was not undone", then=lambda: self._app.notifier.say("Undone."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form."""
        if event.key() == Qt.Key.Key_Escape and self._form.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)
