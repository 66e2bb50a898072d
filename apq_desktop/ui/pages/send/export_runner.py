"""Run the process that makes packs, tell how far it is, and end it when asked or when it comes no further."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from apq_desktop.services.exports import export_process

if TYPE_CHECKING:
    from apq_desktop.services import ExportRequest

ENDED = "Making the pack ended unexpectedly. Nothing was written, and your evaluation is as it was; try again."
TOO_LONG = (
    "Making the pack was stopped, because it came no further for {minutes} minutes. Nothing was written, and your "
    "evaluation is as it was; shorten what is very long, or leave out the notes, and try again."
)
SECOND_MS = 1_000
_log = logging.getLogger(__name__)


class ExportRunner(QObject):
    """One request at a time. After ``made`` the packs lie in a folder that goes when the next one starts."""

    progressed = Signal(float)
    made = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._folder: TemporaryDirectory[str] | None = None
        self._process: QProcess | None = None
        # Each second is counted as it passes: of the hours that a computer sleeps, one at most.
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._count_second)
        self._seconds = self._longest = 0
        self._unread = b""
        self._last = export_process.ExportEvent()

    @property
    def running(self) -> bool:
        """Whether a pack is being made."""
        return self._process is not None

    def start(self, request: ExportRequest, longest_seconds: int | None = None) -> None:
        """Begin; ``made`` or ``failed`` follows, unless it is cancelled."""
        self._forget()
        self._folder = TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True)
        self._unread, self._last = b"", export_process.ExportEvent()
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._could_not)
        program, words = export_process.command()
        process.start(program, words)
        process.write(export_process.request_bytes(replace(request, folder=Path(self._folder.name))))
        process.closeWriteChannel()
        self._longest = export_process.longest_seconds(request) if longest_seconds is None else longest_seconds
        self._seconds = 0
        self._second.start()

    def cancel(self) -> None:
        """End the process, if there is one; nothing was written."""
        process = self._let_go()
        if process is not None:
            process.kill()
            process.waitForFinished(2_000)
        self._forget()

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._unread = (self._unread + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            before = self._last.share
            try:
                self._last = export_process.read_event(line.decode())
            except ValueError:
                continue
            if self._last.share > before:
                self._seconds = 0  # a busy computer may take its time
            if not self._last.packs and not self._last.refused:
                self.progressed.emit(self._last.share)

    def _finished(self) -> None:
        self._read()
        process = self._let_go()
        if process is None:
            return
        if self._last.packs:
            _log.info("exported: %s packs", len(self._last.packs))
            self.made.emit(self._last.packs)
        elif self._last.refused:
            _log.warning("export refused")
            self.failed.emit(self._last.refused)
        else:
            self._note(process)
            self.failed.emit(ENDED)

    def _could_not(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finished()

    def _count_second(self) -> None:
        self._seconds += 1
        if self._seconds > self._longest:
            self.cancel()
            self.failed.emit(TOO_LONG.format(minutes=max(1, self._longest // 60)))

    def _let_go(self) -> QProcess | None:
        self._second.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._finished)
            process.deleteLater()
        return process

    def _note(self, process: QProcess) -> None:
        """Log where the process ended: the places in the program, never the user's words."""
        errors = process.readAllStandardError().data()
        places = [
            line.strip() for line in bytes(errors).decode(errors="replace").splitlines() if line.startswith("  File ")
        ]
        _log.error("making a pack ended with %s: %s", process.exitCode(), "; ".join(places))

    def _forget(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
