"""One file, one program: a lock file beside the .apq file, with its owner.

A lock left by a crash on this computer is taken over at once. Another computer's lock (a shared or synchronised folder)
is never taken over silently: the person is shown who holds it, and chooses.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo


@dataclass(frozen=True)
class Holder:
    """Who holds a file: the computer's name, and whether it is this one. Empty where the lock cannot be read."""

    computer: str
    here: bool

    def sentence(self, path: Path) -> str:
        """What the person is told."""
        if self.here:
            return f"{path.name} is open in another APQ Desktop window on this computer."
        if self.computer:
            return (
                f"{path.name} seems to be open on the computer “{self.computer}”. If two people write at the same "
                "time, one of them may lose work."
            )
        return f"{path.name} seems to be open somewhere else, but its lock cannot be read."


class FileLock:
    """The lock of one .apq file."""

    def __init__(self, path: Path) -> None:
        self._lock = QLockFile(f"{path}.lock")
        self._lock.setStaleLockTime(0)

    def take(self) -> Holder | None:
        """Take the lock. Returns None where it is ours (or none can be made here), else who holds it."""
        if self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError:
            return None
        _, computer, _ = self._lock.getLockInfo()
        return Holder(computer, here=bool(computer) and computer == QSysInfo.machineHostName())

    def take_over(self) -> None:
        """Take away another's lock, because the person said so."""
        Path(self._lock.fileName()).unlink(missing_ok=True)

    def release(self) -> None:
        """Give the lock back."""
        self._lock.unlock()
