"""Work for the store thread comes back in order, and nothing of Qt is destroyed there."""

from __future__ import annotations

import threading
import weakref
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject

from apq_desktop.ui.session.open_file.store_thread import StoreThread
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def store_thread() -> Iterator[StoreThread]:
    thread = StoreThread()
    yield thread
    thread.stop()


class Circle(QObject):
    """An object of Qt that only the collector can end."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def enough_for_a_collection() -> list[list[int]]:
    return [[number] for number in range(200_000)]


def test_a_circle_is_never_destroyed_in_the_store_thread(qtbot: QtBot, store_thread: StoreThread) -> None:
    ended: list[int] = []
    for _ in range(50):
        weakref.finalize(Circle(), lambda: ended.append(threading.get_ident()))
    kept = store_thread.do(enough_for_a_collection)  # what was let go again would count no more
    assert not ended
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert kept
    assert set(ended) == {threading.get_ident()}


def test_who_is_answered_is_let_go_in_the_windows_thread(qtbot: QtBot, store_thread: StoreThread) -> None:
    ended: list[int] = []

    class Answered(QObject):
        def work(self) -> None:
            pass

        def answer(self, _future: Any) -> None:
            pass

    for _ in range(2_000):
        one = Answered()
        weakref.finalize(one, lambda: ended.append(threading.get_ident()))
        store_thread.run(one.work, one.answer)
        del one
    qtbot.waitUntil(lambda: len(ended) == 2_000)
    assert set(ended) == {threading.get_ident()}


def test_answers_come_in_the_order_of_the_work(qtbot: QtBot, store_thread: StoreThread) -> None:
    answers: list[int] = []
    for number in range(500):
        store_thread.run(partial(int, number), lambda future: answers.append(future.result()))
    qtbot.waitUntil(lambda: len(answers) == 500)
    assert answers == list(range(500))


def test_nobody_is_answered_who_has_gone(qapp: object, store_thread: StoreThread) -> None:
    done: list[str] = []
    store_thread.run(lambda: done.append("work"), lambda _: done.append("answer"))
    store_thread.stop()
    settle()
    assert done == ["work"], "it was finished, and no window opens for it"
