"""Which file is open: the window's title, the banner that says of what kind it is, and the list of recent files."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt

from apq_desktop.paths import is_file
from apq_desktop.ui.window.settings import RecentFile

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import Opened
    from apq_desktop.ui.commands.controllers import Controllers
    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
    from apq_desktop.ui.widgets.bars.banner import Banner, Way
from apq_desktop.ui.window.settings import Settings

PROGRAM = "APQ Desktop"
MOST_RECENT = 10
LONGEST_NAME = 40
"""Characters of a setting's name that a button or the list of recent files shows."""
EXAMPLE = "An invented setting, to look round in and try things out."
COUNCIL = "Four invented settings and what a council wrote to them, to look round in and try things out."
PART = "Write in {areas}, then give it back. Nothing of the rest is in it."
STAYS = "It stays as it came."
NOTHING_OPEN = "No file was open, so nothing of yours was lost."
LIBRARY_OPEN = (
    "What you wrote and kept is in the library. What you had not kept yet is noted on this computer. Look whether your "
    "last words are there before you go on: what was typed at this very moment may be missing."
)
ONLY_READ = "The open file is only read, so nothing of yours was lost."
WORDS_WAIT = "What you typed is still in this window, but it is not saved: {reason}"
WORDS_SAVED = (
    "All that had reached your file is saved, at {at:%H:%M}. Look whether your last words are there before you go on: "
    "what was typed at this very moment may be missing."
)


class OpenedPlace(NamedTuple):
    """An evaluation of the user's own, to come back to."""

    path: Path
    evaluation_id: str
    setting: str


class FileIdentity(QObject):
    """Follow what the window opens. Without ``settings`` the recent files are known until the window closes."""

    def __init__(
        self, window: QWidget, app: AppContext, commands: Controllers, banner: Banner, settings: Settings | None
    ) -> None:
        super().__init__(window)
        self._window, self._app, self._commands = window, app, commands
        self._banner, self._settings = banner, settings
        self.recent: list[RecentFile] = settings.recent_files if settings else []
        self._own: OpenedPlace | None = None
        self._changed = ""
        app.libraries.opened.connect(self._show_library, Qt.ConnectionType.QueuedConnection)

    @property
    def last_file(self) -> Path | None:
        """The file that was open last, where it is still there."""
        path = Path(self.recent[0].path) if self.recent else None
        return path if path is not None and is_file(path) else None

    def show(self, here: OpenEvaluation) -> None:
        """A file was opened, or another evaluation of it."""
        opened = here.opened
        self._show_banner(opened)
        if not (opened.read_only or opened.is_example):
            path, name = opened.workspace.path, opened.evaluation.setting.name
            self._own = OpenedPlace(path, opened.evaluation.id, name)
        self._changed = _day_of(opened.evaluation)
        here.session.autosave.saved.connect(self._follow_saved)
        self.follow()

    def _show_library(self) -> None:
        """A library stands in the place of a file by now."""
        from apq_desktop.ui.session.libraries.library_controller import EXAMPLE as LIBRARY_EXAMPLE

        if self._app.libraries.name.startswith(LIBRARY_EXAMPLE):
            ways = self._back_to_file() or [("Make your own library…", self._commands.library.new_library)]
            self._banner.show_file("page", "This is the council’s example.", COUNCIL, ways)

    def show_start(self) -> None:
        """The first page is in view: no file is spoken of, although one may still be open."""
        self._banner.hide()
        self._window.setWindowTitle(PROGRAM)

    def follow(self) -> None:
        """The evaluation may have another name, year or day of change by now."""
        if not (here := self._app.current.get()):
            return
        evaluation, opened = here.session.evaluation, here.opened
        setting, year = _visible(evaluation.setting.name), _year_of(evaluation)
        called = ", ".join(part for part in (setting or "Your setting", year) if part)
        # Qt takes “[*]” for the place of its own sign of unsaved changes, and two of them for one.
        self._window.setWindowTitle(f"{called} – {PROGRAM}".replace("[*]", "[*][*]"))
        if not opened.is_example and opened.sent is None:
            path = str(here.path.absolute())
            file = RecentFile(path, setting, year, self._changed)
            if opened.received is not None:  # the file keeps the name that it has from the user's own
                file = next((one for one in self.recent if one.path == path), file)
            self._remember(file)

    def _follow_saved(self, at: datetime | None) -> None:
        self._changed = at.date().isoformat() if at else self._changed
        self.follow()

    def save_and_say(self) -> str:
        """Save what the window knows of after something went wrong, and say no more of it than is known."""
        self._app.libraries.keep_now()
        here, reason = self._app.current.get(), self._app.saving.save_now()
        if here is None:
            return (self._app.drafts.finish() or LIBRARY_OPEN) if self._app.libraries.is_open else NOTHING_OPEN
        if here.session.read_only:
            return ONLY_READ
        return WORDS_WAIT.format(reason=reason) if reason else WORDS_SAVED.format(at=datetime.now().astimezone())

    def forget_all(self) -> None:
        """Empty the list of recent files, but for the one that is open."""
        self._keep([])
        self.follow()

    def _remember(self, file: RecentFile) -> None:
        others = [one for one in self.recent if one.path != file.path]
        self._keep([file, *others][:MOST_RECENT])

    def _keep(self, files: list[RecentFile]) -> None:
        if files != self.recent:
            self.recent = files
            if self._settings is not None:
                self._settings.recent_files = files

    def _show_banner(self, opened: Opened) -> None:
        from apq_desktop.evaluation.titles import areas_by_number  # which the first painting does not wait for

        banner, navigator = self._banner, self._app.navigator
        copy = ("Save a copy to work on…", self._commands.file.save_copy_to_work_on)
        if opened.sent is not None:
            sent = opened.sent
            name = f"This is what you sent{sent.to_whom_and_when}."
            changes = ("What changed since", partial(self._commands.evaluation.show_changes_since, sent))
            back = ("Back to my evaluation", partial(navigator.switch_to, opened.evaluation.id))
            banner.show_file("arrived", name, f"Revision {sent.revision}. It cannot be changed.", [changes, back])
        elif opened.workspace.read_only:
            ways = self._back(opened) if opened.workspace.newer else [copy, *self._back(opened)]
            banner.show_file("lock", "Read only.", opened.workspace.read_only_reason, ways, folds="name")
        elif opened.evaluation.copy_for == "colleague":
            wanted = PART.format(areas=areas_by_number(opened.evaluation, opened.evaluation.copy_areas))
            ways = [("Give it back…", self._commands.parts.give_back), *self._back(opened)]
            banner.show_file("arrived", "This is a part for you to write on.", wanted, ways)
        elif opened.is_example:
            banner.show_file("page", "This is the example.", EXAMPLE, self._back(opened) or [self._begin()])
        elif opened.received is not None:
            whose = _visible(opened.evaluation.setting.name) or "a setting without a name"
            day = _local_day(opened.received.received)
            came = f"It came on {_shown(day)}. {STAYS}" if day else STAYS
            name = f"This is a copy that you received from {whose}."
            banner.show_file("arrived", name, came, [copy, *self._back(opened)])
        else:
            banner.hide()

    def _begin(self) -> Way:
        return "Start your own…", self._commands.open.start_new

    def _back(self, opened: Opened) -> list[Way]:
        """The way to the user's own evaluation, where one is known that is still there."""
        own = self._own
        if own is not None and is_file(own.path) and own.evaluation_id != opened.evaluation.id:
            return [(_back_to(own.setting), partial(self._go_back, own))]
        if own is None and not is_file(opened.workspace.path):
            return []
        return self._back_to_file(str(opened.workspace.path.absolute()))

    def _back_to_file(self, but: str = "") -> list[Way]:
        """The way to the file of the user's own that was open last, ``but`` for one."""
        for one in self.recent:
            if one.path != but and is_file(Path(one.path)):
                return [(_back_to(one.setting), partial(self._app.navigator.open_file, Path(one.path)))]
        return []

    def _go_back(self, own: OpenedPlace) -> None:
        here = self._app.current.get()
        if here is not None and here.path == own.path:
            self._app.navigator.switch_to(own.evaluation_id)
        else:
            self._app.navigator.open_file(own.path, own.evaluation_id)


def words_for(file: RecentFile) -> str:
    """A recent file as the menu names it: ``Riverside Learning, 2026/27, changed 21 Nov 2026``."""
    from apq_desktop.evaluation.text import dates

    day = dates.parse(file.changed)
    when = f"changed {day.day} {dates.MONTHS[day.month - 1][:3]} {day.year}" if day else ""
    return ", ".join(part for part in (_in_short(file.setting) or "No name yet", file.year, when) if part)


def _back_to(setting: str) -> str:
    name = _in_short(setting)
    return f"Back to {name}".replace("&", "&&") if name else "Back to my file"


def _in_short(setting: str) -> str:
    name = _visible(setting)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _visible(text: str) -> str:
    from apq_desktop.evaluation.text.cleaning import visible_text  # which the first painting does not wait for

    return visible_text(text)


def _shown(day: date) -> str:
    from apq_desktop.evaluation.text import dates

    return dates.shown(day.isoformat())


def _year_of(evaluation: Evaluation) -> str:
    from apq_desktop.evaluation.text.school_years import school_year, year_named

    named = year_named(evaluation.title, evaluation.period)
    if named or _local_day(evaluation.created) is None:
        return named
    return school_year(evaluation.created)


def _day_of(evaluation: Evaluation) -> str:
    day = _local_day(evaluation.changed)
    return day.isoformat() if day else ""


def _local_day(stamp: str) -> date | None:
    """The user's own day of a UTC stamp, which may come from an untrusted file."""
    from apq_desktop.evaluation.text import dates

    at = dates.moment(stamp)
    return at.astimezone().date() if at else None
