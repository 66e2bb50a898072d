"""Make packs in a process of its own, so that the window never waits, and the work can be stopped at any time.

The window starts this program again with ``COMMAND`` and hands it an ``ExportRequest`` on standard input. Each line
that comes back on standard output is one ``ExportEvent``. The packs land in a folder of the window's, and reach the
person's own folder (``move_into_place``) only when all of them are whole.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import BinaryIO, TextIO

from apq_desktop import services
from apq_desktop.errors import ApqError
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.exchange import pack_files
from apq_desktop.services.exports.exporting import ExportedPack, ExportRequest

COMMAND = "make-packs"
DONE, REFUSED = 0, 1
LEAST_SECONDS = 180
CHARACTERS_A_SECOND = 2_000
"""A fiftieth of what an old laptop sets. Who writes more may wait longer."""


@dataclass(frozen=True)
class ExportEvent:
    """One line of the process: the share that is done, from 0 to 1, the packs at the end, or why there are none."""

    share: float = 0.0
    packs: tuple[ExportedPack, ...] = ()
    refused: str = ""


def command() -> tuple[str, list[str]]:
    """The program and the words that start the process, from a checkout, an installed package or a bundle."""
    words = [COMMAND] if getattr(sys, "frozen", False) else ["-m", "apq_desktop", COMMAND]
    return sys.executable, words


def longest_seconds(request: ExportRequest) -> int:
    """How long the process may come no further. It grows with what is written, and with the number of packs."""
    characters = sum(len(written.text) for written in everything_written(request.evaluation))
    return LEAST_SECONDS + max(len(request.recipients), 1) * characters // CHARACTERS_A_SECOND


def request_bytes(request: ExportRequest) -> bytes:
    """The request as the process reads it."""
    return pickle.dumps(request)


def read_event(line: str) -> ExportEvent:
    """What one line of the process says. Raises ValueError for a line that is none of its own."""
    values = json.loads(line)
    if not isinstance(values, dict) or not values.keys() <= {"share", "packs", "refused"}:
        raise ValueError(line)
    packs = (
        ExportedPack(pack["recipient"], pack["code"], tuple(map(Path, pack["files"])))
        for pack in values.get("packs", ())
    )
    return ExportEvent(values.get("share", 0.0), tuple(packs), values.get("refused", ""))


def run_worker(reading: BinaryIO, writing: TextIO) -> int:
    """The process: carry out the request on ``reading``, and tell of it on ``writing``. Returns its exit status."""
    # From the window that started this process, and never from a file.
    request: ExportRequest = pickle.load(reading)  # noqa: S301

    def say(what: ExportEvent) -> None:
        print(json.dumps(asdict(what), default=str), file=writing, flush=True)

    try:
        packs = services.export(request, lambda share: say(ExportEvent(share)))
    except ApqError as error:
        say(ExportEvent(refused=str(error)))
        return REFUSED
    say(ExportEvent(1.0, packs))
    return DONE


def contents(packs: Sequence[ExportedPack]) -> dict[str, bytes]:
    """What is in the files of these packs, by their names: their folder may go after this."""
    return {file.name: file.read_bytes() for pack in packs for file in pack.files}


def move_into_place(packs: Sequence[ExportedPack], held: Mapping[str, bytes], folder: Path) -> tuple[ExportedPack, ...]:
    """The packs in the user's own folder, which is made where it is missing. Raises NotWrittenError.

    ``held`` are their ``contents``. Each file is put in place whole. One of the same name is replaced.
    """
    services.ready_folder(folder)
    for name, content in held.items():
        pack_files.write_file(folder / name, content)
    return tuple(replace(pack, files=tuple(folder / file.name for file in pack.files)) for pack in packs)
