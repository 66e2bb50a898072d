"""What is made of an evaluation: packs, tables, and the template with nothing in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.sending import EVERYTHING, Include, copy_to_send
from apq_desktop.instrument import Catalogue
from apq_desktop.jobs.workspaces import now, ready_folder

if TYPE_CHECKING:
    from apq_desktop.evaluation.checks import Remark

Form = Literal["pdf", "json", "web"]
SUFFIXES: dict[Form, str] = {"pdf": ".pdf", "json": ".json", "web": ".html"}
USUAL_FORMS: tuple[Form, ...] = ("pdf", "json")


def look_over(evaluation: Evaluation, catalogue: Catalogue, today: date) -> list[Remark]:
    """What is worth a look before sending, with the characters that the PDF's fonts cannot show."""
    from apq_desktop.evaluation import checks  # its many patterns take 7 ms, for which opening a file need not wait
    from apq_desktop.report.fonts import missing_characters

    return checks.look_over(evaluation, catalogue, today, missing_characters)


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
    from apq_desktop.exchange import package, portable_json

    ready_folder(folder)
    evaluation = copy_to_send(evaluation, include, recipient)
    for_whom = evaluation.commissioner if named else ""
    data = portable_json.write(evaluation, catalogue)
    code = portable_json.code_of(data)
    targets = {form: folder / package.pack_name(evaluation, SUFFIXES[form], for_whom) for form in SUFFIXES}
    if "pdf" in forms:
        from apq_desktop.report import document
        from apq_desktop.report.finish import Data

        # Under the name that the data alone give, so that check can build the same pages again.
        attached = Data(data, package.pack_name(evaluation, SUFFIXES["json"]))
        pages = document.pdf(evaluation, catalogue, code=code, include=include, data=attached, progress=progress)
        package.write_file(targets["pdf"], pages)
    if "json" in forms:
        package.write_file(targets["json"], data)
    if "web" in forms:
        from apq_desktop.report.web_page import web_page

        package.write_file(targets["web"], web_page(evaluation, catalogue, code=code, include=include))
    return [target for form, target in targets.items() if form in forms]


def save_template(catalogue: Catalogue, path: Path, *, fillable: bool) -> None:
    """Write a template with nothing in it: to print, or to fill in on a screen. Raises NotWrittenError."""
    from apq_desktop.exchange import package
    from apq_desktop.report import document

    package.write_file(path, document.template_pdf(catalogue, fillable=fillable))


def save_table(kind: str, evaluation: Evaluation, catalogue: Catalogue, items: Sequence[Any], path: Path) -> None:
    """Write the actions or evidence given as a table (csv), calendar (ics) or PDF."""
    from apq_desktop.exchange import calendar_file, csv_tables, package

    match kind:
        case "csv":
            data = csv_tables.actions_csv(evaluation, catalogue, items)
        case "evidence-csv":
            data = csv_tables.evidence_csv(evaluation, items)
        case "ics":
            data = calendar_file.calendar(evaluation, catalogue, stamp=now(), actions=items)
        case _:
            from apq_desktop.report import document

            data = document.action_plan_pdf(evaluation, catalogue, items)
    package.write_file(path, data)
