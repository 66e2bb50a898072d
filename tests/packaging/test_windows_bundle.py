"""What goes into the Windows bundles: the very Python that was looked at, the pins that hold there, nobody's files."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bundling.fetching import checked
from bundling.windows import installers, python
from packaging.requirements import Requirement

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


def test_a_file_with_another_hash_ends_the_build(tmp_path: Path) -> None:
    file = tmp_path / "python.zip"
    file.write_bytes(b"another")
    with pytest.raises(SystemExit, match=r"python\.zip is not the file expected"):
        checked(file, python.RELEASE.sha256)


def test_a_zip_of_python_that_is_not_the_one_looked_at_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "python.zip", "w") as packed:
        packed.writestr("python314.dll", b"")
    with pytest.raises(SystemExit, match="not the file expected"):
        python.unpack_python(tmp_path / "program", tmp_path / "work", tmp_path / "python.zip")
    assert not (tmp_path / "program").exists()


def test_files_that_are_no_python_end_the_build(tmp_path: Path) -> None:
    (tmp_path / "python313.dll").write_bytes(b"")
    with pytest.raises(SystemExit, match="not the files of an embeddable Python"):
        python.check_signatures(tmp_path, python.TRIAL)


@pytest.mark.parametrize("source", [python.RELEASE, python.TRIAL])
@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("requirements.txt", {"pikepdf", "pyside6-essentials", "python-docx", "tzdata", "xlsxwriter"}),
        ("requirements-server.txt", {"keyring", "psycopg", "psycopg-binary", "pywin32-ctypes"}),
    ],
)
def test_the_pins_for_windows_are_those_that_hold_there(source: python.Source, name: str, some: set[str]) -> None:
    script = PACKAGING / "bundling" / "windows" / "pins.py"
    words = [sys.executable, str(script), str(PACKAGING / name), source.version]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    pins = [Requirement(line.rstrip(" \\")) for line in said.splitlines() if "==" in line]
    names = [pin.name for pin in pins]
    assert len(names) == len(set(names)) >= len(some)
    assert some <= set(names)
    assert not {"backports-tarfile", "jeepney", "secretstorage"} & set(names)
    assert all(pin.marker is None for pin in pins)
    assert said.count("--hash=sha256:") > len(names)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "APQ Desktop"
    for name in ("APQ Desktop.exe", "program/a.dll", "program/deep/b.py", "licences/x/text.txt", "program/$c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def test_the_installer_lays_down_and_takes_away_the_same_files_and_no_others(bundle: Path) -> None:
    names = installers.write_list(bundle, "1.2.3")
    lines = list(installers.nsis_lines(bundle, names))
    deleted = {line.split('"')[1] for line in lines if line.startswith("Delete ")}
    expected = {"$INSTDIR\\" + name.replace("/", "\\").replace("$", "$$") for name in names}
    assert deleted == expected
    assert sum(line.startswith("File ") for line in lines) == len(names)
    assert not [line for line in lines if "/r" in line.casefold().split('"')[0]]
    folders = [line.split('"')[1] for line in lines if line.startswith("RMDir ")]
    assert folders.index("$INSTDIR\\program\\deep") < folders.index("$INSTDIR\\program")
    assert "$INSTDIR" not in folders


def test_the_list_in_a_bundle_names_its_version_and_itself(bundle: Path) -> None:
    installers.write_list(bundle, "1.2.3")
    first, *names = (bundle / installers.LIST).read_text("utf-8").splitlines()
    assert first == "APQ Desktop 1.2.3"
    assert installers.LIST in names
    assert "program\\deep\\b.py" in names


def test_no_installer_ever_removes_a_folder_with_what_is_in_it() -> None:
    script = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")
    assert "!insertmacro RemoveFiles" in script
    assert not re.search(r"^\s*(RMDir\s+/r|Delete\s+.*\*)", script, re.MULTILINE | re.IGNORECASE)


def test_the_msi_puts_each_file_into_a_component_whose_name_never_changes(bundle: Path) -> None:
    names = installers.write_list(bundle, "1.2.3")
    first, second = (installers.wix(names, number) for number in ("1.2.3", "1.2.4"))
    guids = [[part.get("Guid") for part in tree.iter("Component")] for tree in (first, second)]
    assert guids[0] == guids[1]
    assert len(set(guids[0])) == len(names) + 2
    products = [tree.find("Product") for tree in (first, second)]
    assert products[0] is not None
    assert products[1] is not None
    assert products[0].get("UpgradeCode") == products[1].get("UpgradeCode")
    assert products[0].get("Id") != products[1].get("Id")


@pytest.mark.parametrize("name", ["parts.yml", "release.yml", "tests.yml"])
def test_the_workflows_call_commands_that_are_there_and_pin_every_action(name: str) -> None:
    checkout = PACKAGING.parent
    text = (checkout / ".github" / "workflows" / name).read_text("utf-8")
    called = set(re.findall(r"\bpackaging/\w+\.py\b", text))
    assert called
    assert [word for word in called if not (checkout / word).is_file()] == []
    for used in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", used), used
    assert "permissions:\n  contents: read\n" in text
    assert "concurrency:" in text
    assert "ever run" in text


def test_a_release_is_made_with_the_python_whose_hash_is_written_down() -> None:
    text = (PACKAGING.parent / ".github" / "workflows" / "release.yml").read_text("utf-8")
    assert f'PYTHON_VERSION: "{python.RELEASE.version}"' in text
    assert python.RELEASE.name == f"python-{python.RELEASE.version}-embed-amd64.zip"


def test_the_draft_of_a_release_says_which_system_nobody_has_tried() -> None:
    notes = PACKAGING / "RELEASE-NOTES.md"
    workflow = (PACKAGING.parent / ".github" / "workflows" / "release.yml").read_text("utf-8")
    assert f"--notes-file packaging/{notes.name} " in workflow
    assert "macOS: the bundle was built by a recipe and has not been run by us" in notes.read_text("utf-8")
