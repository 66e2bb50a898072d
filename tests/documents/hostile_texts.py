"""Texts that would break a document that trusted them."""

from __future__ import annotations

from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.toolkit.catalogue import Catalogue

HOSTILE = {
    "markup": '<b>bold <img src="/etc/passwd"> <a href="javascript:alert(1)">x</a> &amp; &#0; </para> <!-- ]]>',
    "pdf operators": "(unclosed ) Tj ET EMC endstream endobj \\) <</JS (x)>> %PDF-1.4 %%EOF",
    "one long word": "w" * 20_000,
    "a long address": "https://council.example/" + "path/with-words_and.dots?x=1&y=2/" * 200,
    "many line ends": "\n".join(f"line {n}" for n in range(250)),
    "empty lines alone": "\n" * 20_000,
    "spaces alone": " \t" * 5_000,
    "right to left": "שלום עולם مرحبا بالعالم \u202e reversed \u2067 isolate \u2069 (brackets)",
    "one long word from the right": "مدرسة" * 400,
    "brackets from the right": "א" + "([" * 500 + "ב" + ")]" * 500,
    "emoji": "Good 👍🏽 family 👨‍👩‍👧 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 end" + "👨‍👩‍👧" * 300 + "🇬" * 301,
    "joined letters without end": "স্ত্রীক্ষ" * 250,
    "accents without end": "e" + "\u0301" * 1_500,
    "a mark alone": "\u0301 \u093f \u05b0 \ufe0f \u200d",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\ufeffh\ufffei",
    "lone surrogates": "before \ud800 between \udfff after",
    "what no face shows": "ᠠᠡ \U00013000 漢字かな 한국어 \U000e0041 \U0010fffd ქართული",
    "no-break spaces": "\u00a0".join("word" for _ in range(1500)),
}


def written(catalogue: Catalogue, text: str) -> Evaluation:
    """An evaluation that has ``text`` in every kind of field."""
    line = clean_line(text)[:500]
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00", title=line)
    evaluation.commissioner = evaluation.period = evaluation.completed_by = evaluation.setting.name = line
    evaluation.summary = text
    area = evaluation.areas[0]
    area.strengths = [Entry("s", text, line[:60]), Entry("s2", "After it")]
    area.evidence = ["e"]
    area.questions[0].note = text
    evaluation.areas[2].applies, evaluation.areas[2].reason = False, text
    evaluation.actions = [Action("a", area.key, text, line, line, measure="Short")]
    evaluation.evidence = [Evidence("e", "A title", line, line, text, line)]
    return evaluation
