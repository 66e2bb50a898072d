"""Only a regular file is read, and never more of it than the limit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import PackRefusedError
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.safe_json import MOST_BYTES, _open_without_waiting

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


def refused(path: Path, catalogue: Catalogue) -> str:
    with pytest.raises(PackRefusedError) as caught:
        evaluation_json.read(path, catalogue)
    return str(caught.value)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "gone.json"
    assert refused(path, catalogue) == f"{path}: there is no such file; look at its name and place."
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "is a folder" in refused(tmp_path, catalogue)


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "could not be read" in refused(tmp_path / "a\x00b.json", catalogue)


def test_a_reversed_name_is_shown_as_it_is_spelt(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "pack\u202enosj.exe"
    path.write_bytes(b"")
    assert refused(path, catalogue).endswith("packnosj.exe: this file is empty; ask whoever sent it for a fresh copy.")


def test_a_large_file_is_refused_unread(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(20_000_000_000)
    assert "larger than any evaluation (5 MB is the most)" in refused(path, catalogue)


def test_the_largest_file_allowed_is_read(tmp_path: Path, evaluation: Evaluation, catalogue: Catalogue) -> None:
    path = tmp_path / "pack.json"
    data = evaluation_json.write(evaluation, catalogue)
    path.write_bytes(data + b" " * (MOST_BYTES - len(data)))
    assert evaluation_json.read(path, catalogue).evaluation == evaluation
    path.write_bytes(data + b" " * (MOST_BYTES - len(data) + 1))
    assert "larger than any evaluation" in refused(path, catalogue)


def test_a_byte_order_mark_and_a_link_to_a_file_are_welcome(
    tmp_path: Path, evaluation: Evaluation, catalogue: Catalogue
) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(b"\xef\xbb\xbf" + evaluation_json.write(evaluation, catalogue))
    link = tmp_path / "link.json"
    link.symlink_to(path)

    received = evaluation_json.read(link, catalogue)

    assert received.evaluation == evaluation
    assert received.original == path.read_bytes()


def test_reading_changes_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(b"{}")
    before = path.stat()
    refused(path, catalogue)
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    assert list(tmp_path.iterdir()) == [path]


if hasattr(os, "mkfifo"):  # Windows has neither pipes nor devices among its files.

    def test_a_pipe_is_refused_without_waiting(tmp_path: Path, catalogue: Catalogue) -> None:
        pipe = tmp_path / "pipe.json"
        os.mkfifo(pipe)
        link = tmp_path / "link.json"
        link.symlink_to(pipe)
        assert "a device or a pipe" in refused(pipe, catalogue)
        assert "a device or a pipe" in refused(link, catalogue)

    def test_a_pipe_put_in_a_files_place_holds_nothing_up(tmp_path: Path) -> None:
        pipe = tmp_path / "pipe.json"
        os.mkfifo(pipe)
        os.close(_open_without_waiting(str(pipe), os.O_RDONLY))

    def test_a_device_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
        link = tmp_path / "link.json"
        link.symlink_to("/dev/zero")
        assert "a device or a pipe" in refused(Path("/dev/zero"), catalogue)
        assert "a device or a pipe" in refused(link, catalogue)
