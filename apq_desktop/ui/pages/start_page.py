"""The first start: one page, and typing begins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.session.open_file.new_file_name import free_path
from apq_desktop.ui.widgets.buttons import Button, LinkButton, WorkButton
from apq_desktop.ui.widgets.layouts import TwoColumns, add_layout
from apq_desktop.ui.widgets.scroll_area import READ, FormScroll
from apq_desktop.ui.widgets.text_labels import Card, PathLabel, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.ui.session.editing_session import EditingSession

WHAT_IT_IS = (
    "Look at your setting against the 13 quality areas of the Alternative Provision Quality Toolkit (2022), in your "
    "own time and your own words. When you are ready, send one PDF to your council or school."
)
LATER = "You can fill this in later."
MANNERS = (
    "Everything is saved as you type, on this computer only. Nothing goes over a network, unless a council types the "
    "address of a server for its library. There is no account, and no mark is ever given."
)

EXAMPLE = "A made-up setting, filled in."
FILE = "Yours, or a pack, reply or template that came."
LIBRARY = "For councils, trusts, schools and peer reviewers."
TEMPLATE = "To think on paper first, or to write in Word."
DRAFT = "start"


class StartPage(FormScroll):
    """What this is, where the file lies, the setting's name, for whom."""

    help_key = "first-steps"
    open_requested = Signal()
    example_requested = Signal()
    library_requested = Signal()
    template_requested = Signal()
    back_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self.limit_to_lines(READ)
        self._app, self._folder = app, app.folder
        self.back = LinkButton("←  Back to the open evaluation", name="Back to the open evaluation")
        self.back.clicked.connect(self.back_requested)
        self.back.hide()
        self.column.addWidget(self.back)
        self.column.addWidget(PlainLabel("Welcome to APQ Desktop", scale=1.9, bold=True))
        self.column.addWidget(PlainLabel(WHAT_IT_IS, scale=1.1))
        self.column.addWidget(PlainLabel(MANNERS, quiet=True))
        card = Card("Start a self-evaluation")
        self.name, self.commissioner = LineField(), LineField()
        add_layout(card.body, field_row("Name of your setting", self.name))
        for_whom = field_row("For which council, school or trust", self.commissioner, hint=LATER)
        add_layout(card.body, for_whom)
        card.body.addWidget(PlainLabel("Your file", bold=True))
        row = QHBoxLayout()
        self._where = PathLabel("")
        row.addWidget(self._where, 1)
        change = Button("Change folder…", name="Change folder… for your file")
        change.clicked.connect(self._change_folder)
        row.addWidget(change)
        add_layout(card.body, row)
        self.start = WorkButton("Start", "Making your file…", primary=True)
        self.start.clicked.connect(self._start)
        card.body.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)
        self.column.addWidget(self._others())
        self.column.addStretch(1)
        self._drafts = app.drafts.form({"name": self.name, "commissioner": self.commissioner})
        self._starting = False
        app.files.opened.connect(self._begun)
        self.name.changed.connect(lambda _: self._show_path())
        for field in (self.name, self.commissioner):
            field.returnPressed.connect(self.start.click)
        self._show_path()

    def begin(self) -> None:
        """Show what was typed here and not begun with; what a file was begun with belongs to that one."""
        self._drafts.show(DRAFT)
        self._starting = False
        self._show_path()
        self.name.setFocus()

    def path(self) -> Path:
        """The file that Start will make: named after the setting, never one that is there already."""
        return free_path(self._folder, self.name.value())

    def _others(self) -> QWidget:
        ways = (
            (WorkButton("Look at the example", "Making the example…"), EXAMPLE, self.example_requested),
            (Button("Open a file…"), FILE, self.open_requested),
            (Button("Read what settings sent…"), LIBRARY, self.library_requested),
            (Button("Get an empty template…"), TEMPLATE, self.template_requested),
        )
        columns = TwoColumns(shares=(1, 1))
        for place, (button, hint, wanted) in enumerate(ways):
            button.clicked.connect(wanted)
            way = QVBoxLayout()
            way.setSpacing(4)
            way.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            way.addWidget(PlainLabel(hint, quiet=True, scale=0.87))
            add_layout(columns.right if place % 2 else columns.left, way)
        return columns

    def _start(self) -> None:
        self._starting = True
        self._app.files.start(self.path(), visible_text(self.name.value()), visible_text(self.commissioner.value()))

    def _begun(self, session: EditingSession) -> None:
        """Where the file was begun here, go on at once in its first field."""
        if self._starting:
            self._starting = False
            self._drafts.done((DRAFT, ""))
            first = session.catalogue.areas[0].key
            self._app.current.when_shown(session.evaluation.id, lambda here: here.view.write_in(first))

    def _change_folder(self) -> None:
        if chosen := self._app.dialogs.choose_folder("Where should your file be kept?", self._folder):
            self._folder = chosen
            self._show_path()

    def _show_path(self) -> None:
        self._where.show_path(str(self.path()))
