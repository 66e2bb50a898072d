"""The command line keeps its word on any console, about folders, and about what was mistyped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apq_desktop import paths, services
from apq_desktop.__main__ import COMMANDS, OPEN, SELF_TEST, main
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load
from tests.cases import first
from tests.commands import run_each

SENT = paths.resources() / "example" / "example.json"
WELSH = "Tŷ Ŵyn"


def run(*words: object, output: Any = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "apq_desktop", *(str(word) for word in words)]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    return subprocess.run(command, stdout=output, stderr=subprocess.PIPE, env=settings, timeout=600, check=False)


@pytest.fixture
def welsh(tmp_path: Path) -> Path:
    """A workspace of a setting whose name no console of Windows 1252 can print."""
    evaluation = services.example(load(paths.forms()))
    evaluation.setting.name = WELSH
    services.create_workspace(tmp_path / f"{WELSH}.apq", evaluation).close()
    return tmp_path / f"{WELSH}.apq"


def one_sentence(error: str) -> bool:
    return error.strip().count("\n") == 0 and error.strip().endswith(".") and "Traceback" not in error


@pytest.mark.parametrize("encoding", first(2, ["cp1252", "ascii", "cp437"]))
def test_a_console_that_lacks_a_letter_gets_another_and_the_work_is_done(
    welsh: Path, tmp_path: Path, encoding: str
) -> None:
    pack = tmp_path / "sent.json"
    pack.write_bytes(SENT.read_bytes())
    commands: tuple[tuple[object, ...], ...] = (
        ("check", welsh),
        ("list", welsh),
        ("export", welsh, "--to", tmp_path, "--json", "--web"),
        ("import", pack, "--into", welsh.with_name(f"{WELSH} 2.apq")),
        ("example", welsh.with_name(f"{WELSH} 3.apq")),
        ("schema",),
        ("example", welsh),
    )
    *done, refused = run_each(*commands, PYTHONIOENCODING=encoding)
    for words, (status, printed, told) in zip(commands, done, strict=False):
        assert (status, told) == (0, b""), words
        assert printed.strip(), words
    status, _, told = refused
    assert status == 1
    assert one_sentence(told.decode(encoding))


@pytest.mark.parametrize("more", [[], ["ours.apq"], ["ours.apq", "--to", "out"]])
def test_a_mistyped_command_is_told_and_opens_no_window(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exprot", *more]) == 2
    said = capsys.readouterr().err
    assert one_sentence(said)
    assert "exprot" in said
    assert all(command in said for command in COMMANDS)


def test_help_names_every_command_and_every_command_has_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    for command in (OPEN, *COMMANDS, SELF_TEST):
        assert re.search(rf"^    {command}\b", told, re.MULTILINE), command
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: apq-desktop{'' if command == OPEN else f' {command}'} [-h]")
    assert "Exit status: 0 done; 1 refused" in told


def test_list_names_what_the_workspace_holds_for_people_and_scripts(
    welsh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", str(welsh)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert main(["list", str(welsh), "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert line.split("\t") == [one["id"], one["changed"], one["title"], WELSH]
    assert main(["export", str(welsh), "--to", str(tmp_path), "--json", "--evaluation", one["id"]]) == 0
    capsys.readouterr()
    assert main(["list", str(tmp_path / "missing.apq")]) == 1
    assert one_sentence(capsys.readouterr().err)


def test_check_tells_a_script_of_whole_files_and_refused_ones(
    welsh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", "utf-8")
    assert main(["check", str(welsh), str(broken), "--json"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    found = json.loads(said.out)
    assert [(one["file"], one["whole"]) for one in found] == [(str(welsh), True), (str(broken), False)]
    assert WELSH in found[0]["says"]
    assert one_sentence(found[1]["says"])


@pytest.mark.parametrize("option", [["--exit-after-paint"], ["--screenshot", "picture.png"]])
def test_a_picture_of_a_file_that_is_missing_is_not_taken(
    option: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*option, "missing.apq"]) == 1
    assert one_sentence(capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", first(1, [["--screenshot", "picture.png"], ["--exit-after-paint"]]))
@pytest.mark.parametrize("what", ["folder", "damaged", "foreign"])
def test_a_picture_of_a_file_that_is_refused_is_not_taken(option: list[str], what: str, tmp_path: Path) -> None:
    file = tmp_path / "ours.apq"
    if what == "folder":
        file.mkdir()
    else:
        assert main(["example", str(file)]) == 0
        file.write_bytes(file.read_bytes()[:20_000] if what == "damaged" else b"a letter" * 500)
    words = [tmp_path / "picture.png" if word == "picture.png" else word for word in option]
    done = run(*words, file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert one_sentence(done.stderr.decode().splitlines()[-1])
    assert not (tmp_path / "picture.png").exists()


def test_a_picture_goes_into_a_folder_that_is_there(tmp_path: Path) -> None:
    assert main(["--screenshot", str(tmp_path / "nowhere" / "picture.png")]) == 1
    done = run("--screenshot", tmp_path / "picture")
    assert done.returncode == 1
    assert one_sentence(done.stderr.decode().splitlines()[-1])  # Qt's own platform speaks before it
    assert run("--screenshot", tmp_path / "picture.png").returncode == 0
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words",
    [
        ["example", "{folder}/new.apq"],
        ["export", "{file}", "--to", "{folder}", "--json"],
        ["import", str(SENT), "--into", "{folder}/new.apq"],
        ["template", "--to", "{folder}"],
        ["template", "--to", "{folder}", "--fillable"],
    ],
)
def test_the_last_folder_is_made_and_said_and_a_longer_path_is_refused(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "example.apq"
    assert main(["example", str(file)]) == 0
    capsys.readouterr()
    folder = tmp_path / "one" / "two"
    told = [word.format(file=file, folder=folder) for word in words]
    assert main(told) == 1
    assert one_sentence(capsys.readouterr().err)
    assert not folder.parent.exists()
    folder.parent.mkdir()
    assert main(told) == 0
    assert capsys.readouterr().err == f"Made the folder {folder}.\n"
    assert any(folder.iterdir())
    if words[0] == "export":
        assert main(told) == 0
        assert capsys.readouterr().err == ""


def test_import_says_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = tmp_path / "council.apq"
    received = evaluation_json.read(SENT, load(paths.forms()))
    assert main(["import", str(SENT), "--into", str(into)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{SENT}: read into {into}. ")
    for words in (received.evaluation.title, received.evaluation.setting.name, received.code):
        assert words in line


@pytest.mark.parametrize("stamp", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1969-12-31T23:59:59Z"])
@pytest.mark.parametrize("name", ["changed", "created"])
def test_a_moment_that_no_clock_can_hold_is_refused(
    stamp: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(SENT.read_text("utf-8"))
    document[name], document["digest"] = stamp, ""
    pack = tmp_path / "pack.json"
    pack.write_text(json.dumps(document), "utf-8")
    assert main(["import", str(pack), "--into", str(tmp_path / "council.apq")]) == 1
    assert one_sentence(said := capsys.readouterr().err)
    assert f"{name}: “{stamp}” is not a date and time between 1980 and 2199" in said


SUMMER_NIGHT = "2026-07-14T23:30:00+00:00"
LONDON = {"TZ": "GMT0BST,M3.5.0/1,M10.5.0"} if os.name == "posix" else {"TZ": "GMT0BST"}


def test_file_name_and_page_carry_the_senders_own_day_and_the_pages_agree_elsewhere(tmp_path: Path) -> None:
    evaluation = services.example(load(paths.forms()))
    evaluation.changed, evaluation.completed_on = SUMMER_NIGHT, ""
    file = tmp_path / "night.apq"
    services.create_workspace(file, evaluation).close()
    done = run("export", file, "--to", tmp_path, "--pdf", "--json", "--web", **LONDON)
    pdf, data, page = (Path(line) for line in done.stdout.decode().splitlines())
    assert all("2026-07-15" in path.name for path in (pdf, data, page))
    assert "15 July 2026" in page.read_text("utf-8")
    assert json.loads(data.read_text("utf-8"))["changed"] == "2026-07-15T00:30:00+01:00"
    for zone in ({"TZ": "UTC0"}, {"TZ": "NZST-12"}):
        assert run("check", pdf, **zone).stdout.decode().rstrip().endswith("Pages and data agree.")
    into = tmp_path / "council.apq"
    assert main(["import", str(pdf), "--into", str(into)]) == 0
    with services.open_workspace(into, load(paths.forms())).workspace as workspace:
        assert workspace.read(evaluation.id).changed == SUMMER_NIGHT


def test_an_evaluation_changed_with_the_clock_in_another_year_is_not_taken_for_the_one_changed_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (services.example(load(paths.forms())) for _ in range(2))
    old.id, old.title, old.changed = "11111111-1111-4111-8111-111111111111", "Last year", "2036-01-01T09:00:00+00:00"
    new.title = "This year"
    with services.create_workspace(tmp_path / "two.apq", old) as workspace:
        workspace.add(new)
    assert main(["export", str(tmp_path / "two.apq"), "--to", str(tmp_path), "--json"]) == 0
    assert json.loads(Path(capsys.readouterr().out.strip()).read_text("utf-8"))["title"] == "This year"


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["export", "{welsh}", "--to", "{folder}", "--json"], 0),
        (["list", "{welsh}"], 1),
        *(
            pytest.param(words, status, marks=pytest.mark.long)
            for words, status in (
                (["import", str(SENT), "--into", "{folder}/imported.apq"], 0),
                (["example", "{folder}/made.apq"], 0),
                (["check", "{welsh}", "--json"], 1),
                (["schema"], 1),
            )
        ),
    ],
    ids=lambda words: words[0] if isinstance(words, list) else "",
)
def test_a_console_without_room_keeps_no_work_from_being_done_and_what_was_to_be_printed_is_said_to_be_missing(
    welsh: Path, tmp_path: Path, words: list[str], status: int
) -> None:
    folder = tmp_path / "out"
    with FULL.open("wb") as full:
        done = run(*(word.format(welsh=welsh, folder=folder) for word in words), output=full)
    assert done.returncode == status, done.stderr
    said = done.stderr.decode().replace(f"{folder} was made.", "").strip()
    assert one_sentence(said) if status else "Traceback" not in said
    assert bool(status) or any(folder.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="Windows has no shell that closes a stream")
@pytest.mark.parametrize("closed", first(2, ["| true", ">&- 2>&-", ">&-"]))
def test_a_console_that_nobody_reads_changes_nothing(welsh: Path, closed: str) -> None:
    program = f'"{sys.executable}" -m apq_desktop'
    command = f'{program} schema {closed} && {program} list "{welsh}" {closed}'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
