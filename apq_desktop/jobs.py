"""The jobs that both the window and the command line do: each hands one floor's result to the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from apq_desktop import assets, last_session
from apq_desktop.errors import FileRefusedError, NotSavedError, NotWrittenError, PackRefusedError
from apq_desktop.evaluation import checks
from apq_desktop.evaluation.changes import Change
from apq_desktop.evaluation.checks import Remark
from apq_desktop.evaluation.model import Evaluation, align
from apq_desktop.evaluation.sending import EVERYTHING, Include, copy_to_send
from apq_desktop.instrument import Catalogue
from apq_desktop.store.backups import Backups
from apq_desktop.store.workspace import EvaluationHeading, Workspace

MOST_STEPS = 100
if TYPE_CHECKING:
    from apq_desktop.exchange.portable_json import Received

Form = Literal["pdf", "json", "web"]
SUFFIXES: dict[Form, str] = {"pdf": ".pdf", "json": ".json", "web": ".html"}
USUAL_FORMS: tuple[Form, ...] = ("pdf", "json")


@dataclass(frozen=True)
class Opened:
    """A workspace, the headings of all its evaluations, and one of them, aligned with the instrument.

    ``steps`` are the edits of the last session, which can still be undone.
    """

    workspace: Workspace
    headings: tuple[EvaluationHeading, ...]
    evaluation: Evaluation
    steps: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Imported:
    """What became of many packs: remarks on those that were read, and a sentence for each that was not."""

    remarks: tuple[str, ...]
    refused: tuple[str, ...]


def now() -> str:
    """This moment as the stamp that files carry: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_workspace(
    path: Path,
    catalogue: Catalogue,
    evaluation_id: str = "",
    *,
    read_only: bool = False,
    backups: Backups | None = None,
) -> Opened:
    """Open a workspace at one evaluation: see ``at_evaluation``."""
    workspace = Workspace.open(path, read_only=read_only, backups=backups)
    try:
        return at_evaluation(workspace, catalogue, evaluation_id)
    except BaseException:
        workspace.close()
        raise


def at_evaluation(workspace: Workspace, catalogue: Catalogue, evaluation_id: str = "") -> Opened:
    """An open workspace at one evaluation: the one asked for, else of those not archived the one changed last."""
    evaluation = workspace.read(_chosen(workspace, evaluation_id))
    align(evaluation, catalogue)
    headings = tuple(workspace.evaluations())
    if workspace.read_only:
        return Opened(workspace, headings, evaluation)
    with suppress(NotSavedError):  # a full disk: what is there can still be read
        workspace.fill_in(evaluation)
    past = workspace.recent_changes(evaluation.id, MOST_STEPS)
    return Opened(workspace, headings, evaluation, tuple(last_session.steps(past, evaluation)))


def _chosen(workspace: Workspace, evaluation_id: str) -> str:
    headings = workspace.evaluations()
    if not headings:
        raise FileRefusedError(workspace.path, "holds no evaluation yet. Start a new one, or import one into it.")
    chosen = evaluation_id or max(headings, key=lambda heading: (not heading.archived, heading.changed)).id
    if chosen not in {heading.id for heading in headings}:
        raise FileRefusedError(workspace.path, f"holds no evaluation with the id {chosen}.")
    return chosen


def create_workspace(path: Path, evaluation: Evaluation) -> Workspace:
    """A new workspace with one evaluation. Makes the folder where it is missing; refuses a file that is there."""
    _make_folder(path.parent)
    workspace = Workspace.create(path)
    try:
        workspace.add(evaluation)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace


def example(catalogue: Catalogue) -> Evaluation:
    """The worked example."""
    from apq_desktop.exchange import portable_json

    return portable_json.read(assets.resources() / "example" / "example.json", catalogue).evaluation


def look_over(evaluation: Evaluation, catalogue: Catalogue, today: date) -> list[Remark]:
    """What is worth a look before sending, with the characters that the PDF's fonts cannot show."""
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

        document.write_pdf(
            evaluation,
            catalogue,
            targets["pdf"],
            code=code,
            include=include,
            data=data,
            data_name=targets["json"].name,
            progress=progress,
        )
    if "json" in forms:
        package.write_file(targets["json"], data)
    if "web" in forms:
        from apq_desktop.report.web_page import web_page

        package.write_file(targets["web"], web_page(evaluation, catalogue, code=code, include=include))
    return [target for form, target in targets.items() if form in forms]


def ready_folder(folder: Path, *, make: bool = False) -> None:
    """See to it that files can be put into a folder; ``make`` it where it is missing. Raises NotWrittenError."""
    if make:
        _make_folder(folder)
    if not folder.is_dir():
        raise NotWrittenError(folder, "is not a folder. Choose a folder that is there.")
    if not os.access(folder, os.W_OK):
        raise NotWrittenError(folder, "cannot be written to. Choose another folder.")


def save_template(catalogue: Catalogue, path: Path, *, fillable: bool) -> None:
    """Write a template with nothing in it: to print, or to fill in on a screen. Raises NotWrittenError."""
    from apq_desktop.exchange import package
    from apq_desktop.report import document

    package.write_file(path, document.template_pdf(catalogue, fillable=fillable))


def salvage(path: Path, saved: Path, catalogue: Catalogue) -> str:
    """Save what can be read of a damaged file as the new file ``saved``. Returns what the person is told."""
    from apq_desktop.exchange import package
    from apq_desktop.store import copies
    from apq_desktop.store.salvage import salvage as read_what_reads

    found = read_what_reads(path, catalogue)
    copies.write_new(saved, found.evaluations)
    if found.loose_texts:
        loose = saved.with_name(f"{saved.stem} - texts without a place.txt")
        package.write_file(loose, "\n\n".join(found.loose_texts).encode("utf-8"))
    return " ".join(found.remarks[:3])


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


def read_pack(pack: Path, catalogue: Catalogue) -> Received:
    """Read what was sent: the JSON, the JSON that a PDF of ours carries, or a template that was filled in.

    A template that was filled in has no code. Raises PackRefusedError.
    """
    from apq_desktop.exchange import portable_json

    if pack.suffix.lower() != SUFFIXES["pdf"]:
        return portable_json.read(pack, catalogue)
    from apq_desktop.report.attachment import attached_data
    from apq_desktop.report.filled_form import read_filled_form

    filled = read_filled_form(pack, catalogue, created=now())
    if filled is None:
        return portable_json.read_bytes(attached_data(pack), pack, catalogue)
    try:
        data = portable_json.write(filled.evaluation, catalogue)
    except NotWrittenError as error:
        sentence = "more stands in it than an evaluation can hold; shorten it, then open it again"
        raise PackRefusedError(pack, sentence) from error
    received = portable_json.read_bytes(data, pack, catalogue)
    return replace(received, remarks=(*filled.remarks, *received.remarks), code="")


def read_sent(workspace: Workspace, sending_id: str, catalogue: Catalogue) -> Evaluation:
    """An evaluation as one sending of an open workspace had it. Raises FileRefusedError, PackRefusedError."""
    from apq_desktop.exchange import portable_json
    from apq_desktop.report.attachment import attached_data

    data = attached_data(workspace.path, workspace.sent_pack(sending_id))
    return portable_json.read_bytes(data, workspace.path, catalogue).evaluation


def import_packs(packs: Sequence[Path], into: Path, catalogue: Catalogue) -> Imported:
    """Add every pack that can be read to the workspace ``into``, made where it is missing.

    A bad pack among good ones is told and passed over. Raises FileRefusedError where ``into`` itself is refused.
    """
    remarks: list[str] = []
    refused: list[str] = []
    workspace = Workspace.open(into) if into.exists() else None
    try:
        for pack in packs:
            try:
                received = read_pack(pack, catalogue)
                if workspace is None:
                    workspace = create_workspace(into, received.evaluation)
                else:
                    workspace.add(received.evaluation)
            except (PackRefusedError, NotSavedError) as error:
                refused.append(str(error) if isinstance(error, PackRefusedError) else f"{pack}: {error}")
            else:
                remarks += [f"{pack}: {remark}" for remark in received.remarks]
    finally:
        if workspace is not None:
            workspace.close()
    return Imported(tuple(remarks), tuple(refused))


def check(path: Path, catalogue: Catalogue) -> str:
    """Say in one line what a whole .apq, .json or .pdf holds. Raises FileRefusedError where it is not whole."""
    if path.suffix.lower() in (SUFFIXES["json"], SUFFIXES["pdf"]):
        received = read_pack(path, catalogue)
        evaluation = received.evaluation
        remarks = "".join(f" {remark}" for remark in received.remarks)
        if path.suffix.lower() == SUFFIXES["pdf"] and received.code:
            remarks += f" {_pages_agree(path, received, catalogue)}"
        return (
            f"{path}: whole. {_title(evaluation.title)} of {_setting(evaluation.setting.name)}, "
            f"revision {evaluation.revision}{f', code {received.code}' if received.code else ''}.{remarks}"
        )
    with Workspace.open(path, read_only=True) as workspace:
        headings = workspace.evaluations()
    what = "; ".join(f"{_title(heading.title)} of {_setting(heading.setting_name)}" for heading in headings)
    count = "1 evaluation" if len(headings) == 1 else f"{len(headings)} evaluations"
    return f"{path}: whole. {count}: {what}." if headings else f"{path}: whole. No evaluation yet."


def _pages_agree(path: Path, received: Received, catalogue: Catalogue) -> str:
    """Whether a PDF's pages say what its data say: the same data make the same pages, byte for byte."""
    from apq_desktop.exchange import package
    from apq_desktop.report import document
    from apq_desktop.report.finish import Data

    evaluation, there = received.evaluation, path.read_bytes()
    data = Data(received.original, package.pack_name(evaluation, SUFFIXES["json"]))
    for parts in product((True, False), repeat=4):
        made = document.pdf(evaluation, catalogue, code=received.code, include=Include(*parts), data=data)
        if made == there:
            return "Pages and data agree."
    return "Its pages were made by another version of the program, or changed: whether they say the same is not known."


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(folder, "the folder could not be made. Choose another place.") from error


def _title(title: str) -> str:
    return title.strip() or "Self-evaluation"


def _setting(name: str) -> str:
    return name.strip() or "a setting without a name"
