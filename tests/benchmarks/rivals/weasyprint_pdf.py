"""WeasyPrint makes a PDF of a web page. Prints how long that took, the import left out."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from tests.benchmarks.measuring import timed

if __name__ == "__main__":
    source, target = sys.argv[1:]
    library = import_module("weasyprint")
    print(json.dumps({"ms": timed(lambda: library.HTML(filename=source).write_pdf(target))()}))
