"""The lock of one .apq file: whoever will write to it takes it before the first byte is read.

It is two files. One in the program's own folder is named by the device and number that the system gives the .apq
file, so that every name of it, by whatever link, has the same; the system locks it for as long as the process
lives, so that a crash leaves nothing to be cleared away. One beside the .apq file tells the other computers that
share its folder who has it open, and since when; such a lock is never taken over silently.

The .apq file itself is neither opened nor locked here: to close it again would drop SQLite's own locks.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
import stat
import sys
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Self

from apq_desktop.errors import FileInUseError
from apq_desktop.evaluation.text import dates
from apq_desktop.paths import own_folder

if sys.platform == "win32":
    import msvcrt
    import winreg
else:
    import fcntl

OPEN_HERE = "This file is open in another APQ Desktop window on this computer; close it there, then open it again."
OPEN_ELSEWHERE = (
    "This file seems to be open on the computer “{computer}”{details}. If two people write at the same time, one of"
    " them may lose work; close it there, then open it again."
)
OPEN_SOMEWHERE = (
    "This file seems to be open somewhere else, but who has it open cannot be read; close it there, then open it again."
)
_LONGEST = 4096
"""Bytes that are read of a lock, which anybody may have put there."""
_LOCKED_BYTE = 1 << 30
"""Windows keeps others from reading what is locked: this byte is beyond what there is to read."""
_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open: a computer by its name and the system's own id of it, an account, since when (UTC)."""

    computer: str = ""
    computer_id: str = ""
    account: str = ""
    since: str = ""
    address: str = ""

    def is_here(self) -> bool:
        """Whether this is the same computer."""
        return bool(self.computer) and (self.computer, self.computer_id) == (platform.node(), _computer_id())

    def sentence(self) -> str:
        """What the user is told."""
        if self.is_here():
            return OPEN_HERE
        if not self.computer:
            return OPEN_SOMEWHERE
        details = f", by {self.account}" if self.account else ""
        if since := dates.moment(self.since):
            details += f"{since.astimezone():, since %H:%M on %d %B %Y}"
        return OPEN_ELSEWHERE.format(computer=self.computer, details=details)


class WorkspaceLock:
    """The lock of one .apq file, held until ``release`` or the end of the process. ``path`` has its links resolved."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside = Path(f"{path}.lock")
        self._me = Holder(platform.node(), _computer_id(), _account(), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        self._own = _named_by_system(path)
        self._own_number: int | None = None
        self._beside_number: int | None = None

    @classmethod
    def take(cls, path: Path, *, take_over: bool = False) -> Self:
        """Lock a file, or raise FileInUseError; ``take_over`` takes away another computer's lock.

        Where no lock can be made, as in a folder that is only for reading, the file is not locked there.
        """
        lock = cls(path)
        try:
            lock._take_own()
            lock._take_beside(take_over=take_over)
        except BaseException:
            lock.release()
            raise
        return lock

    def tell_address(self, address: str) -> None:
        """Say where the window that has the file open can be called."""
        if self._own_number is not None and address != self._me.address:
            self._me = replace(self._me, address=address)
            _write(self._own_number, self._me)

    def follow(self) -> None:
        """Lock what has the file's name now: another program may have put a new file there. Raises FileInUseError."""
        named = _named_by_system(self.path)
        if named != self._own or self._own_number is None:
            _give_back(self._own, self._own_number)
            self._own, self._own_number = named, None
            self._take_own()

    def release(self) -> None:
        """Give the lock back."""
        if _read(self._beside) != self._me_beside():
            # A stick may have come back with the lock on it, or somebody took it over: only ours is taken away.
            _close(self._beside_number)
        else:
            _give_back(self._beside, self._beside_number)
        _give_back(self._own, self._own_number)
        self._beside_number = self._own_number = None

    def _me_beside(self) -> Holder:
        return replace(self._me, address="")

    def _take_own(self) -> None:
        if self._own is None:
            return
        while True:
            try:
                self._own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                number = os.open(self._own, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
            except OSError:
                return
            if not _lock(number):
                holder = _content(number)
                os.close(number)
                # A portable program on a network share has one folder of its own on many computers.
                if holder.computer and not holder.is_here():
                    raise FileInUseError(self.path, holder.sentence(), here=False)
                raise FileInUseError(self.path, OPEN_HERE, here=True, address=holder.address)
            if _is_at(number, self._own):
                self._own_number = number
                _write(number, self._me)
                return
            os.close(number)  # whoever had it took it away meanwhile

    def _take_beside(self, *, take_over: bool) -> None:
        for _ in range(3):
            try:
                self._beside_number = os.open(self._beside, os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666)
            except FileExistsError:
                holder = self._found_beside()
                if holder is not None and not (take_over and not holder.is_here()):
                    here = holder.is_here()
                    raise FileInUseError(self.path, holder.sentence(), here=here) from None
                # What is there is never written to: anybody may have put it there.
                with contextlib.suppress(OSError):
                    self._beside.unlink()
            except OSError:
                return
            else:
                _lock(self._beside_number)
                if not _write(self._beside_number, self._me_beside()):
                    # On a full disk: a lock that says nothing would be left there for ever.
                    _give_back(self._beside, self._beside_number)
                    self._beside_number = None
                return

    def _found_beside(self) -> Holder | None:
        """Whose lock lies beside the file; None where it was left by a crash on this computer."""
        try:
            number = os.open(self._beside, os.O_RDONLY | _FLAGS)
        except OSError:
            return Holder()
        try:
            holder = _content(number)
            return None if holder.is_here() and _lock(number) else holder
        finally:
            os.close(number)


def _named_by_system(path: Path) -> Path | None:
    """The lock in the program's own folder for the file that has this name now; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return own_folder("data") / "locks" / f"{status.st_dev:x}-{status.st_ino:x}.lock"


def _computer_id() -> str:
    """What tells this computer from another of its name, from the system's own id, which stays secret."""
    number = b""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                number = str(winreg.QueryValueEx(key, "MachineGuid")[0]).encode()
        else:
            number = Path("/etc/machine-id").read_bytes()
    return blake2b(number.strip(), digest_size=8, person=b"APQ Desktop").hexdigest() if number else ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _lock(number: int) -> bool:
    """Have the system lock an open file; False where somebody else holds it, True too where it knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(number, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _write(number: int, holder: Holder) -> bool:
    """Write into an open lock who holds it, so that a power cut leaves no empty one; False where that fails."""
    try:
        os.ftruncate(number, 0)
        os.lseek(number, 0, os.SEEK_SET)
        os.write(number, f"{json.dumps(asdict(holder))}\n".encode())
        os.fsync(number)
    except OSError:
        return False
    return True


def _content(number: int) -> Holder:
    """What an open lock says; nobody where it cannot be read."""
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return Holder()
        os.lseek(number, 0, os.SEEK_SET)
        found = json.loads(os.read(number, _LONGEST))
        texts = {field.name: found.get(field.name, "") for field in fields(Holder)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return Holder()
    return Holder(**{name: "".join(filter(str.isprintable, str(text)))[:200] for name, text in texts.items()})


def _read(path: Path) -> Holder:
    try:
        number = os.open(path, os.O_RDONLY | _FLAGS)
    except OSError:
        return Holder()
    try:
        return _content(number)
    finally:
        os.close(number)


def _is_at(number: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except OSError:
        return False


def _give_back(path: Path | None, number: int | None) -> None:
    """Take away a lock of ours and unlock it: in this order, but on Windows, which takes away no open file."""
    if number is None or path is None:
        return
    if sys.platform == "win32":
        os.close(number)
    with contextlib.suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(number)


def _close(number: int | None) -> None:
    if number is not None:
        os.close(number)
