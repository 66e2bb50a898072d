"""Backups: proved copies of workspaces in the computer's own data folder, thinned as they age.

Each workspace, at each place where it lies, has its own folder below ``root``. It holds the copies, named by
their moment in UTC, by the state of the workspace and by their number, and ``where.txt``, which says where the
workspace lay. They are in order by their number: the computer's clock may be wrong for a while, and a workspace goes
on from an earlier state where somebody puts an older copy of it in its place.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from apq_desktop.errors import NotWrittenError, WorkspaceRefusedError
from apq_desktop.storage.clock_skew import ages_despite_clock_skew
from apq_desktop.storage.database.connection import real_path
from apq_desktop.storage.database.sqlite_errors import FAILURES
from apq_desktop.storage.files.creation import EXISTS
from apq_desktop.storage.files.opening import BackUp, open_file
from apq_desktop.storage.files.verified_copy import NOT_MADE, CopySource, copy_whole, prove_copy, reason_for, remove

EVERY = timedelta(minutes=30)
"""How often a workspace that is being edited is backed up."""
ALL_OF, HOURLY, DAILY = timedelta(hours=2), timedelta(days=1), timedelta(days=30)
"""Younger than these, every backup is kept, the last of each hour, of each day; older, the last of each week."""
MOST_BYTES = 500_000_000
"""Of one workspace. Beyond, the oldest go first, but never the last ``ALWAYS``."""
ALWAYS = 5
WHERE = "where.txt"
NOT_BACKED_UP = "No backup could be made: {reason}"
_NAME = re.compile(r"(\d{8}T\d{6}Z)_([0-9a-f-]+)(?:_(\d{1,9}))?(_before-update)?\.apq")
_MOMENT = "%Y%m%dT%H%M%SZ"


class Copied(Protocol):
    """What is backed up: a workspace."""

    def source(self) -> CopySource:
        """Its state at this moment."""
        ...


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: its file, its number, its moment in UTC, its size in bytes, and where the workspace lay then."""

    path: Path
    at: datetime
    size: int
    state: str
    where: str
    before_update: bool
    number: int = 0

    @property
    def order(self) -> tuple[int, datetime]:
        """What the backups of one workspace at one place are sorted by; the clock is asked last."""
        return self.number, self.at


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a backup: there is none if nothing has changed, or if a ``problem`` is told."""

    backup: Backup | None = None
    problem: str = ""


class Backups:
    """All backups on this computer, below the folder ``root``, which is made when it is needed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def due(self, workspace: Copied, at: datetime) -> bool:
        """Whether a workspace was changed since its last backup, and that was long enough ago."""
        source = workspace.source()
        newest = self._newest(source)
        if source.file_state is None or (newest is not None and newest.state == source.state):
            return False
        return newest is None or not timedelta() <= at - newest.at < EVERY

    def take(self, workspace: Copied, at: datetime) -> Taken:
        """Back a workspace up if it was changed since its last backup. Never raises."""
        source = workspace.source()
        newest = self._newest(source)
        if source.file_state is None or (newest is not None and newest.state == source.state):
            return Taken()
        try:
            return Taken(self._keep(source, at, ""))
        except NotWrittenError as error:
            return Taken(problem=NOT_BACKED_UP.format(reason=error.sentence))

    def before_update(self, source: CopySource, at: datetime) -> None:
        """Back up a workspace that will be brought up to date. Raises NotWrittenError."""
        self._keep(source, at, "_before-update")

    def of(self, path: Path, workspace_id: str = "") -> list[Backup]:
        """The backups of the workspace at ``path``, or with this id wherever it lay, newest first."""
        place, number = _place(path), workspace_id[:8]
        found: list[list[Backup]] = []
        for folder in _inside(self.root):
            first, _, last = folder.name.partition("_")
            if (last == place or (number and first == number)) and (backups := _newest_first(folder)):
                found.append(backups)
        # Numbers tell nothing of another folder.
        found.sort(key=lambda backups: backups[0].at, reverse=True)
        return [backup for backups in found for backup in backups]

    def restore_as(self, backup: Backup, path: Path) -> None:
        """Make the new file ``path`` from a backup. Raises NotWrittenError, or WorkspaceRefusedError."""
        with closing(open_file(backup.path, read_only=True)) as opened:
            copy_whole(opened.source(), path)

    def forget(self, source: CopySource) -> None:
        """Delete the backups of a workspace at the place where it lay."""
        shutil.rmtree(self._folder(source), ignore_errors=True)

    def _folder(self, source: CopySource) -> Path:
        return self.root / f"{source.workspace_id[:8]}_{_place(source.path)}"

    def _newest(self, source: CopySource) -> Backup | None:
        return next(iter(_newest_first(self._folder(source))), None)

    def _keep(self, source: CopySource, at: datetime, mark: str) -> Backup:
        folder = self._folder(source)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / WHERE).write_text(f"{source.path.absolute()}\n", "utf-8", "backslashreplace")
        except OSError as error:
            raise NotWrittenError(folder, reason_for(error)) from error
        newest = self._newest(source)
        number = newest.number + 1 if newest else 1
        name = f"{at.astimezone(UTC):{_MOMENT}}_{source.state}_{number}{mark}.apq"
        copy_whole(source, folder / name, replace=True)
        _thin(folder, at)
        kept = _backup(folder / name, str(source.path.absolute()))
        if kept is None:
            raise NotWrittenError(folder / name, NOT_MADE)
        return kept


def _place(path: Path) -> str:
    """A short name for the place where a file lies, the same each time."""
    where = os.path.normcase(real_path(path).absolute())
    return blake2b(os.fsencode(where), digest_size=8).hexdigest()


def _inside(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from folder.iterdir()


def _newest_first(folder: Path) -> list[Backup]:
    where = ""
    with contextlib.suppress(OSError, ValueError):
        where = (folder / WHERE).read_text("utf-8").strip()
    found = [backup for path in _inside(folder) if (backup := _backup(path, where)) is not None]
    return sorted(found, key=lambda backup: backup.order, reverse=True)


def _backup(path: Path, where: str) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    with contextlib.suppress(OSError, ValueError):
        at = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
        return Backup(path, at, path.stat().st_size, match[2], where, bool(match[4]), int(match[3] or 0))
    return None


def _thin(folder: Path, now: datetime) -> None:
    """Delete what is not to be kept any more."""
    backups = _newest_first(folder)
    keep = backups_to_keep(backups, now)
    for backup in backups:
        if backup not in keep:
            remove(backup.path)


def backups_to_keep(backups: Iterable[Backup], now: datetime) -> set[Backup]:
    """The backups that are kept at the moment ``now``; the last ones whatever the clock says."""
    newest_first = sorted(backups, key=lambda backup: backup.order, reverse=True)
    keep: list[Backup] = []
    taken: set[object] = set()
    old = ages_despite_clock_skew((backup.at for backup in newest_first), now)
    for number, (backup, age) in enumerate(zip(newest_first, old, strict=True)):
        span = _span(backup, age)
        if number < ALWAYS or backup.before_update or span not in taken:
            taken.add(span)
            keep.append(backup)
    total, within = 0, set()
    for number, backup in enumerate(keep):
        total += backup.size
        if number < ALWAYS or total <= MOST_BYTES:
            within.add(backup)
    return within


def _span(backup: Backup, age: timedelta) -> object:
    """The stretch of time of which one backup is kept."""
    if age < ALL_OF:
        return backup
    if age < HOURLY:
        return backup.at.strftime("%Y-%m-%d %H")
    return backup.at.date() if age < DAILY else backup.at.isocalendar()[:2]


def before_update(backups: Backups | None) -> BackUp:
    """What backs a file up before it is brought up to date: into ``backups``, else beside the file."""

    def back_up(source: CopySource) -> None:
        with contextlib.suppress(NotWrittenError):
            if backups is not None:
                backups.before_update(source, datetime.now(UTC))
                return
        for name in _names_beside(source.path):
            if not name.exists():
                copy_whole(source, name)
                return
            with contextlib.suppress(WorkspaceRefusedError, *FAILURES):
                prove_copy(name, source.file_state)
                return  # kept before, when bringing the file up to date was interrupted

    return back_up


def _names_beside(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem} (before update){path.suffix}")
    for number in range(2, 100):
        yield path.with_name(f"{path.stem} (before update {number}){path.suffix}")
    raise NotWrittenError(path, EXISTS)
