"""What is imported before the window is painted for the first time: the cause of most of what a start takes."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.processes import child

OF_QT = frozenset({"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "__feature__"})


def before_the_first_painting(folder: Path) -> dict[str, list[str]]:
    """Modules of a start without a file, beyond those of a bare Python, by where they come from.

    Of other packages and of the standard library only whole packages are named.
    """
    found: dict[str, set[str]] = {"ours": set(), "Qt": set(), "other packages": set(), "standard library": set()}
    for name in child(folder, "tests.benchmarks.watched_start")["modules"]:
        package = name.partition(".")[0]
        if package == "apq_desktop":
            found["ours"].add(name)
        elif package in OF_QT:
            found["Qt"].add(name)
        elif package in sys.stdlib_module_names:
            found["standard library"].add(package)
        else:
            found["other packages"].add(package)
    return {kind: sorted(names) for kind, names in found.items()}
