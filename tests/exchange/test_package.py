"""Names that every system accepts, and files that are there whole or not at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.errors import NotWrittenError
from apq_desktop.evaluation.model import Evaluation, Setting
from apq_desktop.exchange.pack_files import pack_name, safe_name, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def named(setting: str, title: str = "", *, day: str = "", revision: int = 0) -> Evaluation:
    return Evaluation(title=title, completed_on=day, revision=revision, setting=Setting(name=setting))


def test_a_name_tells_setting_title_date_and_revision() -> None:
    evaluation = named("St John’s Centre: Mill Lane", "Self-evaluation 2026", day="22 November 2026", revision=2)
    expected = "St-Johns-Centre-Mill-Lane_Self-evaluation-2026_2026-11-22_revision-2.json"
    assert pack_name(evaluation, ".json") == expected
    assert pack_name(evaluation, "pdf") == expected.replace(".json", ".pdf")


def test_the_last_change_stands_where_no_day_of_completion_is_known() -> None:
    evaluation = named("Oak", day="by Easter")
    assert pack_name(evaluation, ".json") == "Oak.json"
    evaluation.changed = "2026-11-22T10:42:00+00:00"
    assert pack_name(evaluation, ".json") == "Oak_2026-11-22.json"


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", "evaluation.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ("C:\\Windows\\x", "C-Windows-x.json"),
        ("--help", "help.json"),
        ("name. . .", "name.json"),
        ("CON", "_CON.json"),
        ("com1", "_com1.json"),
        ("a\u202egnp.exe", "a-gnp-exe.json"),
        ("Canolfan Ŵyn", "Canolfan-Ŵyn.json"),
        ("مركز", "مركز.json"),
        ("=cmd|' /C calc'!A0", "cmd-C-calc-A0.json"),
    ],
)
def test_a_strange_name_becomes_a_safe_one(setting: str, expected: str) -> None:
    assert pack_name(named(setting), ".json") == expected


def test_a_long_name_keeps_its_date_and_revision() -> None:
    name = pack_name(named("S" * 500, "T" * 500, day="2026-11-22", revision=3), ".json")
    assert len(name) == 120
    assert name.endswith("T_2026-11-22_revision-3.json")
    assert name.startswith("SSS")


def test_a_long_name_in_letters_of_four_bytes_still_fits() -> None:
    name = pack_name(named("𝔘" * 500, "é" * 500, day="2026-11-22"), ".json")
    assert len(name.encode()) <= 240
    assert name.startswith("𝔘" * 20)
    assert name.endswith("é_2026-11-22.json")


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.integers(0, 1_000_000))
def test_any_text_gives_a_name_that_is_safe_everywhere(setting: str, title: str, day: str, revision: int) -> None:
    name = pack_name(named(setting, title, day=day, revision=revision), ".json")
    assert len(name) <= 120
    assert len(name.encode()) <= 240
    assert name.isprintable()
    assert not re.search(r'[\\/:*?"<>|\s]', name)
    assert name[0] not in ".-"
    stem = name.removesuffix(".json")
    assert stem
    assert not RESERVED.fullmatch(stem)
    assert not stem.endswith((".", " ", "-"))


@pytest.mark.parametrize("name", ["Oak-Tree_2026-11-22_revision-2.pdf", "Ysgol-Dŵr_বাংলা_2026-11-22.pdf"])
def test_a_name_that_the_program_makes_is_kept(name: str) -> None:
    assert safe_name(name, "Sent.pdf") == name


@pytest.mark.parametrize(
    "name",
    ["", ".pdf", "..", "../up.pdf", "a/b.pdf", "a\\b.pdf", "c:x.pdf", "CON.pdf", "x.pdf ", "a" * 200 + ".pdf", "a.p/f"],
)
def test_a_name_from_a_stranger_that_leads_elsewhere_is_not(name: str) -> None:
    assert safe_name(name, "Sent.pdf") == "Sent.pdf"


def test_a_file_is_written_whole_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "pack.json"
    write_file(path, b"first")
    write_file(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["ours.apq", "OURS.APQ"])
def test_nothing_that_goes_out_replaces_a_file_of_evaluations(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"a year's work")
    with pytest.raises(NotWrittenError, match="another ending"):
        write_file(path, b"a table")
    assert path.read_bytes() == b"a year's work"


def test_a_missing_folder_is_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "pack.json"
    with pytest.raises(NotWrittenError, match="the folder for this file is not there") as caught:
        write_file(path, b"x")
    assert caught.value.path == path
    assert not path.parent.exists()


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(NotWrittenError, match="the folder for this file is not there"):
        write_file(tmp_path / "file" / "pack.json", b"x")


def test_a_folder_of_that_name_stays(tmp_path: Path) -> None:
    (tmp_path / "pack.json").mkdir()
    with pytest.raises(NotWrittenError, match="a folder or a device has this name"):
        write_file(tmp_path / "pack.json", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["pack.json"]


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b"])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotWrittenError, match="cannot have this name"):
        write_file(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


if os.name == "posix":
    import resource

    @contextmanager
    def room_for_1000_bytes() -> Iterator[None]:
        """Within the test only: the limit also holds for what pytest itself writes into a file."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    def test_whoever_reads_the_earlier_file_reads_all_of_it(tmp_path: Path) -> None:
        path = tmp_path / "pack.json"
        write_file(path, b"earlier")
        with path.open("rb") as reader:
            write_file(path, b"later")
            assert reader.read() == b"earlier"

    def test_without_room_the_earlier_file_stays_whole(tmp_path: Path) -> None:
        path = tmp_path / "pack.json"
        write_file(path, b"earlier")
        with room_for_1000_bytes(), pytest.raises(NotWrittenError, match="not enough room"):
            write_file(path, b"x" * 5000)
        assert path.read_bytes() == b"earlier"
        assert list(tmp_path.iterdir()) == [path]


def test_names_and_files_need_no_pydantic() -> None:
    words = "import sys, apq_desktop.exchange, apq_desktop.exchange.pack_files; print('pydantic' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
