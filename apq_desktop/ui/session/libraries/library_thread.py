"""One thread for all work on a library. What is short comes between the files of a long receiving."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

LONGEST_WAIT = 10
"""Seconds."""
_Result = TypeVar("_Result")


class LibraryThread(QObject):
    """Run work in order, and hand results back to the window's thread.

    Work that lasts calls ``give_way`` from time to time: what was asked meanwhile is done there and then.
    """

    _finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys = count()
        # Work and what is to be answered are held in the window's thread until they are answered: the thread that
        # drops the last reference to an object of Qt destroys it.
        self._asked: dict[int, tuple[Callable[[], Any], Callable[[Future[Any]], None], Future[Any]]] = {}
        self._todo: deque[int] = deque()
        self._done: deque[int] = deque()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def run(
        self, work: Callable[[], _Result], answer: Callable[[Future[_Result]], None], *, alone: bool = False
    ) -> None:
        """Do ``work`` in the thread; ``answer`` is called with its future in the window's thread, later.

        What is done ``alone`` never comes in the middle of other work.
        """
        key = next(self._keys)
        self._asked[key] = work, answer, Future()
        if alone:
            self._executor.submit(self._do, key)
        else:
            self._todo.append(key)
            self._executor.submit(self.give_way)

    def give_way(self) -> None:
        """Do what waits. For the thread itself, from work that lasts."""
        while self._todo:
            self._do(self._todo.popleft())

    def _do(self, key: int) -> None:
        work, _, future = self._asked[key]
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - the future carries it
            future.set_exception(error)
        del work, _, future
        self._done.append(key)
        self._finished.emit()

    def _hand_back(self) -> None:
        _, answer, future = self._asked.pop(self._done.popleft())
        answer(future)

    def wait(self) -> None:
        """Return when all that is short is done, or after some seconds; answers follow later."""
        done = Event()
        self.run(done.set, lambda _: None)
        done.wait(LONGEST_WAIT)

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._executor.shutdown(wait=True)
