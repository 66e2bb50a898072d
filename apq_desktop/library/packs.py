"""The packs of a library: every received file byte for byte, under its digest, written once and never changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from apq_desktop.errors import FileRefusedError, NotWrittenError

SUFFIXES = (".json", ".pdf")
NOT_KEPT = "the file could not be kept there. Make room, or reach the folder again, then try once more."
NOT_TAKEN_OUT = "the file could not be taken out. Reach the folder again, then try once more."
GONE = "the file that was received is not in the library any more. Ask for it to be sent again."
DAMAGED = "the file that was received was damaged in the library. Ask for it to be sent again."
_PART = ".part-"
_DIGEST = re.compile("[0-9a-f]{64}")


def digest_of(original: bytes) -> str:
    """The name under which a file is kept: 64 hex digits."""
    return sha256(original).hexdigest()


def is_digest(name: str) -> bool:
    """Whether a name is one that ``digest_of`` makes."""
    return _DIGEST.fullmatch(name) is not None


class PackFolder:
    """The folder of packs. Colleagues may share it: nobody writes a file that another has written.

    Where there is a ``mark``, nothing is kept while that is not there: an unplugged drive leaves an empty folder.
    """

    def __init__(self, folder: Path, mark: Path | None = None) -> None:
        self.folder, self._mark = folder, mark

    def add(self, original: bytes, suffix: str) -> str:
        """Keep a file, and return its digest when it is on the disk. Raises NotWrittenError."""
        digest = digest_of(original)
        path = self.path(digest, suffix)
        if self._mark is not None and not self._mark.is_file():
            raise NotWrittenError(self.folder, NOT_KEPT)
        try:
            if path.is_file() and path.read_bytes() == original:
                return digest
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix=_PART, delete=False) as file:
                try:
                    file.write(original)
                    file.flush()
                    os.fsync(file.fileno())
                    file.close()
                    Path(file.name).replace(path)
                except BaseException:
                    file.close()
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise NotWrittenError(self.folder, NOT_KEPT) from error
        return digest

    def suffix_of(self, digest: str) -> str:
        """The suffix of a kept file; empty where it is not there."""
        return next((suffix for suffix in SUFFIXES if self.path(digest, suffix).is_file()), "")

    def read(self, digest: str, suffix: str) -> bytes:
        """A kept file. Raises FileRefusedError where it is gone, or not as it was received."""
        path = self.path(digest, suffix)
        try:
            original = path.read_bytes()
        except OSError as error:
            raise FileRefusedError(path, GONE) from error
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
