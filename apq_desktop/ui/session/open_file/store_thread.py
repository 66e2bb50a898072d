"""One thread for all work on the .apq file, so that the window never waits for the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_Result = TypeVar("_Result")


class StoreThread(QObject):
    """Run work on the .apq file in one thread, in order, and hand results back to the window's thread."""

    _finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Work and what is to be answered, in order. They are held in the window's thread until they are answered: the
        # thread that drops the last reference to an object of Qt destroys it.
        self._waiting: deque[tuple[Callable[[], Any], Callable[[Future[Any]], None], Future[Any]]] = deque()
        # A method of an object that lives in the window's thread: a lambda would run in the store thread. Queued, for
        # work that is done before its callback is added would answer before ``run`` has returned its future.
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _executor(self) -> ThreadPoolExecutor:
        """Made at the first work, so that the first painting does not wait for its import."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    def run(self, work: Callable[[], _Result], answer: Callable[[Future[_Result]], None]) -> Future[_Result]:
        """Do ``work`` in the thread; ``answer`` is called with its future in the window's thread, later."""
        future = self._executor.submit(_once(work))
        self._waiting.append((work, answer, future))
        future.add_done_callback(lambda _: self._finished.emit())
        return future

    def _hand_back(self) -> None:
        if self._waiting:
            _, answer, future = self._waiting.popleft()
            answer(future)

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Do ``work`` in the thread and wait for it. Raises what it raises."""
        return self._executor.submit(_once(work)).result()

    def stop(self) -> None:
        """Finish what is queued, then end the thread. Nobody is there any more to be answered."""
        self._executor.shutdown(wait=True)
        self._waiting.clear()


def _once(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """``work``, to be called once: whoever calls it holds no reference to it any more when its result is told."""
    held = [work]

    def do() -> _Result:
        return held.pop()()

    return do
