"""Which library to open, or where to make a new one: a folder, or the address of a server."""

from __future__ import annotations

from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton, WorkButton
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel
from apq_desktop.ui.widgets.tick_boxes import TickBox

WHAT_IT_IS = (
    "A library keeps what settings sent to you: for a council, a school or a peer. You read there, write notes and "
    "make replies. What you have open now is saved and closed."
)
IN_FOLDER = "Colleagues can share it, on a network drive or a synchronised folder. Nobody can overwrite anybody."
ON_SERVER = "For a team with a PostgreSQL server. Whoever looks after the server can give you the address."
NO_SERVERS = (
    "This installation has no part for servers. To open a library there, install APQ Desktop on Windows with the "
    "installer for all users; elsewhere ask whoever looks after your computers for the wheel with its extra “server”."
)
KEEP = "Keep the password in this computer’s keyring"
ADDRESS = "postgresql://name@computer/database"


class OpenLibraryPage(Page):
    """Open a library that is there already."""

    help_key = "library"
    new = False
    folder_words, server_words = "Choose the folder…", "Open from the server"
    doing = "Opening the library…"
    choose_title = "Which folder holds the library?"

    def __init__(self, app: AppContext, _here: OpenEvaluation | None) -> None:
        super().__init__(WHAT_IT_IS, back="Back")
        self._app = app
        self.column.addWidget(self._folder_card())
        self.column.addWidget(self._server_card())
        if not self.new:
            begin = LinkButton("There is none yet: make a new library…")
            begin.clicked.connect(lambda: app.navigator.show_over("new_library"))
            self.column.addWidget(begin, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        app.libraries.busy_changed.connect(self._show_busy)

    def _folder_card(self) -> Card:
        card = Card("In a folder", IN_FOLDER)
        self.choose = WorkButton(self.folder_words, self.doing, primary=True)
        self.choose.clicked.connect(self._choose)
        card.body.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _server_card(self) -> Card:
        card = Card("On a server")
        self.address, self.password = LineField(), LineField()
        self.keep = TickBox(KEEP)
        self.enter = WorkButton(self.server_words, self.doing)
        if find_spec("psycopg") is None:
            card.body.addWidget(PlainLabel(NO_SERVERS, quiet=True))
            return card
        card.body.addWidget(PlainLabel(ON_SERVER, quiet=True))
        self.address.setPlaceholderText(ADDRESS)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        add_layout(card.body, field_row("Address", self.address))
        add_layout(
            card.body,
            field_row(
                "Password", self.password, hint="It is never kept in a file. Leave it empty where none is needed."
            ),
        )
        card.body.addWidget(self.keep)
        card.body.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignLeft)
        self.enter.clicked.connect(self._enter)
        self._drafts = self._app.drafts.form({"address": self.address})
        self._drafts.show(type(self).__name__)
        self._app.libraries.opened.connect(self._drafts.forget)
        for field in (self.address, self.password):
            field.returnPressed.connect(self.enter.click)
        return card

    def focus_first(self) -> None:
        """Put the focus on the first way."""
        self.choose.setFocus()

    def _choose(self) -> None:
        folder = self._app.dialogs.choose_folder(self.choose_title, self._app.folder)
        if folder is None:
            self.choose.show_busy(busy=False)
        else:
            self._app.libraries.open(str(folder), new=self.new)

    def _enter(self) -> None:
        address, password = self.address.value().strip(), self.password.text()
        self.password.clear()
        self._app.libraries.open(address, password, new=self.new, keep=self.keep.isChecked())

    def _show_busy(self, busy: bool) -> None:
        for button in (self.choose, self.enter):
            button.show_busy(busy=busy)


class NewLibraryPage(OpenLibraryPage):
    """Make a library in an empty folder, or in an empty database."""

    new = True
    folder_words, server_words = "Choose an empty folder…", "Make it on the server"
    doing = "Making the library…"
    choose_title = "Choose an empty folder for the library"
