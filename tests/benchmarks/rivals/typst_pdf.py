"""Typst makes a PDF of a document in its own markup. Prints how long that took, the import left out."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from tests.benchmarks.measuring import timed

if __name__ == "__main__":
    source, target = sys.argv[1:]
    library = import_module("typst")
    print(json.dumps({"ms": timed(lambda: library.compile(source, output=target))()}))
