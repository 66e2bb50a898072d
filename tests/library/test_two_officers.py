"""Two officers at once, each with a program of their own, on one real server that restarts while both write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import server_libraries
from tests.library import council, officer_process
from tests.library.postgres import PASSWORD, Postgres, running

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES, RESTART_AT = 40, 12


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    yield from running()


class Officer:
    """A program in a process of its own; see ``officer_process``."""

    def __init__(self, name: str, address: str, home: Path) -> None:
        command = [sys.executable, "-m", officer_process.__name__, name, address, str(home)]
        self._process = subprocess.Popen(
            command, cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to: IO[str] = self._process.stdin
        self._from: IO[str] = self._process.stdout

    def tell(self, *words: object) -> None:
        """Give a command, without waiting for what comes back."""
        self._to.write(json.dumps(words) + "\n")
        self._to.flush()

    def hear(self) -> Any:
        """The next thing that it says."""
        return json.loads(self._from.readline())

    def end(self) -> None:
        """Let it close its library."""
        self._to.close()
        assert self._process.wait(timeout=600) == 0


@pytest.mark.long
def test_two_programs_write_at_once_while_the_server_restarts_and_nothing_acknowledged_is_lost(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "first")
    address = postgres.new_database()
    library = server_libraries.create_place(address, council.TODAY, lambda _address: PASSWORD)
    council.receive(library, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    (elm,) = library.providers()
    library.close()
    officers = [Officer(name, address, tmp_path / name) for name in ("ann", "ben")]
    assert [officer.hear() for officer in officers] == ["ready", "ready"]
    acknowledged: set[str] = set()
    for officer in officers:
        officer.tell("write", elm.evaluation, LINES)
    # Both have begun and neither is done: each writes the next line when it has told of the one before.
    for _ in range(RESTART_AT):
        acknowledged |= {officer.hear() for officer in officers}
    postgres.restart()
    for officer in officers:
        acknowledged |= {officer.hear() for _ in range(LINES - RESTART_AT)}
    assert len(acknowledged) == 2 * LINES
    for officer in officers:
        officer.tell("read", elm.evaluation)
    lists = [officer.hear() for officer in officers]
    assert lists[0] == lists[1]
    assert set(lists[0]) == acknowledged
    for officer in officers:
        officer.end()
