"""An officer's program in a process of its own: with a name, a server and a home, told by lines of JSON what to do."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import NotWrittenError
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import server_libraries
from tests.library import council
from tests.library.postgres import PASSWORD

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.lines import ReviewLine


def main(name: str, address: str, home: str) -> None:
    """Open the library, say that it is ready, then do what is told until nothing more comes."""
    of_library.own_libraries = lambda: Path(home)
    library = server_libraries.open_place(address, council.TODAY, lambda _address: PASSWORD)
    council.catch_up(library)
    _say("ready")
    for told in sys.stdin:
        job, evaluation, *given = json.loads(told)
        if job == "write":
            for n in range(given[0]):
                line = council.question(library, evaluation, id=f"{name}-{n}")
                _write(library, line)
                _say(line.id)
        else:
            library.news()
            _say([line.id for line in library.lines(evaluation)])
    library.close()


def _write(library: Library, line: ReviewLine) -> None:
    """Write a line, however often it takes, as an officer does who reads that it was not written."""
    written = False
    while not written:
        with suppress(NotWrittenError):
            library.write([line])
            written = True


def _say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
