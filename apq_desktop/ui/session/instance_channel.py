"""How one process of the program asks another on this computer to show its window, instead of opening a file twice.

A Unix socket, or on Windows a named pipe, of the standard library: no port, no other computer. Whoever calls is only
heard to call; nothing is read from it. The address stands in the lock of the file (``storage.files.workspace_lock``).
"""

from __future__ import annotations

import sys
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
ANSWER = b"shown"
PATIENCE_SECONDS = 10.0


class InstanceChannel(QObject):
    """Where this process can be called; ``show_requested`` follows each call, in the thread of this object."""

    show_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._listener: Listener | None = None
        self._thread: Thread | None = None

    def address(self) -> str:
        """The address, from which on calls are answered; nothing where the system allows none."""
        from multiprocessing.connection import Listener

        if self._listener is None:
            try:
                self._listener = Listener(family=FAMILY)
            except OSError:
                return ""
            self._thread = Thread(target=self._answer, args=(self._listener,), name="calls", daemon=True)
            self._thread.start()
        return str(self._listener.address)

    def close(self) -> None:
        """Answer no more calls, and wait until the last one is answered."""
        listener, self._listener = self._listener, None
        if listener is not None and self._thread is not None:
            ask_to_show(str(listener.address))  # which wakes the thread
            self._thread.join(PATIENCE_SECONDS)

    def _answer(self, listener: Listener) -> None:
        with listener:
            while self._listener is not None:
                try:
                    caller = listener.accept()
                except OSError:
                    return
                with caller, suppress(OSError):
                    if self._listener is not None:
                        self.show_requested.emit()
                        caller.send_bytes(ANSWER)


def ask_to_show(address: str) -> bool:
    """Ask the process at ``address`` to show its window; False where nobody answers."""
    from multiprocessing.connection import Client

    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # Windows lets only who is in front say who may come
    try:
        with Client(address, family=FAMILY) as connection:
            return connection.poll(PATIENCE_SECONDS) and connection.recv_bytes(len(ANSWER)) == ANSWER
    except (OSError, EOFError, ValueError):
        return False
