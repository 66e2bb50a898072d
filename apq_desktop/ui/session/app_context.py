"""What a page or a command may use of the program. It stands in the place of the window, which neither knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from apq_desktop.ui.session.current_evaluation import CurrentEvaluation, EvaluationView, OpenEvaluation, Place

if TYPE_CHECKING:
    from concurrent.futures import Future

    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.session.drafts import Drafts
    from apq_desktop.ui.session.form_settings import FormMemory
    from apq_desktop.ui.session.last_places import LastPlaces
    from apq_desktop.ui.session.libraries.library_controller import LibraryController
    from apq_desktop.ui.session.open_file.file_controller import FileController
    from apq_desktop.ui.widgets.page import Page
    from apq_desktop.ui.widgets.popups.dialogs import Dialogs

_Result = TypeVar("_Result")
__all__ = ["AppContext", "CurrentEvaluation", "EvaluationView", "OpenEvaluation", "Place"]


class Notifier(Protocol):
    """The notification bar."""

    def say(
        self, text: str, *, undo: bool = False, stays: bool = False, way: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a sentence, with Undo or another way to go on; what ``stays`` waits until it is seen."""

    def hide(self) -> None:
        """Take back what was said."""


class Navigator(Protocol):
    """Lead to another file, evaluation or page, or to a folder in the file manager."""

    def show_start(self) -> None:
        """Show the start page."""

    def open_file(self, path: Path, evaluation_id: str = "") -> None:
        """Save, then open an .apq file."""

    def switch_to(self, evaluation_id: str) -> None:
        """Save, then open another evaluation of the open file."""

    def show_page(self, key: str) -> Page | None:
        """Show a page of ``PAGES`` beside the tabs. None where no evaluation is open."""

    def show_over(self, key: str) -> Page:
        """Show a page over whatever is in view; closing it leads back there, into the field with the focus."""

    def in_view(self) -> list[QWidget]:
        """Where the user is: the widget with the focus, if any, then the page in view."""

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the system's file manager."""


class SaveGuard(Protocol):
    """Save what is typed before something that would leave it behind."""

    def save_now(self) -> str:
        """Save and wait. Returns an empty text, or the reason why it failed."""

    def finish_saving(self) -> bool:
        """Save and wait; where that fails, ask the user. False: do not go on."""


class AppContext(NamedTuple):
    """Everything that a page or a command may use. ``folder`` is where new files go until another is chosen."""

    files: FileController
    folder: Path
    notifier: Notifier
    dialogs: Dialogs
    navigator: Navigator
    saving: SaveGuard
    current: CurrentEvaluation
    libraries: LibraryController
    places: LastPlaces
    drafts: Drafts
    forms: FormMemory

    def run(
        self, work: Callable[[], _Result], then: Callable[[_Result], object], *, failed: str, saying: str = ""
    ) -> None:
        """Do ``work`` in the background, then ``then`` with its result.

        Where it fails, the reason is told under the title ``failed``. ``saying`` is said until then.
        """

        def answer(done: Future[_Result]) -> None:
            if saying:
                self.notifier.hide()
            if error := done.exception():
                self.dialogs.tell_error(failed, error)
            else:
                then(done.result())

        if saying:
            self.notifier.say(saying)
        self.files.store_thread.run(work, answer)
