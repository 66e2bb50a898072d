"""An unexpected error anywhere: save what is queued, write it down without the user's words, say so, and go on."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QSysInfo, qVersion

from apq_desktop import __version__

LOG_BYTES = 200_000
PACKAGE = "apq_desktop"
VERSIONS = (
    f"APQ Desktop {__version__}, Python {sys.version.split()[0]}, Qt {qVersion()}, PySide {PySide6.__version__}, "
    f"{QSysInfo.prettyProductName()}, {QSysInfo.kernelVersion()}, {QSysInfo.currentCpuArchitecture()}"
)
NOT_KNOWN = (
    "Whether your last words are in your file is not known. Keep this window open, and copy what matters elsewhere "
    "before you go on."
)
_log = logging.getLogger(__name__)


def keep_log(folder: Path) -> Path | None:
    """Write the program's log below ``folder``. Returns its file, or None where it cannot be written.

    It begins with the versions, and has a line for each opening, update, failed save and export: never a path or a word
    of the user's.
    """
    path = folder / "apq-desktop.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _Log(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger(PACKAGE).setLevel(logging.INFO)
    _log.info(VERSIONS)
    return path


class _Log(RotatingFileHandler):
    """Each file of the log begins with what it is of."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        if stream.tell() == 0:
            stream.write(f"{VERSIONS}\n")
        return stream


class _WithoutWords(logging.Formatter):
    """Format an error as its kind and places in the code: a message may quote what somebody typed."""

    def formatException(self, ei: object) -> str:
        """The kind of error and where it arose."""
        assert isinstance(ei, tuple)
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join((*places, getattr(kind, "__name__", str(kind))))


def catch_everything(save: Callable[[], str], tell: Callable[[str], object], log: Path | None) -> None:
    """From now on, an error that nothing caught has ``save`` save and say how that stands, and is told in words."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected error", exc_info=(kind, error, trace))
        try:
            stands = save()
        except Exception:  # noqa: BLE001 - the last line of defence
            _log.exception("saving failed too")
            stands = NOT_KNOWN
        tell(_sentence(stands, log))

    sys.excepthook = caught


def _sentence(stands: str, log: Path | None) -> str:
    where = f"\n\nWhat went wrong is noted in {log} (without your words)." if log else ""
    return f"Something went wrong in the program. {stands}{where}"
