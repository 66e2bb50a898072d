"""The menu bar, made from the table of commands: menus, shortcuts, and what is enabled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QColor, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QMenuBar, QWidget

from apq_desktop.paths import is_file
from apq_desktop.ui.commands.command_table import COMMANDS, MENUS, Command
from apq_desktop.ui.widgets.theme import colours
from apq_desktop.ui.window.file_identity import words_for

if TYPE_CHECKING:
    from apq_desktop.services import EvaluationHeading
    from apq_desktop.ui.commands.controllers import Handler
    from apq_desktop.ui.commands.open_commands import OpenCommands
    from apq_desktop.ui.session.app_context import Navigator, OpenEvaluation
    from apq_desktop.ui.window.file_identity import FileIdentity


UNLIMITED = 16_777_215
"""The greatest height that Qt knows."""


class MenuBar(QMenuBar):
    """The menus, on the header's ground, without a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        # Takes no room; but beside it the first word begins where all else does (``theme.EDGE``).
        self.setCornerWidget(QLabel(), Qt.Corner.TopLeftCorner)
        self._follow()

    def fold(self, folded: bool) -> None:
        """Take no height, or as much as the menus need. Qt would not hear the menus' keys if the bar were hidden."""
        self.setMaximumHeight(0 if folded else UNLIMITED)

    def changeEvent(self, event: QEvent) -> None:
        """Take the ground of other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow()

    def _follow(self) -> None:
        dressed = QGuiApplication.palette()
        dressed.setColor(QPalette.ColorRole.Window, QColor(colours(dressed).side))
        if dressed.color(QPalette.ColorRole.Window) != self.palette().color(QPalette.ColorRole.Window):
            self.setPalette(dressed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the menus, and the ground over the line that Qt draws below."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, QColor(colours(self).side))


class Menus(QObject):
    """Fill the menu bar of a window. Raises KeyError for a command without a handler."""

    def __init__(self, bar: QMenuBar, handlers: Mapping[str, Handler], navigator: Navigator) -> None:
        super().__init__(bar)
        self._navigator = navigator
        self.menus = {key: bar.addMenu(text) for key, text in MENUS}
        self.actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for command in COMMANDS:
            self._add(command, handlers[command.key])
        self._evaluations = self.menus["evaluations"]
        self._fixed = self._evaluations.actions()
        self.show_open(None)
        self.show_library(is_open=False)

    def _add(self, command: Command, handler: Handler) -> None:
        menu = self.menus[command.menu]
        if command.starts_group:
            menu.addSeparator()
        action = handler if isinstance(handler, QAction) else QAction(self)
        self.actions[command.key] = action
        action.setText(command.text)
        action.setShortcuts([key for name in command.shortcut.split() for key in _keys(name)])
        if command.one_of:
            action.setCheckable(True)
            self._groups.setdefault(command.one_of, QActionGroup(self)).addAction(action)
        if not isinstance(handler, QAction):
            action.triggered.connect(lambda _=False: handler())
        menu.addAction(action)

    def show_open(self, here: OpenEvaluation | None) -> None:
        """Enable what can be done with the evaluation in view, or with none."""
        met = {
            "evaluation": here is not None,
            "editable": here is not None and not here.session.read_only,
            "sendable": here is not None and here.may_be_sent,
            "part": here is not None and here.is_part,
        }
        for command in COMMANDS:
            if command.needs in met:
                self.actions[command.key].setEnabled(met[command.needs])
        self._evaluations.menuAction().setEnabled(here is not None)

    def show_library(self, *, is_open: bool) -> None:
        """Offer what can be done with the library in view; who has none never meets its menu."""
        self.menus["library"].menuAction().setVisible(is_open)
        self._evaluations.menuAction().setVisible(not is_open)
        for command in COMMANDS:
            if command.needs == "library":
                self.actions[command.key].setEnabled(is_open)

    def list_evaluations(self, headings: Sequence[EvaluationHeading], current: str) -> None:
        """Offer the evaluations of the open file, of which ``current`` is in view; of the archived, only that."""
        from apq_desktop.evaluation.text.cleaning import visible_text

        for action in set(self._evaluations.actions()) - set(self._fixed):
            self._evaluations.removeAction(action)
            action.deleteLater()
        group = QActionGroup(self._evaluations)
        for heading in headings:
            if heading.archived and heading.id != current:
                continue
            title = visible_text(heading.title) or "Self-evaluation"
            name = visible_text(heading.setting_name) or "no name yet"
            action = QAction(f"{title}, {name}".replace("&", "&&"), self)
            action.triggered.connect(lambda _=False, key=heading.id: self._navigator.switch_to(key))
            action.setCheckable(True)
            action.setChecked(heading.id == current)
            group.addAction(action)
            self._evaluations.insertAction(self._fixed[0], action)

    def show_all(self, button: QWidget) -> None:
        """Show all menus below a button, each as a part of one."""
        whole = QMenu(button)
        whole.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole.addActions([menu.menuAction() for menu in self.menus.values()])
        whole.popup(button.mapToGlobal(QPoint(0, button.height())))

    def show_evaluations(self, button: QWidget) -> None:
        """Show the menu of evaluations below a button, at the one in view."""
        chosen = next((action for action in self._evaluations.actions() if action.isChecked()), None)
        self._evaluations.popup(button.mapToGlobal(QPoint(0, button.height())))
        if chosen is not None:
            self._evaluations.setActiveAction(chosen)


def _keys(name: str) -> list[QKeySequence]:
    """The keys of one of Qt's standard names, or the key that is named itself."""
    if hasattr(QKeySequence.StandardKey, name):
        return QKeySequence.keyBindings(QKeySequence.StandardKey[name])
    return [QKeySequence(name)]


class RecentFilesMenu(QMenu):
    """Filled whenever it opens. A file that is gone is shown, and cannot be chosen."""

    def __init__(self, parent: QWidget, identity: FileIdentity, open_commands: OpenCommands) -> None:
        super().__init__(parent)
        self._identity, self._open_commands = identity, open_commands
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        recent = self._identity.recent
        called = Counter(words_for(file) for file in recent)
        for file in recent:
            path = Path(file.path)
            words = words_for(file) + (f" ({path.name})" if called[words_for(file)] > 1 else "")
            there = is_file(path)
            action = self.addAction((words if there else f"{words}: not found").replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self._open_commands.open_recent(path))
            action.setEnabled(there)
        if recent:
            self.addSeparator()
        forget = self.addAction("&Empty this list", self._identity.forget_all)
        forget.setEnabled(bool(recent))
