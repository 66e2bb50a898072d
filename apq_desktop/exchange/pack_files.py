"""Names for the files of a pack, and writing them so that a half-written one is never found."""

from __future__ import annotations

import errno
import itertools
import os
import re
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path

from apq_desktop.errors import NotWrittenError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.file_names import is_reserved, is_safe, unreserved

MOST_CHARACTERS = 120
MOST_BYTES = 240
"""Most file systems count the bytes of a name, up to 255; some letters take four."""


def pack_name(evaluation: Evaluation, suffix: str, recipient: str = "", part: str = "") -> str:
    """A file name from setting, title, recipient, date and revision, safe on Windows, macOS and Linux.

    Letters of every script and digits stay, words are joined by hyphens and parts by underscores:
    ``Oak-Tree-Centre_Self-evaluation-2026_2026-11-22_revision-2.json``. ``part`` ends the name of what holds less than
    the whole, such as ``digest``. At most 120 characters and 240 bytes.
    """
    ending = "." + suffix.lstrip(".")
    whom = f"for-{_cut(_words(recipient), MOST_CHARACTERS // 3, MOST_BYTES // 3)}" if _words(recipient) else ""
    last = [whom, _day(evaluation), f"revision-{evaluation.revision}" if evaluation.revision else "", part]
    tail = "".join(f"_{part}" for part in last if part)
    letters = MOST_CHARACTERS - len(tail + ending)
    space = MOST_BYTES - len((tail + ending).encode())
    first = [_words(evaluation.setting.name), _words(evaluation.title)]
    half = _cut(first[0], letters // 2, space // 2) if first[1] else first[0]
    head = _cut("_".join(part for part in (half, first[1]) if part), letters, space)
    stem = (head + tail).lstrip("_") or "evaluation"
    return unreserved(stem) + ending


def with_part(pack: Path, part: str, whom: str = "") -> Path:
    """Where something goes beside a file of a pack, named for what it is and ``whom`` it is for; as safe a name."""
    for_whom = f"-for-{_cut(_words(whom), MOST_CHARACTERS // 3, MOST_BYTES // 3)}" if _words(whom) else ""
    return pack.with_name(f"{pack.stem}_{part}{for_whom}.json")


def template_path(folder: Path, edition: str, *, fillable: bool, word: bool = False) -> Path:
    """Where the template of an ``edition`` of the toolkit goes, to fill in on a screen, to print, or as Word document.

    Its name is as safe. No file has it yet, because a template that somebody filled in must not be replaced.
    """
    kind = "to fill in" if fillable else "to print"
    stem = f"{_words(f'AP Quality Toolkit {edition}')}_{_words(f'Template {kind}')}"
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    suffix = ".docx" if word else ".pdf"
    return next(path for name in names if not (path := folder / f"{name}{suffix}").exists())


def safe_name(name: str, otherwise: str) -> str:
    """A file name that came from a file, if ``pack_name`` could have made it; else ``otherwise``."""
    stem, dot, ending = name.rpartition(".")
    kept = stem and all(is_safe(letter) or letter in "-_" for letter in stem) and ending.isascii() and ending.isalnum()
    fits = len(name) <= MOST_CHARACTERS and len(name.encode()) <= MOST_BYTES and not is_reserved(stem)
    return name if dot and kept and fits else otherwise


def _day(evaluation: Evaluation) -> str:
    """The day of completion, else of the last change; empty where neither is a date."""
    day = dates.parse(evaluation.completed_on) or dates.parse(evaluation.changed[:10])
    return day.isoformat() if day else ""


def _words(text: str) -> str:
    """The letters and digits of ``text``; apostrophes vanish, whatever else there is becomes one hyphen."""
    text = unicodedata.normalize("NFC", re.sub("['’ʼ`]", "", text))
    kept = (letter if is_safe(letter) else "-" for letter in text)
    return re.sub("-+", "-", "".join(kept)).strip("-")


def _cut(text: str, letters: int, space: int) -> str:
    """``text`` with at most so many letters and bytes."""
    text = text[:letters].encode()[:space].decode(errors="ignore")
    return text.rstrip("-_")


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` beside ``path``, make it durable, then put it in place: it is never found in part.

    Raises NotWrittenError; what stood at ``path`` before is then unchanged.
    """
    if path.suffix.lower() == ".apq":
        raise NotWrittenError(path, "files of this ending hold evaluations; choose a name with another ending.")
    beside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if path.exists() and not path.is_file():
            raise NotWrittenError(path, "a folder or a device has this name, so no file can.")
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _make_name_durable(path.parent)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            beside.unlink(missing_ok=True)
        raise NotWrittenError(path, f"{_sentence(error)}.") from error


def _make_name_durable(folder: Path) -> None:
    """Windows cannot open a folder, and some network shares cannot sync one; the file is whole even so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sentence(error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else errno.EINVAL
    if number in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "there is not enough room to write this file; make room or choose another folder"
    if number in (errno.ENOENT, errno.ENOTDIR):
        return "the folder for this file is not there; choose another folder"
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "this file may not be written here, or another program has it open; choose another folder"
    if number in (errno.ENAMETOOLONG, errno.EINVAL):
        return "a file cannot have this name here; choose a shorter and simpler one"
    return "this file could not be written; choose another folder"
