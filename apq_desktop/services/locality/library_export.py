"""What is taken out of a library for people who count and code: tables, a project of coded texts, review dates.

Of notes, agreed actions and dates only those for the setting leave the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.exchange import pack_files
from apq_desktop.library.collection import ALL, Library, Revision, Wanted
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.review_labels import STATUSES
from apq_desktop.services.exports.formats import not_told
from apq_desktop.services.libraries.open_library import received_evaluation, shared_exchange
from apq_desktop.services.locality.themes import PassageFinder, shared_themes
from apq_desktop.services.workspaces import now, ready_folder
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.exchange.refi_qda import Coded

LibraryFormat = Literal["xlsx", "csv", "qdpx", "calendar"]
LIBRARY_FORMATS: dict[LibraryFormat, str] = {
    "xlsx": "tables as an Excel workbook",
    "csv": "the same tables as CSV with a datapackage.json",
    "qdpx": "texts, areas and themes for programs that code texts (REFI-QDA)",
    "calendar": "the dates of the next reviews as a calendar",
}
"""What can be taken out, by its option on the command line."""
TITLE = "Self-evaluations of alternative provision"
_STEM = "library"


def export_library(
    library: Library,
    catalogue: Catalogue,
    folder: Path,
    formats: Sequence[LibraryFormat],
    *,
    wanted: Wanted = ALL,
    progress: Callable[[float], None] = not_told,
) -> list[Path]:
    """Write what is wanted of a library into a folder; returns the files. Files of the same name are replaced.

    Raises FileRefusedError where a received file is gone or damaged, NotWrittenError.
    """
    ready_folder(folder)
    written = []
    for n, one in enumerate(formats):
        part = (n, len(formats))
        for name, data in _content(library, catalogue, one, wanted, _share_of(progress, *part)).items():
            pack_files.write_file(folder / name, data)
            written.append(folder / name)
    progress(1)
    return written


def _share_of(progress: Callable[[float], None], done: int, parts: int) -> Callable[[float], None]:
    return lambda share: progress((done + share) / parts)


def _content(
    library: Library, catalogue: Catalogue, one: LibraryFormat, wanted: Wanted, progress: Callable[[float], None]
) -> dict[str, bytes]:
    from apq_desktop.exchange import calendar_file, refi_qda
    from apq_desktop.exchange.data_package import data_package
    from apq_desktop.exchange.data_tables import Standpoint, data_tables
    from apq_desktop.exchange.workbook import workbook

    received = _received(library, catalogue, wanted, progress)
    if one == "qdpx":
        themes, marks = shared_themes(library)
        texts = (refi_qda.CodedText(each, _coded(library, catalogue, revision, marks)) for revision, each in received)
        return {f"{_STEM}.qdpx": refi_qda.qdpx(texts, themes, catalogue, TITLE, now())}
    if one == "calendar":
        reviews = (
            (revision.evaluation, revision.name, revision.title, review.on)
            for revision in library.providers(wanted)
            if (review := shared_exchange(library, revision.evaluation).next_review)
        )
        return {f"{_STEM}-review-dates.ics": calendar_file.reviews_calendar(reviews, stamp=now())}
    standpoints = (
        Standpoint(each, STATUSES[revision.status.word], shared_exchange(library, each.id))
        for revision, each in received
    )
    tables = data_tables(standpoints, catalogue)
    return {f"{_STEM}.xlsx": workbook(tables)} if one == "xlsx" else data_package(tables, TITLE)


def _received(
    library: Library, catalogue: Catalogue, wanted: Wanted, progress: Callable[[float], None]
) -> Iterator[tuple[Revision, Evaluation]]:
    """The evaluations in the order of their settings' names, one at a time."""
    revisions = library.providers(wanted)
    for n, revision in enumerate(revisions):
        yield revision, received_evaluation(library, revision, catalogue)
        progress((n + 1) / len(revisions))


def _coded(library: Library, catalogue: Catalogue, shown: Revision, marks: Iterable[LibraryLine]) -> list[Coded]:
    """The passages of a revision that carry themes. One whose words are not surely there any more is left out."""
    from apq_desktop.exchange.refi_qda import Coded

    about = [line for line in marks if line.evaluation == shown.evaluation]
    if not about:
        return []
    find = PassageFinder(library, catalogue)
    return [
        Coded(line.to, place, start, end)
        for line in about
        for anchor in line.anchors
        if (found := find.now(shown, anchor)) is not None
        for place, start, end in [found]
    ]
