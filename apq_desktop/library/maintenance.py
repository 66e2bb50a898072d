"""Keeping a library whole: check it, and copy it to another place, such as a USB drive or a successor's folder."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library import journal
from apq_desktop.library.collection import Checked, LineFormat
from apq_desktop.library.durable_file import write_whole
from apq_desktop.library.files import MARK, NOT_REACHED, LibraryFiles
from apq_desktop.library.packs import PackFolder
from apq_desktop.review.library_lines import LibraryLine

NOT_A_PLACE = "a library cannot be copied into itself. Choose another folder."
OTHER_THERE = (
    "there are other files in this folder. Choose an empty folder, or one with an earlier copy of this library."
)
_AT_ONCE = 1_000_000
NOT_COPIED = "the copy could not be finished. Make room, or plug the drive in again, then copy once more."


def check(files: LibraryFiles, line_format: LineFormat) -> Checked:
    """Look at every byte of a library. Raises FileRefusedError where it cannot be reached."""
    try:
        return _checked(files, line_format)
    except OSError as error:
        raise FileRefusedError(files.folder, NOT_REACHED) from error


def _checked(files: LibraryFiles, line_format: LineFormat) -> Checked:
    packs, problems = PackFolder(files.packs, files.folder), []
    there = dict(packs)
    for digest, suffix in there.items():
        try:
            packs.read(digest, suffix)
        except FileRefusedError as error:
            problems.append(str(error))
    lines, words, said = 0, dict[str, LibraryLine](), list[str]()
    for path in files.all_journals():
        found, sentence = _journal(path, line_format)
        lines += len(found)
        said += [sentence] if sentence else []
        for line in found:
            if isinstance(line, LibraryLine) and line.pack and line.what in {"received", "removed"}:
                words[line.pack] = max(words.get(line.pack, line), line, key=lambda one: (one.seq, one.at, one.who))
    missing = sum(1 for pack, line in words.items() if line.what == "received" and pack not in there)
    if missing:
        said.append(f"{files.folder}: {_count(missing, 'file')} that colleagues received did not arrive here yet.")
    return Checked(len(there), lines, (*problems, *said))


def _journal(path: Path, line_format: LineFormat) -> tuple[list[object], str]:
    found: list[object] = []
    damaged = unknown = 0
    for part in journal.read_on(path):
        damaged += part.damaged
        for _, body in part.lines:
            try:
                found.append(line_format.read_line(body))
            except ValueError:
                unknown += 1
    said = []
    if damaged:
        said.append(f"{_count(damaged, 'line')} damaged or cut off, passed over.")
    if unknown:
        said.append(f"{_count(unknown, 'line')} that this version of APQ Desktop does not know, kept.")
    return found, f"{path}: {' '.join(said)}" if said else ""


def _count(number: int, thing: str) -> str:
    return f"1 {thing}" if number == 1 else f"{number:,} {thing}s"


def copy(files: LibraryFiles, target: Path) -> int:
    """Copy packs and journals into an empty folder, or bring an earlier copy up to date. Returns how many packs came.

    Nothing private is copied. Raises FileRefusedError, NotWrittenError.
    """
    target = target.resolve()
    if target.is_relative_to(files.folder):
        raise FileRefusedError(target, NOT_A_PLACE)
    try:
        mark = (files.folder / MARK).read_bytes()
        target.mkdir(exist_ok=True)
        if not _is_copy(target, mark):
            raise FileRefusedError(target, OTHER_THERE)
        copied, there, packs = 0, PackFolder(target / "packs"), PackFolder(files.packs, files.folder)
        for digest, suffix in packs:
            if not there.path(digest, suffix).is_file():
                there.add(packs.read(digest, suffix), suffix)
                copied += 1
        (target / "journals").mkdir(exist_ok=True)
        for path in files.journals.glob(f"*{journal.SUFFIX}"):
            with path.open("rb") as original:
                write_whole(target / "journals" / path.name, iter(partial(original.read, _AT_ONCE), b""))
        write_whole(target / MARK, [mark])
    except OSError as error:
        raise NotWrittenError(target, NOT_COPIED) from error
    return copied


def _is_copy(target: Path, mark: bytes) -> bool:
    """Whether a folder holds nothing, or a copy of this library, perhaps one that was not finished."""
    with suppress(FileNotFoundError):
        return (target / MARK).read_bytes() == mark
    return {path.name for path in target.iterdir() if not path.name.startswith(".")} <= {"packs", "journals"}
