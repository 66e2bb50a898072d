"""One workspace of each version of the tables, as that version wrote it, kept as readable SQL.

`python tests/faults/stored_workspaces.py` writes the one of the present version to tests/faults/workspaces, from
what is said here. It is written once, when a release has that version, and never again.
"""

from __future__ import annotations

import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from apq_desktop.evaluation.edits.changes import ListPlace, RemoveItem, SetField, Target
from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
)
from apq_desktop.evaluation.unknown_fields import as_text
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.database.tables import APPLICATION_ID
from apq_desktop.storage.kept_files import proof_of
from apq_desktop.storage.reviews import KeptReply
from apq_desktop.storage.workspace import Workspace

FOLDER = Path(__file__).parent / "workspaces"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")
REMOVED_UNKNOWN = as_text({"cost": "£ 300"})
FIRST_WORDS, LAST_WORDS = "Most of us are trained.", "Everyone is trained – see the register."


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


KEEPS_UNKNOWN_FIELDS = 4
"""The first version that keeps what it does not know of a received evaluation."""


KEEPS_REVIEWS = 6
"""The first version that keeps reviews."""
REPLY = b"%PDF-1.7 a reply"


def review_lines() -> tuple[ReviewLine, ...]:
    """What the stored workspace keeps of a review."""
    at, council, mine = "2026-12-03T14:02:00+00:00", _id(20), _id(21)
    anchor = Anchor(1, "workforce", "note", "1.1", "note", Quote("Everyone is trained", suffix=" – see the register."))
    unknown = as_text({"urgent": True})
    asked = ReviewLine(
        _id(22), "note", at, 1, council, "reviewer", _id(1), "provider", "Officer", "question", text="Wŷn? 🙂",
        anchor=anchor, unknown_fields=unknown,
    )  # fmt: skip
    answer = ReviewLine(_id(23), "answer", at, 2, mine, "setting", _id(1), "provider", to=asked.id, text="Yes.")
    action = Action(_id(24), "needs", "Agreed", unknown_fields=unknown)
    return asked, answer, ReviewLine(_id(25), "agreed-action", at, 3, council, "reviewer", _id(1), action=action)


def evaluation(version: int = VERSION) -> Evaluation:
    """What the stored workspace of a version holds."""
    made = Evaluation(
        id=_id(1),
        title="Self-evaluation 2026/27",
        period="2026/27",
        created="2026-11-22T10:42:00+00:00",
        changed="2026-11-23T09:30:00+00:00",
        commissioner="Riverside Council",
        purposes=["self-evaluation"],
        setting=Setting(id=_id(2), name="The Lodge", key_stages=["3", "4"], places="24"),
        areas=[
            AreaRecord(
                1,
                "workforce",
                "Workforce",
                ready=True,
                questions=[QuestionNote("1.1", LAST_WORDS), QuestionNote("1.2", "שלום 🙂")],
                strengths=[Entry(_id(3), "Stable team"), Entry(_id(4), "Daily briefing")],
                development_areas=[Entry(_id(5), "Supervision")],
                evidence=[_id(6)],
            ),
            AreaRecord(7, "needs", "Needs", applies=False, reason="None", strengths=[Entry(_id(7), "", "literacy")]),
        ],
        evidence=[Evidence(_id(6), "Attendance data", date="2026-09-01"), Evidence(_id(8), "Visit", "observation")],
        actions=[
            Action(_id(9), "workforce", "Plan supervision", by_when="by Easter", development_area=_id(5)),
            Action(_id(10), "needs", progress="under-way"),
        ],
    )
    if version >= KEEPS_UNKNOWN_FIELDS:
        area = made.areas[0]
        for thing in (
            made,
            made.setting,
            area,
            area.questions[0],
            area.strengths[0],
            made.evidence[0],
            made.actions[0],
        ):
            thing.unknown_fields = as_text({"seen_by": ["Ŵyn", None, 7], "kind_of": type(thing).__name__})
    return made


def build(version: int, path: Path) -> None:
    """Make the stored workspace of a version as a file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript((FOLDER / f"version-{version}.sql").read_text("utf-8"))
    connection.close()


def write(path: Path, work: Path) -> None:
    """Write the workspace of the present version as SQL."""
    file = work / "stored.apq"
    before = evaluation()
    before.area("workforce").note("1.1").note = FIRST_WORDS
    before.actions.append(Action(_id(11), "needs", "Taken away", unknown_fields=REMOVED_UNKNOWN))
    with Workspace.create(file) as workspace:
        workspace.add(before)
        workspace.apply(before.id, [SetField(NOTE, "note", LAST_WORDS, FIRST_WORDS)], AT)
        reply = KeptReply(before.id, "2026-12-04T09:00:00+00:00", "Reply.pdf", "Northshire", proof_of(REPLY))
        workspace.reviews.add(review_lines(), reply, REPLY)
        workspace.apply(before.id, [RemoveItem(ListPlace("actions"), before.actions[2], 2)], AT)
    connection = sqlite3.connect(file)
    lines = [f"PRAGMA application_id = {APPLICATION_ID};", f"PRAGMA user_version = {VERSION};"]
    path.write_text("\n".join([*lines, *connection.iterdump()]) + "\n", "utf-8")
    connection.close()


if __name__ == "__main__":
    target = FOLDER / f"version-{VERSION}.sql"
    if target.exists():
        sys.exit(f"{target} is kept as it is")
    with TemporaryDirectory() as folder:
        write(target, Path(folder))
