"""Packs that leave, for commissioners, peers and colleagues, are noted in the file that they came from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from apq_desktop.errors import ApqError, NotAllowedError
from apq_desktop.evaluation.edits.changes import Change, SetField, Target
from apq_desktop.evaluation.model import CopyFor, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
from apq_desktop.services.exports.exporting import ExportedPack, ExportRequest, export
from apq_desktop.services.workspaces import now
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

NOT_NOTED = "The pack is made, but it could not be noted in your file. {reason}"
NO_SUCH_AREA = "There is no area {number}. Give the numbers of areas, such as 3,6."
NO_AREAS = "Say which areas your colleague writes, such as --areas 3,6."


def as_sent_pack(evaluation: Evaluation, include: Include) -> Evaluation:
    """The evaluation as the pack says it, and as the file will say once the pack is made.

    A part for a colleague is no revision: nobody reads it as one.
    """
    revision = evaluation.revision + (include.copy_for != "colleague")
    return replace(evaluation, revision=revision, changed=now())


def note_packs(
    held: Workspace, sent: Evaluation, before: int, packs: Iterable[ExportedPack], contents: Mapping[str, bytes]
) -> str:
    """Note in the file what was sent; ``before`` is the revision until now. Returns an empty text, or why not."""
    stamp, revision = now(), sent.revision
    noted = []
    for pack in packs:
        names = tuple(file.name for file in pack.files)
        sending = Sending(str(uuid.uuid4()), sent.id, revision, pack.recipient, stamp, pack.code, names)
        noted.append((sending, contents[pack.files[0].name]))
    changes: list[Change] = [SetField(Target("evaluation"), "revision", revision, before)] if revision != before else []
    try:
        held.note_sent(noted, changes, datetime.fromisoformat(sent.changed))
    except ApqError as error:
        return str(error)
    return ""


def areas_by_number(catalogue: Catalogue, numbers: str) -> tuple[str, ...]:
    """The keys of areas that are given as numbers, such as ``3,6``. Raises NotAllowedError."""
    known = {str(area.number): area.key for area in catalogue.areas}
    wanted = [number.strip() for number in numbers.split(",") if number.strip()]
    for number in wanted:
        if number not in known:
            raise NotAllowedError(NO_SUCH_AREA.format(number=number))
    return tuple(key for number, key in known.items() if number in wanted)


def give(
    held: Workspace,
    evaluation: Evaluation,
    catalogue: Catalogue,
    folder: Path,
    copy_for: CopyFor,
    name: str,
    areas: tuple[str, ...],
) -> tuple[ExportedPack, str]:
    """Make a copy for a colleague or a peer and note it. Returns it, and an empty text or why it was not noted.

    Raises NotAllowedError, NotWrittenError.
    """
    if copy_for == "colleague" and not areas:
        raise NotAllowedError(NO_AREAS)
    include = Include(reply=copy_for == "peer", copy_for=copy_for, areas=areas)
    sent = as_sent_pack(evaluation, include)
    (pack,) = export(ExportRequest(sent, catalogue, folder, recipients=(name,), include=include))
    contents = {file.name: file.read_bytes() for file in pack.files}
    return pack, note_packs(held, sent, evaluation.revision, (pack,), contents)


def give_back(part: Evaluation, catalogue: Catalogue, folder: Path) -> Path:
    """Write a part that one was given, for whoever gave it out. Raises NotWrittenError."""
    (pack,) = export(ExportRequest(part, catalogue, folder, ("json",)))
    return pack.files[0]
