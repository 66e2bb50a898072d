"""A small context for tests of one page: a real editing session, and nothing of window, file or thread."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from apq_desktop import services
from apq_desktop.ui.pages.page_table import make_page
from apq_desktop.ui.session.app_context import AppContext, CurrentEvaluation, OpenEvaluation
from apq_desktop.ui.session.drafts import Drafts
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.form_settings import FormMemory
from apq_desktop.ui.session.last_places import LastPlaces
from apq_desktop.ui.session.open_file.autosave import Autosave
from apq_desktop.ui.session.open_file.evaluation_list import EvaluationsInFile
from apq_desktop.ui.session.open_file.store_thread import StoreThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


class Recorder:
    """Answers what it is given answers for; of everything else it notes that it was asked: name and arguments."""

    def __init__(self, **answers: Any) -> None:
        self.asked: list[tuple[Any, ...]] = []
        vars(self).update(answers)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **_: self.asked.append((name, *arguments))


def recorder(**answers: Any) -> Any:
    """A recorder in the place of anything."""
    return Recorder(**answers)


class NoThread(StoreThread):
    """Does the work at once, and answers when the event loop turns, as a thread would."""

    def run(self, work: Callable[[], Any], answer: Callable[[Future[Any]], None]) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - the future carries it
            future.set_exception(error)
        QTimer.singleShot(0, self, lambda: answer(future))
        return future

    def do(self, work: Callable[[], Any]) -> Any:
        return work()


class PageContext:
    """One open evaluation. ``others`` are the rest of its file; every part of the context notes what it was asked."""

    def __init__(self, qtbot: QtBot, catalogue: Catalogue, evaluation: Evaluation, *, read_only: bool = False) -> None:
        self._qtbot = qtbot
        thread = NoThread()
        self.workspace = recorder(path=Path("Ours.apq"), read_only=read_only)
        autosave = Autosave(thread, self.workspace, evaluation.id)
        self.session = EditingSession(evaluation, catalogue, autosave, read_only=read_only)
        self.others: list[Evaluation] = []
        self.in_file = EvaluationsInFile()
        self.evaluation_list = recorder(held=lambda: self.in_file, changed=recorder())
        self.backup_scheduler = recorder(backups_of=lambda _: [])
        self.files = recorder(
            store_thread=thread,
            evaluation_list=self.evaluation_list,
            backup_scheduler=self.backup_scheduler,
            others=lambda _: self.others,
            sendings=lambda _: [],
            sendings_by_evaluation=list,
            steps={},
            opened=recorder(),
        )
        self.notifier = recorder()
        self.dialogs = recorder()
        self.navigator = recorder()
        self.view = recorder()
        saving = recorder(save_now=lambda: "", finish_saving=lambda: True)
        self.current = CurrentEvaluation()
        self.app = AppContext(
            self.files,
            Path("Documents"),
            self.notifier,
            self.dialogs,
            self.navigator,
            saving,
            self.current,
            libraries=recorder(
                is_open=False, status=None, opened=recorder(), closed=recorder(), busy_changed=recorder()
            ),
            places=LastPlaces(self.current),
            drafts=Drafts(thread),
            forms=FormMemory(),
        )
        self.here = OpenEvaluation(self.session, self.view, services.Opened(self.workspace, (), evaluation))
        self.current.set(self.here)

    def show(self, key: str) -> Any:
        """Show the page of the table with this key, alone in a window."""
        page: Any = make_page(key, self.app, self.here)
        self._qtbot.addWidget(page)
        page.refresh()
        page.resize(1000, 700)
        page.show()
        self._qtbot.waitExposed(page)
        return page
