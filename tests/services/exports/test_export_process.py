"""Packs are made in a process of its own, which tells how far it is and leaves nothing half done."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths, services
from apq_desktop.errors import NotWrittenError
from apq_desktop.evaluation.model import MAX_TEXT
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.services.exports import export_process
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def example(catalogue: Catalogue) -> Evaluation:
    return services.example(catalogue)


def _request(
    evaluation: Evaluation, catalogue: Catalogue, folder: Path, *recipients: str, also: tuple[str, ...] = ()
) -> services.ExportRequest:
    folder.mkdir(exist_ok=True)
    return services.ExportRequest(evaluation, catalogue, folder, ("pdf", "json", *also), recipients or ("",))


def _told(output: str) -> list[export_process.ExportEvent]:
    return [export_process.read_event(line) for line in output.splitlines()]


def test_the_process_makes_a_pack_for_each_recipient_that_names_no_other(
    example: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    example.commissioner, example.other_commissioners = "Cyngor Gwynedd", ["Bridge & Sons <Trust>"]
    recipients = ("Cyngor Gwynedd", "Bridge & Sons <Trust>")
    request = _request(example, catalogue, tmp_path / "made", *recipients, also=("web",))
    assert catalogue.area("attendance").number == 6  # a catalogue that is in use goes along
    program, words = export_process.command()
    done = subprocess.run(  # the real process, as the window starts it
        [program, *words], input=export_process.request_bytes(request), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = _told(done.stdout.decode())
    shares = [one.share for one in told]
    assert shares == sorted(shares)
    assert len(shares) > 20
    assert shares[-1] == 1
    packs = told[-1].packs
    assert [pack.recipient for pack in packs] == list(recipients)
    assert [len(pack.files) for pack in packs] == [3, 3]
    assert len({pack.code for pack in packs}) == 2
    for pack, other in zip(packs, reversed(packs), strict=True):
        assert services.check(pack.files[0], catalogue).endswith("Pages and data agree.")
        for file in pack.files[:2]:
            received = services.read_pack(file, catalogue)
            assert (received.evaluation.commissioner, received.code) == (pack.recipient, pack.code)
            assert received.evaluation.other_commissioners == []
        assert other.recipient.split()[0].encode() not in pack.files[1].read_bytes()
        assert pack.files[2].suffix == ".html"


def test_what_is_delivered_is_whole_and_replaces_a_pack_of_the_same_name(
    example: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    request = _request(example, catalogue, tmp_path / "made")
    output = io.StringIO()
    assert export_process.run_worker(io.BytesIO(export_process.request_bytes(request)), output) == 0
    packs = _told(output.getvalue())[-1].packs
    target = tmp_path / "Sent"
    held = export_process.contents(packs)
    export_process.move_into_place(packs, held, target)
    (there,) = export_process.move_into_place(packs, held, target)
    assert sorted(target.iterdir()) == sorted(there.files)
    assert [file.read_bytes() for file in there.files] == [file.read_bytes() for file in packs[0].files]
    (tmp_path / "file").touch()
    with pytest.raises(NotWrittenError):
        export_process.move_into_place(packs, held, tmp_path / "file" / "Sent")


def test_what_cannot_be_written_is_told_in_one_sentence(
    example: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    for area in example.areas:
        for note in area.questions:
            note.note = "word " * (MAX_TEXT // 5)
    example.summary = "x" * (MAX_TEXT + 1)
    output = io.StringIO()
    status = export_process.run_worker(
        io.BytesIO(export_process.request_bytes(_request(example, catalogue, tmp_path / "made"))), output
    )
    (told,) = _told(output.getvalue())
    assert status == 1
    assert "cannot be written yet" in told.refused
    assert list((tmp_path / "made").iterdir()) == []


def test_what_is_left_out_is_in_no_file(example: Evaluation, catalogue: Catalogue, tmp_path: Path) -> None:
    example.setting.placement_length, example.setting.contact = "Seven terms", "Behind the boatyard"
    request = _request(example, catalogue, tmp_path / "made", also=("web",))
    request = replace(request, include=Include(contact=False, context=False))
    output = io.StringIO()
    export_process.run_worker(io.BytesIO(export_process.request_bytes(request)), output)
    _, data, web = _told(output.getvalue())[-1].packs[0].files
    for file in (data, web):
        assert "Seven terms" not in file.read_text("utf-8")
        assert "Behind the boatyard" not in file.read_text("utf-8")


def test_the_time_allowed_grows_with_the_text_and_with_the_packs(
    example: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    little = export_process.longest_seconds(_request(example, catalogue, tmp_path / "made"))
    assert export_process.longest_seconds(_request(example, catalogue, tmp_path / "made", "A", "B")) > little
    example.areas[0].support = "word " * (MAX_TEXT // 5)
    assert export_process.longest_seconds(_request(example, catalogue, tmp_path / "made")) > little


@pytest.mark.parametrize("line", ["", "Warning: something", "[]", '{"share": 1, "other": 2}'])
def test_a_line_of_something_else_is_none_of_the_process(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        export_process.read_event(line)
