"""The window: the only floor that knows Qt."""

import contextlib
import importlib

import PySide6.QtCore  # noqa: F401 - brings the module below

# To see whether a module may use one of its features, which rename Qt's methods (``from __feature__ import …``), PySide
# reads the source of every module that is imported after it, and Python keeps it: 16 MB and a tenth of the start.
# Nothing here uses them.
with contextlib.suppress(ImportError):
    vars(importlib.import_module("shibokensupport.feature"))["_mod_uses_pyside"] = lambda _module: False
