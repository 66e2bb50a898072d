"""Prints the pins of a file that hold on Windows with a version of Python, without their markers, for pip elsewhere.

pip takes a wheel for another system when asked to, but goes by its own system in weighing markers.
Needs the library packaging: build_windows.py runs it in an environment that has it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "sys_platform": "win32",
}


def main() -> int:
    """Print them. Returns the exit status."""
    file, version = sys.argv[1:]
    system = {**WINDOWS, "python_full_version": version, "python_version": ".".join(version.split(".")[:2])}
    for block in re.split(r"^(?=\S)", Path(file).read_text("utf-8"), flags=re.MULTILINE):
        said, _, hashes = block.partition("\\\n")
        if not said.strip():
            continue
        pinned = Requirement(said.strip())
        if pinned.marker is None or pinned.marker.evaluate(system):
            pinned.marker = None
            print(f"{pinned} \\\n{hashes.rstrip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
