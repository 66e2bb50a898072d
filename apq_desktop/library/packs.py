"""The packs of a library: every received file byte for byte, under its digest, written once and never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from apq_desktop.errors import FileRefusedError, NotWrittenError

SUFFIXES = (".json", ".pdf")
NOT_KEPT = "the file could not be kept there. Make room, or reach the folder again, then try once more."
GONE = "the file that was received is not in the library any more."
DAMAGED = "the file that was received was damaged in the library; ask for it to be sent again."


def digest_of(original: bytes) -> str:
    """The name under which a file is kept: 64 hex digits."""
    return sha256(original).hexdigest()


class PackFolder:
    """The folder of packs. Colleagues may share it: nobody writes a file that another has written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, original: bytes, suffix: str) -> str:
        """Keep a file, and return its digest when it is on the disk. Raises NotWrittenError."""
        digest = digest_of(original)
        path = self._path(digest, suffix)
        if path.is_file() and path.stat().st_size == len(original):
            return digest
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
                try:
                    file.write(original)
                    file.flush()
                    os.fsync(file.fileno())
                    file.close()
                    Path(file.name).replace(path)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise NotWrittenError(path, NOT_KEPT) from error
        return digest

    def read(self, digest: str, suffix: str) -> bytes:
        """A kept file. Raises FileRefusedError where it is gone, or not as it was received."""
        path = self._path(digest, suffix)
        try:
            original = path.read_bytes()
        except OSError as error:
            raise FileRefusedError(path, GONE) from error
        if digest_of(original) != digest:
            raise FileRefusedError(path, DAMAGED)
        return original

    def remove(self, digest: str) -> None:
        """Take a file out for good. Raises NotWrittenError where that is not allowed."""
        for suffix in SUFFIXES:
            path = self._path(digest, suffix)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise NotWrittenError(path, "the file could not be taken out. Try once more.") from error

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Digest and suffix of every file that is kept."""
        for path in sorted(self._folder.glob("??/*")):
            if path.suffix in SUFFIXES and len(path.stem) == 64:
                yield path.stem, path.suffix

    def _path(self, digest: str, suffix: str) -> Path:
        if suffix not in SUFFIXES or len(digest) != 64 or not digest.isalnum():
            raise ValueError(digest)
        return self._folder / digest[:2] / f"{digest}{suffix}"
