"""Every PDF keeps to PDF/UA-1 and PDF/A-3a at once, is sound, says who made it and when, and carries its fonts."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pikepdf
import pytest

from apq_desktop.documents.pdf.pdf_a import PdfDetails, add_archive
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import CODE, Maker
from tests.documents.pdf_readers import pages_of, placed_words
from tests.documents.pdf_validation import assert_sound, failures, outside_margins
from tests.documents.samples import SAMPLES
from tests.documents.write_pdf import write_pdf


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_every_document_keeps_to_both_standards(name: str, profile: str, made: Maker) -> None:
    assert failures(made(name).path, profile) == []


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_validator_can_find_fault(profile: str, made: Maker, tmp_path: Path) -> None:
    with pikepdf.open(made("empty").path) as pdf:
        del pdf.Root.Metadata
        pdf.save(tmp_path / "bad.pdf")
    assert failures(tmp_path / "bad.pdf", profile) != []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_is_sound_and_every_face_is_in_it(name: str, made: Maker) -> None:
    assert_sound(made(name).path)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_stands_outside_the_margins_and_nothing_is_replaced(name: str, made: Maker) -> None:
    assert outside_margins(made(name).path) == []
    assert not [word for word in placed_words(made(name).path) if "\ufffd" in word.text]


@pytest.mark.parametrize("name", SAMPLES)
def test_two_builds_are_the_same_bytes(name: str, made: Maker, catalogue: Catalogue, tmp_path: Path) -> None:
    target, again = tmp_path / "again.pdf", deepcopy(made(name).evaluation)
    write_pdf(again, catalogue, target, code=CODE, data=made(name).data, data_name=f"{name}.json")
    assert target.read_bytes() == made(name).path.read_bytes()


def test_the_document_says_its_title_its_author_and_the_dates_of_the_evaluation(made: Maker) -> None:
    with pikepdf.open(made("filled").path) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == info["/Title"] == "Riverside Learning: Self-evaluation 2026/27"
            assert xmp["dc:creator"] == [info["/Author"]] == ["Riverside Learning"]
            assert xmp["xmp:CreateDate"] == "2026-09-01T08:00:00+00:00"
            assert info["/CreationDate"] == "D:20260901080000+00'00'"
            assert xmp["xmp:ModifyDate"] == "2026-11-22T10:42:00+00:00"
            assert info["/ModDate"] == "D:20261122104200+00'00'"
            assert xmp["pdf:Keywords"] == info["/Keywords"] == "notes, contact, context, support"
            assert xmp["pdf:Producer"] == info["/Producer"] == "APQ Desktop"


@pytest.mark.parametrize("stamp", ["", "yesterday", "2026-13-45", "0001-01-01T00:00:00+14:00"])
def test_a_stamp_that_is_no_moment_is_left_out(stamp: str) -> None:
    with pikepdf.new() as pdf:
        add_archive(pdf, PdfDetails("Title", "", stamp, stamp))
        assert "/CreationDate" not in pdf.docinfo
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()


def test_a_title_with_markup_is_text_in_the_metadata() -> None:
    with pikepdf.new() as pdf:
        add_archive(pdf, PdfDetails("A <b> & ]]> \ufffe title\U0001fffe", "</rdf:li>"))
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == str(pdf.docinfo["/Title"]) == "A <b> & ]]>  title"
            assert xmp["dc:creator"] == ["</rdf:li>"]


def test_the_colour_profile_is_srgb_and_carries_no_date() -> None:
    with pikepdf.new() as pdf:
        add_archive(pdf, PdfDetails("Title"))
        profile = bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    assert profile[16:20] == b"RGB "
    assert profile[36:40] == b"acsp"
    assert profile[24:36] == bytes(12)


def test_every_page_is_numbered_among_all(made: Maker) -> None:
    pages = pages_of(made("long cells").path)
    assert len(pages) > 40
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
