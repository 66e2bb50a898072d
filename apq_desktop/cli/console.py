"""Print on any console as far as it can: what was done is done, whether or not somebody can read of it."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    import argparse

DONE, REFUSED = 0, 1
"""The exit status of a command."""


class Console:
    """A stream that never raises. ``lost`` says that its words found no room, as on a full disk.

    Where the reader of a pipe has gone, as ``head`` does, nothing is lost that anybody wanted.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = io.StringIO() if stream is None else stream
        self.lost = False
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # another letter where a console lacks one

    def write(self, text: str) -> int:
        """Write as far as that is possible."""
        with self._going_on():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Bring it to where it goes, as far as that is possible."""
        with self._going_on():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.lost = self.lost or not isinstance(error, BrokenPipeError)
            # What is left in the stream's own store would raise again when the program ends.
            with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), self._stream.fileno())


@contextmanager
def any_console() -> Iterator[Console]:
    """Print as a ``Console`` does meanwhile; gives the standard output."""
    before = sys.stdout, sys.stderr
    output, errors = Console(sys.stdout), Console(sys.stderr)
    sys.stdout, sys.stderr = cast("TextIO", output), cast("TextIO", errors)
    try:
        yield output
    finally:
        output.flush()
        errors.flush()
        sys.stdout, sys.stderr = before


def add_json_option(command: argparse.ArgumentParser) -> None:
    """Let a command print for a script instead."""
    command.add_argument("--json", action="store_true", help="as JSON, for a script; what is refused is in it too")


def print_json(what: object) -> None:
    """Print for a script: in ASCII, so that no console loses a letter."""
    print(json.dumps(what, indent=2, default=str))


def report(values: object, lines: Iterable[str], refused: Collection[str] = (), *, as_json: bool) -> int:
    """Print ``lines``, and what is refused on standard error; or ``values`` instead. Returns the exit status."""
    if as_json:
        print_json(values)
        return REFUSED if refused else DONE
    for line in lines:
        print(line)
    for sentence in refused:
        print(sentence, file=sys.stderr)
    return REFUSED if refused else DONE
