"""An unexpected error anywhere: save what is queued, write it down without the person's words, say so, and go on."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LOG_BYTES = 200_000
_log = logging.getLogger(__name__)


def keep_log(folder: Path) -> Path | None:
    """Write the program's log below ``folder``. Returns its file, or None where it cannot be written."""
    path = folder / "apq-desktop.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_WithoutWords("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


class _WithoutWords(logging.Formatter):
    """Formats an error as its kind and places in the code: a message may quote what somebody typed."""

    def formatException(self, ei: object) -> str:
        """The kind of error and where it arose."""
        assert isinstance(ei, tuple)
        kind, _, trace = ei
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join((*places, getattr(kind, "__name__", str(kind))))


def catch_everything(save: Callable[[], str], tell: Callable[[str], object], log: Path | None) -> None:
    """From now on, an error that nothing caught saves (``save`` returns why it could not), and is told in words."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected error", exc_info=(kind, error, trace))
        try:
            reason = save()
        except Exception:  # noqa: BLE001 - the last line of defence
            _log.exception("saving failed too")
            reason = "it could not be saved just now"
        tell(_sentence(reason, log))

    sys.excepthook = caught


def _sentence(reason: str, log: Path | None) -> str:
    kept = (
        f"What you typed before is still in this window, but {reason}"
        if reason
        else ("What you typed before is saved. See whether the last thing you did is there; if not, do it again.")
    )
    where = f"\n\nWhat went wrong is noted in {log} (without your words)." if log else ""
    return f"Something went wrong in the program. {kept} You can go on.{where}"
