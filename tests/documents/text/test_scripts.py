"""Each script is shown in full, reads back as it was typed, and what cannot be shown is named beforehand."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from apq_desktop.documents.pdf.styles import TEXTS
from apq_desktop.documents.text.fonts import CHAINS, REPLACEMENT, font, missing_characters
from apq_desktop.documents.text.line_breaking import Piece
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.documents.text.typesetter import Typesetter
from apq_desktop.evaluation.model import Entry
from apq_desktop.toolkit.catalogue import Catalogue
from tests.cases import first
from tests.documents.conftest import Maker
from tests.documents.javascript import text_by_pdf_js
from tests.documents.marked_content import Marked, content_of, maps_of
from tests.documents.pdf_readers import letters, text_of
from tests.documents.samples import sample
from tests.documents.script_samples import FROM_THE_RIGHT, SCRIPTS
from tests.documents.write_pdf import write_pdf

READ_BY_EVERY_PROGRAM = [name for name in SCRIPTS if name not in {"Arabic", "Urdu", "Hebrew", "numbers both ways"}]
"""Pdftotext turns ligatures, marks and brackets round where they stand in text from the right."""


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_character_has_a_shape(script: str) -> None:
    assert missing_characters(SCRIPTS[script]) == set()


def test_what_cannot_be_shown_is_named() -> None:
    assert missing_characters("plain ᠠ and plain \U00013000") == {"ᠠ", "\U00013000"}
    assert missing_characters("“quoted” – dashes … £ € ½ ² × • soft\u00adhyphen no-break\u00a0space\ttab\n") == set()


def test_what_cannot_be_shown_stands_in_the_pdf_as_a_sign_that_is_seen(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = sample("empty", catalogue)
    evaluation.areas[0].strengths = [Entry("s", "before ᠠ \ue000 \U00013000 after")]
    write_pdf(evaluation, catalogue, tmp_path / "signs.pdf")
    assert "before � � � after" in text_of(tmp_path / "signs.pdf")
    assert shapes("ᠠ") == shapes("\ue000") == shapes(REPLACEMENT)
    first = font(CHAINS["regular"][0])
    glyph = first.get_nominal_glyph(ord(REPLACEMENT))
    assert glyph
    extents = first.get_glyph_extents(glyph)
    assert extents
    assert extents.width > 0, "it has an outline"
    assert extents.height < 0


@pytest.mark.parametrize("script", READ_BY_EVERY_PROGRAM)
def test_a_script_copies_out_as_it_was_typed(script: str, made: Maker) -> None:
    assert letters(SCRIPTS[script]) in letters(text_of(made("scripts").path))


@pytest.mark.parametrize("script", FROM_THE_RIGHT)
def test_letters_from_the_right_copy_out_as_they_were_typed(script: str, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = sample("empty", catalogue)
    evaluation.areas[0].strengths = [Entry("s", FROM_THE_RIGHT[script])]
    write_pdf(evaluation, catalogue, tmp_path / "right.pdf")
    assert letters(FROM_THE_RIGHT[script]) in letters(text_of(tmp_path / "right.pdf"))


@pytest.mark.parametrize("word", first(3, ["الأمل", "الآن", "ילדים", "إلا", "الإنسان", "السلام", "اسلام"]))
def test_a_glyph_of_two_letters_copies_out_right_with_four_readers(
    word: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    evaluation, target = sample("empty", catalogue), tmp_path / "right.pdf"
    evaluation.areas[0].strengths = [Entry("s", word)]
    write_pdf(evaluation, catalogue, target)
    assert letters(word) in letters(text_of(target))
    with pymupdf.open(target) as document:
        assert letters(word) in letters("".join(page.get_text() for page in document))
    document = pypdfium2.PdfDocument(target)
    assert letters(word) in letters("".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    assert letters(word) in letters(text_by_pdf_js(target))


def test_a_text_is_kept_where_glyphs_and_characters_do_not_pair_off(made: Maker) -> None:
    kept = {mark.said for mark in marks(made("scripts").path) if mark.said is not None}
    assert {"পরিকল্পনা", "हिन्दी।", "(", ")"} <= kept
    assert all(REPLACEMENT not in text for text in kept)


def marks(path: Path) -> list[Marked]:
    with pikepdf.open(path) as pdf:
        maps = maps_of(pdf.pages[0])
        return [mark for page in pdf.pages for mark in content_of(page, maps).marked]


def shapes(text: str) -> str:
    """What draws ``text`` on one line: faces, glyphs and how they are moved."""
    return str(Typesetter().line(text, TEXTS[""]).stretches)


def test_letters_take_the_shape_that_their_neighbours_ask_for() -> None:
    assert shapes("ببب") != shapes("ب\u200cب\u200cب"), "Arabic letters join"
    assert width("क्ष") < width("क") + width("ष"), "a conjunct is one shape"
    assert width("👨‍👩‍👧") == pytest.approx(width("👨")), "a family is one emoji"
    assert width("🇬🇧") == pytest.approx(width("👨"), rel=0.2), "a flag is one emoji"
    assert width("ọ́") == pytest.approx(width("ọ")), "an accent stands above its letter"


def width(text: str) -> float:
    return Typesetter().line(text, TEXTS[""]).width


def test_a_paragraph_that_begins_from_the_right_is_set_flush_right() -> None:
    typesetter = Typesetter()
    assert all(line.from_right for line in typesetter.lines([TextRun(SCRIPTS["Hebrew"] * 9)], TEXTS[""], 300))
    assert not any(line.from_right for line in typesetter.lines([TextRun(SCRIPTS["both ways"] * 9)], TEXTS[""], 300))


def test_words_from_the_right_stand_from_right_to_left() -> None:
    (line,) = Typesetter().lines([TextRun("אחד שתיים 18")], TEXTS[""], 500)
    places = [stretch.x for stretch in line.stretches]
    assert places == sorted(places, key=lambda x: -(x or 0)), "the order of reading is kept, each further left"
    assert min(place or 0 for place in places) == 0
    assert max(place or 0 for place in places) < line.width


def test_chinese_is_broken_between_its_signs_and_no_sign_that_closes_begins_a_line() -> None:
    text = "In Chinese: " + "我们每周与家庭联系，记录进展。" * 12
    lines = Typesetter().lines([TextRun(text)], TEXTS[""], 200)
    assert all(line.width > 200 - 2 * TEXTS[""].size for line in lines[:-1]), "every line is full"
    numbers = [Typesetter().line(sign, TEXTS[""]).stretches[0].pieces[0] for sign in "，。"]
    closing = {piece.glyphs for piece in numbers if isinstance(piece, Piece)}
    for line in lines[1:]:
        first = line.stretches[0].pieces[0]
        assert isinstance(first, Piece)
        assert first.glyphs[:4] not in closing


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_line_is_wider_than_its_column(script: str) -> None:
    typesetter = Typesetter()
    for text in (SCRIPTS[script] * 9, SCRIPTS[script].replace(" ", "\u00a0") * 9):
        for column in (40.0, 120.0, 470.0):
            lines = typesetter.lines([TextRun(text)], TEXTS[""], column)
            assert max(line.width for line in lines) < column + 0.01
