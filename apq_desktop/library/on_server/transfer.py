"""Move a library from a folder to a server and back: every pack, and every line that colleagues share.

What is private lies with the user under the library's id, and is there wherever the library stands.
"""

from __future__ import annotations

import re
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library import journal
from apq_desktop.library.collection import Checked
from apq_desktop.library.files import create, is_library, library_id
from apq_desktop.library.on_server.server import Server
from apq_desktop.library.packs import PackFolder

OTHER_LIBRARY = "there is another library. Choose an empty database or folder, or the one that this library came from."
_NAME = re.compile(r"[\w-]{1,100}")
_UNKNOWN = "unknown"


def to_server(folder: Path, server: Server) -> None:
    """Bring everything from a folder onto a server; what is there already stays.

    Raises FileRefusedError where another library is there, NotWrittenError; then it can be done once more.
    """
    packs, own_id = PackFolder(folder / "packs"), library_id(folder)
    try:
        if server.create(own_id) != own_id:
            raise FileRefusedError(server.address, OTHER_LIBRARY)
        for digest, suffix in packs:
            server.add(_UNKNOWN, (), [(digest, suffix, packs.read(digest, suffix))])
        for path in sorted((folder / "journals").glob(f"*{journal.SUFFIX}")):
            name = found[0] if (found := _NAME.match(path.stem)) else _UNKNOWN
            for part in journal.read_on(path):
                server.add(name, [body for _, body in part.lines])
    except OSError as error:
        raise NotWrittenError(server.address, str(error)) from error


def to_folder(server: Server, folder: Path) -> None:
    """Bring everything from a server into a folder; what is there already stays.

    Raises FileRefusedError where another library is there, NotWrittenError; then it can be done once more.
    """
    packs = PackFolder(folder / "packs")
    try:
        own_id = server.library_id()
        if not is_library(folder):
            create(folder, own_id)
        if library_id(folder) != own_id:
            raise FileRefusedError(folder, OTHER_LIBRARY)
        for _, suffix, original in server.packs(sorted(server.digests())):
            packs.add(original, suffix)
        for _, lines in server.lines_after(0):
            for name in dict.fromkeys(name for name, *_ in lines):
                bodies = [body for written_in, _, body in lines if written_in == name]
                own = name if _NAME.fullmatch(name) else _UNKNOWN
                journal.append(folder / "journals" / f"{own}{journal.SUFFIX}", bodies)
    except OSError as error:
        raise NotWrittenError(folder, str(error)) from error


def check_server(server: Server) -> Checked:
    """Look at every byte of a library on a server. Raises FileRefusedError, NotWrittenError where it is away."""
    problems, lines = [], 0
    try:
        server.library_id()
        digests = server.digests()
        whole = {digest for digest, *_ in server.packs(sorted(digests))}
        problems += [
            f"{digest}: the file that was received was damaged on the server." for digest in digests.keys() - whole
        ]
        lines = sum(len(part) for _, part in server.lines_after(0))
        damaged = server.line_count() - lines
    except OSError as error:
        raise NotWrittenError(server.address, str(error)) from error
    if damaged:
        problems.append(f"{server.address}: lines damaged on the server, passed over: {damaged:,}.")
    return Checked(len(digests), lines, tuple(problems))
