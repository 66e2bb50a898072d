"""What the command ``library`` only tells: the list, what was written about one evaluation, whether all is whole.

Each for people, or as JSON for a script.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from apq_desktop.cli.console import report
from apq_desktop.cli.opened_library import LoadCatalogue, ask_password, opened_library, revisions_of

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.placed_notes import PlacedNote

WAITS = {"": "", "reviewer": ", waits for us", "setting": ", waits for them"}


def list_library(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    """The newest revision of each evaluation, or of those whose setting carries a tag."""
    with opened_library(arguments, load_catalogue()) as library:
        rows = _rows(library, arguments.tag)
    return report(rows, map(_row_line, rows), as_json=arguments.json)


def _row_line(row: dict[str, Any]) -> str:
    state = f"{row['state']}{WAITS[row['waits_for']]}".replace("-", " ")
    told = (row["evaluation"], row["setting"], f"revision {row['revision']}", state, "; ".join(row["tags"]))
    return "\t".join(told).rstrip("\t")


def _rows(library: Library, tag: str) -> list[dict[str, Any]]:
    from apq_desktop.services.locality.tags import tagged, tags_of

    there = tags_of(library)
    return [
        {
            "evaluation": one.evaluation,
            "setting": one.name,
            "title": one.title,
            "period": one.period,
            "revision": one.number,
            "changed": one.changed,
            "received": one.received,
            "state": one.standing.word,
            "waits_for": one.standing.waits_for,
            "tags": list(there.get(one.provider, ())),
        }
        for one in library.providers(tagged(library, tag))
    ]


def show_exchange(arguments: argparse.Namespace, load_catalogue: LoadCatalogue) -> int:
    """What was written about an evaluation, with the words before and after."""
    from apq_desktop.review.note_wording import as_text
    from apq_desktop.services.libraries.open_library import exchange
    from apq_desktop.services.libraries.replying import placed_in, titles_of

    catalogue = load_catalogue()
    titles = titles_of(catalogue)
    with opened_library(arguments, catalogue) as library:
        newest = revisions_of(library, arguments)[-1]
        stands = exchange(library, newest.evaluation)
        placed = placed_in(library, newest, catalogue, stands)
    agreed = list(as_text(stands, (), titles, "reviewer"))
    values = {"evaluation": newest.evaluation, "agreed": agreed, "notes": [_note(one) for one in placed]}
    return report(values, as_text(stands, placed, titles, "reviewer"), as_json=arguments.json)


def _note(placed: PlacedNote) -> dict[str, Any]:
    from apq_desktop.review.note_wording import told

    thread = placed.thread
    return {
        "id": thread.note.id,
        "area": placed.area,
        "kind": thread.note.kind,
        "written": thread.note.at,
        "waits_for": thread.waits_for,
        **asdict(told(placed, "reviewer")),
        "changes": [{"before": before, "now": now} for before, now in placed.changes],
    }


def check_library(arguments: argparse.Namespace, _load_catalogue: LoadCatalogue) -> int:
    """Whether each file and line is whole."""
    from apq_desktop.services.libraries.server_libraries import check_place

    checked = check_place(arguments.library, ask_password)
    whole = "whole. " if not checked.problems else ""
    line = f"{arguments.library}: {whole}Files: {checked.packs:,}. Lines in journals: {checked.lines:,}."
    values = {"library": arguments.library, "whole": not checked.problems, **asdict(checked)}
    return report(values, [line], checked.problems, as_json=arguments.json)
