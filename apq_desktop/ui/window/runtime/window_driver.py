"""Drives the window in the self-test: types as a person does, and waits as long as something comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE_MS = 300_000


class SelfTestError(Exception):
    """A step did not do what it should; the text says what was seen."""


def expect(fulfilled: bool, otherwise: str) -> None:
    """End the self-test where something is not as it should be."""
    if not fulfilled:
        raise SelfTestError(otherwise)


@contextmanager
def waiting(signal: SignalInstance) -> Iterator[None]:
    """Let the window work until it says ``signal``, which what is done inside brings about."""
    came: list[bool] = []
    connection = signal.connect(lambda *_: came.append(True))
    yield
    wait_until(lambda: bool(came))
    signal.disconnect(connection)


def wait_until(fulfilled: Callable[[], bool], progress: Callable[[], int] = lambda: 0) -> None:
    """Let the window work until then, for as long as it comes on: a busy computer is no fault of the program."""
    loop, limit, look, seen = QEventLoop(), QTimer(), QTimer(), progress()

    def look_again() -> None:
        nonlocal seen
        if fulfilled():
            loop.quit()
        elif progress() != seen:
            seen = progress()
            limit.start()

    limit.setSingleShot(True)
    limit.setInterval(PATIENCE_MS)
    limit.timeout.connect(loop.quit)
    look.timeout.connect(look_again)
    limit.start()
    look.start(5)
    if not fulfilled():
        loop.exec()
    expect(fulfilled(), f"nothing happened for {PATIENCE_MS // 1000} seconds")


def type_into(field: QWidget, words: str) -> None:
    """Press a key for each letter."""
    field.setFocus()
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def commit_into(field: QWidget, words: str) -> None:
    """Hand over what no single key makes, as an input method does."""
    composed = QInputMethodEvent("", [])
    composed.setCommitString(words)
    QApplication.sendEvent(field, composed)
