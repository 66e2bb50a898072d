"""The .deb says what dpkg and desktops need to know, and lays its files where they look for them."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from email.parser import Parser
from pathlib import Path
from xml.etree import ElementTree as ET

import make_manual
import pytest
from bundling.linux import deb
from bundling.making import PACKAGING

import apq_desktop
from apq_desktop.__main__ import COMMANDS, OPEN, SELF_TEST

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
PACKAGE = re.compile(r"[a-z0-9][a-z0-9+.-]+(?: \(>= [\w.]+\))?")


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle as far as the .deb looks into it."""
    folder = tmp_path / "bundle"
    folder.mkdir()
    for name in ("apq-desktop", "LICENSE.txt", "NOTICES.md"):
        (folder / name).write_text(name, "utf-8")
    return folder


def files_below(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_control_file_says_what_dpkg_asks() -> None:
    said = Parser().parsestr(deb.control(1234, ["libc6 (>= 2.35)", "libglib2.0-0 | libglib2.0-0t64"]))
    assert said["Package"] == "apq-desktop"
    assert said["Version"] == apq_desktop.__version__
    assert said["Installed-Size"] == "1234"
    assert {"Architecture", "Maintainer", "Section", "Priority"} <= set(said.keys())
    for needed in said["Depends"].split(", "):
        assert all(PACKAGE.fullmatch(choice) for choice in needed.split(" | ")), needed
    assert "libc6 (>= 2.35)" in said["Depends"]
    assert re.fullmatch(r".+ <[^@ ]+@[^@ ]+>", said["Maintainer"])
    short, *more = said["Description"].splitlines()
    assert len(short) < 60
    assert all(line.startswith(" ") and len(line) <= 80 for line in more)


def test_everything_lies_where_a_desktop_looks_for_it(bundle: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    deb.lay_out(bundle, tree)
    found = files_below(tree)
    assert (tree / "usr/bin/apq-desktop").resolve() == tree / "usr/lib/apq-desktop/apq-desktop"
    entry = ConfigParser(interpolation=None)
    entry.read_string(found["usr/share/applications/apq-desktop.desktop"].decode())
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"] == "apq-desktop %f"
    assert f"usr/share/icons/hicolor/48x48/apps/{desktop['Icon']}.png" in found
    kind = ET.fromstring(found["usr/share/mime/packages/apq-desktop.xml"])[0]  # noqa: S314 - our own
    assert desktop["MimeType"] == f"{kind.attrib['type']};"
    assert [glob.attrib["pattern"] for glob in kind.iter(f"{MIME}glob")] == ["*.apq"]
    assert f"usr/share/icons/hicolor/48x48/mimetypes/{kind.attrib['type'].replace('/', '-')}.png" in found


def test_software_centres_find_the_program_by_its_menu_entry(bundle: Path, tmp_path: Path) -> None:
    deb.lay_out(bundle, tmp_path / "tree")
    (about,) = (tmp_path / "tree/usr/share/metainfo").iterdir()
    said = ET.fromstring(about.read_bytes())  # noqa: S314 - our own
    assert about.name == f"{said.findtext('id')}.metainfo.xml"
    entry = said.findtext("launchable")
    assert (tmp_path / "tree/usr/share/applications" / str(entry)).is_file()
    release = said.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": apq_desktop.__version__, "date": "2023-11-14"}
    assert said.findtext("provides/mediatype") == "application/x-apq"


def test_the_mime_type_knows_our_files_by_their_content() -> None:
    from apq_desktop.storage.database.tables import APPLICATION_ID

    tree = ET.parse(PACKAGING / "linux" / "apq-desktop.xml")  # noqa: S314 - our own
    inner = next(match for match in tree.iter(f"{MIME}match") if match.attrib["offset"] == "68")
    assert inner.attrib["value"].encode() == APPLICATION_ID.to_bytes(4, "big")


def test_the_same_bundle_gives_the_same_files(bundle: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        deb.lay_out(bundle, tmp_path / name)
    assert files_below(tmp_path / "first") == files_below(tmp_path / "second")


@pytest.mark.parametrize("path", make_manual.made(), ids=lambda path: path.name)
def test_the_man_page_and_the_completion_say_what_the_parser_says(path: Path) -> None:
    assert path.read_text("utf-8") == make_manual.made()[path], "run packaging/make_manual.py"


@pytest.mark.parametrize("word", [OPEN, *COMMANDS, SELF_TEST, "--version", "--exit-after-paint", "--screenshot"])
def test_the_man_page_tells_of_every_command(bundle: Path, tmp_path: Path, word: str) -> None:
    deb.lay_out(bundle, tmp_path / "tree")
    page = gzip.decompress((tmp_path / "tree/usr/share/man/man1/apq-desktop.1.gz").read_bytes()).decode()
    assert apq_desktop.__version__ in page
    assert re.search(rf"^\.(?:B|SS) {re.escape(word)}\b", page.replace("\\-", "-"), re.MULTILINE)


@pytest.mark.skipif(sys.platform != "linux", reason="the .deb completes words on Linux only")
@pytest.mark.parametrize(
    ("typed", "offered"), [("lis", "list"), ("self", "self-test"), ("check --js", "--json"), ("library che", "check")]
)
def test_bash_completes_commands_and_options(bundle: Path, tmp_path: Path, typed: str, offered: str) -> None:
    deb.lay_out(bundle, tmp_path / "tree")
    script = tmp_path / "tree/usr/share/bash-completion/completions/apq-desktop"
    words = ["apq-desktop", *typed.split()]
    asked = f'. "{script}"; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}; '
    asked += '_shtab_apq_desktop apq-desktop "${COMP_WORDS[-1]}"; echo "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)
    assert done.stdout.split() == [offered], done.stderr


@pytest.mark.skipif(not Path("/proc/self/exe").exists(), reason="only Linux says so which programs run")
@pytest.mark.parametrize("is_open", [True, False])
def test_before_an_upgrade_or_removal_the_package_looks_whether_the_program_is_open(
    tmp_path: Path, is_open: bool
) -> None:
    script = (PACKAGING / "linux" / "prerm").read_text("utf-8")
    assert f"= /{deb.PLACE}/apq-desktop ]" in script
    program = tmp_path / "apq-desktop"
    shutil.copyfile(shutil.which("sleep") or "", program)
    program.chmod(0o755)
    mine = script.replace(f"/{deb.PLACE}/apq-desktop", str(program))
    with subprocess.Popen([program if is_open else "sleep", "60"]) as running:
        done = subprocess.run(["sh", "-c", mine], capture_output=True, text=True, check=False)
        running.terminate()
    assert done.returncode == int(is_open)
    assert done.stderr.count("\n") == int(is_open)
