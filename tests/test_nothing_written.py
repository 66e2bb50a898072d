"""Invisible characters alone are nothing written, wherever the program asks: one rule, met as a person meets it."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths, services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.rules.action_plan import people, sorted_by
from apq_desktop.evaluation.rules.outgoing_copy import recipients
from apq_desktop.evaluation.rules.progress import state
from apq_desktop.evaluation.rules.search import find
from apq_desktop.exchange.csv_tables import actions_csv
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.text_values import spots
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

NOTHING = ("\u200b", "\ufeff", "\u00ad", " \u200d\u2060 ", "\u200e", "\u2800", "\u3164", "\ufe0f")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


def filled_with(nothing: str, catalogue: Catalogue) -> Evaluation:
    """An evaluation with an item of every kind in every area, and ``nothing`` in every field of words."""
    made = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00")
    for area in made.areas:
        area.strengths, area.development_areas = [Entry()], [Entry()]
        made.evidence.append(item := Evidence())
        area.evidence = [item.id]
        made.actions.append(Action(area=area.key))
    made.other_commissioners = [""]
    for spot in spots(made):
        if spot.field.kind in ("line", "text") and spot.place[-1] != "title":
            spot.put(nothing)
    made.title = nothing
    for item in made.evidence:
        item.title = nothing
    return made


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_what_nobody_can_see_is_said_to_be_missing_everywhere(nothing: str, catalogue: Catalogue) -> None:
    seen, blank = filled_with(nothing, catalogue), filled_with("", catalogue)
    assert {state(seen, area) for area in seen.areas} == {"not-started"}
    told, wanted = (
        sorted(
            (remark.kind, remark.text)
            for remark in services.run_checks(one, catalogue, date(2026, 9, 1))
            if remark.kind != "cannot-be-shown"
        )
        for one in (seen, blank)
    )
    assert told == wanted
    assert people(seen.actions) == []
    assert recipients(seen) == ()
    assert sorted_by(seen, seen.actions, "who", last_first=True) == seen.actions
    assert find(seen, nothing) == []
    rows = csv.DictReader(io.StringIO(actions_csv(seen, catalogue).decode("utf-8-sig"), newline=""))
    said = ("Number", "Area number", "Area", "Part of the area", "Progress")
    assert {cell for row in rows for name, cell in row.items() if name not in said} == {""}


@pytest.mark.parametrize("nothing", NOTHING[:3], ids=ascii)
def test_what_nobody_can_see_leaves_no_bullet_and_no_name_in_print(
    nothing: str, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for folder, words in (("seen", nothing), ("blank", "")):
        (tmp_path / folder).mkdir()
        sent = tmp_path / folder / "sent.json"
        evaluation = filled_with(words, catalogue)
        evaluation.id = evaluation.setting.id = "same"
        sent.write_bytes(evaluation_json.write(evaluation, catalogue))
        file = tmp_path / folder / "council.apq"
        assert main(["import", str(sent), "--into", str(file)]) == 0
        assert "Self-evaluation of a setting without a name" in capsys.readouterr().out
        assert main(["export", str(file), "--to", str(tmp_path / folder), "--pdf", "--web"]) == 0
        pdf, page = capsys.readouterr().out.split()
        text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        web = html.unescape(
            re.sub("<style>.*?</style>|<[^>]+>", " ", (tmp_path / page).read_text("utf-8"), flags=re.DOTALL)
        )
        # Codes differ, because the data do.
        printed.append([re.sub(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\b", "", each).split() for each in (text, web)])
    assert printed[0] == printed[1]
