"""The packs of a library: every received file byte for byte, under its digest, written once and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library.durable_file import write_whole
from apq_desktop.library.files import is_library
from apq_desktop.paths import is_file

SUFFIXES = (".json", ".pdf")
NOT_KEPT = "the file could not be kept there. Make room, or reach the folder again, then try once more."
NOT_TAKEN_OUT = "the file could not be taken out. Reach the folder again, then try once more."
NOT_READ = "the file that was received cannot be read now. Reach the folder again, then try once more."
GONE = "the file that was received is not in the library any more. Ask for it to be sent again."
DAMAGED = "the file that was received was damaged in the library. Ask for it to be sent again."
_DIGEST = re.compile("[0-9a-f]{64}")


def digest_of(original: bytes) -> str:
    """The name under which a file is kept: 64 hex digits."""
    return sha256(original).hexdigest()


def is_digest(name: str) -> bool:
    """Whether a name is one that ``digest_of`` makes."""
    return _DIGEST.fullmatch(name) is not None


class PackFolder:
    """The folder of packs. Colleagues may share it: nobody writes a file that another has written.

    Where it belongs to a ``library``, nothing is kept and nothing is said to be gone while that is away: an unplugged
    drive leaves an empty folder.
    """

    def __init__(self, folder: Path, library: Path | None = None) -> None:
        self.folder, self._library = folder, library

    def add(self, original: bytes, suffix: str) -> str:
        """Keep a file, and return its digest when it is on the disk. Raises NotWrittenError."""
        digest = digest_of(original)
        path = self.path(digest, suffix)
        if self.is_away():
            raise NotWrittenError(self.folder, NOT_KEPT)
        try:
            if path.is_file() and path.read_bytes() == original:
                return digest
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, [original])
        except OSError as error:
            raise NotWrittenError(self.folder, NOT_KEPT) from error
        return digest

    def is_away(self) -> bool:
        """Whether the folder of the library cannot be reached."""
        return self._library is not None and not is_library(self._library)

    def suffix_of(self, digest: str) -> str:
        """The suffix of a kept file; empty where it is not there."""
        return next((suffix for suffix in SUFFIXES if is_file(self.path(digest, suffix))), "")

    def read(self, digest: str, suffix: str) -> bytes:
        """A kept file. Raises FileRefusedError where it is gone, or not as it was received."""
        path = self.path(digest, suffix)
        try:
            original = path.read_bytes()
        except OSError as error:
            is_gone = isinstance(error, FileNotFoundError) and not self.is_away()
            raise FileRefusedError(path, GONE if is_gone else NOT_READ) from error
        if digest_of(original) != digest:
            raise FileRefusedError(path, DAMAGED)
        return original

    def remove(self, digest: str) -> None:
        """Take a file out for good. Raises NotWrittenError where that is not possible now."""
        for suffix in SUFFIXES:
            path = self.path(digest, suffix)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise NotWrittenError(path, NOT_TAKEN_OUT) from error

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Digest and suffix of every file that is kept."""
        for path in sorted(self.folder.glob("??/*")):
            if path.suffix in SUFFIXES and is_digest(path.stem):
                yield path.stem, path.suffix

    def path(self, digest: str, suffix: str) -> Path:
        """Where a file is kept."""
        if suffix not in SUFFIXES or not is_digest(digest):
            raise ValueError(digest)
        return self.folder / digest[:2] / f"{digest}{suffix}"
