"""The export formats. Each is one writer and one line of ``FORMATS``, from which ticks and options are made.

Writers import what they write with only when it is needed, since the window starts without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.exchange import csv_tables, pack_files
from apq_desktop.services.exports import calendar_events
from apq_desktop.toolkit.catalogue import Catalogue

WORD = ".docx"
"""How the name of a Word document ends. It is read and written as a template, not as a pack."""


def not_told(_share: float) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True)
class ExportContent:
    """What a writer writes. Each derived part is made once, however many formats need it.

    ``items`` are the actions or the evidence to write where not all are wanted. ``progress`` is told how much of one
    file is done, from 0 to 1.
    """

    evaluation: Evaluation
    catalogue: Catalogue
    include: Include = EVERYTHING
    items: Sequence[Any] | None = None
    progress: Callable[[float], None] = not_told

    @cached_property
    def data(self) -> bytes:
        """The portable JSON. Raises NotWrittenError."""
        from apq_desktop.exchange.json import evaluation_json

        return evaluation_json.write(self.evaluation, self.catalogue)

    @cached_property
    def code(self) -> str:
        """The short code of the data."""
        from apq_desktop.exchange.json import evaluation_json

        return evaluation_json.code_of(self.data)

    @property
    def actions(self) -> Sequence[Action]:
        """The actions to write."""
        return self.evaluation.actions if self.items is None else self.items


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One kind of file that is made of an evaluation.

    ``key`` names it in a request and is its option on the command line, which ``about`` explains. ``tick`` are the
    words by which it is added to a pack in the window; empty where it is not offered there. ``part`` ends the name of
    a file that holds less than all. ``always``: it is in every pack, unless others are named. ``noted`` is called once
    the file is in its place.
    """

    key: str
    suffix: str
    about: str
    write: Callable[[ExportContent], bytes]
    tick: str = ""
    part: str = ""
    always: bool = False
    noted: Callable[[ExportContent], None] | None = None


def write_pdf(content: ExportContent) -> bytes:
    """The document as a PDF, which carries the data."""
    from apq_desktop.documents.blank_form.blank_flowables import FormBlanks
    from apq_desktop.documents.pdf import renderer
    from apq_desktop.documents.pdf.post_process import Data

    # Under the name that the data alone give, so that check can build the same pages again.
    data = Data(content.data, pack_files.pack_name(content.evaluation, ".json"))
    return renderer.pdf(
        content.evaluation,
        content.catalogue,
        code=content.code,
        include=content.include,
        data=data,
        progress=content.progress,
        blanks=FormBlanks(),
    )


def write_json(content: ExportContent) -> bytes:
    """The portable JSON."""
    return content.data


def write_web_page(content: ExportContent) -> bytes:
    """The document as one web page."""
    from apq_desktop.documents.html.web_page import web_page

    return web_page(content.evaluation, content.catalogue, code=content.code, include=content.include)


def write_digest(content: ExportContent) -> bytes:
    """The first page, the areas on one page, and the action plan, as a PDF."""
    from apq_desktop.documents.pdf import renderer

    return renderer.digest_pdf(content.evaluation, content.catalogue, code=content.code, include=content.include)


def write_plan(content: ExportContent) -> bytes:
    """The action plan alone as a PDF."""
    from apq_desktop.documents.pdf import renderer

    return renderer.action_plan_pdf(content.evaluation, content.catalogue, content.items)


def write_standards(content: ExportContent) -> bytes:
    """Where the proof stands, by the lists of standards, as a PDF."""
    from apq_desktop.documents.pdf import renderer

    return renderer.standards_pdf(content.evaluation, content.catalogue)


def write_actions(content: ExportContent) -> bytes:
    """The actions as CSV."""
    return csv_tables.actions_csv(content.evaluation, content.catalogue, content.items)


def write_evidence(content: ExportContent) -> bytes:
    """The evidence as CSV."""
    return csv_tables.evidence_csv(content.evaluation, content.catalogue, content.items)


def write_workbook(content: ExportContent) -> bytes:
    """Everything in it as tables in one Excel workbook."""
    from apq_desktop.exchange.data_tables import Standpoint, data_tables
    from apq_desktop.exchange.workbook import workbook

    return workbook(data_tables([Standpoint(content.evaluation)], content.catalogue))


def write_calendar(content: ExportContent) -> bytes:
    """The dates of the actions as a calendar file, which cancels the events that are gone."""
    from apq_desktop.exchange import calendar_file
    from apq_desktop.services.workspaces import now

    return calendar_file.calendar(
        content.evaluation,
        content.catalogue,
        stamp=now(),
        actions=content.actions,
        cancelled=_cancelled(content),
        number=calendar_events.next_number(content.evaluation),
    )


def note_calendar(content: ExportContent) -> None:
    """Remember which events were given out."""
    from apq_desktop.exchange.calendar_file import has_event, number_at
    from apq_desktop.services.workspaces import now

    evaluation, given = content.evaluation, filter(has_event, content.actions)
    number = max(calendar_events.next_number(evaluation), number_at(now()))
    with suppress(OSError):  # what is not remembered is not cancelled later; the calendar is written all the same
        calendar_events.note(evaluation, given, _cancelled(content), number)


def _cancelled(content: ExportContent) -> list[Action]:
    from apq_desktop.exchange.calendar_file import has_event

    return calendar_events.gone(content.evaluation, filter(has_event, content.evaluation.actions))


FORMATS: dict[str, ExportFormat] = {
    one.key: one
    for one in (
        ExportFormat("pdf", ".pdf", "the PDF", write_pdf, always=True),
        ExportFormat("json", ".json", "the JSON", write_json, always=True),
        ExportFormat("web", ".html", "one web page", write_web_page, "Also as a web page"),
        ExportFormat(
            "digest",
            ".pdf",
            "a digest as a PDF: the first two pages and the action plan",
            write_digest,
            "Also a digest: two pages and the plan",
            "digest",
        ),
        ExportFormat(
            "plan", ".pdf", "the action plan as a PDF", write_plan, "Also the action plan on its own", "action-plan"
        ),
        ExportFormat(
            "standards", ".pdf", "where the proof stands as a PDF", write_standards, part="where-the-proof-stands"
        ),
        ExportFormat(
            "xlsx", ".xlsx", "tables as an Excel workbook", write_workbook, "Also as tables for a spreadsheet", "tables"
        ),
        ExportFormat("actions", ".csv", "the actions as a CSV table", write_actions, part="actions"),
        ExportFormat("evidence", ".csv", "the evidence as a CSV table", write_evidence, part="evidence"),
        ExportFormat(
            "calendar", ".ics", "the actions’ dates as a calendar", write_calendar, part="dates", noted=note_calendar
        ),
    )
}
"""Every format by its key, in the order in which files are made and named."""


def always() -> tuple[str, ...]:
    """The keys of what is in every pack."""
    return tuple(key for key, one in FORMATS.items() if one.always)
