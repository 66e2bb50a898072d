"""What a well-formed document must still agree on: patterns, ids, what names what, and the 13 areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import clean, clean_line
from apq_desktop.evaluation.text.dates import FIRST_MOMENT_YEAR, LAST_YEAR, moment
from apq_desktop.exchange.json.text_values import spots
from apq_desktop.exchange.json.validation_messages import Place, problem, quoted
from apq_desktop.toolkit.catalogue import Catalogue

_TIDIED = {"line": clean_line, "text": clean}


def disagreements(evaluation: Evaluation, catalogue: Catalogue) -> Iterator[str]:
    """Every problem, in words, that the shape alone does not show."""
    yield from unfit_words(evaluation)
    yield from _contradictions(evaluation, catalogue)


def others_disagree(evaluation: Evaluation, catalogue: Catalogue) -> bool:
    """Whether there is a problem besides texts that do not fit."""
    return next(_contradictions(evaluation, catalogue), None) is not None


def _contradictions(evaluation: Evaluation, catalogue: Catalogue) -> Iterator[str]:
    yield from _other_areas(evaluation, catalogue)
    yield from repeats(_item_ids(evaluation))
    yield from repeats(numbered(("purposes",), evaluation.purposes))
    yield from repeats(numbered(("setting", "key_stages"), evaluation.setting.key_stages))
    for n, area in enumerate(evaluation.areas):
        yield from repeats(numbered(("areas", n, "questions"), (note.key for note in area.questions)))
        yield from repeats(numbered(("areas", n, "evidence"), area.evidence))
    yield from _leads_nowhere(evaluation)


def unfit_words(document: object) -> Iterator[str]:
    """Ids, keys and stamps that do not look as they must, in words."""
    for spot in spots(document):
        if not spot.fits:
            found = f"{quoted(spot.text)} is not in the form needed here" if spot.text else "is empty"
            yield problem(spot.place, found)
        elif spot.field.kind == "stamp" and spot.text and moment(spot.text) is None:
            between = f"between {FIRST_MOMENT_YEAR} and {LAST_YEAR}"
            yield problem(spot.place, f"{quoted(spot.text)} is not a date and time {between}")


def _other_areas(evaluation: Evaluation, catalogue: Catalogue) -> Iterator[str]:
    for n, (found, area) in enumerate(zip(evaluation.areas, catalogue.areas, strict=False)):
        if (found.number, found.key) != (area.number, area.key):
            yield problem(
                ("areas", n),
                f"must be area {area.number}, “{area.key}”, not {found.number}, {quoted(found.key)}",
            )


def _item_ids(evaluation: Evaluation) -> Iterator[tuple[Place, str]]:
    for n, area in enumerate(evaluation.areas):
        for name in ("strengths", "development_areas"):
            for m, entry in enumerate(getattr(area, name)):
                yield ("areas", n, name, m, "id"), entry.id
    for n, evidence in enumerate(evaluation.evidence):
        yield ("evidence", n, "id"), evidence.id
    for n, action in enumerate(evaluation.actions):
        yield ("actions", n, "id"), action.id


def numbered(place: Place, words: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """The words of a list with their places."""
    return (((*place, n), word) for n, word in enumerate(words))


def repeats(found: Iterable[tuple[Place, str]]) -> Iterator[str]:
    """Each word that stands there a second time, in words."""
    seen = set()
    for place, word in found:
        if word in seen:
            yield problem(place, f"{quoted(word)} is there twice")
        seen.add(word)


def _leads_nowhere(evaluation: Evaluation) -> Iterator[str]:
    register = {item.id for item in evaluation.evidence}
    areas = {area.key for area in evaluation.areas}
    wanted = _development_areas(evaluation)
    for n, area in enumerate(evaluation.areas):
        for m, cited in enumerate(area.evidence):
            if cited not in register:
                yield problem(("areas", n, "evidence", m), f"{quoted(cited)} names no item of the evidence")
    for n, action in enumerate(evaluation.actions):
        if action.area not in areas:
            yield problem(("actions", n, "area"), f"{quoted(action.area)} names no area")
        if action.development_area and action.development_area not in wanted:
            yield problem(
                ("actions", n, "development_area"),
                f"{quoted(action.development_area)} names no development area",
            )


def _development_areas(evaluation: Evaluation) -> set[str]:
    return {entry.id for area in evaluation.areas for entry in area.development_areas}


def cleaned(document: object) -> int:
    """Clean every text that people write, lines to one line; the number of texts that changed."""
    changed = 0
    for spot in spots(document):
        if spot.field.kind not in _TIDIED:
            continue
        text = _TIDIED[spot.field.kind](spot.text)
        if text != spot.text:
            spot.put(text)
            changed += 1
    return changed


def tidied(count: int) -> str:
    """What is said where ``count`` texts were cleaned."""
    texts = "1 text" if count == 1 else f"{count:,} texts"
    return f"Line ends or invisible characters were tidied in {texts}."


def without_loose_ends(evaluation: Evaluation) -> None:
    """Drop what names something that was deleted, repeated citations and impossible stamps: no text is lost by it.

    What this program writes must never be refused by the program that receives it.
    """
    register = {item.id for item in evaluation.evidence}
    wanted = _development_areas(evaluation)
    for area in evaluation.areas:
        area.evidence = [cited for cited in dict.fromkeys(area.evidence) if cited in register]
    for action in evaluation.actions:
        if action.development_area not in wanted:
            action.development_area = ""
    for name in ("created", "changed"):
        if moment(getattr(evaluation, name)) is None:
            setattr(evaluation, name, "")
    evaluation.purposes = list(dict.fromkeys(evaluation.purposes))
    evaluation.setting.key_stages = list(dict.fromkeys(evaluation.setting.key_stages))
