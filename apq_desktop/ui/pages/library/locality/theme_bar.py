"""Put the officer's themes on words that are read: by the keys 1 to 9, by a name that is typed, with undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QSizePolicy, QVBoxLayout, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.locality import themes
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.locality.passage_model import Words
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout, row_in
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.library_lines import LibraryLine

KEYS = 9
"""Themes that have a key: the first that were made."""
NONE_YET = "There is no theme yet. T begins one: type its name, then Enter."
HOW = "A figure puts a theme on the words, or takes it off again; T is for its name. Ctrl+Z undoes."
NO_WORDS = "Go to a passage first, or select words of it."
PUT, OFF = "“{}” is on these words now.", "“{}” is off these words."


class ThemeBar(QWidget):
    """The themes with their keys, and a field for a name. ``words`` gives what the keyboard is on.

    ``offered`` has the names of those with a key.
    """

    done = Signal()
    offered = Signal(list)

    def __init__(self, app: AppContext, words: Callable[[], Words | None], *, shy: bool = False) -> None:
        """A ``shy`` one is seen only while a name is typed."""
        super().__init__()
        self._app, self._libraries, self._words, self._shy = app, app.libraries, words, shy
        self.themes: list[tuple[str, str]] = []
        self._written: list[LibraryLine] = []
        self._before: QWidget | None = None
        self._on: Words | None = None
        self.said = PlainLabel(quiet=True, scale=0.92)
        row = FlowLayout(6, fill=True)
        self._buttons = [Button("") for _ in range(KEYS)]
        for n, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, n=n: self._turn(n))
            row.addWidget(button)
            button.hide()
        self.name = LineField()
        self.name.returnPressed.connect(self._put_named)
        self._drafts = app.drafts.form({"theme": self.name})
        self._drafts.show(self._libraries.place)
        box = QVBoxLayout(self)
        box.setContentsMargins(*((24, 8, 24, 4) if shy else (0, 0, 0, 0)))
        box.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row.addWidget(self._named())
        add_layout(box, row)
        box.addWidget(self.said)
        if shy:
            self.hide()
        self.refresh()

    def _named(self) -> QWidget:
        """The field of the name beside its label, in one line: what wraps would ask for the height of two."""
        held, label = QWidget(), PlainLabel("Theme (T)", quiet=True, scale=0.95)
        label.setWordWrap(False)
        box = row_in(held, 8)
        box.addWidget(label)
        box.addWidget(self.name, 1)
        describe(self.name, "Theme for these words", label=label)
        return held

    def refresh(self) -> None:
        """Show the themes that there are."""

        def work(library: Library) -> list[tuple[str, str]]:
            return list(library.state().themes.items())

        self._libraries.run(work, self._show)

    def _show(self, themes: list[tuple[str, str]]) -> None:
        self.said.setText(HOW if themes else NONE_YET)
        if themes == self.themes:
            return
        self.themes = themes
        self.offered.emit([name for _, name in themes[:KEYS]])
        for n, button in enumerate(self._buttons):
            button.setVisible(n < len(themes))
            if n < len(themes):
                button.setText(f"{n + 1}  {themes[n][1]}".replace("&", "&&"))
        completer = QCompleter([name for _, name in themes], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)

    def key(self, letter: str) -> bool:
        """Do what a key asks for; whether it is one of ours."""
        if letter.isdecimal() and letter != "0":
            self._turn(int(letter) - 1)
            return True
        if letter == "t":
            self._begin_name()
            return True
        return False

    def _begin_name(self) -> None:
        self._on = self._words()
        if self._on is None:
            self._app.notifier.say(NO_WORDS)
            return
        self._before = self.window().focusWidget()
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def leave_name(self) -> bool:
        """Back from the field to the words; whether the keyboard was there."""
        if not self.name.hasFocus() or self._before is None:
            return False
        self._before.setFocus()
        self.setVisible(not self._shy)
        return True

    def _put_named(self) -> None:
        name, on, at = visible_text(self.name.value()), self._on or self._words(), self._drafts.at
        if on is None or not name:
            self._app.notifier.say(NO_WORDS)
            return

        def work(library: Library) -> Any:
            self._written += themes.put_by_name(library, name, on.passage, on.start, on.end)

        self._write(work, PUT.format(name), lambda: self._drafts.done(at))
        self.leave_name()

    def _turn(self, number: int) -> None:
        on = self._words()
        if number >= len(self.themes) or on is None:
            self._app.notifier.say(NO_WORDS if on is None else NONE_YET)
            return
        theme, name = self.themes[number]
        off: list[bool] = []

        def work(library: Library) -> Any:
            line = themes.turn(library, theme, on.passage, on.start, on.end)
            self._written.append(line)
            off.append(line.what == "withdraw")

        self._write(work, lambda: (OFF if off[0] else PUT).format(name))

    def _write(
        self, work: Callable[[Library], Any], words: str | Callable[[], str], kept: Callable[[], object] = bool
    ) -> None:
        def then() -> None:
            kept()
            told = words if isinstance(words, str) else words()
            self._app.notifier.say(told, way=("Undo", self.undo))
            self.refresh()
            self.done.emit()

        self._libraries.write(work, title="The theme was not put there", then=then)

    def undo(self) -> None:
        """Take back the last step."""
        if not self._written:
            return
        last = self._written.pop()

        def work(library: Library) -> Any:
            themes.undo(library, last)

        def then() -> None:
            self._app.notifier.say("Undone.")
            self.refresh()
            self.done.emit()

        self._libraries.write(work, title="It was not undone", then=then)
