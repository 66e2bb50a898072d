"""The file of what a reader would ask is read strictly: a slip is named with its key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.reader_rules import FILE, load_reader_questions
from tests.plain_english import grade

if TYPE_CHECKING:
    from pathlib import Path

OURS = load_reader_questions(paths.forms())
LIST = '[[lists]]\nkey = "who"\nwords = ["staff"]\n'
RULE = LIST + '[[rules]]\nkey = "one"\nfields = ["strengths.text"]\nquestion = "Who?"\n'


@pytest.mark.parametrize(
    ("added", "key"),
    [
        ('says = ["<people>"]', "rules.1.says"),
        ('reach = "page"', "rules.1.reach"),
        ('empty = "who"', "rules.1.empty"),
        ('compares = "alike"', "rules.1.compares"),
        ('colour = "red"', "rules.1.colour"),
        ('\n[[rules]]\nkey = "one"\nfields = ["strengths.text"]\nquestion = "Who?"', "rules"),
        ('\n[[rules]]\nkey = "two"\nfields = ["strengths.title"]\nquestion = "Who?"', "rules.2.fields"),
        ('\n[[rules]]\nkey = "two"\nfields = ["strengths.text"]\nquestion = "Who are {words}?"', "rules.2.question"),
    ],
)
def test_a_slip_is_named(added: str, key: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(RULE, "utf-8")
    assert [rule.question for rule in load_reader_questions(tmp_path).rules] == ["Who?"]
    (tmp_path / FILE).write_text(RULE + added, "utf-8")
    with pytest.raises(InstrumentError, match=rf"^{FILE}: {key}: "):
        load_reader_questions(tmp_path)


@pytest.mark.parametrize(
    ("words", "yes", "no"),
    [
        ("embed*", "we embedded it", "re-embedded"),
        ("# of", "9 of them", "2026 of them"),
        ("####/##", "in 2025/26", "in 25/26"),
        ("most|many pupils", "many pupils", "many of the pupils"),
        ("most ... pupils", "most of the older pupils", "most of these and all those other pupils"),
        ("don’t", "they don't", "they do"),
    ],
)
def test_the_signs_in_words_mean_what_the_readme_says(words: str, yes: str, no: str) -> None:
    pattern = OURS.pattern([words])
    assert re.search(pattern, yes)
    assert not re.search(pattern, no)


def test_the_questions_are_plain_and_about_thirty() -> None:
    assert 25 <= len(OURS.rules) <= 40
    assert all(rule.question.endswith("?") for rule in OURS.rules)
    assert grade(rule.question for rule in OURS.rules) < 5
