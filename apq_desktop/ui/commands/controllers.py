"""The handlers of all commands, and which of them belongs to a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, get_args

from PySide6.QtGui import QAction

from apq_desktop.ui.commands.edit_commands import EditCommands
from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
from apq_desktop.ui.commands.file_commands import FileCommands
from apq_desktop.ui.commands.help_commands import HelpCommands
from apq_desktop.ui.commands.library_commands import LibraryCommands
from apq_desktop.ui.commands.open_commands import OpenCommands
from apq_desktop.ui.commands.part_commands import PartCommands
from apq_desktop.ui.commands.send_commands import SendCommands
from apq_desktop.ui.commands.template_commands import TemplateCommands
from apq_desktop.ui.widgets.theme import NORMAL_SIZE, Scheme, Typeface

if TYPE_CHECKING:
    from apq_desktop.ui.commands.command_table import Command
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.widgets.theme import Theme

Handler = Callable[[], object] | QAction
"""What a command does; or, where its text, tick or submenu is somebody's own, the action itself."""


class Controllers:
    """One object for the handlers of each kind."""

    def __init__(self, app: AppContext, theme: Theme) -> None:
        self._navigator = app.navigator
        self.edit, self.evaluation = EditCommands(app), EvaluationCommands(app)
        self.file = FileCommands(app)
        self.open = OpenCommands(app, self.evaluation)
        self.send = SendCommands(app, self.evaluation)
        self.parts = PartCommands(app, self.evaluation)
        self.send.give_back_requested.connect(self.parts.give_back)
        self.template = TemplateCommands(app)
        self.help = HelpCommands(app)
        self.library = LibraryCommands(app)
        self._view: dict[str, Handler] = {
            "larger_text": partial(theme.step_text_size, 1),
            "smaller_text": partial(theme.step_text_size, -1),
            "normal_text": partial(theme.set_text_size, NORMAL_SIZE),
            **{f"{scheme}_colours": partial(theme.set_scheme, scheme) for scheme in get_args(Scheme)},
            **{f"{typeface}_font": partial(theme.set_typeface, typeface) for typeface in get_args(Typeface)},
        }

    def handlers(self, commands: Iterable[Command], own: Mapping[str, Handler]) -> dict[str, Handler]:
        """The handler of each command by its key; ``own`` are the window's. Raises LookupError unless there is one."""
        there = {**self._view, **own}
        return {command.key: there.get(command.key) or self._handler(command) for command in commands}

    def _handler(self, command: Command) -> Handler:
        if command.page:
            show = self.library.page_requested.emit if command.needs == "library" else self._navigator.show_page
            return partial(show, command.key)
        all_of_them = (
            *(self.edit, self.evaluation, self.file, self.open, self.send, self.parts),
            *(self.template, self.help, self.library),
        )
        owners = [one for one in all_of_them if hasattr(one, command.key)]
        if len(owners) != 1:
            raise LookupError(f"The command {command.key} has {len(owners)} handlers.")
        handler: Handler = getattr(owners[0], command.key)
        return handler
