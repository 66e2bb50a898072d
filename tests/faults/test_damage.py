"""A damaged file never ends the program, is never taken for a whole one, and is left as it is."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.errors import DamagedFileError, FileChangedError, WorkspaceRefusedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.files.backups import Backups
from apq_desktop.storage.files.save_copies import write_new
from apq_desktop.storage.recovery.salvage import ALL_FOUND, Salvaged, salvage
from apq_desktop.storage.workspace import Workspace
from tests.faults import bit_flips, forged_files, fuzz, large_evaluation, stored_workspaces

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

PAGE = 4096


def _salvaged(path: Path) -> Salvaged:
    before = path.read_bytes()
    beside = set(path.parent.iterdir())
    found = salvage(path, large_evaluation.catalogue())
    assert path.read_bytes() == before
    assert set(path.parent.iterdir()) == beside
    return found


@pytest.mark.long
def test_of_200_flipped_bits_every_changed_text_is_noticed_and_none_ends_the_program(tmp_path: Path) -> None:
    figures = bit_flips.flip(tmp_path, 200, seed=1, salvage_every=20)
    assert figures.unnoticed == []
    assert figures.wrong == []
    assert figures.refused > 50
    assert sorted(figures.salvaged)[len(figures.salvaged) // 2] > figures.rows * 0.9


def test_damage_in_the_names_of_tables_that_is_not_unicode_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    data = forged_files.whole(path).read_bytes()
    for words in (b"CREATE TABLE meta", b"workspace_id", b"entries_by_position ON", b"settingssettings"):
        at = data.index(words) + len(words) - 4
        path.write_bytes(data[:at] + bytes([data[at] | 0x80]) + data[at + 1 :])
        with pytest.raises(WorkspaceRefusedError):
            Workspace.open(path)
        _salvaged(path)


def test_a_whole_file_is_salvaged_whole(tmp_path: Path) -> None:
    made = large_evaluation.write(tmp_path / "a.apq")
    assert _salvaged(tmp_path / "a.apq") == Salvaged((made,), (ALL_FOUND,), ())


def test_what_the_format_gained_later_is_salvaged_too(tmp_path: Path) -> None:
    made = large_evaluation.written()
    made.setting.urn = "123456"
    made.actions[0].target = made.actions[0].readings = "Nine in ten"
    made.areas[0].strengths[0].standards = ["1.3"]
    with Workspace.create(tmp_path / "a.apq") as workspace:
        workspace.add(made)
        made = workspace.read(made.id)
    assert made.setting.urn
    assert _salvaged(tmp_path / "a.apq").evaluations == (made,)


@pytest.mark.parametrize("page", range(0, 38, 3))
def test_a_page_of_noise_is_noticed_and_the_rest_is_salvaged(tmp_path: Path, page: int) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    with Workspace.open(path) as workspace:
        backup = Backups(tmp_path / "backups").take(workspace, stored_workspaces.AT).backup
    data = bytearray(path.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = Random(page).randbytes(PAGE)  # noqa: S311
    path.write_bytes(data)
    with pytest.raises(DamagedFileError if page else WorkspaceRefusedError):
        Workspace.open(path)
    found = _salvaged(path)
    right = set(bit_flips.texts(found.evaluations[0])) & set(bit_flips.texts(made))
    assert len(right) > 0.75 * len(set(bit_flips.texts(made)))
    assert bit_flips.texts(found.evaluations[0]) == bit_flips.texts(made) or found.remarks[0] != ALL_FOUND
    assert Backups(tmp_path / "backups").of(path) == [backup]


@pytest.mark.parametrize("length", [0, 16, 511, 512, 4096, 20_000, 60_000, 100_000, 155_000])
def test_a_file_that_was_cut_off_is_noticed_and_what_is_there_is_salvaged(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(WorkspaceRefusedError):
        Workspace.open(path)
    if length < 20_000:
        with pytest.raises(WorkspaceRefusedError):
            _salvaged(path)
        return
    found = _salvaged(path)
    assert set(bit_flips.texts(found.evaluations[0])) & set(bit_flips.texts(made))
    assert found.remarks[0] != ALL_FOUND


def test_what_was_salvaged_can_be_worked_on_in_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    large_evaluation.write(path)
    data = bytearray(path.read_bytes())
    data[6 * PAGE : 7 * PAGE] = bytes(PAGE)
    path.write_bytes(data)
    found = _salvaged(path)
    write_new(tmp_path / "recovered.apq", found.evaluations)
    with Workspace.open(tmp_path / "recovered.apq") as workspace:
        assert workspace.read(found.evaluations[0].id) == found.evaluations[0]


def test_a_row_that_was_changed_is_kept_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    large_evaluation.write(path)
    data = path.read_bytes()
    for words, changed in ((b"Question 6.3: What", b"Question 6.3: Whet"), (b"Action 1: What", b"Action 1: Wh\xfft")):
        data = data.replace(words, changed, 1)
    path.write_bytes(data)
    found = _salvaged(path)
    (evaluation,) = found.evaluations
    assert "Whet we do" in evaluation.area("attendance").note("6.3").note
    assert "Look at the note on question 6.3 again: damage has changed it." in found.remarks
    assert any("the action “Action 1: Wh\ufffdt" in remark for remark in found.remarks)
    assert len(found.remarks) == 3


def test_lost_areas_and_lost_headings_are_made_anew_around_their_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    data = path.read_bytes()
    for words in (b"Support for Attendance", b"Self-evaluation"):
        at = data.index(words)
        data = data[: at - 40] + bytes(60) + data[at + 20 :]
    path.write_bytes(data)
    found = _salvaged(path)
    (evaluation,) = found.evaluations
    assert evaluation.area("attendance").questions == made.area("attendance").questions
    assert evaluation.area("attendance").strengths == made.area("attendance").strengths
    assert evaluation.actions == made.actions


def test_a_file_that_is_none_of_ours_has_nothing_to_salvage(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    path.write_text("Dear colleague, " * 2000)
    with pytest.raises(WorkspaceRefusedError, match="Nothing that APQ Desktop wrote"):
        _salvaged(path)


def _opened_and_proved_later(path: Path, made: Evaluation) -> None:
    """Open a file as the window does, read what it shows, then check the rest."""
    with Workspace.open(path, prove_later=True) as workspace:
        workspace.read(made.id)
        workspace.prove()


@pytest.mark.parametrize("page", range(1, 38, 4))
def test_no_page_of_noise_goes_unnoticed_where_the_whole_file_is_checked_after_it_is_shown(
    tmp_path: Path, page: int
) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    data = bytearray(path.read_bytes())
    data[page * PAGE : (page + 1) * PAGE] = Random(page).randbytes(PAGE)  # noqa: S311
    path.write_bytes(data)
    with pytest.raises(DamagedFileError):
        _opened_and_proved_later(path, made)
    assert path.read_bytes() == data


def test_damage_in_the_earlier_texts_is_found_after_a_file_is_shown_and_nothing_is_written_to_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.apq"
    made = bit_flips.with_damaged_history(path)
    spoilt = path.read_bytes()
    with pytest.raises(DamagedFileError):
        Workspace.open(path)
    change = SetField(Target("evaluation"), "title", "Next", "")
    with Workspace.open(path, prove_later=True) as workspace:
        assert workspace.read(made.id, to_edit=True).areas[1:] == made.areas[1:]
        with pytest.raises(FileChangedError, match="the file is damaged, and nothing was written to it"):
            workspace.apply(made.id, [change], stored_workspaces.AT)
        workspace.prove()  # it was told
    with Workspace.open(path, prove_later=True) as workspace:
        with pytest.raises(DamagedFileError):
            workspace.prove()
        with pytest.raises(FileChangedError):
            workspace.apply(made.id, [change], stored_workspaces.AT)
    assert path.read_bytes() == spoilt


def test_a_whole_file_is_written_to_once_all_of_it_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    with Workspace.open(path, prove_later=True) as workspace:
        workspace.apply(made.id, [SetField(Target("evaluation"), "title", "Next", "")], stored_workspaces.AT)
        workspace.prove()
        assert workspace.read(made.id).title == "Next"


def test_a_torn_copy_of_a_file_in_use_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    made = large_evaluation.write(path)
    states = [path.read_bytes()]
    with Workspace.open(path) as workspace:
        for number, area in enumerate(made.areas):
            target = Target("note", area.questions[0].key, area.key)
            change = SetField(target, "note", f"Edit {number}: {large_evaluation.WORDS}.", "")
            workspace.apply(made.id, [change], stored_workspaces.AT)
            states.append(path.read_bytes())
    chance = Random(3)  # noqa: S311
    torn = tmp_path / "torn.apq"
    noticed = 0
    for _ in range(40):
        first, second = sorted(chance.sample(range(len(states)), 2))
        cut = chance.randrange(2, len(states[0]) // PAGE) * PAGE  # the first page alone says nothing anybody wrote
        torn.write_bytes(states[first][:cut] + states[second][cut:])
        if torn.read_bytes() in states:
            continue
        with pytest.raises(DamagedFileError):
            Workspace.open(torn)
        noticed += 1
    assert noticed > 10


EDITS = st.lists(
    st.tuples(
        st.sampled_from(fuzz.VERBS),
        st.floats(0, 0.999),
        st.one_of(st.binary(min_size=1, max_size=64), st.sampled_from(fuzz.TELLING)),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.long
@given(EDITS)
def test_whatever_is_done_to_the_bytes_a_file_opens_right_or_is_refused_calmly(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, float, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    path = forged_files.whole(folder / "a.apq")
    path.write_bytes(fuzz.spoilt(path.read_bytes(), edits))
    fuzz.look(path)
