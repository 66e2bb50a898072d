"""Whether the open file is still the one that was saved last, as seen from outside, without reading it.

SQLite does not see every file that is copied over the open one; the system's time and size tell. The live file
is looked at by name only, never opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileSignature:
    """What the system says of a file: where it lies, and the size and time of what was written last."""

    device: int
    number: int
    size: int
    written: int


def signature_of(path: Path) -> FileSignature | None:
    """What the system says of the file of this name, or None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileSignature(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def is_reached(path: Path, before: FileSignature | None) -> bool:
    """Whether the disk or USB drive that a file was on is still there, even if the file is not."""
    folder = signature_of(path.parent)
    return folder is not None and (before is None or folder.device == before.device)
