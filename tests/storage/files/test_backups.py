"""Backups are taken when there is something new, thinned as they age, proved, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.errors import NotWrittenError, WorkspaceRefusedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.files.backups import ALL_OF, ALWAYS, DAILY, EVERY, MOST_BYTES, WHERE, Backup, Backups, kept
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "data" / "backups")


def _edit(workspace: Workspace, evaluation: Evaluation, text: str) -> None:
    workspace.apply(evaluation.id, [SetField(Target("evaluation"), "title", text, "")], NOW)


def test_a_backup_holds_everything_and_can_be_restored_as_another_file(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    taken = backups.take(workspace, NOW)
    assert taken.problem == ""
    _edit(workspace, evaluation, "Later")
    (found,) = backups.of(path)
    assert found == taken.backup
    assert (found.at, found.where, found.before_update) == (NOW, str(path), False)
    backups.restore_as(found, tmp_path / "restored.apq")
    with Workspace.open(tmp_path / "restored.apq") as restored:
        assert restored.read(evaluation.id) == evaluation
    with pytest.raises(NotWrittenError, match="already"):
        backups.restore_as(found, path)
    assert workspace.read(evaluation.id).title == "Later"


def test_a_backup_is_due_when_something_was_changed_and_half_an_hour_has_gone(
    workspace: Workspace, backups: Backups, evaluation: Evaluation
) -> None:
    assert backups.due(workspace, NOW)
    assert backups.take(workspace, NOW).backup is not None
    assert not backups.due(workspace, NOW + timedelta(days=1))
    assert backups.take(workspace, NOW + timedelta(days=1)).backup is None
    _edit(workspace, evaluation, "Later")
    assert not backups.due(workspace, NOW + EVERY - timedelta(seconds=1))
    assert backups.due(workspace, NOW + EVERY)
    assert backups.take(workspace, NOW + EVERY).backup is not None
    assert not backups.due(workspace, NOW + 2 * EVERY)


def test_hours_with_the_clock_in_another_year_neither_hide_the_latest_work_nor_cost_a_backup(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = timedelta(days=3650)
    before: list[Backup] = []
    wrong: list[Backup] = []
    after: list[Backup] = []
    for made, moments in (
        (before, [NOW + timedelta(minutes=minute) for minute in range(0, 180, 30)]),
        (wrong, [NOW + years + timedelta(minutes=minute) for minute in range(0, 240, 40)]),
        (after, [NOW + timedelta(hours=7, minutes=minute) for minute in range(0, 180, 30)]),
    ):
        for at in moments:
            _edit(workspace, evaluation, f"{at}")
            assert backups.due(workspace, at)
            taken = backups.take(workspace, at)
            assert taken.problem == ""
            assert taken.backup is not None
            assert backups.of(path)[0] == taken.backup
            made.append(taken.backup)
    found = backups.of(path)
    assert found[: len(after)] == after[::-1]
    for made in (before, wrong):
        there = [backup for backup in made if backup in found]
        assert [one.at.hour for one in there] == sorted({one.at.hour for one in made}), "of each hour the last is kept"
        assert len(there) < len(made), "and a date in the future is not young"
    # With no room but for the last ones, it is the latest work that stays.
    monkeypatch.setattr("apq_desktop.storage.files.backups.MOST_BYTES", 1)
    _edit(workspace, evaluation, "The latest")
    latest = backups.take(workspace, NOW + timedelta(hours=12)).backup
    assert backups.of(path) == [latest, *after[::-1][: ALWAYS - 1]]


def test_the_newest_backup_of_a_file_put_back_to_an_earlier_state_is_the_latest_work(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation
) -> None:
    earlier = path.read_bytes()
    for number in range(3):
        _edit(workspace, evaluation, f"Number {number}")
    backups.take(workspace, NOW)
    workspace.close()
    path.write_bytes(earlier)
    with Workspace.open(path) as again:
        _edit(again, evaluation, "Goes on from the earlier state")
        assert again.source().state < backups.of(path)[0].state
        taken = backups.take(again, NOW + timedelta(hours=1))
    assert backups.of(path)[0] == taken.backup


@pytest.mark.parametrize("year", [1904, 1970, 1979, 2039])
def test_a_backup_is_made_listed_and_restored_whatever_year_the_clock_says(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation, tmp_path: Path, year: int
) -> None:
    backups.take(workspace, NOW)
    _edit(workspace, evaluation, "With another clock")
    taken = backups.take(workspace, NOW.replace(year=year))
    assert taken.problem == ""
    assert backups.of(path)[0] == taken.backup
    backups.restore_as(backups.of(path)[0], tmp_path / "restored.apq")
    with Workspace.open(tmp_path / "restored.apq") as restored:
        assert "With another clock" in str(restored.read(evaluation.id))


def test_two_backups_within_a_second_are_both_kept(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation
) -> None:
    for number in range(40):
        _edit(workspace, evaluation, f"Number {number}")
        assert backups.take(workspace, NOW).problem == ""
    assert len(backups.of(path)) == 40


def test_backups_are_found_by_the_place_of_a_file_and_by_its_id_wherever_it_lay(
    workspace: Workspace, backups: Backups, path: Path, tmp_path: Path
) -> None:
    backups.take(workspace, NOW)
    workspace_id = workspace.source().workspace_id
    workspace.close()
    moved = path.rename(tmp_path / "moved.apq")
    assert backups.of(moved) == []
    assert len(backups.of(moved, workspace_id)) == 1
    path.write_bytes(b"damaged beyond reading")
    assert len(backups.of(path)) == 1
    with Workspace.open(moved) as again:
        backups.take(again, NOW + timedelta(hours=1))
    assert len(backups.of(moved, workspace_id)) == 2
    assert len(backups.of(moved)) == 1


@pytest.mark.parametrize("why", ["a file in the way", "no such disk"])
def test_a_backup_that_fails_is_told_by_value_and_saving_goes_on(
    workspace: Workspace, tmp_path: Path, evaluation: Evaluation, why: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    root = tmp_path / "file" / "backups" if why == "a file in the way" else Path("/dev/null/backups")
    taken = Backups(root).take(workspace, NOW)
    assert taken.backup is None
    assert taken.problem.startswith("No backup could be made: ")
    assert Backups(root).of(workspace.path) == []
    assert Backups(root).due(workspace, NOW)
    _edit(workspace, evaluation, "Goes on")


def test_a_damaged_backup_is_not_restored_and_the_others_are_still_listed(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    backups.take(workspace, NOW)
    _edit(workspace, evaluation, "Later")
    backups.take(workspace, NOW + timedelta(hours=1))
    newest, oldest = backups.of(path)
    newest.path.write_bytes(newest.path.read_bytes()[:3000])
    with pytest.raises(WorkspaceRefusedError):
        backups.restore_as(newest, tmp_path / "restored.apq")
    assert not (tmp_path / "restored.apq").exists()
    backups.restore_as(oldest, tmp_path / "restored.apq")


def test_what_is_not_a_backup_is_neither_listed_nor_deleted(workspace: Workspace, backups: Backups, path: Path) -> None:
    backups.take(workspace, NOW)
    folder = backups.of(path)[0].path.parent
    (folder / "notes.txt").write_text("mine")
    (folder / "20261399T999999Z_1-a.apq").write_text("no such day")
    (folder / WHERE).unlink()
    assert [backup.where for backup in backups.of(path)] == [""]
    assert (folder / "notes.txt").exists()


def _made(hours: float, size: int = 1000, *, before_update: bool = False) -> Backup:
    return Backup(Path(f"{hours}"), NOW - timedelta(hours=hours), size, "1-a", "", before_update)


@given(st.lists(st.floats(0, 24 * 400).map(lambda hours: round(hours, 2)), unique=True, max_size=60))
def test_of_each_hour_day_and_week_the_last_backup_is_kept(hours: list[float]) -> None:
    backups = [_made(hour) for hour in hours]
    left = kept(backups, NOW)
    for backup in backups:
        age = NOW - backup.at
        if age < ALL_OF:
            assert backup in left
        week = [other for other in left if other.at.isocalendar()[:2] == backup.at.isocalendar()[:2]]
        assert week
        if age < DAILY - timedelta(days=1):
            day = [other for other in left if other.at.date() == backup.at.date()]
            assert max(other.at for other in day) >= backup.at
    assert kept(left, NOW) == left
    assert len([backup for backup in left if NOW - backup.at > DAILY]) <= 400 / 7 + 1 + ALWAYS


def test_a_year_of_backups_is_thinned_to_a_handful() -> None:
    left: set[Backup] = set()
    for hours in range(0, 400 * 24, 2):
        now = NOW + timedelta(hours=hours)
        if hours % 24 < 8:
            left = kept([*left, Backup(Path(str(hours)), now, 1000, "", "", before_update=False)], now)
    assert 60 < len(left) < 110


def test_backups_take_no_more_than_their_share_of_the_disk_but_the_last_stay() -> None:
    large = [_made(24 * day, MOST_BYTES // 3) for day in range(20)]
    assert kept(large, NOW) == set(large[:ALWAYS])
    small = [_made(24 * day, MOST_BYTES // 20) for day in range(20)]
    assert kept(small, NOW) == set(small)


def test_a_backup_from_before_an_update_is_kept_beside_the_last_of_its_day() -> None:
    last = [_made(hours) for hours in range(ALWAYS)]
    backups = [_made(900), _made(901, before_update=True), _made(902)]
    assert kept([*last, *backups], NOW) == {*last, *backups[:2]}


def test_what_a_crash_left_unfinished_is_cleared_away_later(
    workspace: Workspace, backups: Backups, path: Path, evaluation: Evaluation
) -> None:
    import os

    backups.take(workspace, NOW)
    folder = backups.of(path)[0].path.parent
    old, new = folder / f".{'a' * 32}.apq-new", folder / f".{'b' * 32}.apq-new"
    for left in (old, new):
        left.write_bytes(b"half a copy")
    os.utime(old, (0, 0))
    _edit(workspace, evaluation, "Later")
    backups.take(workspace, NOW + timedelta(hours=1))
    assert (old.exists(), new.exists()) == (False, True)
