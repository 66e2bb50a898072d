"""Who writes in this library at this computer: asked once, before anything is read."""

from __future__ import annotations

from PySide6.QtCore import Signal

from apq_desktop.ui.pages.library.author_card import AuthorCard
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.scroll_area import READ, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

SENTENCE = "You are asked once for each library. You can change both later."


class AuthorPage(FormScroll):
    """The first page of a library that this person has not been in."""

    help_key = "library"
    done = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self.limit_to_lines(READ)
        self.setAccessibleName("Who you are")
        self.column.addWidget(PlainLabel("Who you are", scale=1.9, bold=True))
        self.column.addWidget(PlainLabel(SENTENCE, scale=1.1, quiet=True))
        self.card = AuthorCard(app, button="Continue", primary=True)
        self.card.done.connect(self.done)
        self.column.addWidget(self.card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what is known."""
        self.card.refresh()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.card.role.setFocus()
