"""What goes into the Windows bundle: the very Python that was looked at, and the pins that hold on Windows."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from bundling import windows_python
from packaging.requirements import Requirement

PACKAGING = Path(windows_python.__file__).parent.parent


@pytest.fixture
def looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, and the list of their hashes where packaging/ would have it."""
    files = tmp_path / "python"
    files.mkdir()
    (tmp_path / "windows").mkdir()
    (files / "python.exe").write_bytes(b"a program")
    (files / "python312.zip").write_bytes(b"a library")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(files.iterdir())]
    (tmp_path / "windows" / "python-embed.sha256").write_text("".join(lines), "utf-8")
    monkeypatch.setattr(windows_python, "PACKAGING", tmp_path)
    return files


def test_the_files_that_were_looked_at_are_taken(looked_at: Path) -> None:
    windows_python.check_hashes(looked_at)


def test_a_changed_file_ends_the_build(looked_at: Path) -> None:
    (looked_at / "python312.zip").write_bytes(b"another library")
    with pytest.raises(SystemExit, match=r"python312\.zip"):
        windows_python.check_hashes(looked_at)


def test_a_file_too_many_or_too_few_ends_the_build(looked_at: Path) -> None:
    (looked_at / "extra.dll").write_bytes(b"")
    (looked_at / "python.exe").unlink()
    with pytest.raises(SystemExit, match=r"extra\.dll, python\.exe"):
        windows_python.check_hashes(looked_at)


def test_the_list_of_hashes_holds_every_program_whose_signature_is_checked() -> None:
    listed = (PACKAGING / "windows" / "python-embed.sha256").read_text("utf-8").split()[1::2]
    assert set(windows_python.SIGNED) <= set(listed)
    assert set(windows_python.LEFT_OUT) <= set(listed)
    assert "python312.zip" in listed


def test_the_pins_for_windows_are_those_that_hold_there() -> None:
    words = [sys.executable, str(PACKAGING / "bundling" / "pins_for_windows.py"), str(PACKAGING / "requirements.txt")]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    lines = [line.rstrip(" \\") for line in said.splitlines() if "==" in line]
    pins = [Requirement(line) for line in lines]
    names = [pin.name for pin in pins]
    assert len(names) == len(set(names)) > 15
    assert {"pikepdf", "pyside6-essentials", "tzdata"} <= set(names)
    assert all(pin.marker is None for pin in pins)
    assert said.count("--hash=sha256:") > len(names)


@pytest.mark.parametrize("name", ["tests.yml", "release.yml"])
def test_the_workflows_call_commands_that_are_there(name: str) -> None:
    checkout = PACKAGING.parent
    text = (checkout / ".github" / "workflows" / name).read_text("utf-8")
    called = {word for word in text.split() if word.startswith("packaging/") and word.endswith(".py")}
    assert called
    assert [word for word in called if not (checkout / word).is_file()] == []


def test_the_draft_of_a_release_says_which_system_nobody_has_tried() -> None:
    notes = PACKAGING / "RELEASE-NOTES.md"
    workflow = (PACKAGING.parent / ".github" / "workflows" / "release.yml").read_text("utf-8")
    assert f"--notes-file packaging/{notes.name} " in workflow
    assert "macOS: the bundle was built by a recipe and has not been run by us" in notes.read_text("utf-8")
