"""What the project as a whole promises: its pins, its package, its floors and its binding to Qt."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PySide6.QtWidgets import QLabel

import apq_desktop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

CHECKOUT = Path(__file__).resolve().parent.parent
PIN_FILES = tuple(f"requirements{use}.txt" for use in ("", "-build", "-test", "-bundle", "-benchmarks"))
SYSTEMS = {"linux": "posix", "darwin": "posix", "win32": "nt"}

# A registry's address or the option that names one, written so that this line is not one itself.
REGISTRY = re.compile(
    r"https?://[^\s/]*(?:pypi|pythonhosted|npm|debian|registry|mirror)"
    r"|--(?:extra-)?index[-]url|--find[-]links|--trusted[-]host",
    re.IGNORECASE,
)
LOCK_FILES = {"Pipfile.lock", "package-lock.json", "pdm.lock", "poetry.lock", "pylock.toml", "uv.lock"}


def project() -> dict[str, Any]:
    """The [project] table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


def own_files() -> Iterator[Path]:
    """Every file of the checkout but those that .gitignore names."""
    ignored = [line.rstrip("/") for line in (CHECKOUT / ".gitignore").read_text("utf-8").splitlines() if line]
    folders = [CHECKOUT]
    while folders:
        for path in folders.pop().iterdir():
            if path.name == ".git" or any(fnmatch(path.name, pattern) for pattern in ignored):
                continue
            if path.is_dir():
                folders.append(path)
            else:
                yield path


def pins(name: str) -> dict[str, list[tuple[Version, Marker | None]]]:
    """The versions that a file of pins holds for each package, with the systems each is for."""
    found: dict[str, list[tuple[Version, Marker | None]]] = {}
    text = (CHECKOUT / "packaging" / name).read_text("utf-8")
    for line in re.findall(r"^(\S+==.*?)\s*\\?$", text, re.MULTILINE):
        requirement = Requirement(line)
        (pinned,) = requirement.specifier
        versions = found.setdefault(canonicalize_name(requirement.name), [])
        versions.append((Version(pinned.version), requirement.marker))
    return found


def pinned_for(name: str, system: str) -> dict[str, Version]:
    """The one version of each package that is installed on `system`, after sys.platform's words."""
    place = {"sys_platform": system, "os_name": SYSTEMS[system]}
    chosen: dict[str, Version] = {}
    for package, versions in pins(name).items():
        for version, marker in versions:
            if marker is None or marker.evaluate(place):
                assert package not in chosen, f"{name} pins {package} twice for {system}"
                chosen[package] = version
    return chosen


def test_no_file_names_a_registry() -> None:
    named = []
    for path in own_files():
        text = path.read_bytes().decode("utf-8", "replace")
        if path.name in LOCK_FILES or REGISTRY.search(text):
            named.append(str(path.relative_to(CHECKOUT)))
    assert named == []


def test_the_search_for_registries_finds_one() -> None:
    assert REGISTRY.search("https://files.python" + "hosted.org/packages/x.whl")
    assert REGISTRY.search("--index" + "-url somewhere")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_pins_lie_within_the_ranges_of_the_project(system: str) -> None:
    extras = project()["optional-dependencies"]
    wanted = {
        "requirements.txt": project()["dependencies"],
        "requirements-build.txt": extras["build"],
        "requirements-server.txt": extras["server"],
        "requirements-test.txt": [*project()["dependencies"], *extras["build"], *extras["test"]],
    }
    for name, requirements in wanted.items():
        chosen = pinned_for(name, system)
        for requirement in map(Requirement, requirements):
            if requirement.marker is None or requirement.marker.evaluate({"sys_platform": system}):
                version = chosen[canonicalize_name(requirement.name)]
                assert requirement.specifier.contains(version), f"{name}: {requirement.name} {version}"


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_two_files_of_pins_disagree(system: str) -> None:
    tested = pinned_for("requirements-test.txt", system)
    for name in ("requirements.txt", "requirements-build.txt", "requirements-server.txt"):
        chosen = pinned_for(name, system)
        assert chosen
        assert chosen == {package: tested[package] for package in chosen}


def test_every_pin_carries_hashes() -> None:
    for name in PIN_FILES:
        text = (CHECKOUT / "packaging" / name).read_text("utf-8")
        for pinned in re.split(r"^(?=\S)", text, flags=re.MULTILINE):
            if pinned:
                assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", pinned), f"{name}: {pinned.splitlines()[0]}"


def build(source: Path, target: str, destination: Path) -> Path:
    """Builds a "wheel" or "sdist" of `source` with what is installed; gives the one file that was built."""
    words = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(destination)]
    done = subprocess.run(words, cwd=source, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = destination.iterdir()
    return built


def contents(wheel: Path) -> dict[str, bytes]:
    """What a wheel holds, by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> set[str]:
    """The files below a folder, as paths relative to it."""
    return {path.relative_to(folder).as_posix() for path in own_files() if path.is_relative_to(folder)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The contents of a wheel built from the checkout, whose home is not told."""
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("APQ_HOME", raising=False)
        return contents(build(CHECKOUT, "wheel", tmp_path_factory.mktemp("wheel")))


def test_the_wheel_holds_the_package_the_forms_and_the_resources(wheel: dict[str, bytes]) -> None:
    for folder, inside in (
        ("apq_desktop", "apq_desktop"),
        ("forms", "apq_desktop/_bundled/forms"),
        ("resources", "apq_desktop/_bundled/resources"),
    ):
        expected = {f"{inside}/{name}" for name in files_below(CHECKOUT / folder)}
        assert expected
        assert expected <= wheel.keys()
    form = "forms/catalogue.toml"
    assert wheel[f"apq_desktop/_bundled/{form}"] == (CHECKOUT / form).read_bytes()


def test_the_wheel_says_its_version_its_licence_and_its_command(wheel: dict[str, bytes]) -> None:
    about = f"apq_desktop-{apq_desktop.__version__}.dist-info"
    metadata = wheel[f"{about}/METADATA"].decode()
    assert f"\nVersion: {apq_desktop.__version__}\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    assert f"{about}/licenses/LICENSE" in wheel
    assert f"{about}/licenses/packaging/NOTICES.md" in wheel
    assert b"apq-desktop = apq_desktop.__main__:main" in wheel[f"{about}/entry_points.txt"]


def shown_links(metadata: str) -> list[str]:
    """Where the links and pictures of the package's page lead."""
    return re.findall(r"\]\(([^)]+)\)", metadata)


def test_the_page_of_the_package_has_no_link_that_breaks_there(
    wheel: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = f"apq_desktop-{apq_desktop.__version__}.dist-info/METADATA"
    told = wheel[about].decode()
    assert "Description-Content-Type: text/markdown" in told
    assert "# APQ Desktop" in told
    assert [link for link in shown_links(told) if "://" not in link] == []
    home = "https://example.org/apq/apq-desktop/blob/v1"
    monkeypatch.setenv("APQ_HOME", home)
    told = contents(build(CHECKOUT, "wheel", tmp_path))[about].decode()
    links = shown_links(told)
    assert f"{home.replace('/blob/', '/raw/')}/packaging/screenshots/overview.png" in links
    assert "\nProject-URL: Source, https://example.org/apq/apq-desktop\n" in told
    for link in links:
        assert (CHECKOUT / re.sub(r"^https://example.org/apq/apq-desktop/(?:blob|raw)/v1/", "", link)).exists(), link


def test_the_source_package_builds_the_same_wheel(wheel: dict[str, bytes], tmp_path: Path) -> None:
    packed = build(CHECKOUT, "sdist", tmp_path / "sdist")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert contents(build(source, "wheel", tmp_path / "wheel")) == wheel


def test_every_distributed_part_has_its_notice() -> None:
    notices = (CHECKOUT / "packaging" / "NOTICES.md").read_text("utf-8")
    named = {canonicalize_name(name) for name in re.findall(r"^\| ([\w.-]+) \|", notices, re.MULTILINE)}
    assert {*pins("requirements.txt"), *pins("requirements-server.txt")} - named == set()


def test_a_void_qt_call_keeps_its_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 with Python 3.11 loses one reference to None in each call, and aborts in the end."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("before")
    before = sys.getrefcount(None)
    for _ in range(2000):
        label.setText("text")
    lost = before - sys.getrefcount(None)
    assert lost < 100
