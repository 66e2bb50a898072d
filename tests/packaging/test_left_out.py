"""The program starts and imports all its modules where what bundles leave out is missing."""

from __future__ import annotations

import subprocess
import sys

from bundling.trimming import PYTHON_MODULES_LEFT_OUT

SCRIPT = """
import importlib, pkgutil, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in LEFT_OUT):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
import apq_desktop
for module in pkgutil.walk_packages(apq_desktop.__path__, "apq_desktop."):
    if module.name != "apq_desktop.__main__":
        importlib.import_module(module.name)
print(len(sys.modules))
"""


def test_no_module_needs_what_bundles_leave_out() -> None:
    words = [sys.executable, "-c", f"LEFT_OUT = {PYTHON_MODULES_LEFT_OUT!r}\n{SCRIPT}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
