"""Where the commissioner answers: the last part of the document, on paper or as a form in the PDF.

The form's fields have names that begin with a mark (``mark``), by which a filled-in copy is known again.
"""

from __future__ import annotations

from apq_desktop.documents.content.document_tree import Blank, Element
from apq_desktop.documents.content.phrases import day
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.review.review_labels import STATES

TITLE = "Reply"
BY_AREA = "Reply, area by area"
ROWS = (
    "Received by, and role",
    "Received on",
    "Comments",
    "Changes requested",
    "Agreed actions: what, who, by when",
    "Next review",
    "For the commissioner: signature and date",
    "For the setting: signature and date",
)
HOW = """\
Type in the boxes, save the file and send it back: APQ Desktop reads what you typed. Or print these pages and write on \
them. A box that is full scrolls. Name no pupil."""
HOW_BY_AREA = """\
What stands under “Changes requested” asks the setting for an answer; a comment does not. Leave empty what needs no \
word."""
FORMAT = "apq-reply"
VERSION = 1
ROLE, DATE, STATE, COMMENT, NEXT_REVIEW = "role", "date", "state", "comment", "next-review"
ACTION_ROWS = 4
ACTION_PARTS = (("area", "Area"), ("what", "Agreed action"), ("who", "Who"), ("by_when", "By when"))


def mark(code: str) -> str:
    """The first part of every field's name: format, version, and the code of the data that the reply is about."""
    return f"{FORMAT}-{VERSION}-{code or 'none'}"


def in_area(area: str, part: str) -> str:
    """The name of the field for a ``comment`` on an area or a ``request``."""
    return f"area.{area}.{part}"


def action(row: int, part: str) -> str:
    """The name of a field in a row of agreed actions, counted from 1."""
    return f"action.{row}.{part}"


def add_reply(document: Element, source: ContentSource) -> None:
    """Add what the commissioner fills in, and to which state of the evaluation it is."""
    section = document.add("Sect", style="new-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    if source.include.reply:
        _add_form(section, source)
    else:
        section.add("P", "Room for your reply, on paper or at a visit.", style="lead")
        table = section.add("Table", style="reply")
        for name in ROWS:
            row = table.add("TR")
            row.add("TH", name, style="fact-name", scope="Row")
            row.add("TD")
    section.add("P", _identity(source.evaluation), style="small")
    if source.code:
        section.add("P", _code(source.code), style="small")
    if source.include.reply:
        _add_areas(document, source)


def _add_form(section: Element, source: ContentSource) -> None:
    section.add("P", HOW, style="lead")
    table = section.add("Table", style="form")
    named = mark(source.code)
    for name, title, hint in (
        (ROLE, "Who replies", "Your role, such as school improvement officer; and your organisation"),
        (DATE, "Date", ""),
    ):
        cell = _cell(table, title, hint)
        cell.add("Form", blank=Blank(f"Reply: {title.lower()}", f"{named}.{name}", one_line=True))
    cell = _cell(table, "State", "")
    for key, words in STATES.items():
        blank = Blank(f"Reply: state: {words}", f"{named}.{STATE}", tick=key, one_of="Reply: state")
        cell.add("Form", blank=blank)
        cell.add("P", words, style="tick-three")
    cell = _cell(table, "Comment on the whole", "")
    cell.add("Form", blank=Blank("Reply: comment on the whole evaluation", f"{named}.{COMMENT}", lines=5))
    cell = _cell(table, "Next review", "")
    cell.add("Form", blank=Blank("Reply: next review, a date", f"{named}.{NEXT_REVIEW}", one_line=True))
    section.add("H3", "Agreed actions", style="part")
    actions = section.add("Table", style="agreed-form")
    head = actions.add("TR")
    for _, title in ACTION_PARTS:
        head.add("TH", scope="Column").add("P", title, style="cell-head")
    for number in range(1, ACTION_ROWS + 1):
        row = actions.add("TR")
        for part, title in ACTION_PARTS:
            says = f"Agreed action {number}: {'number of the area' if part == 'area' else title.lower()}"
            blank = Blank(says, f"{named}.{action(number, part)}", lines=2, one_line=part == "area")
            row.add("TD").add("Form", blank=blank)


def _cell(table: Element, title: str, hint: str) -> Element:
    row = table.add("TR")
    row.add("TH", scope="Row").add("P", title, style="fact-name")
    cell = row.add("TD")
    cell.add_text(hint, style="hint")
    return cell


def _add_areas(document: Element, source: ContentSource) -> None:
    section = document.add("Sect", style="new-page", bookmark=BY_AREA)
    section.add("H2", BY_AREA, style="section")
    section.add("P", HOW_BY_AREA, style="lead")
    table = section.add("Table", style="reply-form")
    head = table.add("TR")
    for title in ("Area", "Comment", "Changes requested"):
        head.add("TH", scope="Column").add("P", title, style="cell-head")
    for area in source.areas:
        row = table.add("TR")
        row.add("TH", scope="Row").add("P", area.heading, style="fact-name")
        for part, says in (("comment", "comment"), ("request", "changes requested")):
            name = f"{mark(source.code)}.{in_area(area.record.key, part)}"
            row.add("TD").add("Form", blank=Blank(f"Area {area.heading}: {says}", name, lines=2))


def _identity(evaluation: Evaluation) -> str:
    """Which state of which evaluation this is."""
    parts = [f"Revision {evaluation.revision}" if evaluation.revision else "Not sent yet"]
    if evaluation.changed:
        parts.append(f"as at {day(evaluation.changed)}")
    if evaluation.revision > 1:
        parts.append(f"replaces revision {evaluation.revision - 1}")
    parts.append(f"evaluation {evaluation.id}")
    if evaluation.supersedes:
        parts.append(f"follows {evaluation.supersedes}")
    return "; ".join(parts) + "."


def _code(code: str) -> str:
    return f"Code {code}: the same in the data file and in the program where nothing was changed."
