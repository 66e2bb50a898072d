"""Old earlier texts are thinned, so that years of work stay small, and what people look for is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.database import integrity
from apq_desktop.storage.history.retention import ALL_OF, AT_ONCE, DAILY, Kept, worth_keeping
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")
TEXTS = st.lists(
    st.builds(
        lambda field, minutes, length: ((str(field),), minutes, length),
        st.integers(0, 2),
        st.integers(0, 200 * 24 * 60),
        st.integers(1, 400),
    ),
    max_size=60,
)


def _kept(row_id: int, field: tuple[str, ...], minutes: int, length: int) -> Kept:
    return Kept(row_id, field, (NOW - timedelta(minutes=minutes)).isoformat(timespec="seconds"), length)


@given(TEXTS)
def test_everything_young_is_kept_and_of_each_older_day_or_week_the_longest(
    made: list[tuple[tuple[str, ...], int, int]],
) -> None:
    texts = [_kept(number, *text) for number, text in enumerate(made)]
    kept = worth_keeping(texts, NOW)
    for text in texts:
        at = datetime.fromisoformat(text.at)
        age = NOW - at
        if age < ALL_OF:
            assert text in kept
            continue
        same = [other for other in kept if other.field == text.field]
        if age < DAILY:
            same = [other for other in same if datetime.fromisoformat(other.at).date() == at.date()]
        else:
            same = [
                other for other in same if datetime.fromisoformat(other.at).isocalendar()[:2] == at.isocalendar()[:2]
            ]
        assert max(other.length for other in same) >= text.length
    assert worth_keeping(kept, NOW) == kept


def test_a_text_whose_time_cannot_be_read_is_kept() -> None:
    strange = [Kept(1, (), "yesterday", 5), Kept(2, (), "", 5), _kept(3, (), -5000, 5)]
    assert worth_keeping(strange, NOW) == strange


def test_hours_with_the_clock_in_another_year_cost_no_text(workspace: Workspace, evaluation: Evaluation) -> None:
    wrong = NOW + timedelta(days=3650)
    hours = [timedelta(minutes=minutes) for minutes in range(0, 240, 20)]
    moments = [NOW + at for at in hours] + [wrong + at for at in hours] + [NOW + timedelta(days=1) + at for at in hours]
    for number, at in enumerate(moments):
        change = SetField(NOTE, "note", f"text {number}", f"text {number - 1}" if number else "")
        workspace.apply(evaluation.id, [change], at)
        assert workspace.history.thin(at) == 0, number
    told = {text.text for text in workspace.history.earlier_texts(evaluation.id, NOTE, "note")}
    assert told >= {f"text {number}" for number in range(len(moments) - 1)}


def test_thinning_drops_old_rows_a_few_at_once_and_leaves_the_file_whole(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    start = NOW - timedelta(days=50)
    for n in range(AT_ONCE + 70):
        change = SetField(NOTE, "note", f"{'a long ' * 3 * (n == 40)}text {n}", "")
        workspace.apply(evaluation.id, [change], start + timedelta(minutes=n))
    before = workspace.history.earlier_texts(evaluation.id, NOTE, "note")
    assert workspace.history.thin(NOW) == AT_ONCE
    assert 0 < workspace.history.thin(NOW) < AT_ONCE
    assert workspace.history.thin(NOW) == 0
    after = workspace.history.earlier_texts(evaluation.id, NOTE, "note")
    assert f"{'a long ' * 3}text 40" in [text.text for text in after]
    assert set(after) < set(before)
    assert workspace._file_state is not None
    with workspace._database.reading() as connection:
        integrity.check_history(workspace.path, connection, workspace._file_state)
