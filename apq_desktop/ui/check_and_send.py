"""Check and send: what is worth a look, what goes in, and the pack itself. Nothing here stops anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from apq_desktop import jobs
from apq_desktop.evaluation.changes import Target
from apq_desktop.evaluation.checks import Remark
from apq_desktop.ui.binding import Binding
from apq_desktop.ui.buttons import Button, LinkButton
from apq_desktop.ui.choice_fields import FlagField
from apq_desktop.ui.labelling import describe
from apq_desktop.ui.labels import Card, PlainLabel
from apq_desktop.ui.layouts import FlowLayout, Renewed
from apq_desktop.ui.overview import CardGrid, PathLabel
from apq_desktop.ui.page import Page
from apq_desktop.ui.session import Session
from apq_desktop.ui.text_fields import LineField

SENTENCE = "Nothing here stops you. Put right what you can; the rest is shown to the reader as “Not provided”."
INCLUDES = (
    ("notes", "Notes on the questions"),
    ("contact", "Contact details"),
    ("support", "Support we would like"),
)


class CheckAndSend(Page):
    """The last page before a pack leaves."""

    go_there = Signal(object)
    folder_asked = Signal(Path)
    make_asked = Signal(Path, dict)

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__("Check and send", SENTENCE)
        self._session, self._folder = session, folder
        self.binding = Binding(session, self)
        self._remarks = Card("Worth a look")
        self._rows = Renewed()
        self._remarks.body.addWidget(self._rows)
        self._grid = CardGrid()
        self._boxes: dict[str, FlagField] = {}
        self._grid.add(self._for_whom())
        self._grid.add(self._what_goes_in())
        self._grid.add(self._pack())
        self.column.addWidget(self._grid)
        self.column.addWidget(self._remarks)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Look over the evaluation as it stands now."""
        self._rows.renew()
        remarks = jobs.look_over(self._session.evaluation, self._session.catalogue, date.today())  # noqa: DTZ011
        if not remarks:
            self._rows.addWidget(PlainLabel("Nothing to remark.", quiet=True))
        for remark in remarks:
            self._rows.addLayout(self._remark_row(remark))

    def focus_first(self) -> None:
        """Put the focus on the button that makes the pack."""
        self.make.setFocus()

    def show_made(self, written: list[Path]) -> None:
        """Say what was written, and where."""
        names = " and ".join(path.name for path in written)
        self.result.setText(f"The pack is made: {names}.")
        self.result.show()
        self.open_folder.show()
        self.make.setEnabled(True)

    def show_not_made(self) -> None:
        """Let the person try again."""
        self.result.hide()
        self.make.setEnabled(True)

    def _remark_row(self, remark: Remark) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(PlainLabel(remark.where, bold=True), 3)
        row.addWidget(PlainLabel(remark.text), 6)
        go = LinkButton("Go there", name=f"Go there: {remark.where}. {remark.text}")
        go.clicked.connect(lambda: self.go_there.emit(remark))
        row.addWidget(go)
        return row

    def _for_whom(self) -> Card:
        card = Card("For whom", "The council, school or trust that will read it.")
        field = LineField()
        describe(field, "For whom", label=card.title)
        self.binding.bind(field, Target("evaluation"), "commissioner")
        card.body.addWidget(field)
        card.body.addStretch(1)
        return card

    def _what_goes_in(self) -> Card:
        card = Card("What goes in", "Strengths, development areas, evidence and actions always do.")
        for key, words in INCLUDES:
            box = FlagField(words)
            box.load(True)
            card.body.addWidget(box)
            self._boxes[key] = box
        card.body.addStretch(1)
        return card

    def _pack(self) -> Card:
        card = Card(
            "The pack",
            "One PDF that anyone can read, and the same as data for the council's own copy of this program.",
        )
        self._where = PathLabel(str(self._folder))
        card.body.addWidget(self._where)
        change = Button("Change…", name="Change the folder for the pack")
        change.clicked.connect(self._change_folder)
        self.make = Button("Make the pack", primary=True)
        self.make.clicked.connect(self._make)
        row = FlowLayout()
        row.addWidget(self.make)
        row.addWidget(change)
        card.body.addLayout(row)
        self.result = PlainLabel()
        self.result.hide()
        self.open_folder = Button("Open the folder")
        self.open_folder.clicked.connect(lambda: self.folder_asked.emit(self._folder))
        self.open_folder.hide()
        card.body.addWidget(self.result)
        foot = FlowLayout()
        foot.addWidget(self.open_folder)
        card.body.addLayout(foot)
        card.body.addStretch(1)
        return card

    def _make(self) -> None:
        self.make.setEnabled(False)
        self.result.setText("Making the pack…")
        self.result.show()
        self.make_asked.emit(self._folder, {key: box.value() for key, box in self._boxes.items()})

    def _change_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where shall the pack be put?", str(self._folder))
        if chosen:
            self._folder = Path(chosen)
            self._where.show_path(str(self._folder))
