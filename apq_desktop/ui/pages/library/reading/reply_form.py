"""Where a reply is made: what it holds, as a file and as a letter, and which replies went before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.errors import FileRefusedError
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.review_labels import STAGES
from apq_desktop.services.libraries import open_library as services
from apq_desktop.services.libraries.replying import make_reply
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.session.open_file.new_file_name import free_path
from apq_desktop.ui.widgets.buttons import Button, WorkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.tick_boxes import TickBox

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.services.libraries.provider_reading import Reading

REPLY_FILTER = "Replies (*.json)"
HOLDS = "It holds the whole exchange so far, as far as it is for the provider. What is for you or for us stays here."
NOTHING = "Nothing is for the provider yet: no note, no state and nothing agreed. There is nothing to send."
FIRST = "It is initial feedback: not everything has been read yet"
LETTER = "Also as a letter to read and print (PDF), which carries the same reply"
MADE = "The reply is “{}”. Send it as you send other files; the setting opens it in APQ Desktop."
BOTH = (
    "The reply is “{}” and the letter “{}”. Send either as you send other files; the setting opens it in APQ Desktop."
)
NOT_MADE = "The reply was not made"
IN_THE_WAY = "there is a file of this name already, which the letter would replace. Choose another name."
SUFFIXES = (".json", ".pdf")


class ReplyForm(QWidget):
    """Ask for the stage and the letter, then where the reply goes."""

    left = Signal()
    shown = Signal(bool)

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self._reading: Reading | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 6)
        body.setSpacing(6)
        self._title, self._holds = PlainLabel(bold=True), PlainLabel(quiet=True)
        self.first, self.letter = TickBox(FIRST), TickBox(LETTER)
        self.letter.setChecked(True)
        self.before = PlainLabel(quiet=True)
        row = FlowLayout(10)
        self.make = WorkButton("Choose where to put it…", "Making the reply…", primary=True)
        self.make.clicked.connect(self._make)
        self._libraries.failed.connect(self._rest)
        self.leave = Button("Leave it")
        self.leave.clicked.connect(self.left)
        row.addWidget(self.make)
        row.addWidget(self.leave)
        for widget in (self._title, self._holds, self.first, self.letter, self.before):
            body.addWidget(widget)
        add_layout(body, row)
        self.hide()

    def show_reading(self, reading: Reading) -> None:
        """Show what went to this provider before, and whether there is something to send."""
        self._reading = reading
        self._title.setText(f"Reply to {visible_text(reading.revision.name) or 'the provider'}")
        self._holds.setText(HOLDS if reading.has_reply else NOTHING)
        self.make.setVisible(reading.has_reply)
        for box in (self.first, self.letter):
            box.setVisible(reading.has_reply)
        self.before.setText("\n".join(_replies(reading)))
        self.before.setVisible(bool(reading.replies))

    def focus_first(self) -> None:
        """On what makes the reply; where there is nothing to send, on the way back."""
        (self.make if self.make.isVisibleTo(self) else self.leave).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The button that leads here goes meanwhile, so that one button is filled."""
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """The button that leads here is back."""
        super().hideEvent(event)
        self.shown.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        """Write the reply where the person wants it, and say where it is."""
        reading, with_letter = self._reading, self.letter.isChecked()
        path = self._where(with_letter=with_letter)
        if reading is None or path is None:
            return
        organisation = self._libraries.name
        stage: Literal["", "initial-feedback"] = "initial-feedback" if self.first.isChecked() else ""

        def work(library: Library) -> object:
            return make_reply(
                library,
                reading.revision,
                path,
                self._libraries.load_catalogue(),
                organisation=organisation,
                role=services.person(library)[0],
                stage=stage,
                letter=with_letter,
            )

        self.make.show_busy(busy=True)
        self._libraries.write(work, title=NOT_MADE, then=partial(self._made, path, with_letter=with_letter))

    def _where(self, *, with_letter: bool) -> Path | None:
        name = f"Reply to {self._reading.revision.name}" if self._reading else ""
        suggested = free_path(self._app.folder, name, *SUFFIXES)
        target = self._app.dialogs.choose_new_file("Make the reply", suggested, REPLY_FILTER)
        if target is None:
            return None
        path = target if target.suffix.lower() == SUFFIXES[0] else target.with_name(f"{target.name}{SUFFIXES[0]}")
        letter = path.with_suffix(SUFFIXES[1])
        if with_letter and letter.exists() and not path.exists():
            self._app.dialogs.tell_error(NOT_MADE, FileRefusedError(letter, IN_THE_WAY))
            return None
        return path

    def _made(self, path: Path, *, with_letter: bool) -> None:
        letter = path.with_suffix(SUFFIXES[1])
        words = BOTH.format(path.name, letter.name) if with_letter else MADE.format(path.name)
        way = ("Show me the folder", lambda: self._app.navigator.show_folder(path.parent))
        self._rest()
        self.left.emit()
        self._app.notifier.say(words, way=way, stays=True)

    def _rest(self, *_: object) -> None:
        self.make.show_busy(busy=False)


def _replies(reading: Reading) -> Iterator[str]:
    """Each reply that went before, the newest first."""
    for number, line in reversed(list(enumerate(reading.replies, 1))):
        name = "you" if line.who == reading.who else reading.names.get(line.who, "")
        parts = (
            f"Reply {number}, {dates.local_day(line.at)}",
            STAGES.get(line.text, "").lower(),
            name and f"by {name}",
        )
        yield ", ".join(part for part in parts if part) + "."
