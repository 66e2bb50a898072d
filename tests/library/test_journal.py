"""A journal keeps every line that was acknowledged, and passes over what was torn or damaged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.errors import NotWrittenError
from apq_desktop.library import journal

if TYPE_CHECKING:
    from pathlib import Path

BODIES = ("one", "tŵo “quoted”", '{"three": 3}')


def read(path: Path, bookmark: journal.Bookmark = journal.FROM_THE_START) -> tuple[list[str], journal.Bookmark, int]:
    bodies, damaged = [], 0
    for part in journal.read_on(path, bookmark):
        bodies += [body for _, body in part.lines]
        damaged += part.damaged
        bookmark = part.bookmark
    return bodies, bookmark, damaged


def test_lines_come_back_and_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES[:2])
    bodies, bookmark, _ = read(path)
    assert bodies == list(BODIES[:2])
    journal.append(path, BODIES[2:])
    assert read(path, bookmark)[0] == list(BODIES[2:])


def test_a_file_that_was_replaced_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES)
    bookmark = read(path)[1]
    for others in (("four",), ("fŏur", *BODIES)):
        journal.rewrite(path, others)
        assert read(path, bookmark)[0] == list(others)


def test_a_torn_last_line_waits_and_harms_nothing_that_follows(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES[:1])
    whole = path.read_bytes()
    path.write_bytes(whole + journal.sealed("torn")[:-3])
    bodies, bookmark, damaged = read(path)
    assert (bodies, bookmark.offset, damaged) == ([BODIES[0]], len(whole), 0)
    journal.append(path, BODIES[1:])
    assert read(path, bookmark)[0] == list(BODIES[1:])
    assert read(path)[2] == 1


def test_line_ends_and_zeros_that_a_synchronised_folder_adds_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\0" * 64)
    assert read(path)[0] == list(BODIES)
    assert read(path)[2] == 0


def test_a_flood_without_a_line_end_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "other.journal"
    path.write_bytes(b"x" * 20_000_000 + b"\n" + journal.sealed("one"))
    assert read(path)[0] == ["one"]


def test_where_the_disk_is_full_nothing_is_acknowledged_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.journal"
    journal.append(path, BODIES[:1])
    before = path.read_bytes()

    def full(_handle: int) -> Never:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as no_room:
        no_room.setattr(os, "fsync", full)
        for write in (journal.append, journal.rewrite):
            with pytest.raises(NotWrittenError, match="Make room"):
                write(path, BODIES)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@given(st.integers(0, 200), st.integers(0, 7))
def test_no_flipped_bit_makes_a_line_that_was_never_written(place: int, bit: int) -> None:
    data = bytearray(b"".join(map(journal.sealed, BODIES)))
    data[place % len(data)] ^= 1 << bit
    found, _ = journal._unsealed(bytes(data).split(b"\n"))
    assert {body for _, body in found} <= set(BODIES)
