"""Where the files of a library lie: in the folder that a user chose, and in the program's own folder.

In the chosen folder, which colleagues may share: ``library.json`` (what it is, and its id), ``packs`` and
``journals``. In the program's own folder, by the library's id: who writes here, the private journal with its backups,
and for each place from which the library is opened an index.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.evaluation.model import new_id
from apq_desktop.library.journal import SUFFIX

MARK = "library.json"
FORMAT, VERSION = "apq-library", 1
BACKUPS_KEPT = 10
_MOST_MARK_BYTES = 10_000
NOT_A_LIBRARY = "this folder holds no library. Choose the folder of one, or an empty folder for a new one."
NOT_REACHED = "the folder of this library cannot be reached. Plug in the drive or connect to the share, then try again."
NEWER = "this library was made by a newer version of APQ Desktop. Install the newer version to open it."
NOT_EMPTY = "there are other files in this folder. Choose an empty folder for a new library."
NOT_MADE = "the library could not be made there. Choose another folder."


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """The files of one library as one person opens it at one place."""

    folder: Path
    own: Path
    who: str
    instance: str

    @property
    def packs(self) -> Path:
        """The folder of packs."""
        return self.folder / "packs"

    @property
    def journals(self) -> Path:
        """The folder of everybody's journals."""
        return self.folder / "journals"

    @property
    def journal(self) -> Path:
        """The journal to which only this person on this computer appends, at this place."""
        return self.journals / f"{self.who}-{self.instance}{SUFFIX}"

    @property
    def private(self) -> Path:
        """The journal of lines that nobody else reads."""
        return self.own / f"private{SUFFIX}"

    @property
    def private_backups(self) -> list[Path]:
        """The private journal as it was on earlier days, the latest last."""
        return sorted((self.own / "backups").glob(f"private-*{SUFFIX}"))

    @property
    def index(self) -> Path:
        """The index."""
        return self.own / self.instance / "index.sqlite"

    def all_journals(self) -> list[Path]:
        """Every journal that is read, conflict copies included. Raises OSError where the folder is away."""
        if not is_library(self.folder):
            raise OSError(self.folder)
        shared = sorted(self.journals.glob(f"*{SUFFIX}")) if self.journals.is_dir() else []
        return [*shared, *self.private_journals()]

    def private_journals(self) -> list[Path]:
        """The journals that only this person reads."""
        return [path for path in (*self.private_backups[-1:], self.private) if path.is_file()]

    def own_journals(self) -> list[Path]:
        """What this person wrote at this place: the journal, conflict copies of it, and what is private."""
        shared = self.journals.glob(f"{self.journal.stem}*{SUFFIX}") if self.journals.is_dir() else iter(())
        private = [path for path in (self.private, *self.private_backups) if path.is_file()]
        return [*shared, *private]

    def back_up_private(self, today: date) -> None:
        """Keep a copy of the private journal, one for each day on which the library was opened."""
        if self.private.is_file():
            backup = self.own / "backups" / f"private-{today.isoformat()}{SUFFIX}"
            with suppress(OSError):
                backup.parent.mkdir(exist_ok=True)
                copyfile(self.private, backup)
                for old in self.private_backups[:-BACKUPS_KEPT]:
                    old.unlink(missing_ok=True)


def is_library(folder: Path) -> bool:
    """Whether a folder holds a library that can be read. Raises nothing.

    The system may still know the name of a file on a drive that was pulled out, so the file is read.
    """
    try:
        with (folder / MARK).open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def create(folder: Path, library_id: str = "") -> None:
    """Make a library in an empty folder, or in one that is not there yet; ``library_id`` is that of one that moves.

    Raises FileRefusedError, NotWrittenError.
    """
    try:
        folder.mkdir(exist_ok=True)
        if any(not path.name.startswith(".") for path in folder.iterdir()):
            raise FileRefusedError(folder, NOT_EMPTY)
        text = json.dumps({"format": FORMAT, "version": VERSION, "id": library_id or new_id()}, indent=2)
        with (folder / MARK).open("x", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotWrittenError(folder, NOT_MADE) from error


def files_of(folder: Path, own_libraries: Path) -> LibraryFiles:
    """The files of the library in ``folder``. Raises FileRefusedError, NotWrittenError."""
    folder = folder.resolve()
    own = own_folder_of(library_id(folder), own_libraries)
    return LibraryFiles(folder, own, _writer(own / "who.txt"), sha256(str(folder).encode()).hexdigest()[:8])


def files_on_server(library_id: str, instance: str, own_libraries: Path) -> LibraryFiles:
    """What of a library on a server lies on this computer. Raises NotWrittenError."""
    own = own_folder_of(library_id, own_libraries)
    return LibraryFiles(own / instance, own, _writer(own / "who.txt"), instance)


def own_folder_of(library_id: str, own_libraries: Path) -> Path:
    """The program's own folder for a library: the same wherever the library stands."""
    return own_libraries / sha256(library_id.encode()).hexdigest()[:32]


def library_id(folder: Path) -> str:
    """The id of the library in a folder. Raises FileRefusedError."""
    try:
        with (folder / MARK).open("rb") as file:
            mark = json.loads(file.read(_MOST_MARK_BYTES))
        if mark["format"] == FORMAT and type(mark["version"]) is int:
            if mark["version"] > VERSION:
                raise FileRefusedError(folder, NEWER)
            return str(mark["id"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FileRefusedError(folder, NOT_A_LIBRARY) from error
    except FileNotFoundError as error:
        raise FileRefusedError(folder, NOT_A_LIBRARY if folder.is_dir() else NOT_REACHED) from error
    except OSError as error:
        raise FileRefusedError(folder, NOT_REACHED) from error
    raise FileRefusedError(folder, NOT_A_LIBRARY)


def _writer(path: Path) -> str:
    """The id of the user at this computer, made at the first time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), path.open("x", encoding="utf-8") as file:
            file.write(new_id())
        return path.read_text("utf-8").strip() or _made_anew(path)
    except OSError as error:
        raise NotWrittenError(path, NOT_MADE) from error


def _made_anew(path: Path) -> str:
    who = new_id()
    path.write_text(who, encoding="utf-8")
    return who
