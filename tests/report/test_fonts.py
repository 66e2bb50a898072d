"""Which characters the PDF can show is known beforehand, and what it shows copies out as typed."""

from __future__ import annotations

from pathlib import Path

from apq_desktop.evaluation.model import Entry, new_evaluation
from apq_desktop.instrument import Catalogue
from apq_desktop.report.document import write_pdf
from apq_desktop.report.fonts import missing_characters
from tests.report.filled import LETTERS
from tests.report.reading import letters, text_of


def test_the_letters_of_our_languages_are_covered() -> None:
    assert missing_characters("\n".join(LETTERS)) == set()
    assert missing_characters("“quoted” – dashes … £ € ½ ² × • soft\u00adhyphen no-break\u00a0space\ttab\n") == set()


def test_what_cannot_be_shown_is_named() -> None:
    assert missing_characters("plain 漢 and plain \U0001f9ff") == {"漢", "\U0001f9ff"}


def test_the_letters_of_our_languages_copy_out_as_typed(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00")
    evaluation.areas[0].strengths = [Entry(str(n), text) for n, text in enumerate(LETTERS)]
    write_pdf(evaluation, catalogue, tmp_path / "letters.pdf")
    told = letters(text_of(tmp_path / "letters.pdf"))
    assert [text for text in LETTERS if letters(text) not in told] == []
