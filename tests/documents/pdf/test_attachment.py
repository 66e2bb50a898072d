"""The PDF carries the exported JSON byte for byte, and a PDF from a stranger can do no harm."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.documents.pdf import safe_pdf
from apq_desktop.documents.pdf.attachment import attached_data
from apq_desktop.errors import PackRefusedError
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import Maker
from tests.documents.pdf_readers import run
from tests.documents.samples import SAMPLES
from tests.documents.write_pdf import write_pdf


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_attached_comes_back_byte_for_byte(name: str, made: Maker) -> None:
    assert attached_data(made(name).path) == made(name).data


def test_the_evaluation_that_comes_back_is_the_one_that_was_sent(made: Maker, catalogue: Catalogue) -> None:
    data = attached_data(made("filled").path)
    assert evaluation_json.read_bytes(data, "filled.pdf", catalogue).evaluation == made("filled").evaluation


def test_the_attachment_is_found_by_other_programs(made: Maker, tmp_path: Path) -> None:
    path = made("filled").path
    run("qpdf", "--show-attachment=filled.json", path)
    run("pdfdetach", "-saveall", "-o", tmp_path, path)
    assert (tmp_path / "filled.json").read_bytes() == made("filled").data
    with pikepdf.open(path) as pdf:
        file: Any = pdf.Root.AF[0]
        assert file.objgen == pdf.attachments["filled.json"].obj.objgen
        assert file.AFRelationship == Name.Data
        assert file.EF.F.Subtype == Name("/application/json")


def test_a_pdf_that_another_program_saved_again_can_still_be_read(made: Maker, tmp_path: Path) -> None:
    path, again = made("filled").path, tmp_path / "again.pdf"
    run("qpdf", "--object-streams=disable", "--stream-data=uncompress", path, again)
    assert attached_data(again) == made("filled").data
    run("qpdf", "--linearize", "--recompress-flate", "--compression-level=9", path, again)
    assert attached_data(again) == made("filled").data


def test_a_pdf_without_data_says_so(catalogue: Catalogue, made: Maker, tmp_path: Path) -> None:
    write_pdf(made("empty").evaluation, catalogue, tmp_path / "bare.pdf")
    assert "carries no evaluation and is no template of ours" in refusal(tmp_path / "bare.pdf")


def refusal(path: Path) -> str:
    """The one plain sentence that a file is refused with, in little time."""
    before = time.process_time()
    with pytest.raises(PackRefusedError) as raised:
        attached_data(path)
    assert time.process_time() - before < 20
    sentence = str(raised.value).removeprefix(f"{path}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def _bomb(pdf: pikepdf.Pdf) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(bytes(1_000_000)) for _ in range(120)]) + packer.flush()
    content = pikepdf.Stream(pdf, b"")
    content.write(packed, filter=Name.FlateDecode)
    pdf.attachments["filled.json"].obj.EF.F = pdf.make_indirect(content)


def _second(pdf: pikepdf.Pdf) -> None:
    specification: Any = pikepdf.AttachedFileSpec
    pdf.attachments["other.json"] = specification(pdf, b"{}")
    pdf.attachments["other.json"].obj.AFRelationship = Name.Data


def _odd_filter(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["filled.json"].obj.EF.F.write(b"7b7d>", filter=Name.ASCIIHexDecode)


def _not_a_stream(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["filled.json"].obj.EF = Dictionary(F=String("nothing"))


def _loop(pdf: pikepdf.Pdf) -> None:
    names: Any = pdf.make_indirect(Dictionary())
    names.Kids = Array([names])
    pdf.Root.Names.EmbeddedFiles = names
    del pdf.Root.AF


def _false_list(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = String("no")
    pdf.Root.AF = String("no")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_bomb, "longer than any evaluation"),
        (_second, "more than one evaluation"),
        (_odd_filter, "packed in a way"),
        (_not_a_stream, "not built as a PDF should be"),
        (_loop, "PDF"),
        (_false_list, "PDF"),
    ],
)
def test_a_hostile_pdf_is_refused_in_one_sentence(
    change: Callable[[pikepdf.Pdf], None], words: str, made: Maker, tmp_path: Path
) -> None:
    target = tmp_path / "hostile.pdf"
    with pikepdf.open(made("filled").path) as pdf:
        change(pdf)
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert words in refusal(target)


def test_a_locked_pdf_is_refused(made: Maker, tmp_path: Path) -> None:
    with pikepdf.open(made("filled").path) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="one", user="two"))
    assert "locked with a password" in refusal(tmp_path / "locked.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\xff" * 1000, b"{}", b"PK\x03\x04"])
def test_what_is_no_pdf_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_bytes(content)
    assert "PDF" in refusal(tmp_path / "no.pdf")


def test_a_folder_a_pipe_a_missing_and_a_too_large_file_are_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "missing.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "a device or a pipe" in refusal(tmp_path / "pipe.pdf")
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(safe_pdf.MOST_FILE_BYTES + 1)
    assert "larger than any of ours" in refusal(tmp_path / "large.pdf")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), change=st.binary(min_size=1, max_size=30), cut=st.booleans())
def test_a_damaged_pdf_is_refused_or_read_and_nothing_else(
    place: float, change: bytes, cut: bool, made: Maker, tmp_path: Path
) -> None:
    whole = made("empty").path.read_bytes()
    at = int(place * len(whole))
    target = tmp_path / "damaged.pdf"
    target.write_bytes(whole[:at] if cut else whole[:at] + change + whole[at + len(change) :])
    with suppress(PackRefusedError):
        attached_data(target)
