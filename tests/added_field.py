"""What ``test_added_field`` runs in a copy of the program whose model and table of fields have ``cost``."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from PySide6.QtTest import QTest

from apq_desktop import paths, services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.edits.merge import merge
from apq_desktop.evaluation.rules.action_plan import Filter, filtered, sorted_by
from apq_desktop.evaluation.rules.search import find
from apq_desktop.exchange.csv_tables import actions_csv
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.fields.line_fields import LineField
from tests.documents.pdf_readers import text_of
from tests.ui.conftest import example_file, open_window, qapp, qtbot, theme  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue
    from tests.ui.conftest import OpenWindow

LABEL, COST = "What it costs", "£ 3,417"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def file(open_window: OpenWindow, tmp_path: Path) -> Path:  # noqa: F811 - a fixture
    """A file in which the cost of an action was typed into its field beside the plan, found there as people find it."""
    path = tmp_path / "costs.apq"
    assert main(["example", str(path)]) == 0
    window = open_window(path)
    assert window.view is not None
    plan: Any = window.view.show_tab("action_plan")
    assert LABEL in [column.title for column in plan.model.columns]
    plan.show_action(plan.shown()[0].id)
    plan.details.show_now()
    (field,) = (one for one in plan.details.findChildren(LineField) if one.accessibleName() == LABEL)
    field.setFocus()
    QTest.keyClicks(field, COST)
    assert "“What it costs” of an action" in window.undo_actions.undo.text()
    assert window.close()
    return path


@pytest.fixture
def evaluation(file: Path, catalogue: Catalogue) -> Evaluation:
    with services.open_workspace(file, catalogue).workspace as workspace:
        return workspace.read(workspace.evaluations()[0].id)


def with_cost(evaluation: Any) -> list[Any]:
    return [action for action in evaluation.actions if action.cost == COST]


def test_it_is_in_the_file_in_the_packs_and_in_the_tables(
    file: Path, evaluation: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    (action,) = with_cost(evaluation)
    out = tmp_path / "out"
    assert main(["export", str(file), "--to", str(out), "--pdf", "--json", "--web", "--xlsx"]) == 0
    (document,), (page,), (pdf,), (book,) = (
        list(out.glob(f"*.{suffix}")) for suffix in ("json", "html", "pdf", "xlsx")
    )
    written = json.loads(document.read_bytes())["actions"]
    assert [(one["id"], one["cost"]) for one in written if "cost" in one] == [(action.id, COST)]
    assert [one.id for one in with_cost(evaluation_json.read(document, catalogue).evaluation)] == [action.id]
    assert "It costs: " in page.read_text("utf-8")
    assert COST in page.read_text("utf-8")
    assert f"It costs: {COST}" in " ".join(text_of(pdf).split())
    rows = list(csv.DictReader(io.StringIO(actions_csv(evaluation, catalogue).decode("utf-8-sig"))))
    assert [row[LABEL] for row in rows if row[LABEL]] == [COST]
    cells = [cell.value for sheet in openpyxl.load_workbook(book) for row in sheet.rows for cell in row]
    assert LABEL in cells
    assert COST in cells
    for for_readers in (False, True):
        schema = json.loads(evaluation_json.schema(for_readers=for_readers))
        assert schema["$defs"]["Action"]["properties"]["cost"] == {
            "default": "",
            "maxLength": 500,
            "type": "string",
        } | {key: value for key, value in schema["$defs"]["Action"]["properties"]["who"].items() if key == "pattern"}


def test_it_is_found_sorted_compared_and_merged(evaluation: Evaluation, catalogue: Catalogue) -> None:
    (action,) = with_cost(evaluation)
    assert [hit.field for hit in find(evaluation, "3,417")] == ["cost"]
    assert filtered(evaluation.actions, Filter(words="3,417"), date(2026, 11, 27)) == [action]
    assert sorted_by(evaluation, evaluation.actions, "cost")[0] is action
    before = deepcopy(evaluation)
    with_cost(before)[0].cost = ""
    assert LABEL in str(compare(before, evaluation, catalogue))
    merged = merge(deepcopy(before), before, evaluation)
    assert "cost" in str(merged.change)
