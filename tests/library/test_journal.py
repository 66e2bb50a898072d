"""A journal keeps every line that was acknowledged, and passes over what was torn or damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.library import journal

if TYPE_CHECKING:
    from pathlib import Path

BODIES = ("one", "tŵo “quoted”", '{"three": 3}')


def test_lines_come_back_and_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES[:2])
    first = journal.read_from(path)
    assert first.bodies == BODIES[:2]
    journal.append(path, BODIES[2:])
    assert journal.read_from(path, first.offset).bodies == BODIES[2:]


def test_a_torn_last_line_waits_and_harms_nothing_that_follows(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES[:1])
    whole = path.read_bytes()
    path.write_bytes(whole + journal.sealed("torn")[:-3])
    assert journal.read_from(path) == journal.ReadLines(BODIES[:1], len(whole))
    journal.append(path, BODIES[1:])
    found = journal.read_from(path)
    assert (found.bodies, found.damaged) == (BODIES, 1)


def test_line_ends_and_zeros_that_a_synchronised_folder_adds_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\0" * 64)
    found = journal.read_from(path)
    assert (found.bodies, found.damaged) == (BODIES, 0)


@given(st.integers(0, 200), st.integers(0, 7))
def test_no_flipped_bit_makes_a_line_that_was_never_written(place: int, bit: int) -> None:
    data = bytearray(b"".join(map(journal.sealed, BODIES)))
    data[place % len(data)] ^= 1 << bit
    found = [body for line in bytes(data).splitlines() if (body := journal._body(line))]
    assert set(found) <= set(BODIES)
