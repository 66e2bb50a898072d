"""Parts of an evaluation: one that came back is brought in, one that the user was given is given back."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from apq_desktop import services

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.services import ReturnedPart
    from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
    from apq_desktop.ui.pages.send.returned_part_page import ReturnedPartPage
    from apq_desktop.ui.session.app_context import AppContext

NOT_WRITABLE = "The part was not brought in, because the open file is only read."
GIVEN_BACK = "The part is saved as {path}. Send that file to whoever gave it to you."
NOT_SAVED = "The part was not saved"
KINDS = "APQ evaluation as data (*.json)"


class PartCommands(QObject):
    """Each does nothing where no evaluation is open."""

    def __init__(self, app: AppContext, evaluation_commands: EvaluationCommands) -> None:
        super().__init__(app.current)
        self._app, self._evaluation_commands = app, evaluation_commands
        app.files.found_in_file.connect(self._take)

    def give_back(self) -> None:
        """Save the part that is open for whoever gave it out."""
        here = self._app.current.get()
        if here is None or not here.is_part or not self._app.saving.finish_saving():
            return
        suggested = self._app.folder / f"{here.path.stem} back.json"
        path = self._app.dialogs.choose_new_file("Give the part back", suggested, KINDS)
        if path is None:
            return
        path = path if path.suffix.lower() == ".json" else path.with_name(f"{path.name}.json")
        session, folder = here.session, path.parent
        wanted = services.ExportRequest(deepcopy(session.evaluation), session.catalogue, folder, ("json",))
        show = partial(self._app.navigator.show_folder, folder)

        def saved(_: Path) -> None:
            self._app.notifier.say(GIVEN_BACK.format(path=path), stays=True, way=("Open the folder", show))

        self._app.run(partial(services.save, wanted, path.name), saved, failed=NOT_SAVED)

    def _take(self, found: object) -> None:
        if isinstance(found, services.ReturnedPart):
            self._evaluation_commands.at_evaluation(found.evaluation_id, partial(self._bring_in, found))

    def _bring_in(self, back: ReturnedPart) -> None:
        """Bring a part in as one step, and show what that was."""
        here = self._app.current.get()
        if here is None or here.session.read_only:
            self._app.notifier.say(NOT_WRITABLE)
            return
        session, held = here.session, self._app.files.workspace
        session.flush()
        before = deepcopy(session.evaluation)
        merged = back.merged(before)
        if merged.change is not None:
            session.make(merged.change)
            session.flush()
        page = cast("ReturnedPartPage", self._app.navigator.show_page("came_back"))
        page.show_part(back.colleague, before, session.evaluation, merged)
        sentence = f"{back.name} {back.sentence(merged)}"
        self._app.notifier.say(sentence, undo=merged.change is not None)
        self._app.run(partial(services.keep_part, held, back), bool, failed="The part was not kept")
