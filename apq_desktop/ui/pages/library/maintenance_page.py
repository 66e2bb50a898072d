"""Looking after the library: who writes here, until when it is kept, a copy of it, and whether it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.services.libraries import open_library as services
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import DateField
from apq_desktop.ui.pages.library.author_card import AuthorCard
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button, WorkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PathLabel, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Checked, Library

KEPT_UNTIL = "You are reminded in the list when this day has gone by. Nothing is taken out by itself."
COPY = (
    "On a USB stick, or for whoever comes after you. What is private to you stays here. An earlier copy is brought up "
    "to date."
)
OUT = "On these days something was taken out for good, here and at colleagues. What it was stands nowhere any more."
CHECK = "Every byte of every file and line is looked at. Nothing is changed."
WHOLE = "It is whole."
NOT_WHOLE = "Not all of it is whole. Ask whoever sent a file for a fresh copy, and receive that."
COPIED = "Copied to {path} and read back from there: it is whole."
COPIED_NOT_WHOLE = (
    "Copied to {path}, but read back from there it is not whole. Check this library, then copy once more."
)


class MaintenancePage(Page):
    """Cards, each with one thing to do."""

    help_key = "looking-after-a-library"

    def __init__(self, app: AppContext) -> None:
        super().__init__(back="All providers")
        self.heading.setText("Look after this library")
        self._app, self._libraries = app, app.libraries
        self._words: list[str] = []
        self.who = AuthorCard(app, title="Who you are", button="Keep these", primary=False)
        self.who.done.connect(lambda: app.notifier.say("That is who you are in this library now."))
        self.out_days = PlainLabel()
        self.out = Card("Taken out", OUT)
        self.out.body.addWidget(self.out_days)
        self.out.hide()
        for card in (self._copy_card(), self._check_card(), self._keeping_card(), self.out, self.who):
            self.column.addWidget(card)
        self.column.addStretch(1)

    def _copy_card(self) -> QWidget:
        card = Card("A copy", COPY)
        self._place = PathLabel("")
        card.body.addWidget(self._place)
        self.copy = WorkButton("Copy library…", "Copying the library…")
        self.copy.clicked.connect(self.copy_library)
        card.body.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _check_card(self) -> QWidget:
        card = Card("Is it whole?", CHECK)
        self.check = WorkButton("Check it now", "Looking at every byte…")
        self.check.clicked.connect(self._check)
        card.body.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        self.found = ReplaceableColumn(4)
        card.body.addWidget(self.found)
        return card

    def _keeping_card(self) -> QWidget:
        card = Card("Keeping date", KEPT_UNTIL)
        self.until = DateField()
        self._drafts = self._app.drafts.form({"keeping": self.until})
        add_layout(card.body, field_row("Keep it until", self.until))
        keep = Button("Keep this date")
        keep.clicked.connect(self._keep_date)
        self.until.returnPressed.connect(keep.click)
        card.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def refresh(self) -> None:
        """Show how everything stands."""
        self._libraries.run(lambda library: set(library.taken_out().values()), self._show_out)
        status = self._libraries.status
        self._place.show_path(f"It is kept in {self._libraries.place}")
        self.who.refresh()
        if status is not None:
            self._drafts.show(self._libraries.place, keeping=status.keeping)

    def _keep_date(self) -> None:
        day = self.until.value()

        def work(library: Library) -> object:
            return services.write_about_library(library, "keeping", on=day)

        def kept() -> None:
            self._drafts.forget()
            self._app.notifier.say("The date is kept.")

        self._libraries.write(work, then=kept)

    def copy_library(self) -> None:
        """Copy it to where the person chooses, and read it back from there."""
        target = self._app.dialogs.choose_folder("Choose an empty folder for the copy, or one with an earlier copy")
        if target is None:
            self.copy.show_busy(busy=False)
            return
        self.copy.show_busy(busy=True)
        self._libraries.look_at(
            lambda: self._libraries.copied(target),
            lambda checked: self._say_copied(target, checked),
            title="The copy was not made",
            last=lambda: self.copy.show_busy(busy=False),
        )

    def _say_copied(self, target: Path, checked: Checked) -> None:
        words = COPIED_NOT_WHOLE if checked.problems else COPIED
        self._app.notifier.say(words.format(path=target), stays=bool(checked.problems))

    def _check(self) -> None:
        self.check.show_busy(busy=True)
        self._libraries.look_at(
            self._libraries.checked,
            self._say_checked,
            title="It could not be checked",
            last=lambda: self.check.show_busy(busy=False),
        )

    def _show_out(self, moments: set[str]) -> None:
        """Say on which days something was taken out: nothing else is known of it."""
        days = dict.fromkeys(dates.local_day(moment) for moment in sorted(moments, reverse=True))
        self.out_days.setText("\n".join(days))
        self.out.setVisible(bool(days))

    def words(self) -> list[str]:
        """What the last check found."""
        return list(self._words)

    def _say_checked(self, checked: Checked) -> None:
        counts = f"Files: {checked.packs:,}. Lines in journals: {checked.lines:,}."
        self._words = [NOT_WHOLE if checked.problems else WHOLE, counts, *checked.problems]
        self.found.renew()
        for number, words in enumerate(self._words):
            self.found.addWidget(PlainLabel(words, bold=number == 0))
        self.found.show_now()
        self._app.notifier.say(NOT_WHOLE if checked.problems else WHOLE)
