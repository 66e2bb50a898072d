"""Where the program keeps what is its own on this computer, without asking for rights."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal


def portable_folder() -> Path | None:
    """The folder of a portable program, which keeps everything beside it: a file portable.txt marks it."""
    program = Path(sys.executable).parent
    return next((folder for folder in (program, program.parent) if (folder / "portable.txt").is_file()), None)


def own_folder(kind: Literal["config", "data", "log"]) -> Path:
    """The program's own folder on this computer (beside a portable program), for settings, backups or the log."""
    if beside := portable_folder():
        return beside / "APQ Desktop data" / kind
    import platformdirs

    folders = platformdirs.PlatformDirs("APQ Desktop", appauthor=False)
    return {"config": folders.user_config_path, "data": folders.user_data_path, "log": folders.user_log_path}[kind]
