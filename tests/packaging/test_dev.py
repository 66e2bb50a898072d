"""The two commands of the README: what they need, when they set up anew, and what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import dev
import pytest
import system_parts

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what set-up depends on, with an environment in it that starts."""
    shutil.copytree(CHECKOUT / "packaging", tmp_path / "packaging")
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    environment = dev.Environment(tmp_path)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment.folder], check=True)
    return tmp_path


@pytest.fixture
def no_rights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A person who is not root, on a Debian with no programs but apt-get; gives the folder of programs."""
    programs = tmp_path / "programs"
    programs.mkdir()
    add_program(programs, "apt-get", "exit 99")
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(programs))
    return programs


def add_program(folder: Path, name: str, script: str) -> None:
    """Puts a small program into a folder of programs."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def stamp(checkout: Path, purpose: str) -> None:
    """Notes the environment as set up, as prepare() does when it is done."""
    dev.Environment(checkout).note_ready(purpose)


def test_what_is_set_up_is_not_set_up_again(checkout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stamp(checkout, "test")
    dev.Environment(checkout).prepare("test")
    dev.Environment(checkout).prepare("run")
    assert capfd.readouterr().out == ""


def test_a_run_does_not_count_as_set_up_for_the_tests(checkout: Path) -> None:
    stamp(checkout, "run")
    assert dev.Environment(checkout).is_ready("run")
    assert not dev.Environment(checkout).is_ready("test")


@pytest.mark.parametrize(
    "changed", ["packaging/requirements-test.txt", "packaging/javascript_programs.py", "pyproject.toml"]
)
def test_a_changed_pin_or_project_is_set_up_again(checkout: Path, changed: str) -> None:
    stamp(checkout, "test")
    with (checkout / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not dev.Environment(checkout).is_ready("test")


def test_an_environment_that_does_not_start_is_set_up_again(checkout: Path) -> None:
    stamp(checkout, "run")
    environment = dev.Environment(checkout)
    environment.python.unlink()
    assert not environment.is_ready("run")


def test_a_moved_checkout_is_set_up_again(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    stamp(checkout, "run")
    moved = tmp_path_factory.mktemp("moved") / "checkout"
    shutil.copytree(checkout, moved, symlinks=True)
    assert not dev.Environment(moved).is_ready("run")


def test_without_rights_the_one_line_to_type_is_named(no_rights: Path) -> None:
    with pytest.raises(system_parts.SetUpError) as refusal:
        system_parts.provide_system_parts("test")
    line = str(refusal.value).splitlines()[-1].strip()
    assert line.startswith('su -c "apt-get update && apt-get install')
    assert {"poppler-utils", "qpdf", "xvfb"} <= set(line.rstrip('"').split())


def test_sudo_that_asks_for_a_password_is_left_to_the_person(no_rights: Path) -> None:
    add_program(no_rights, "sudo", "exit 1")
    with pytest.raises(system_parts.SetUpError, match="sudo apt-get update && sudo apt-get install"):
        system_parts.provide_system_parts("test")


def test_sudo_without_a_password_installs_after_renewing_the_lists(
    no_rights: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    add_program(no_rights, "sudo", 'shift; echo "$1 $2"; [ "$1" = true ]')
    with pytest.raises(system_parts.SetUpError, match="could not install"):
        system_parts.provide_system_parts("test")
    asked = [line for line in capfd.readouterr().out.splitlines() if line.startswith("apt-get")]
    assert asked == ["apt-get install", "apt-get update", "apt-get install"]


def test_a_run_without_a_screen_needs_nothing_for_windows_or_tests(
    no_rights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert {part.needed_by for part in system_parts.missing_parts("run")} <= {"all"}


@pytest.mark.parametrize(
    ("probe", "present"),
    [
        ("module:json", True),
        ("module:no_such_module", False),
        (f"command:{Path(sys.executable).name}", True),
        ("command:no-such-command", False),
        ("library:libno-such-library.so.1", False),
    ],
)
def test_a_probe_tells_what_is_there(probe: str, present: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    assert system_parts.is_present(probe) is present


def test_wrong_usage_ends_with_2() -> None:
    for words in ([], ["walk"], ["run", "one.apq", "two.apq"]):
        with pytest.raises(SystemExit) as ended:
            dev.main(words)
        assert ended.value.code == 2


def test_whatever_follows_test_goes_to_pytest() -> None:
    for words in (["-k", "history"], ["tests/storage", "-n", "0"], ["--help"], []):
        assert dev.parse(["test", *words]).pytest_arguments == words


def test_a_child_never_starts_uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in dev.child_environment()
    assert dev.child_environment(EXTRA="yes")["EXTRA"] == "yes"


def test_whoever_names_a_place_for_temporary_folders_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DEBUG_TEMPROOT", "elsewhere")
    assert dev.temporary_root() == {}
    monkeypatch.delenv("PYTEST_DEBUG_TEMPROOT")
    monkeypatch.delenv("TMPDIR", raising=False)
    assert all(Path(place).is_dir() for place in dev.temporary_root().values())


def test_the_first_failing_check_ends_the_tests(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    environment = dev.Environment(checkout)
    add_program(environment.scripts, "lint-imports", "exit 0")
    assert dev.test(environment, []) == 1
    said = capfd.readouterr()
    assert "=== FAILED: ruff check" in said.err
    assert "ruff format" not in said.out


def test_the_readme_names_both_commands_and_ci_runs_the_second() -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    assert "python3 packaging/dev.py run" in readme
    assert "python3 packaging/dev.py test" in readme
    called = (CHECKOUT / ".ci" / "run").read_text("utf-8").splitlines()[-2:]
    assert called == ["export CI=true", "exec python3 packaging/dev.py test"]
