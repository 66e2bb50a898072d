"""The pack: where it goes, and making it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from apq_desktop.services import FORMATS
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.pages.send.exported_files import ExportedFiles
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.text_labels import Card, PathLabel, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.services import ExportedPack
    from apq_desktop.ui.widgets.popups.dialogs import Dialogs

LONGEST_NAME, MOST_NAMED = 40, 3
HINT = "One PDF that anyone can read, with the data inside it, and the same data as a file of its own."


class PackCard(Card):
    """Ask for the pack, and show how far it is and what came of it."""

    asked = Signal()
    cancelled = Signal()
    folder_requested = Signal(Path)

    def __init__(self, dialogs: Dialogs, folder: Path) -> None:
        super().__init__("The pack", HINT)
        self._dialogs, self.folder = dialogs, folder
        self._where = PathLabel(str(folder))
        self.body.addWidget(self._where)
        self.extra = {one.key: FlagField(one.tick) for one in FORMATS.values() if one.tick}
        for box in self.extra.values():
            self.body.addWidget(box)
        self.make = Button("&Make the pack", primary=True)
        self.make.clicked.connect(self.asked)
        change = Button("Change folder…", name="Change folder… for the pack")
        change.clicked.connect(self._change_folder)
        add_layout(self.body, row_of(change))
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Making the pack")
        self.cancel = Button("Cancel", name="Cancel making the pack")
        self.cancel.clicked.connect(self.cancelled)
        self.result = PlainLabel()
        self.files = ExportedFiles()
        self.open_folder = Button("Open the folder")
        self.open_folder.clicked.connect(lambda: self.folder_requested.emit(self.folder))
        for widget in (self.bar, self.cancel, self.result, self.files, self.open_folder):
            widget.hide()

    def formats(self) -> tuple[str, ...]:
        """What is to be in the pack."""
        return tuple(key for key, one in FORMATS.items() if one.always or (one.tick and self.extra[key].value()))

    def show_count(self, count: int) -> None:
        """Say how many packs will be made."""
        self.make.setText("&Make the pack" if count < 2 else f"&Make {count} packs")

    def show_making(self) -> None:
        """A pack is being made."""
        self.bar.setValue(0)
        for widget in (self.bar, self.cancel, self.result):
            widget.show()
        self.cancel.setFocus()
        self.make.setEnabled(False)
        self.files.hide()
        self.open_folder.hide()
        self.result.say("Making the pack. You can go on working meanwhile.")

    def show_progress(self, share: float) -> None:
        """How much is done, from 0 to 1."""
        self.bar.setValue(round(100 * share))

    def show_made(self, packs: Sequence[ExportedPack]) -> None:
        """Say what was written."""
        self.files.show_files(path for pack in packs for path in pack.files)
        for widget in (self.result, self.files, self.open_folder):
            widget.show()
        self.result.say("The pack is made." if len(packs) == 1 else f"{len(packs)} packs are made.")
        self._show_idle(self.open_folder)

    def show_not_made(self, sentence: str = "") -> None:
        """Say why there is no pack, and let the user try again."""
        self.result.setVisible(bool(sentence))
        self.result.say(sentence)
        self._show_idle(self.make)

    def _show_idle(self, next_step: Button) -> None:
        """Whoever waited at Cancel goes on with ``next_step``; others stay where they are."""
        waited = self.window().focusWidget() is self.cancel
        self.make.setEnabled(True)
        self.bar.hide()
        if waited:
            next_step.setFocus()
        self.cancel.hide()

    def _change_folder(self) -> None:
        if chosen := self._dialogs.choose_folder("Where should the pack go?", self.folder):
            self.folder = chosen
            self._where.show_path(str(self.folder))


class MakeBar(EdgedPanel):
    """Stand below the page, which scrolls: for whom the packs are, making them, and how far that is."""

    look_requested = Signal()

    def __init__(self, pack: PackCard) -> None:
        super().__init__()
        self.whom = PlainLabel()
        self.look = Button("See it first", name="See it first, as its reader will")
        self.look.clicked.connect(self.look_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 10, 28, 10)
        row.setSpacing(14)
        told = QVBoxLayout()
        told.setSpacing(4)
        for widget in (self.whom, pack.result, pack.bar):
            told.addWidget(widget)
        add_layout(row, told, 1)
        for button in (pack.cancel, self.look, pack.make):
            row.addWidget(button)

    def show_recipients(self, names: Sequence[str]) -> None:
        """Say for whom packs are made."""
        count = "1 pack" if len(names) < 2 else f"{len(names)} packs"
        shown = [name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…" for name in names]
        told = shown if len(shown) <= MOST_NAMED else [*shown[:MOST_NAMED], f"{len(shown) - MOST_NAMED} more"]
        self.whom.setText(f"{count} for {', '.join(told)}" if names else f"{count}, with nobody named")


def row_of(*buttons: Button) -> FlowLayout:
    """Buttons beside each other."""
    row = FlowLayout()
    for button in buttons:
        row.addWidget(button)
    return row
