"""Starts another program written with PyQt, by the Python that has it, and prints when it was painted and at rest.

python -m tests.benchmarks.rivals.peer_start novelwriter:main ARGUMENT …
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.benchmarks import own_process


def main() -> None:
    qt = "PyQt6" if find_spec("PyQt6") else "PyQt5"
    widgets: Any = import_module(f"{qt}.QtWidgets")
    core: Any = import_module(f"{qt}.QtCore")
    times: dict[str, float] = {}

    def at_rest() -> None:
        times["editable_ms"] = own_process.since_start()
        sys.__stdout__.write(json.dumps(times) + "\n")  # type: ignore[union-attr]
        sys.__stdout__.flush()  # type: ignore[union-attr]
        os._exit(0)

    class FirstPaint(core.QObject):
        """Sees the first painting of a main window, then waits until its loop has nothing left to do."""

        def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: N802 - Qt's name
            painted = event.type() == core.QEvent.Type.Paint and isinstance(watched, widgets.QMainWindow)
            if painted and not times:
                times["painted_ms"] = own_process.since_start()
            return False

    watch = FirstPaint()
    start = widgets.QApplication.__init__

    def started(application: Any, *arguments: Any) -> None:
        start(application, *arguments)
        application.installEventFilter(watch)

    def waits(run: Any) -> Any:
        """An event loop, that of a first dialog too, in which the program waits for its user."""
        core.QTimer.singleShot(0, lambda: core.QTimer.singleShot(0, at_rest))
        return run()

    run_all, run_dialog = widgets.QApplication.exec, widgets.QDialog.exec
    widgets.QApplication.__init__ = started
    widgets.QApplication.exec = widgets.QApplication.exec_ = lambda *_: waits(run_all)
    widgets.QDialog.exec = lambda dialog: waits(lambda: run_dialog(dialog))
    module, _, function = sys.argv[1].partition(":")
    sys.argv = [module, *sys.argv[2:]]
    getattr(import_module(module), function)()


if __name__ == "__main__":
    main()
