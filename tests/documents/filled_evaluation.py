"""A filled evaluation for these tests: every field of every area is written, each text unlike every other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from apq_desktop.evaluation.model import (
    Action,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
    new_evaluation,
)
from apq_desktop.toolkit.catalogue import Catalogue

LETTERS = (
    "Ysgol Glan-yr-Ŵyn: tŷ bach, sŵn y môr, ŷd",
    "Wspólny plan: źdźbło, ćma, pięść, łąka, jaźń",
    "Învățare și țintă: fațadă, ștafetă",
    "Öğrenciler için çalışma, ışık, ğ ve İstanbul",
    "Σχέδιο για τις οικογένειες: ώρα, ΐ, ϋ",
    "Общий план: ёж, съезд, объём, Ґанок, їжак",
)
"""Welsh, Polish, Romanian, Turkish, Greek and Cyrillic."""


def filled_evaluation(catalogue: Catalogue) -> Evaluation:
    """An evaluation of a small provider, with sub-areas, shared evidence and one area that does not apply."""
    setting = Setting(
        id="4a0a5b52-0000-4000-8000-000000000001",
        name="Riverside Learning",
        kind=catalogue.kinds[0].key,
        site="Old Boatyard, Mill Lane",
        local_authority="Northshire Council",
        contact="Office, weekdays 8.30 to 4\noffice@riverside.example",
        key_stages=["3", "4"],
        places="18, of which 6 are full time",
        full_or_part_time="part-time",
        placement_length="Two terms, three days a week",
    )
    evaluation = new_evaluation(
        catalogue, created="2026-09-01T08:00:00+00:00", title="Self-evaluation 2026/27", setting=setting
    )
    evaluation.id = "4a0a5b52-0000-4000-8000-000000000002"
    evaluation.supersedes = "4a0a5b52-0000-4000-8000-000000000003"
    evaluation.changed = "2026-11-22T10:42:00+00:00"
    evaluation.revision = 3
    evaluation.period = "September 2025 to July 2026"
    evaluation.purposes = [purpose.key for purpose in catalogue.purposes[:2]]
    evaluation.commissioner = "Northshire Council, inclusion team"
    evaluation.completed_by = "Headteacher"
    evaluation.took_part = "The staff team, six pupils and four parents"
    evaluation.completed_on = "2026-11-20"
    evaluation.summary = (
        "Twelve of the thirteen areas are filled in. Our strongest ground is how pupils start with us.\n\n"
        "Our plan this year is regular good news to families, and planning that schools share."
    )
    _fill_areas(evaluation, catalogue)
    last = evaluation.areas[-1]
    last.applies, last.ready = False, False
    last.reason = "Our oldest pupils leave at the end of year 10, so that none of them goes on to a college from us."
    return evaluation


def _fill_areas(evaluation: Evaluation, catalogue: Catalogue) -> None:
    for n, (record, area) in enumerate(zip(evaluation.areas, catalogue.areas, strict=True)):
        parts = [part.key for part in area.sub_areas] or [""]
        about = area.title.lower()
        record.ready = n % 2 == 0
        for note in record.questions:
            note.note = f"To question {note.key} we say: we look at {about} often.\nThe notes of {note.key} are kept."
        record.questions.append(
            QuestionNote(f"{area.number}.9", f"A local question about {about} that is asked no more")
        )
        record.strengths = [
            Entry(f"s-{n}-{m}", text, parts[m % len(parts)])
            for m, text in enumerate(
                (
                    f"Every member of staff can say what we do about {about} and why we do it that way.",
                    f"In the survey of March 2026, 34 of 36 families were content with {about}.",
                    f"{LETTERS[n % len(LETTERS)]} ({n})",
                )
            )
        ]
        record.development_areas = [
            Entry(
                f"d-{n}-0",
                f"We do not yet know how {about} looks to pupils who come for only one day a week.",
                parts[-1],
            ),
            Entry(f"d-{n}-1", f"Two schools hear too late about {about}.\nThey have told us so twice."),
        ]
        evaluation.evidence.append(
            Evidence(
                f"e-{n}",
                f"Minutes about {about}, autumn 2026",
                f"paper {n}",
                "2026-10-0" + str(n % 9 + 1),
                f"QuestionLibrary {n} in the office",
                f"by Easter, shelf {n}",
            )
        )
        record.evidence = [f"e-{n}", *(["e-0"] if n in (3, 5) else [])]
        record.support = f"An introduction to someone who knows {about} well."
        evaluation.actions += [
            Action(
                f"a-{n}-0",
                area.key,
                f"Ask one-day pupils about {about} in a short talk",
                f"Key worker {n}",
                f"2027-0{n % 9 + 1}-15",
                "under-way",
                parts[0],
                f"share of pupils asked about {about}",
                f"{n} of 18 asked",
                f"{n + 3} of 18 asked by now",
                f"d-{n}-0",
            ),
            Action(
                f"a-{n}-1",
                area.key,
                f"Write to both schools about {about}",
                f"Deputy {n}",
                "before the summer fair",
            ),
        ]


def texts(value: object) -> Iterator[str]:
    """Every text that a person may have typed into ``value``, without ids, keys and stamps."""
    hidden = {
        "id",
        "key",
        "supersedes",
        "created",
        "changed",
        "purposes",
        "kind",
        "key_stages",
        "sub_area",
        "area",
    }
    hidden |= {"development_area", "progress", "full_or_part_time", "title"} if isinstance(value, Action) else set()
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            own = isinstance(value, Evidence) and field.name == "kind"
            if (
                own
                or field.name not in hidden | {"full_or_part_time", "progress", "development_area", "evidence"}
                or (isinstance(value, Evaluation) and field.name == "evidence")
            ):
                yield from texts(getattr(value, field.name))
