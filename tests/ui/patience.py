"""Waits as long as a busy machine needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_MS = 240_000
"""How long a busy machine, or one that is stopped for a while, may take for what an idle one does at once."""


class PatientBot(QtBot):
    """Waits as long as a busy machine needs, where a test does not say otherwise: load alone fails nothing."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802 - the name is pytest-qt's
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802 - the name is pytest-qt's
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802 - the name is pytest-qt's
        return super().waitExposed(widget, timeout=timeout)
