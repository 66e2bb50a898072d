"""What is made of an evaluation: packs and single files; and the template with nothing in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apq_desktop import paths
from apq_desktop.evaluation.model import CopyFor, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include, copy_to_send, in_own_time
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.exchange import pack_files
from apq_desktop.services.exports.formats import FORMATS, WORD, ExportContent, ExportFormat, always, not_told
from apq_desktop.services.workspaces import ready_folder
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.evaluation.rules.remarks.checks import Remark
    from apq_desktop.storage.workspace import Workspace

COPIES: Mapping[CopyFor, str] = {"": "", "colleague": "part", "peer": "for-review"}
"""What the names of files say of a copy."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExportRequest:
    """What to make of an evaluation, from the button or the command line to the bytes.

    ``formats`` are keys of FORMATS; none means what is in every pack. A pack is made for each of ``recipients`` (an
    empty name is for nobody in particular); where there are none, one for whom the evaluation names. ``items`` are the
    actions or the evidence to write, in their order, where not all are wanted.
    """

    evaluation: Evaluation
    catalogue: Catalogue
    folder: Path
    formats: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    include: Include = EVERYTHING
    items: Sequence[Any] | None = None


@dataclass(frozen=True)
class ExportedPack:
    """The files made for one recipient, in the order of FORMATS. ``code`` is the short code of what is in them."""

    recipient: str
    code: str
    files: tuple[Path, ...]


def run_checks(evaluation: Evaluation, catalogue: Catalogue, today: date) -> list[Remark]:
    """What is worth a look before sending, with the characters that the PDF's fonts cannot show."""
    from apq_desktop.documents.text.fonts import missing_characters
    from apq_desktop.evaluation.rules.remarks import checks

    return checks.run_checks(evaluation, catalogue, today, missing_characters)


def as_read(evaluation: Evaluation, catalogue: Catalogue, include: Include) -> str:
    """The evaluation as its reader will see it, with what is to go in: the web page's HTML."""
    from apq_desktop.documents.html.web_page import web_page

    return web_page(in_own_time(copy_to_send(evaluation, include)), catalogue, include=include).decode("utf-8")


def ask_as_a_reader(evaluation: Evaluation) -> list[Remark]:
    """What a reader would ask about the texts, by the rules beside the instrument."""
    from apq_desktop.evaluation.rules.remarks import reader_questions
    from apq_desktop.toolkit.reader_rules import load_reader_questions

    return reader_questions.ask(evaluation, load_reader_questions(paths.forms()))


def export(request: ExportRequest, progress: Callable[[float], None] = not_told) -> tuple[ExportedPack, ...]:
    """Write a pack for each recipient into the folder. Files of the same name are replaced.

    Where there are several, the files are named by their recipients too. ``progress`` is told how much is done, from
    0 to 1. Raises NotWrittenError.
    """
    ready_folder(request.folder)
    request = replace(request, formats=tuple(key for key in FORMATS if key in (request.formats or always())))
    recipients: tuple[str | None, ...] = request.recipients or (None,)

    def tell(before: int, share: float) -> None:
        progress((before + share) / len(recipients))

    packs = tuple(_export_pack(request, recipient, partial(tell, n)) for n, recipient in enumerate(recipients))
    _log.info("exported: %s", ", ".join(request.formats))
    return packs


def save(request: ExportRequest, name: str) -> Path:
    """Write the one format of a request into its folder, under a name that the user chose. Raises NotWrittenError."""
    (key,) = request.formats
    content = ExportContent(in_own_time(request.evaluation), request.catalogue, request.include, request.items)
    _write(FORMATS[key], content, request.folder / name)
    _log.info("exported: %s", key)
    return request.folder / name


def _export_pack(request: ExportRequest, recipient: str | None, progress: Callable[[float], None]) -> ExportedPack:
    evaluation = in_own_time(copy_to_send(request.evaluation, request.include, recipient))
    copy = COPIES[evaluation.copy_for]
    for_whom = evaluation.commissioner if copy or len(request.recipients) > 1 else ""
    content = ExportContent(evaluation, request.catalogue, request.include, request.items, progress)
    files = []
    for key in request.formats:
        one = FORMATS[key]
        part = "_".join(word for word in (copy, one.part) if word)
        name = pack_files.pack_name(evaluation, one.suffix, for_whom, part)
        _write(one, content, request.folder / name)
        files.append(request.folder / name)
    return ExportedPack(recipient or "", content.code, tuple(files))


def _write(one: ExportFormat, content: ExportContent, path: Path) -> None:
    pack_files.write_file(path, one.write(content))
    if one.noted is not None:
        one.noted(content)


def characters_not_shown(evaluation: Evaluation) -> list[str]:
    """The characters that no face of the PDF has a shape for, in their order; a sign stands in place of each."""
    from apq_desktop.documents.text.fonts import missing_characters

    return sorted(missing_characters("\n".join(written.text for written in everything_written(evaluation))))


def write_sent_pack(workspace: Workspace, sending: Sending, folder: Path) -> Path:
    """Write the PDF of a sending, as the workspace keeps it, into ``folder``. Returns its path."""
    # The name stands in a file that may come from an untrusted source.
    name = next((name for name in sending.files if name.endswith(FORMATS["pdf"].suffix)), "")
    path = folder / pack_files.safe_name(name, "Sent.pdf")
    pack_files.write_file(path, workspace.send_log.pack(sending.id))
    return path


def template_path(folder: Path, edition: str, *, fillable: bool, word: bool = False) -> Path:
    """Suggest where a template with nothing in it goes."""
    return pack_files.template_path(folder, edition, fillable=fillable, word=word)


def save_template(catalogue: Catalogue, path: Path, *, fillable: bool) -> None:
    """Write a template with nothing in it: to print, to fill in on a screen, or as Word document, by its ending.

    Raises NotWrittenError.
    """
    from apq_desktop.documents.blank_form.blank_form import template_pdf

    if path.suffix.lower() == WORD:
        from apq_desktop.documents.word.blank_word import template_word

        pack_files.write_file(path, template_word(catalogue))
        return
    pack_files.write_file(path, template_pdf(catalogue, fillable=fillable))


def save_sheets(catalogue: Catalogue, folder: Path) -> list[Path]:
    """Write the sheets to print into a folder, one file each. Raises NotWrittenError."""
    from apq_desktop.documents.blank_form.sheet_pages import sheet_pdf
    from apq_desktop.toolkit.sheets import load_sheets

    ready_folder(folder)
    written = []
    for sheet in load_sheets(paths.forms()):
        pack_files.write_file(folder / sheet.file_name, sheet_pdf(sheet, catalogue))
        written.append(folder / sheet.file_name)
    return written
