"""What is made of an evaluation: packs, tables, and the template with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include, copy_to_send
from apq_desktop.services.workspaces import now, ready_folder
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.checks import Remark

Form = Literal["pdf", "json", "web"]
SUFFIXES: dict[Form, str] = {"pdf": ".pdf", "json": ".json", "web": ".html"}
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
    for_whom = evaluation.commissioner if named else ""
    data = evaluation_json.write(evaluation, catalogue)
    code = evaluation_json.code_of(data)
    targets = {form: folder / pack_files.pack_name(evaluation, SUFFIXES[form], for_whom) for form in SUFFIXES}
    if "pdf" in forms:
        from apq_desktop.documents.pdf import renderer
        from apq_desktop.documents.pdf.post_process import Data

        # Under the name that the data alone give, so that check can build the same pages again.
        attached = Data(data, pack_files.pack_name(evaluation, SUFFIXES["json"]))
        pages = renderer.pdf(evaluation, catalogue, code=code, include=include, data=attached, progress=progress)
        pack_files.write_file(targets["pdf"], pages)
    if "json" in forms:
        pack_files.write_file(targets["json"], data)
    if "web" in forms:
        from apq_desktop.documents.html.web_page import web_page

        pack_files.write_file(targets["web"], web_page(evaluation, catalogue, code=code, include=include))
    return [target for form, target in targets.items() if form in forms]


def save_template(catalogue: Catalogue, path: Path, *, fillable: bool) -> None:
    """Write a template with nothing in it: to print, or to fill in on a screen. Raises NotWrittenError."""
    from apq_desktop.documents.blank_form.blank_form import template_pdf
    from apq_desktop.exchange import pack_files

    pack_files.write_file(path, template_pdf(catalogue, fillable=fillable))


def save_table(kind: str, evaluation: Evaluation, catalogue: Catalogue, items: Sequence[Any], path: Path) -> None:
    """Write the actions or evidence given as a table (csv), calendar (ics) or PDF."""
    from apq_desktop.exchange import calendar_file, csv_tables, pack_files

    match kind:
        case "csv":
            data = csv_tables.actions_csv(evaluation, catalogue, items)
        case "evidence-csv":
            data = csv_tables.evidence_csv(evaluation, catalogue, items)
        case "ics":
            data = calendar_file.calendar(evaluation, catalogue, stamp=now(), actions=items)
        case _:
            from apq_desktop.documents.pdf import renderer

            data = renderer.action_plan_pdf(evaluation, catalogue, items)
    pack_files.write_file(path, data)
