"""Locations: the bundled data (``forms/``, ``resources/``) and the program's own folders on this computer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

# Not importlib.resources: its import costs a tenth of an empty window's start, and wheel and bundle are folders too.
_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent


def forms() -> Path:
    """The folder of the instrument: ``catalogue.toml`` and a folder for each category."""
    return _ROOT / "forms"


def resources() -> Path:
    """The folder of icons, help pages, the worked example, the web page's style and the published JSON Schema."""
    return _ROOT / "resources"


def is_file(path: Path) -> bool:
    """Whether a file is there. Raises nothing.

    A share that went away, or a drive that was pulled out, fails in ways that ``Path.is_file`` lets through.
    """
    try:
        return path.is_file()
    except OSError:
        return False


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
