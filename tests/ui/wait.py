"""Waits for a condition: looks when the event loop is idle, and allows what a busy machine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from pytestqt.exceptions import TimeoutError as WaitedTooLongError
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_MS = 240_000
"""How long a busy machine, or one that is stopped for a while, may take for what an idle one does at once."""
POLL_MS = 10


class _Waiting:
    """Looks whether something is so each time the event loop has nothing left to do, and now and then besides."""

    def __init__(self, is_so: Callable[[], bool | None]) -> None:
        self._is_so = is_so
        self._loop = QEventLoop()
        self._is_looking = False
        self.missing: BaseException | None = None
        self.came = False

    def run(self, most_ms: int) -> None:
        again = QTimer(self._loop, interval=POLL_MS)
        again.timeout.connect(lambda: None)  # the loop turns, and has nothing left to do again
        again.start()
        QTimer.singleShot(most_ms, self._loop, self._loop.quit)
        at_rest = QAbstractEventDispatcher.instance().aboutToBlock
        at_rest.connect(self.look)
        try:
            self._loop.exec()
        finally:
            at_rest.disconnect(self.look)
            again.stop()

    def look(self) -> None:
        if self._is_looking:
            return
        self._is_looking = True
        try:
            found = self._is_so()
            if found not in (None, True, False):
                message = f"waitUntil needs None, True or False, not {found!r}"
                raise ValueError(message)  # noqa: TRY301 - as what the callback raises
            self.came, self.missing = found is None or bool(found), None
        except AssertionError as error:
            self.missing = error
        except BaseException as error:  # noqa: BLE001 - raised again outside the event loop
            self.came, self.missing = True, error
        self._is_looking = False
        if self.came:
            self._loop.quit()


def wait_until(is_so: Callable[[], bool | None], timeout: int = TIMEOUT_MS) -> None:
    """Wait until ``is_so`` gives True, or gives None and raises no AssertionError."""
    waiting = _Waiting(is_so)
    waiting.look()
    if not waiting.came:
        waiting.run(timeout)
    if not waiting.came:
        message = f"waitUntil timed out in {timeout} milliseconds"
        raise WaitedTooLongError(message) from waiting.missing
    if waiting.missing is not None:
        raise waiting.missing


class LongTimeoutBot(QtBot):
    """Waits as long as a busy machine needs, where a test does not say otherwise: load alone fails nothing."""

    def waitSignal(self, signal: Any, *, timeout: int = TIMEOUT_MS, **more: Any) -> Any:  # noqa: N802 - the name is pytest-qt's
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = TIMEOUT_MS, **more: Any) -> Any:  # noqa: N802 - the name is pytest-qt's
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = TIMEOUT_MS) -> None:  # noqa: N802 - the name is pytest-qt's
        wait_until(callback, timeout)

    def waitExposed(self, widget: Any, *, timeout: int = TIMEOUT_MS) -> Any:  # noqa: N802 - the name is pytest-qt's
        return super().waitExposed(widget, timeout=timeout)
