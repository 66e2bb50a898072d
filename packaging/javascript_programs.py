"""Fetches the programs in JavaScript that the tests have fill in a form: pdf-lib, and pdf.js, which is in Firefox.

packaging/dev.py calls this with the Python of the checkout's virtual environment, into which they go.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bundling.fetching import NpmPackage, fetch

PROGRAMS = (
    NpmPackage("pdf-lib", "1.17.1", "a7cc1eaf12e41e612a7be581162a63b18118aefc01e90f6a1f35347b1f324a1c"),
    NpmPackage("pdfjs-dist", "6.5.438", "7461aefcd27c4ef0dd76f9ca5760f09466eb6b3f934432670c12132e7b3d6faa"),
)

if __name__ == "__main__":
    for program in PROGRAMS:
        fetch(program, Path(sys.prefix))
