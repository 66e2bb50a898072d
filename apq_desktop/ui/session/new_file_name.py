"""Where a new file goes."""

from __future__ import annotations

from pathlib import Path

_LONGEST = 60
"""Characters of the name that the file's own name keeps."""


def free_path(folder: Path, name: str) -> Path:
    """A path for a new workspace in ``folder``, named after ``name``, that no file has yet."""
    from apq_desktop.evaluation.text.cleaning import clean_line

    kept = "".join(sign if sign.isalnum() or sign in " -_'" else " " for sign in clean_line(name))
    stem = " ".join(kept.split())[:_LONGEST].strip() or "Self-evaluation"
    number = 1
    path = folder / f"{stem}.apq"
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}.apq"
    return path
