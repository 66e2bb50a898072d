"""Files of a library that are written whole: found complete or not at all, also where a drive is pulled out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file beside its place, and put it there when it is on the disk. Raises OSError; then nothing is left.

    It has the rights of any new file, so that whoever shares the folder can read it.
    """
    beside = path.with_name(f".part-{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
