"""What a reader would ask about the texts, by the rules of the instrument: each remark is one question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from apq_desktop.evaluation.edits.changes import Target, resolve
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.rules.remarks.checks import Remark
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.evaluation.titles import ABOUT, ACTION_PLAN, REGISTER, quoted
from apq_desktop.toolkit.reader_rules import ReaderQuestions, Rule

FEWEST_REPEATED = 6
"""Words of a sentence that two texts can share only by copying."""
FEWEST_DENIED = 3
"""Words that say something, in a phrase that is held against its denial."""
MOST_MET = 200
"""Sentences with one word that are remembered, so that thousands of alike ones do not take minutes."""
ALIKE = 0.75
"""Share of such words that a phrase and its denial have in common."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORD = re.compile(r"[\w£%]+(?:['-]\w+)*")


def ask(evaluation: Evaluation, questions: ReaderQuestions) -> list[Remark]:
    """Every question, text by text in the order of reading. What does not apply or is finished is not asked about."""
    texts = [text for text in everything_written(evaluation) if _is_asked(evaluation, text)]
    asker = _Asker(evaluation, questions, [_Matcher(rule, questions) for rule in questions.rules])
    return [remark for text in texts for remark in asker.remarks(text)]


@dataclass(frozen=True)
class _Place:
    """A sentence met before: its text's place, and its words that say something."""

    where: str
    target: Target
    words: frozenset[str]


@dataclass
class _Asker:
    """Ask about one text after the other. ``_met`` holds the sentences met so far, by rule, denial and word."""

    evaluation: Evaluation
    questions: ReaderQuestions
    matchers: list[_Matcher]
    _met: dict[tuple[str, bool, str], list[_Place]] = field(default_factory=dict)

    def remarks(self, text: Written) -> Iterator[Remark]:
        families: set[str] = set()
        folded = fold(visible_text(text.text))
        sentences = [sentence for sentence in _SENTENCE_ENDS.split(folded) if sentence]
        for matcher in self.matchers:
            rule = matcher.rule
            if f"{text.target.kind}.{text.field}" not in rule.fields or (rule.family or rule.key) in families:
                continue
            filled_in = self._compared(matcher, text, sentences) if rule.compares else matcher.found(folded, sentences)
            if filled_in is None or not self._is_open(rule, text):
                continue
            families.add(rule.family or rule.key)
            question = rule.question.format(words=filled_in, where=filled_in)
            remark = f"{quoted(text.text)} {question}"
            yield Remark(rule.key, self._where(text), remark, text.area, text.target, rule.empty or text.field)

    def _is_open(self, rule: Rule, text: Written) -> bool:
        """Whether no field beside the text answers the question, and the one asked for is empty."""
        owner = resolve(self.evaluation, text.target)
        if any(visible_text(getattr(owner, name, "")) for name in rule.answered_by):
            return False
        beside = getattr(owner, rule.empty, "") if rule.empty else ""
        if rule.empty == "development_area":
            needs = (need for area in self.evaluation.areas for need in area.development_areas)
            return not any(need.id == beside and visible_text(need.text) for need in needs)
        return not visible_text(beside)

    def _where(self, text: Written) -> str:
        if text.target.kind == "actions":
            return ACTION_PLAN
        if not text.area:
            return REGISTER if text.target.kind == "evidence" else ABOUT
        area = self.evaluation.area(text.area)
        return f"{area.number} {area.title}"

    def _compared(self, matcher: _Matcher, text: Written, sentences: list[str]) -> str | None:
        """Where another text says the same, or denies it; None where none does. Remembers the sentences."""
        found = None
        for sentence in sentences:
            words = matcher.telling_words(sentence)
            repeated = matcher.rule.compares == "repeated"
            denied = not repeated and matcher.says.search(sentence) is not None
            if len(words) >= (FEWEST_REPEATED if repeated else FEWEST_DENIED):
                kept = frozenset([" ".join(words)]) if repeated else frozenset(words)
                others = self._others(matcher.rule.key, kept, denied=denied != (not repeated))
                found = found or next((one.where for one in others if one.target != text.target), None)
                place = _Place(self._where(text), text.target, kept)
                for word in kept:
                    met = self._met.setdefault((matcher.rule.key, denied, word), [])
                    if len(met) < MOST_MET:
                        met.append(place)
        return found

    def _others(self, rule: str, words: frozenset[str], *, denied: bool) -> Iterator[_Place]:
        for word in words:
            for place in self._met.get((rule, denied, word), ()):
                if len(words & place.words) >= ALIKE * len(words | place.words):
                    yield place


class _Matcher:
    """One rule, made ready to be held against texts without capitals and accents."""

    def __init__(self, rule: Rule, questions: ReaderQuestions) -> None:
        self.rule = rule
        self.says = re.compile(questions.pattern(rule.says))
        self._begins = re.compile(questions.pattern(rule.begins))
        self._unless = re.compile(questions.pattern(rule.unless))
        self._ignores = re.compile(questions.pattern(rule.ignores))

    def found(self, text: str, sentences: list[str]) -> str | None:
        """The words that raise the question, which may be none; None where the question is not raised."""
        rule = self.rule
        if rule.most_words and len(_WORD.findall(text)) > rule.most_words:
            return None
        if text.strip(" .") in rule.exact:
            return text
        if rule.begins or not (rule.says or rule.exact):
            begun = self._begins.match(text) if rule.begins else None
            is_raised = (begun or not rule.begins) and not self._is_answered(text)
            return (begun[0] if begun else "") if is_raised else None
        for sentence in sentences:
            match = self.says.search(sentence) if rule.says else None
            if match and not self._is_answered(text if rule.reach == "text" else sentence):
                return match[0]
        return None

    def telling_words(self, sentence: str) -> list[str]:
        """The words of a sentence that say something, without those of denial."""
        words = _WORD.findall(sentence)
        if self.rule.compares == "repeated":
            return words
        return [word for word in words if not self.says.fullmatch(word) and not self._ignores.fullmatch(word)]

    def _is_answered(self, text: str) -> bool:
        return bool(self.rule.unless) and self._unless.search(text) is not None


def _is_asked(evaluation: Evaluation, text: Written) -> bool:
    owner = resolve(evaluation, text.target)
    if isinstance(owner, Action) and not is_open(owner):
        return False
    return not text.area or all(area.applies for area in evaluation.areas if area.key == text.area)
