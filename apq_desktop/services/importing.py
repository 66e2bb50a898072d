"""What comes in: packs and filled-in templates are read, added to a workspace, or checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import NotSavedError, NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.services.exporting import SUFFIXES
from apq_desktop.services.workspaces import create_workspace, now
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.exchange.json.evaluation_json import Received


@dataclass(frozen=True)
class ImportResult:
    """What became of many packs: remarks on those that were read, and a sentence for each that was not."""

    remarks: tuple[str, ...]
    refused: tuple[str, ...]


def read_pack(pack: Path, catalogue: Catalogue) -> Received:
    """Read what was sent: the JSON, the JSON that a PDF of ours carries, or a template that was filled in.

    A template that was filled in has no code. Raises PackRefusedError.
    """
    from apq_desktop.exchange.json import evaluation_json

    if pack.suffix.lower() != SUFFIXES["pdf"]:
        return evaluation_json.read(pack, catalogue)
    from apq_desktop.documents.blank_form.filled_form import read_filled_form
    from apq_desktop.documents.pdf.attachment import attached_data

    filled = read_filled_form(pack, catalogue, created=now())
    if filled is None:
        return evaluation_json.read_bytes(attached_data(pack), pack, catalogue)
    try:
        data = evaluation_json.write(filled.evaluation, catalogue)
    except NotWrittenError as error:
        sentence = "more stands in it than an evaluation can hold; shorten it, then open it again"
        raise PackRefusedError(pack, sentence) from error
    received = evaluation_json.read_bytes(data, pack, catalogue)
    return replace(received, remarks=(*filled.remarks, *received.remarks), code="")


def read_sent(workspace: Workspace, sending_id: str, catalogue: Catalogue) -> Evaluation:
    """An evaluation as one sending of an open workspace had it. Raises FileRefusedError, PackRefusedError."""
    from apq_desktop.documents.pdf.attachment import attached_data
    from apq_desktop.exchange.json import evaluation_json

    data = attached_data(workspace.path, workspace.sent_pack(sending_id))
    return evaluation_json.read_bytes(data, workspace.path, catalogue).evaluation


def import_packs(packs: Sequence[Path], into: Path, catalogue: Catalogue) -> ImportResult:
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
    return ImportResult(tuple(remarks), tuple(refused))


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
    from apq_desktop.documents.pdf import renderer
    from apq_desktop.documents.pdf.attachment import keywords_of
    from apq_desktop.documents.pdf.post_process import Data
    from apq_desktop.exchange import pack_files

    evaluation, there = received.evaluation, path.read_bytes()
    data = Data(received.original, pack_files.pack_name(evaluation, SUFFIXES["json"]))
    include = Include.from_words(keywords_of(path, there))
    if renderer.pdf(evaluation, catalogue, code=received.code, include=include, data=data) == there:
        return "Pages and data agree."
    return "Its pages were made by another version of the program, or changed: whether they say the same is not known."


def _title(title: str) -> str:
    return title.strip() or "Self-evaluation"


def _setting(name: str) -> str:
    return name.strip() or "a setting without a name"
