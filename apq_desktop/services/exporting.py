"""What is made of an evaluation: packs, tables, and the template with nothing in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include, copy_to_send
from apq_desktop.evaluation.text.dates import local_stamp
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.services.workspaces import now, ready_folder
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.checks import Remark

_log = logging.getLogger(__name__)
Form = Literal["pdf", "json", "web", "digest", "plan"]
SUFFIXES: dict[Form, str] = {"pdf": ".pdf", "json": ".json", "web": ".html", "digest": ".pdf", "plan": ".pdf"}
PARTS: dict[Form, str] = {"digest": "digest", "plan": "action-plan"}
"""How the files are named apart that hold less than the whole."""
USUAL_FORMS: tuple[Form, ...] = ("pdf", "json")


def run_checks(evaluation: Evaluation, catalogue: Catalogue, today: date) -> list[Remark]:
    """What is worth a look before sending, with the characters that the PDF's fonts cannot show."""
    from apq_desktop.documents.text.fonts import missing_characters
    from apq_desktop.evaluation.rules import checks

    return checks.run_checks(evaluation, catalogue, today, missing_characters)


def export(
    evaluation: Evaluation,
    catalogue: Catalogue,
    folder: Path,
    *,
    forms: Collection[Form] = USUAL_FORMS,
    include: Include = EVERYTHING,
    recipient: str | None = None,
    named: bool = False,
    progress: Callable[[float], None] = lambda _share: None,
) -> list[Path]:
    """Write the pack of one evaluation into ``folder`` and return its files. A pack of the same name is replaced.

    ``recipient`` is whom it is for, where that is not who the evaluation names; with ``named``, the files have the
    recipient in their names too. ``progress`` is told how much is done, from 0 to 1.
    """
    from apq_desktop.exchange import pack_files
    from apq_desktop.exchange.json import evaluation_json

    ready_folder(folder)
    evaluation = copy_to_send(evaluation, include, recipient)
    # Name and pages carry the person's own day, and whoever checks the pack elsewhere finds the same one.
    evaluation.changed = local_stamp(evaluation.changed)
    for_whom = evaluation.commissioner if named else ""
    data = evaluation_json.write(evaluation, catalogue)
    sheets = Sheets(evaluation, catalogue, include, data, evaluation_json.code_of(data), progress)
    written = []
    for form in (form for form in SUFFIXES if form in forms):
        name = pack_files.pack_name(evaluation, SUFFIXES[form], for_whom, PARTS.get(form, ""))
        pack_files.write_file(folder / name, data if form == "json" else getattr(sheets, form)())
        written.append(folder / name)
    _log.info("exported: %s", ", ".join(forms))
    return written


@dataclass(frozen=True)
class Sheets:
    """What people read of a copy, each form made when it is asked for: a method a form."""

    evaluation: Evaluation
    catalogue: Catalogue
    include: Include
    data: bytes
    code: str
    progress: Callable[[float], None]

    def pdf(self) -> bytes:
        """The whole document, which carries the data."""
        from apq_desktop.documents.pdf import renderer
        from apq_desktop.documents.pdf.post_process import Data
        from apq_desktop.exchange import pack_files

        # Under the name that the data alone give, so that check can build the same pages again.
        data = Data(self.data, pack_files.pack_name(self.evaluation, SUFFIXES["json"]))
        return renderer.pdf(
            self.evaluation, self.catalogue, code=self.code, include=self.include, data=data, progress=self.progress
        )

    def web(self) -> bytes:
        """The whole document as one web page."""
        from apq_desktop.documents.html.web_page import web_page

        return web_page(self.evaluation, self.catalogue, code=self.code, include=self.include)

    def digest(self) -> bytes:
        """The first page, the areas on one page, and the action plan."""
        from apq_desktop.documents.pdf import renderer

        return renderer.digest_pdf(self.evaluation, self.catalogue, code=self.code, include=self.include)

    def plan(self) -> bytes:
        """The action plan alone."""
        from apq_desktop.documents.pdf import renderer

        return renderer.action_plan_pdf(self.evaluation, self.catalogue)


def characters_not_shown(evaluation: Evaluation) -> list[str]:
    """The characters that no face of the PDF has a shape for, in their order; a sign stands in place of each."""
    from apq_desktop.documents.text.fonts import missing_characters

    return sorted(missing_characters("\n".join(written.text for written in everything_written(evaluation))))


def save_template(catalogue: Catalogue, path: Path, *, fillable: bool) -> None:
    """Write a template with nothing in it: to print, or to fill in on a screen. Raises NotWrittenError."""
    from apq_desktop.documents.blank_form.blank_form import template_pdf
    from apq_desktop.exchange import pack_files

    pack_files.write_file(path, template_pdf(catalogue, fillable=fillable))


def save_table(kind: str, evaluation: Evaluation, catalogue: Catalogue, items: Sequence[Any], path: Path) -> None:
    """Write the actions or evidence given as a table (csv), calendar (ics) or PDF."""
    from apq_desktop.exchange import csv_tables, pack_files

    match kind:
        case "csv":
            data = csv_tables.actions_csv(evaluation, catalogue, items)
        case "evidence-csv":
            data = csv_tables.evidence_csv(evaluation, catalogue, items)
        case "ics":
            _save_calendar(evaluation, catalogue, items, path)
            return
        case _:
            from apq_desktop.documents.pdf import renderer

            data = renderer.action_plan_pdf(evaluation, catalogue, items)
    pack_files.write_file(path, data)


def _save_calendar(evaluation: Evaluation, catalogue: Catalogue, actions: Sequence[Action], path: Path) -> None:
    from apq_desktop.exchange import calendar_file, pack_files
    from apq_desktop.services import calendar_events

    has_event = calendar_file.has_event
    gone = calendar_events.gone(evaluation, filter(has_event, evaluation.actions))
    data = calendar_file.calendar(evaluation, catalogue, stamp=now(), actions=actions, cancelled=gone)
    pack_files.write_file(path, data)
    with suppress(OSError):  # what is not remembered is not cancelled later; the calendar is written all the same
        calendar_events.note(evaluation, filter(has_event, actions), gone)
