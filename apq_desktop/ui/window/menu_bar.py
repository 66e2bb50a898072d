"""The menus: few, in plain words, each with a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.widgets.theme import TEXT_SIZES, Scheme, Theme
from apq_desktop.ui.window.file_identity import words_for
from apq_desktop.ui.window.undo_actions import UndoActions

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QMenu

    from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
    from apq_desktop.ui.commands.file_commands import FileCommands
    from apq_desktop.ui.commands.help_commands import HelpCommands
    from apq_desktop.ui.spelling.spell_checker import SpellChecker
    from apq_desktop.ui.window.main_window import MainWindow

SCHEMES: tuple[tuple[Scheme, str], ...] = (
    ("system", "As the computer is set"),
    ("light", "Light"),
    ("dark", "Dark"),
)


class Menus:
    """The window's menu bar."""

    def __init__(self, window: MainWindow, tools: EvaluationCommands, safety: FileCommands, theme: Theme) -> None:
        self._window, self._tools, self._safety, self._theme = window, tools, safety, theme
        self._with_evaluation: list[QAction] = []
        self.undo_actions = UndoActions(window)
        bar = window.menuBar()
        self._file(bar.addMenu("&File"))
        self._edit(bar.addMenu("&Edit"))
        self._evaluations = bar.addMenu("Eval&uations")
        self._view_menu = bar.addMenu("&View")
        self._view(self._view_menu)
        self._help(bar.addMenu("&Help"))
        self.show_closed()

    def show_closed(self) -> None:
        """Nothing is open."""
        self._evaluations.menuAction().setEnabled(False)
        for action in self._with_evaluation:
            action.setEnabled(False)
        self.undo_actions.show()

    def show_open(self, headings: Sequence[Any], current: str, *, read_only: bool) -> None:
        """An evaluation is open: ``headings`` are all that its file holds."""
        self._evaluations.clear()
        group = QActionGroup(self._evaluations)
        for heading in headings:
            if heading.archived and heading.id != current:
                continue
            title = visible_text(heading.title) or "Self-evaluation"
            name = visible_text(heading.setting_name) or "no name yet"
            words = f"{title}, {name}".replace("&", "&&")
            action = self._add(self._evaluations, words, lambda key=heading.id: self._window.switch_to(key))
            action.setCheckable(True)
            action.setChecked(heading.id == current)
            group.addAction(action)
        self._evaluations.addSeparator()
        self._add(self._evaluations, "A&ll evaluations…", self._window.evaluations.show)
        another = self._add(self._evaluations, "Start &another in this file", self._window.start_another)
        another.setEnabled(not read_only)
        following = self._add(self._evaluations, "Start the &next year from this one…", self._tools.show_next_year)
        following.setEnabled(not read_only)
        self._add(self._evaluations, "What &changed…", self._tools.show_comparison)
        self._add(self._evaluations, "Where the &proof stands…", self._tools.show_standards)
        self._evaluations.menuAction().setEnabled(True)
        for action in self._with_evaluation:
            action.setEnabled(True)
        self.undo_actions.show()

    def allow_sending(self, *, allowed: bool) -> None:
        """Whether what is open is the person's own to send."""
        self._send.setEnabled(allowed)

    def show_evaluations(self, place: QPoint) -> None:
        """Show the menu of evaluations at a place of the screen, at the one in view."""
        chosen = next((action for action in self._evaluations.actions() if action.isChecked()), None)
        self._evaluations.popup(place)
        if chosen is not None:
            self._evaluations.setActiveAction(chosen)

    def _file(self, menu: QMenu) -> None:
        window, key = self._window, QKeySequence.StandardKey
        self._add(menu, "&New evaluation…", window.start_new, key.New)
        self._add(menu, "&Open…", window.opening.choose, key.Open)
        self._recent = menu.addMenu("Open &recent")
        self._recent.aboutToShow.connect(self._show_recent)
        self._add(menu, "Look at the &example", window.open_example)
        self._add(menu, "Open &local questions…", self._tools.open_questions)
        self._add(menu, "Blank &template…", self._tools.offer_template)
        self._add(menu, "S&heets to print…", self._tools.offer_sheets)
        menu.addSeparator()
        safety = self._safety
        for words, act in (
            ("Save a &copy…", safety.save_copy),
            ("Save a copy with earlier &versions…", safety.save_copy_with_history),
            ("Copy to a &USB stick…", safety.copy_to_stick),
            ("&Backups…", safety.show_backups),
        ):
            self._with_evaluation.append(self._add(menu, words, act))
        menu.addSeparator()
        self._send = self._add(menu, "Check and &send…", self._tools.show_sending, "Ctrl+Return")
        self._with_evaluation.append(self._send)
        menu.addSeparator()
        self._add(menu, "&Quit", window.close, key.Quit)

    def _show_recent(self) -> None:
        """List the files that were open last. One that is gone is shown, and cannot be chosen."""
        identity = self._window.identity
        self._recent.clear()
        called = Counter(words_for(file) for file in identity.recent)
        for file in identity.recent:
            path = Path(file.path)
            words = words_for(file) + (f" ({path.name})" if called[words_for(file)] > 1 else "")
            there = path.is_file()
            words = (words if there else f"{words}: not found").replace("&", "&&")
            self._add(self._recent, words, partial(self._window.opening.open_recent, path)).setEnabled(there)
        if identity.recent:
            self._recent.addSeparator()
        forget = self._add(self._recent, "&Empty this list", identity.forget_all)
        forget.setEnabled(bool(identity.recent))

    def _edit(self, menu: QMenu) -> None:
        key = QKeySequence.StandardKey
        menu.addActions([self.undo_actions.undo, self.undo_actions.redo])
        menu.aboutToShow.connect(self.undo_actions.show)
        self._with_evaluation.append(self._add(menu, "&Earlier versions…", self._safety.show_history))
        menu.addSeparator()
        self._with_evaluation.append(self._add(menu, "&Find…", self._tools.show_search, key.Find))

    def _view(self, menu: QMenu) -> None:
        theme, key = self._theme, QKeySequence.StandardKey
        self._add(menu, "&Larger text", lambda: theme.step_text_size(1), key.ZoomIn)
        self._add(menu, "&Smaller text", lambda: theme.step_text_size(-1), key.ZoomOut)
        self._add(menu, "&Normal text", lambda: theme.set_text_size(TEXT_SIZES[0]), "Ctrl+0")
        menu.addSeparator()
        group = QActionGroup(self._window)
        for scheme, words in SCHEMES:
            action = self._add(menu, words, lambda scheme=scheme: theme.set_scheme(scheme))
            action.setCheckable(True)
            action.setChecked(theme.scheme == scheme)
            group.addAction(action)

    def add_spelling(self, speller: SpellChecker) -> None:
        """A tick for spelling, where there is a dictionary; it comes after the first painting."""
        if speller.available:
            self._view_menu.addSeparator()
            action = self._add(self._view_menu, "Check &spelling", lambda: speller.set_on(not speller.on))
            action.setCheckable(True)
            action.setChecked(speller.on)

    def _help(self, menu: QMenu) -> None:
        @cache
        def helping() -> HelpCommands:
            from apq_desktop.ui.commands.help_commands import (
                HelpCommands,  # it knows every page; the first painting waits for none
            )

            return HelpCommands(self._window)

        self._add(menu, "&Help", lambda: helping().show(), QKeySequence.StandardKey.HelpContents)
        self._add(menu, "&About APQ Desktop", lambda: helping().show_about())

    def _add(
        self,
        menu: QMenu,
        words: str,
        act: Callable[..., object],
        key: QKeySequence.StandardKey | str | None = None,
    ) -> QAction:
        action = QAction(words, self._window)
        if isinstance(key, QKeySequence.StandardKey):
            action.setShortcuts(QKeySequence.keyBindings(key))
        elif key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: act())
        menu.addAction(action)
        return action
