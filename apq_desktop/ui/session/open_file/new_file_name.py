"""Where a new file goes."""

from __future__ import annotations

from pathlib import Path

_LONGEST = 60
"""Characters of the name that the file's own name keeps."""


def free_path(folder: Path, name: str, *suffixes: str) -> Path:
    """A path for a new file in ``folder``, named after ``name``, that no file has yet, with none of ``suffixes``.

    It ends in the first of them, and in that of a workspace where none is given.
    """
    from apq_desktop.evaluation.text.cleaning import clean_line  # which the first painting does not wait for
    from apq_desktop.evaluation.text.file_names import is_safe, unreserved

    suffixes = suffixes or (".apq",)
    kept = "".join(sign if is_safe(sign) or sign in " -_'" else " " for sign in clean_line(name))
    stem = unreserved(" ".join(kept.split())[:_LONGEST].strip() or "Self-evaluation")
    number, found = 1, stem
    while any((folder / f"{found}{suffix}").exists() for suffix in suffixes):
        number += 1
        found = f"{stem} {number}"
    return folder / f"{found}{suffixes[0]}"
