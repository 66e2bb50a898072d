"""A library of what was received: opened, read, written about, answered, and what must not stay taken out.

Lists and passages come from the library itself (``library.collection``); here stands what needs more than one floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from apq_desktop.errors import NotAllowedError
from apq_desktop.evaluation.model import MAX_TEXT, Action, Evaluation, new_id
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text
from apq_desktop.exchange.json.reviews import line_json
from apq_desktop.library import files, maintenance
from apq_desktop.library.collection import Checked, Library, Revision, Wanted
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.paths import own_folder
from apq_desktop.review.anchors import Location, locate, texts_of
from apq_desktop.review.exchange_state import INCOMPLETE, Exchange, fold_lines
from apq_desktop.review.library_lines import LibraryLine, LibraryWhat
from apq_desktop.review.lines import Anchor, Audience, NoteKind, ReviewLine, StateWord, What, missing_fields
from apq_desktop.review.outgoing_lines import outgoing
from apq_desktop.services.incoming.importing import read_pack
from apq_desktop.services.workspaces import now
from apq_desktop.toolkit.catalogue import Catalogue

NOT_THERE_TO_FOLLOW = "This note is not there any more, so nothing can follow it."


def own_libraries() -> Path:
    """The program's own folder for libraries: indexes, private notes and their backups."""
    return own_folder("data") / "libraries"


def create_library(folder: Path, today: date, own: Path | None = None) -> FolderLibrary:
    """Make a library in an empty folder, and open it. Raises FileRefusedError, NotWrittenError."""
    files.create(folder)
    return open_library(folder, today, own)


def open_library(folder: Path, today: date, own: Path | None = None) -> FolderLibrary:
    """Open the library in a folder. What colleagues received is read by ``receiving.catch_up``.

    ``own`` is where this computer keeps its index, the program's own folder where none is named.
    Raises FileRefusedError where there is none, it is newer, or another window has it open; NotWrittenError.
    """
    return FolderLibrary(files.files_of(folder, own or own_libraries()), line_json, today)


# Reading


def exchange(library: Library, evaluation: str) -> Exchange:
    """The state of the exchange about an evaluation."""
    return fold_lines(library.lines(evaluation))


def received_evaluation(library: Library, revision: Revision, catalogue: Catalogue) -> Evaluation:
    """A received revision, from the bytes that were received. Raises FileRefusedError."""
    path = library.packs.path(revision.digest, revision.suffix)
    return read_pack(path, catalogue, library.original(revision)).evaluation


def located(
    library: Library, shown: Revision, notes: Iterable[ReviewLine], catalogue: Catalogue
) -> dict[str, Location]:
    """Where each note hangs in the revision that is shown, by the note's id.

    Always from the original words in the revision that was read; a revision that is not there any more is as if
    nothing had changed. Raises FileRefusedError where the revision shown is gone.
    """
    texts = {shown.number: texts_of(received_evaluation(library, shown, catalogue))}
    there = {one.number: one for one in library.revisions(shown.evaluation)}
    found = {}
    for note in notes:
        anchor = note.anchor or Anchor()
        read = anchor.revision if anchor.revision in there else shown.number
        if read not in texts:
            texts[read] = texts_of(received_evaluation(library, there[read], catalogue))
        found[note.id] = locate(anchor, texts[read], texts[shown.number])
    return found


def next_unread(library: Library, after: Revision | None = None) -> Revision | None:
    """The next setting that this person has not read, in the order of the list; from the start again at its end."""
    unread = library.providers(Wanted(unread_only=True))
    names = [one.content for one in library.providers()]
    here = names.index(after.content) if after and after.content in names else -1
    return next((one for one in unread if names.index(one.content) > here), unread[0] if unread else None)


# Writing


def write(
    library: Library, evaluation: str, what: What, *, audience: Audience | None = None, role: str = "", **fields: Any
) -> ReviewLine:
    """Write one line about an evaluation; it is on the disk when this returns.

    What follows another line is for the same people as that one. Raises NotAllowedError with the reason where the
    rules of the exchange do not allow it, and NotWrittenError.
    """
    lines = library.lines(evaluation)
    followed = next((line for line in lines if line.id == fields.get("to")), None)
    if fields.get("to") and followed is None:
        raise NotAllowedError(NOT_THERE_TO_FOLLOW)
    line = ReviewLine(
        id=new_id(),
        what=what,
        at=now(),
        seq=library.next_sequence(),
        who=library.who,
        side="reviewer",
        evaluation=evaluation,
        audience=followed.audience if followed else audience or default_audience(library),
        role=clean_line(role),
        **_cleaned(fields),
    )
    if missing_fields(line):
        raise NotAllowedError(INCOMPLETE)
    refused = {one.id: reason for one, reason in fold_lines([*lines, line]).refused}
    if line.id in refused:
        raise NotAllowedError(refused[line.id])
    library.write([line])
    return line


def default_audience(library: Library) -> Audience:
    """For whom a note is where nothing is said: for colleagues in a shared library, else for its writer alone."""
    return "us" if library.is_shared() else "me"


def note(
    library: Library, evaluation: str, kind: NoteKind, text: str, anchor: Anchor, *, audience: Audience, role: str = ""
) -> ReviewLine:
    """Write a note on an area, an item or quoted words: see ``write``."""
    return write(library, evaluation, "note", audience=audience, role=role, kind=kind, text=text, anchor=anchor)


def unfinished_note(evaluation: str, kind: NoteKind, text: str, anchor: Anchor) -> str:
    """A note that is still being typed, as text: what ``keep_unfinished_note`` can write later."""
    who, part = new_id(), {"kind": kind, "text": text, "anchor": anchor}
    return line_json.write_line(ReviewLine(new_id(), "note", now(), 1, who, "reviewer", evaluation, **part))  # type: ignore[arg-type]


def keep_unfinished_note(library: Library, unfinished: str) -> None:
    """Write a note that was not finished, for its writer alone. What is none is passed over. Raises NotWrittenError."""
    with suppress(ValueError):
        line = line_json.read_line(unfinished)
        if isinstance(line, ReviewLine) and line.anchor is not None:
            kind, role = line.kind or "note", person(library)[0]
            note(library, line.evaluation, kind, line.text, line.anchor, audience="me", role=role)


def set_state(
    library: Library, revision: Revision, state: StateWord, *, reason: str = "", area: str = "", role: str = ""
) -> ReviewLine:
    """Give a state to a received revision, or to one area of it: see ``write``. The setting is told with the reply."""
    anchor = Anchor(revision=revision.number, area=area, part="area" if area else "evaluation")
    given = {"state": state, "text": reason, "area": area, "anchor": anchor}
    return write(library, revision.evaluation, "state", audience="provider", role=role, **given)


def mark_seen(library: Library, revision: Revision) -> None:
    """Remember, for this person alone, that a revision was read. Raises NotWrittenError."""
    if not revision.seen:
        write_about_library(library, "seen", audience="me", pack=revision.digest)


def write_about_library(library: Library, what: LibraryWhat, **fields: Any) -> LibraryLine:
    """Write one line about the library: a name, a keeping date, a theme, a tag, a summary. Raises NotWrittenError."""
    line = LibraryLine(new_id(), what, now(), library.next_sequence(), library.who, **_cleaned(fields))
    library.write([line])
    return line


def person(library: Library) -> tuple[str, str]:
    """Who writes at this computer: the role that settings see, and the short name for colleagues."""
    state = library.state()
    return state.roles.get(library.who, ""), state.officers.get(library.who, "")


def introduce(library: Library, *, role: str, short_name: str) -> LibraryLine:
    """Say who writes at this computer. Raises NotWrittenError."""
    return write_about_library(library, "officer", text=clean_line(short_name), role=clean_line(role))


def is_past_keeping(library: Library, today: date) -> bool:
    """Whether the day has come until which the library was to be kept."""
    until = dates.parse(library.state().keeping)
    return until is not None and until < today


def _cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = {name: clean(value) if isinstance(value, str) else value for name, value in fields.items()}
    if "text" in cleaned:
        cleaned["text"] = visible_text(cleaned["text"])[:MAX_TEXT]
    if isinstance(action := cleaned.get("action"), Action):
        cleaned["action"] = replace(action, what=clean(action.what), who=clean_line(action.who))
    return cleaned


# The reply


def reply_lines(library: Library, evaluation: str) -> list[ReviewLine]:
    """The lines that a reply to the setting holds: the whole exchange so far, without what is for us or for me.

    Of what was taken back before any reply nothing; of what was taken back since, that it was.
    """
    replies = library.state().replied.get(evaluation, ())

    def may_be_out(line: ReviewLine, back: ReviewLine) -> bool:
        """Whether a reply held it: one made after it, by somebody who may not have known that it was taken back."""
        if line.typed or line.side == "setting":
            return True
        return any(one.seq > line.seq and not (one.who == back.who and one.seq > back.seq) for one in replies)

    return outgoing(library.lines(evaluation), may_be_out)


def shared_exchange(library: Library, evaluation: str) -> Exchange:
    """The state of the exchange as far as it may leave the library: what the setting sees of it too."""
    return fold_lines(reply_lines(library, evaluation))


# Taking out


def remove_pack(library: Library, digest: str) -> None:
    """Take one received file out for good; the revision stays where another file holds it. Raises NotWrittenError."""
    library.remove([LibraryLine(new_id(), "removed", now(), library.next_sequence(), library.who, pack=digest)])


def remove_revision(library: Library, revision: Revision) -> None:
    """Take one revision out for good, with the notes that hang on its words. Raises NotWrittenError."""
    numbers = [one for one in library.revisions(revision.evaluation) if one.number == revision.number]
    alone = len(numbers) == len(library.revisions(revision.evaluation))
    about = {"evaluation": revision.evaluation} | ({} if alone else {"on": str(revision.number)})
    _remove(library, [revision], [about] if len(numbers) == 1 or alone else [])


def remove_evaluation(library: Library, evaluation: str) -> None:
    """Take an evaluation out for good: all revisions, and what was written about it. Raises NotWrittenError."""
    _remove(library, library.revisions(evaluation), [{"evaluation": evaluation}])


def remove_provider(library: Library, provider: str) -> None:
    """Take a setting out for good: all evaluations, and what was written about them. Raises NotWrittenError."""
    revisions = library.providers(Wanted(providers=frozenset([provider]), current_only=False))
    evaluations = dict.fromkeys(one.evaluation for one in revisions)
    _remove(library, revisions, [*({"evaluation": one} for one in evaluations), {"provider": provider}])


def _remove(library: Library, revisions: Iterable[Revision], about: Iterable[Mapping[str, Any]]) -> None:
    packs = {digest for one in revisions for digest in (*library.packs_of(one), one.content)}
    named: list[Mapping[str, Any]] = [*({"pack": digest} for digest in sorted(packs)), *about]
    first, moment = library.next_sequence(), now()
    library.remove(
        [LibraryLine(new_id(), "removed", moment, first + n, library.who, **one) for n, one in enumerate(named)]
    )


# Keeping it whole


def check_library(folder: Path) -> Checked:
    """Say what a library holds and what is not whole in it. Nothing is written. Raises FileRefusedError."""
    return maintenance.check(files.files_of(folder, own_libraries()), line_json)


def copy_library(folder: Path, target: Path) -> int:
    """Copy a library to another place, such as a stick, without what is private. Returns how many packs were copied.

    Raises FileRefusedError, NotWrittenError.
    """
    return maintenance.copy(files.files_of(folder, own_libraries()), target)
