"""Writing notes on what is read, and what follows a note. What was typed stays until it is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from apq_desktop.errors import ApqError
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.libraries import open_library as services
from apq_desktop.ui.pages.library.reading.comment_cards import AUDIENCES, WritingForm, kind_words
from apq_desktop.ui.pages.library.reading.reading_body import ReadingBody
from apq_desktop.ui.session.app_context import AppContext

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.exchange_state import Thread
    from apq_desktop.review.lines import Anchor, Audience, NoteKind
    from apq_desktop.services.libraries.provider_reading import Reading

UNFINISHED = "Your unfinished note is kept, for you alone."
NOTE = "note"
"""The name by which a note that is being typed is kept until it is written."""
TITLES = {"answer": "Write more", "take-over": "Why you take it over", "reopen": "Why it is opened again"}
Keep = Callable[[str, str], Callable[["Library"], object]]
"""Makes the work that writes a text for whom it is."""


class NoteWriter(QObject):
    """Show the form in the body of a page, and write. ``order`` is called when what Tab goes through is another."""

    def __init__(self, app: AppContext, body: ReadingBody, order: Callable[[], object]) -> None:
        super().__init__(body)
        self._app, self._libraries, self._body, self._order = app, app.libraries, body, order
        self.reading: Reading | None = None
        self._as_unfinished: Callable[[str], str] | None = None
        self._asked_of: Thread | None = None
        app.libraries.failed.connect(self._go_on)
        app.libraries.leaving.connect(self.keep_draft)

    def ask(self, kind: NoteKind) -> None:
        """Write a note on the selected words, or else on the area that the cursor is in."""
        reading, text = self.reading, self._body.text
        if reading is None:
            return
        chosen = text.chosen()
        try:
            if chosen is not None:
                anchor = reading.anchor(chosen.place, chosen.start, chosen.end)
            else:
                anchor = reading.area_anchor(text.area_at_cursor())
        except ApqError as error:
            self._app.dialogs.tell_error("No note was begun", error)
            return
        about = f"On “{anchor.quote.exact}”" if anchor.quote else f"On {self._area_title(anchor.area)}"
        audience: Audience = "me" if kind == "note" or not reading.shared else "us"
        form = WritingForm(kind_words(kind), about, AUDIENCES, audience, "Keep this note")
        evaluation = reading.revision.evaluation
        keep, unfinished = partial(_note, evaluation, kind, anchor), partial(_unfinished, evaluation, kind, anchor)
        self._show(form, keep, unfinished, text.textCursor().selectionStart())

    def follow_up(self, thread: Thread, what: str) -> None:
        """Close a note, write more, take it over, open it again, or take it back."""
        reading = self.reading
        if reading is None:
            return
        evaluation, note = reading.revision.evaluation, thread.note
        if what not in TITLES:
            if thread is not self._asked_of:  # until it is written another press would ask the same a second time
                self._asked_of = thread
                self._libraries.write(_line(evaluation, what, note.id, "", ""))
            return
        form = WritingForm(TITLES[what], note.text, (), "", "Keep it")
        location = reading.locations.get(note.id)
        at = self._body.text.position_of(location.place, location.start) if location and location.place else 0
        # What is not finished must neither go out nor take anything over.
        anchor = note.anchor or reading.area_anchor("")
        self._show(
            form,
            partial(_line, evaluation, what, note.id),
            partial(_unfinished, evaluation, "note", anchor),
            at or 0,
        )

    def keep_draft(self) -> None:
        """What is typed and not kept yet is kept for its writer alone, when the page or the library is left."""
        form, reading = self._body.form, self.reading
        if form is None or reading is None:
            return
        is_free, self._as_unfinished = form.isEnabled(), None
        self._body.show_form(None)
        if is_free:
            self.keep_what_was_left()

    def keep_what_was_left(self) -> None:
        """A note that was being typed when the page, the library or the program was left is kept now."""
        if self.reading is None or self._body.form is not None:
            return
        drafts, place = self._app.drafts, self._libraries.place_of(self.reading.revision)
        if line := drafts.of(place).get(NOTE):

            def work(library: Library) -> None:
                services.keep_unfinished_note(library, line)
                drafts.forget(place, NOTE)

            self._libraries.write(work, then=drafts.write)
            self._app.notifier.say(UNFINISHED)

    def _show(self, form: WritingForm, keep: Keep, unfinished: Callable[[str], str], position: int) -> None:
        self.keep_draft()
        self._as_unfinished = unfinished
        form.text.changed.connect(self._typed)
        form.text.editing_finished.connect(self._app.drafts.write)
        form.kept.connect(lambda text, audience: self._keep(form, keep(text, audience)))
        form.left.connect(self._leave)
        self._body.show_form(form, position)
        self._order()
        form.text.setFocus()

    def _typed(self, text: str) -> None:
        if self.reading is not None and self._as_unfinished is not None:
            line = self._as_unfinished(text) if visible_text(text) else ""
            self._app.drafts.keep(self._libraries.place_of(self.reading.revision), NOTE, line)

    def _forget(self, place: str) -> None:
        self._app.drafts.forget(place, NOTE)
        self._app.drafts.write()

    def _keep(self, form: WritingForm, work: Callable[[Library], object]) -> None:
        form.setEnabled(False)
        assert self.reading is not None
        place = self._libraries.place_of(self.reading.revision)
        self._libraries.write(work, then=partial(self._written, form, place))

    def _written(self, form: WritingForm, place: str) -> None:
        self._forget(place)
        if self._body.form is form:
            self._leave()

    def _leave(self) -> None:
        self._as_unfinished = None
        if self.reading is not None:
            self._forget(self._libraries.place_of(self.reading.revision))
        self._body.show_form(None)
        self._body.text.setFocus()
        self._order()

    def _go_on(self, *_: object) -> None:
        """It was not written: the words are still there, to be kept once more, and so is what a note offers."""
        self._asked_of = None
        form = self._body.form
        if form is not None and not form.isEnabled():
            form.setEnabled(True)
            form.text.setFocus()

    def _area_title(self, area: str) -> str:
        titles = {key: title for key, title, _ in self._body.text.headings if key}
        return titles.get(area, "the whole")


def _note(evaluation: str, kind: NoteKind, anchor: Anchor, text: str, audience: str) -> Callable[[Library], object]:
    def work(library: Library) -> object:
        role, whom = services.person(library)[0], _audience(audience)
        return services.note(library, evaluation, kind, text, anchor, audience=whom, role=role)

    return work


def _unfinished(evaluation: str, kind: NoteKind, anchor: Anchor, text: str) -> str:
    return services.unfinished_note(evaluation, kind, text, anchor)


def _line(evaluation: str, what: Any, to: str, text: str, _audience: str) -> Callable[[Library], object]:
    def work(library: Library) -> object:
        return services.write(library, evaluation, what, to=to, text=text, role=services.person(library)[0])

    return work


def _audience(word: str) -> Audience:
    return next(audience for audience, _ in AUDIENCES if audience == word)
