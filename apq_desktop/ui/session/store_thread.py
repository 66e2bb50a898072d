"""One thread for all work on the .apq file, so that the window never waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_Result = TypeVar("_Result")


class StoreThread(QObject):
    """Runs work on the .apq file in one thread, in order, and hands results back to the window's thread."""

    _finished = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        # A method of an object that lives in the window's thread: a lambda would run in the store thread.
        self._finished.connect(self._hand_back)

    @cached_property
    def _executor(self) -> ThreadPoolExecutor:
        """Made at the first work, so that the first painting does not wait for its import."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    def run(self, work: Callable[[], _Result], answer: Callable[[Future[_Result]], None]) -> Future[_Result]:
        """Do ``work`` in the thread; ``answer`` is called with its future in the window's thread."""
        future = self._executor.submit(work)
        future.add_done_callback(lambda done: self._finished.emit(answer, done))
        return future

    def _hand_back(self, answer: Callable[[Future[Any]], None], future: Future[Any]) -> None:
        answer(future)

    def do(self, work: Callable[[], _Result]) -> _Result:
        """Do ``work`` in the thread and wait for it. Raises what it raises."""
        return self._executor.submit(work).result()

    def stop(self) -> None:
        """Finish what is queued, then end the thread."""
        self._executor.shutdown(wait=True)
