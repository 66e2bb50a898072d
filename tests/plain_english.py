"""Measures how plain a text is, and finds the texts that stand in the program's own code."""

from __future__ import annotations

import ast
import re
import warnings
from functools import cache
from typing import TYPE_CHECKING

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of what it imports itself
    import textstat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENDS = ".?!:…"


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of the texts taken together: about the years of school that a reader needs."""
    whole = " ".join(text if text[-1] in ENDS else f"{text}." for text in texts)
    return float(textstat.flesch_kincaid_grade(whole))


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return re.split(r"(?<=[.?!…])\s+", text.strip())


@cache
def texts_in_code(folder: Path) -> tuple[tuple[str, str], ...]:
    """Every text in the Python files below ``folder``, with its place. Docstrings are not among them.

    What is put into a text while the program runs stands in it as “…”.
    """
    return tuple(_texts_in_code(folder))


def _texts_in_code(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        passed_over = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        passed_over |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            if id(node) not in passed_over and (text := _text(node)):
                yield f"{path.relative_to(folder).as_posix()}:{getattr(node, 'lineno', 0)}", text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        return "".join(str(part) for part in parts)
    return ""
