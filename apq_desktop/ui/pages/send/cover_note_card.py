"""What goes with a pack: a ready text for the email, and the code to compare by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.rules.outgoing_copy import CoveringNote, covering_note
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.send.export_card import row_of
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import Refitted, ReplaceableColumn, add_layout, column_in
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

READY = "Your pack is ready"
NOT_SENT = "Nothing has left this computer yet: the program sends nothing itself."
CODE = "It stands with the words above, and on the first page. With it they can see that the file arrived unchanged."
WHAT_COMES_BACK = (
    "What comes back: a reply to a pack is one file. Open it here as you open any file, and the comments stand beside "
    "your own words."
)
WIDEST = 48
"""Of what is to be done next, in sizes of the text: lines of about 75 characters in the text for the email."""
NOTED = "Noted: sent on {day}. The Overview and “Sent before” say so too."

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import ExportedPack
    from apq_desktop.ui.pages.send.export_card import PackCard


class PacksReady(Refitted, Card):
    """What was made just now, and what to do next, step by step; hidden before there is anything.

    ``sent``: the user says that it has left.
    """

    sent = Signal()

    def __init__(self, pack: PackCard) -> None:
        super().__init__(READY, NOT_SENT)
        self._rows = ReplaceableColumn(18)
        for number, (step, about, shown) in enumerate(
            (
                (
                    "Attach it to an email",
                    "You can go on writing; the pack stays as it is.",
                    (pack.files, pack.open_folder),
                ),
                ("Write a few words with it", "In the email you can change them as you like.", (self._rows,)),
                ("Tell them the code by telephone, if they ask", CODE, ()),
            ),
            1,
        ):
            self.body.addWidget(PlainLabel(f"{number}.  {step}", bold=True))
            self.body.addWidget(PlainLabel(about, quiet=True))
            for widget in shown:
                self.body.addWidget(
                    widget, 0, Qt.AlignmentFlag.AlignLeft if widget is pack.open_folder else Qt.AlignmentFlag(0)
                )
        self.sent_today = Button("I have sent it today")
        self.sent_today.clicked.connect(self.sent)
        self.noted = PlainLabel(quiet=True)
        add_layout(self.body, row_of(self.sent_today))
        self.body.addWidget(self.noted)
        self.body.addWidget(PlainLabel(WHAT_COMES_BACK, quiet=True))
        self.hide()

    def _refit(self) -> None:
        self.setMaximumWidth(WIDEST * self.fontInfo().pixelSize())

    def say_noted(self, day: str) -> None:
        """It is noted in the file that the packs left on this day."""
        self.noted.show()
        self.noted.say(NOTED.format(day=day))
        self.sent_today.setEnabled(False)

    def show_packs(self, evaluation: Evaluation, packs: Sequence[ExportedPack]) -> None:
        """Say that they are ready, and offer the texts for them. ``evaluation`` is as it was sent."""
        whom = f" for {packs[0].recipient}" if packs[0].recipient else ""
        self.title.setText(f"Your pack{whom} is ready" if len(packs) == 1 else f"Your {len(packs)} packs are ready")
        self.sent_today.setText("I have sent it today" if len(packs) == 1 else "I have sent them today")
        self.sent_today.setEnabled(True)
        self.noted.hide()
        self._rows.renew()
        for pack in packs:
            note = covering_note(evaluation, pack.recipient, pack.code)
            self._rows.addWidget(NoteToSend(note, pack.recipient, pack.code))
        self.show()


class NoteToSend(QWidget):
    """A ready text for the email with one pack, to copy or to open in the user's own mail program."""

    def __init__(self, note: CoveringNote, recipient: str, code: str) -> None:
        super().__init__()
        body = column_in(self, 8)
        self._note = note
        whom = f" to {recipient}" if recipient else ""
        body.addWidget(PlainLabel(f"The code of the pack{whom} is {code}."))
        self.text = TextField(lines=5)
        self.text.load(note.body)
        self.text.setReadOnly(True)
        add_layout(body, field_row(f"A text for the email{whom}", self.text))
        self.copy = Button("Copy the text", name=f"Copy the text for the email{whom}")
        self.copy.clicked.connect(self._copy)
        self.copied = PlainLabel("", quiet=True)
        self.write = Button("Write the email", name=f"Write the email{whom} in your mail program")
        self.write.clicked.connect(self._write)
        add_layout(body, row_of(self.copy, self.write))
        body.addWidget(self.copied)
        self.copied.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._note.body)
        self.copied.show()
        self.copied.say("Copied. Paste it into your email.")

    def _write(self) -> None:
        subject, body = (quote(text, safe="") for text in (self._note.subject, self._note.body.replace("\n", "\r\n")))
        QDesktopServices.openUrl(QUrl(f"mailto:?subject={subject}&body={body}", QUrl.ParsingMode.StrictMode))
