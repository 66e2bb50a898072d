"""What comes in: packs, filled-in templates and typed forms are read, added to a workspace, or checked."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import FileRefusedError, NotSavedError, NotWrittenError, PackRefusedError
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
from apq_desktop.evaluation.text.cleaning import clean_line, visible_text
from apq_desktop.exchange import pack_files
from apq_desktop.services.copies.returned_parts import ReturnedPart, bring_in, in_words, returned_part
from apq_desktop.services.exports.formats import FORMATS, WORD
from apq_desktop.services.incoming.filled_templates import received_from
from apq_desktop.services.incoming.reviewing import ANOTHER, Reply, ReplyKept, keep_reply, read_reply
from apq_desktop.services.workspaces import Opened, at_evaluation, create_workspace, now, open_workspace
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.exchange.json.evaluation_json import Received

OF_ANOTHER_FILE = "is a part that a colleague gives back; open the file from which it was given out, then this one"


@dataclass(frozen=True)
class ImportResult:
    """What became of many packs: a line on each that was read, and a sentence for each that was not."""

    read: tuple[str, ...]
    refused: tuple[str, ...]


def bytes_of_pack(pack: Path) -> bytes:
    """The content of a received file, within the limits of its kind. Raises PackRefusedError."""
    if pack.suffix.lower() in (FORMATS["pdf"].suffix, WORD):
        from apq_desktop.documents.pdf import safe_pdf

        return safe_pdf.content_of(pack)
    from apq_desktop.exchange.json import safe_json

    return safe_json.bytes_of(pack, clean_line(str(pack)))


def read_pack(pack: Path, catalogue: Catalogue, content: bytes | None = None) -> Received:
    """Read what was sent: the JSON, the JSON that a PDF of ours carries, or a template that was filled in.

    A template that was filled in, also as a Word document, has no code. ``content`` are the file's bytes where they
    are at hand. Raises PackRefusedError.
    """
    from apq_desktop.exchange.json import evaluation_json

    if pack.suffix.lower() == WORD:
        from apq_desktop.documents.word.filled_word import read_filled_word

        return received_from(pack, read_filled_word(pack, catalogue, created=now(), content=content), catalogue)
    if pack.suffix.lower() != FORMATS["pdf"].suffix:
        return evaluation_json.read_bytes(bytes_of_pack(pack) if content is None else content, pack, catalogue)
    from apq_desktop.documents.blank_form.filled_form import read_filled_form
    from apq_desktop.documents.pdf.attachment import attached_data

    content = bytes_of_pack(pack) if content is None else content
    filled = read_filled_form(pack, catalogue, created=now(), content=content)
    if filled is None:
        return evaluation_json.read_bytes(attached_data(pack, content), pack, catalogue)
    return received_from(pack, filled, catalogue)


@dataclass(frozen=True)
class AlreadyThere:
    """A pack whose evaluation a file holds already. ``sending`` is there where the pack was sent from that file.

    ``same`` says whether the file has just what the pack says, as far as their codes tell; ``code`` and ``revision``
    are the pack's.
    """

    evaluation_id: str
    sending: Sending | None
    same: bool
    code: str
    revision: int

    @property
    def sentence(self) -> str:
        """What the user is told, without the name of the pack."""
        if self.sending is not None:
            return f"is in the file already: it was sent from there{self.sending.to_whom_and_when}."
        if self.same:
            return "is in the file already."
        return "was not added, because this evaluation is in the file already, in another revision."


def find_in(workspace: Workspace, received: Received, catalogue: Catalogue) -> AlreadyThere | None:
    """Whether a workspace holds what was received; None where it does not."""
    evaluation = received.evaluation
    sendings = workspace.send_log.of_evaluation(evaluation.id)
    sending = next((one for one in sendings if received.code and one.code == received.code), None)
    there = sending is not None or any(heading.id == evaluation.id for heading in workspace.evaluations())
    if not there:
        return None
    same = sending is not None or not received.code or received.code in _codes(workspace, evaluation.id, catalogue)
    if not same and evaluation.copy_for == "colleague":
        same = workspace.read(evaluation.id).copy_code == received.code
    return AlreadyThere(evaluation.id, sending, same, received.code, evaluation.revision)


def _codes(workspace: Workspace, evaluation_id: str, catalogue: Catalogue) -> set[str]:
    """The codes that an evaluation of a workspace came with, or would be sent with now."""
    from apq_desktop.exchange.json import evaluation_json

    copy = workspace.received_copies().get(evaluation_id)
    if copy is not None:
        return {copy.code}
    with suppress(NotWrittenError):
        return {evaluation_json.code_of(evaluation_json.write(workspace.read(evaluation_id), catalogue))}
    return set()


def file_with(evaluation_id: str, files: Iterable[Path]) -> Path | None:
    """The first of these workspaces that can be read and holds an evaluation; None where none does."""
    for path in files:
        with suppress(FileRefusedError), Workspace.open(path, read_only=True) as workspace:
            if any(heading.id == evaluation_id for heading in workspace.evaluations()):
                return path
    return None


def open_pack(
    pack: Path, workspace: Workspace | None, path: Path, catalogue: Catalogue
) -> tuple[Opened | AlreadyThere | ReplyKept | ReturnedPart, tuple[str, ...]]:
    """Add a received evaluation to an open workspace, or to a new one at ``path`` where none is open.

    Returns the workspace at that evaluation, with remarks; or AlreadyThere, where the open one holds it; or
    ReturnedPart, where it is a part that was given out from there, and nothing is written yet. Where none is open and
    a file beside ``path`` with the like name holds it, that one is opened. A reply goes into the workspace that holds
    its evaluation.
    Raises FileRefusedError, PackRefusedError, NotSavedError.
    """
    if reply := read_reply(pack, catalogue):
        return _open_reply(pack, reply, workspace, path, catalogue)
    received = read_pack(pack, catalogue)
    evaluation = received.evaluation
    if workspace is not None:
        if back := returned_part(workspace, received, catalogue, pack.name):
            return back, ()
        if there := find_in(workspace, received, catalogue):
            return there, ()
        _refuse_back(pack, received)
        workspace.add(evaluation, received=_mark(received))
        return at_evaluation(workspace, catalogue, evaluation.id), received.remarks
    _refuse_back(pack, received)
    if held := file_with(evaluation.id, _like(path)):
        remark = f"{pack.name} is in {held.name} already, which is open now."
        return open_workspace(held, catalogue, evaluation.id), (remark,)
    made = create_workspace(path, evaluation, received=_mark(received))
    return at_evaluation(made, catalogue, evaluation.id), received.remarks


def _mark(received: Received) -> str:
    """The code by which a received evaluation is kept as it came; empty for a part, which is there to be written on.

    A part remembers its code itself.
    """
    if received.evaluation.copy_for != "colleague":
        return received.code
    received.evaluation.copy_code = received.code
    return ""


def _refuse_back(pack: Path, received: Received) -> None:
    """Refuse a part that a colleague gives back, where it was not given out from here."""
    if received.evaluation.copy_for == "colleague" and received.evaluation.copy_code:
        raise PackRefusedError(pack, OF_ANOTHER_FILE)


def _open_reply(
    pack: Path, reply: Reply, workspace: Workspace | None, path: Path, catalogue: Catalogue
) -> tuple[Opened | ReplyKept, tuple[str, ...]]:
    """Keep a reply in the open workspace, or where none is open in a file beside ``path`` with the like name."""
    if workspace is not None:
        kept = keep_reply(workspace, reply, pack)
        return kept, ()
    held = file_with(reply.evaluation_id, _like(path))
    if held is None:
        raise PackRefusedError(pack, ANOTHER)
    opened = open_workspace(held, catalogue, reply.evaluation_id)
    try:
        kept = keep_reply(opened.workspace, reply, pack)
    except BaseException:
        opened.workspace.close()
        raise
    return opened, (f"{pack.name} {kept.sentence}",)


def _like(path: Path) -> list[Path]:
    """The files beside a path whose names begin as its does."""
    return sorted(path.parent.glob(f"{glob.escape(path.stem.rstrip('0123456789').rstrip())}*{path.suffix}"))


def import_packs(packs: Sequence[Path], into: Path, catalogue: Catalogue) -> ImportResult:
    """Add every pack that can be read to the workspace ``into``, made where it is missing.

    A bad pack among good ones is told and passed over. Raises FileRefusedError where ``into`` itself is refused.
    """
    read: list[str] = []
    refused: list[str] = []
    workspace = Workspace.open(into) if into.exists() else None
    try:
        for pack in packs:
            try:
                workspace, told = _import(pack, workspace, into, catalogue)
            except (PackRefusedError, NotSavedError) as error:
                refused.append(str(error) if isinstance(error, PackRefusedError) else f"{pack}: {error}")
            else:
                read += told
    finally:
        if workspace is not None:
            workspace.close()
    return ImportResult(tuple(read), tuple(refused))


def _import(
    pack: Path, workspace: Workspace | None, into: Path, catalogue: Catalogue
) -> tuple[Workspace | None, list[str]]:
    """Add one pack to the workspace, made where there is none. Returns it, and what is told of the pack."""
    if reply := read_reply(pack, catalogue):
        return workspace, [f"{pack}: {_kept(workspace, reply, pack).sentence}"]
    received = read_pack(pack, catalogue)
    if workspace is not None and (back := returned_part(workspace, received, catalogue, pack.name)):
        merged = bring_in(workspace, back, catalogue)
        both = (f"  {in_words(one, catalogue)}" for one in merged.both)
        return workspace, [f"{pack}: {back.sentence(merged)}", *both]
    if workspace is not None and (there := find_in(workspace, received, catalogue)):
        raise NotSavedError(there.sentence)
    _refuse_back(pack, received)
    if workspace is None:
        workspace = create_workspace(into, received.evaluation, received=_mark(received))
    else:
        workspace.add(received.evaluation, received=_mark(received))
    return workspace, [f"{pack}: read into {into}. {_told(received)}"]


def _kept(workspace: Workspace | None, reply: Reply, pack: Path) -> ReplyKept:
    if workspace is None:
        raise PackRefusedError(pack, ANOTHER)
    return keep_reply(workspace, reply, pack)


def check(path: Path, catalogue: Catalogue) -> str:
    """Say in one line what a whole .apq, .json, .pdf or .docx holds. Raises FileRefusedError where it is not whole."""
    if path.suffix.lower() in (FORMATS["json"].suffix, FORMATS["pdf"].suffix, WORD):
        if reply := read_reply(path, catalogue):
            return f"{path}: whole. {reply.told}"
        received = read_pack(path, catalogue)
        has_pages = path.suffix.lower() == FORMATS["pdf"].suffix and received.code
        agree = f" {_pages_agree(path, received, catalogue)}" if has_pages else ""
        return f"{path}: whole. {_told(received)}{agree}"
    with Workspace.open(path, read_only=True) as workspace:
        headings = workspace.evaluations()
        state = f"read as far as possible. {workspace.read_only_reason}" if workspace.newer else "whole."
    what = "; ".join(f"{_title(heading.title)} of {_setting(heading.setting_name)}" for heading in headings)
    count = "1 evaluation" if len(headings) == 1 else f"{len(headings)} evaluations"
    return f"{path}: {state} {count}: {what}." if headings else f"{path}: {state} No evaluation yet."


def _told(received: Received) -> str:
    """What a pack holds, and the remarks on it, in one line."""
    evaluation = received.evaluation
    code = f", code {received.code}" if received.code else ""
    what = f"{_title(evaluation.title)} of {_setting(evaluation.setting.name)}, revision {evaluation.revision}{code}."
    return " ".join((what, *received.remarks))


def _pages_agree(path: Path, received: Received, catalogue: Catalogue) -> str:
    """Whether a PDF's pages say what its data say: the same data make the same pages, byte for byte."""
    from apq_desktop.documents.blank_form.blank_flowables import FormBlanks
    from apq_desktop.documents.pdf import renderer
    from apq_desktop.documents.pdf.attachment import keywords_of
    from apq_desktop.documents.pdf.post_process import Data

    evaluation, there = received.evaluation, path.read_bytes()
    data = Data(received.original, pack_files.pack_name(evaluation, FORMATS["json"].suffix))
    include = Include.from_words(keywords_of(path, there))
    code, blanks = received.code, FormBlanks()
    if renderer.pdf(evaluation, catalogue, code=code, include=include, data=data, blanks=blanks) == there:
        return "Pages and data agree."
    return "Its pages were made by another version of the program, or changed: whether they say the same is not known."


def _title(title: str) -> str:
    return visible_text(title) or "Self-evaluation"


def _setting(name: str) -> str:
    return visible_text(name) or "a setting without a name"
