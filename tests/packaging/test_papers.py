"""Every bundle carries the list of its parts and all licences, and what nobody needs stays out of it."""

from __future__ import annotations

import json
import re
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import Any

import make_python
import pymupdf_fonts
import pytest
from bundling.floors import FLOORS, too_old
from bundling.inventory import Inventory, differences
from bundling.papers import MISLEADING, copy_licences, libraries_inside, versions_inside, write_papers
from bundling.parts import Part, declared, packages
from bundling.trimming import FONTS_LEFT_OUT, is_wanted
from bundling.windows import python as windows_python
from packaging.markers import Marker

import apq_desktop
from apq_desktop.documents.text.fonts import CHAINS, CJK

CHECKOUT = Path(apq_desktop.__file__).parent.parent
SITE_PACKAGES = Path(sysconfig.get_path("purelib"))


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


def pinned_here() -> dict[str, str]:
    """What requirements.txt pins for this system."""
    text = (CHECKOUT / "packaging" / "requirements.txt").read_text("utf-8")
    lines = re.findall(r"^([\w.-]+)==(\S+)(?: ; (.*?))? *\\$", text, re.MULTILINE)
    return {name: version for name, version, marker in lines if not marker or Marker(marker).evaluate()}


def test_the_list_of_parts_names_every_pinned_part_with_its_version_and_licence() -> None:
    found = {part.name: part for part in packages(SITE_PACKAGES)}
    pinned = pinned_here()
    assert len(pinned) > 15
    assert {name: found[name].version for name in pinned} == pinned
    assert [name for name in pinned if not found[name].licence or not found[name].supplier] == []
    assert "apq-desktop" not in found


def test_what_the_packages_say_that_they_carry_is_taken_over() -> None:
    found = {(part.inside, part.name) for part in declared(SITE_PACKAGES)}
    assert any(inside == "pydantic-core" for inside, _ in found)


def test_what_is_linked_into_a_package_is_listed_with_the_version_that_its_file_states() -> None:
    found = versions_inside([sys.executable])
    stated = {"qpdf", "libxml2", "libxslt", "harfbuzz", "expat", "sqlite"}
    if sys.platform != "darwin":
        stated |= {"pcre2", "libpng", "zlib-of-lxml"}
    assert {name for name in stated if not re.fullmatch(r"\d+(\.\d+)+", found.get(name, ""))} == set()
    listed = {part.name: part for part in libraries_inside({}, found, list(packages(SITE_PACKAGES)))}
    assert {name: listed[name].version for name in stated & listed.keys()} == {
        name: found[name] for name in stated & listed.keys()
    }
    assert {"pcre2", "libpng", "harfbuzz-of-qt", "libiconv"} <= listed.keys()
    assert (listed["pcre2"].inside, listed["libiconv"].inside) == ("pyside6-essentials", "lxml")


def test_the_makers_of_parts_are_named_without_their_addresses() -> None:
    parts = [*packages(SITE_PACKAGES), *declared(SITE_PACKAGES)]
    assert [part for part in parts if "@" in part.supplier] == []


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of two packages, Python and the program, with a link and some papers."""
    folder = tmp_path / "bundle"
    inside = folder / "_internal"
    for name in ("apq_desktop/forms.toml", "lxml/etree.so", "lxml/__pycache__/builder.cpython-313.pyc",
                 "pikepdf.libs/libqpdf-1.so.30", "libpython3.13.so.1.0", "libsqlite3.so.0"):  # fmt: skip
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text(name)
    (inside / "libqpdf.so").symlink_to("pikepdf.libs/libqpdf-1.so.30")
    return folder


@pytest.fixture
def metadata(tmp_path: Path) -> Path:
    folder = tmp_path / "metadata"
    for name, version, files in (
        ("lxml", "6.1", ("lxml/etree.so", "lxml/builder.py")),
        ("pikepdf", "10.1", ()),
        ("pyside6_essentials", "6.11.3", ()),
    ):
        about = folder / f"{name}-{version}.dist-info"
        about.mkdir(parents=True)
        (about / "METADATA").write_text(f"Name: {name}\nVersion: {version}\nLicense-Expression: MIT\nAuthor: Makers\n")
        (about / "RECORD").write_text("".join(f"{file},sha256=x,1\n" for file in files))
        (about / "LICENSE.txt").write_text("the terms")
        (about / MISLEADING).write_text("commercial")
    return folder


VERSIONS = {"cpython": "3.13.15", "sqlite": "3.53.2", "qpdf": "12.4", "libxml2": "2.14", "expat": "2.8"}


def written(bundle: Path, metadata: Path, **other: str) -> dict[str, Any]:
    inventory = Inventory(bundle, bundle / "_internal", metadata)
    write_papers(inventory, metadata, {**VERSIONS, **other}, [PYSIDE_LIBRARY])
    document: dict[str, Any] = json.loads((bundle / "sbom.cdx.json").read_text("utf-8"))
    return document


PYSIDE_LIBRARY = Part("qt", "6.11.3", "LGPL-3.0-only", "pkg:generic/qt@6.11.3", "Makers", "pyside6-essentials")


def test_the_list_of_parts_names_every_file_under_the_part_that_it_is_of(bundle: Path, metadata: Path) -> None:
    said = written(bundle, metadata)
    files = {
        part["name"]: [file["name"] for file in part.get("components", ())]
        for part in said["components"]
        if part.get("components")
    }
    assert files == {
        "cpython": ["_internal/libpython3.13.so.1.0"],
        "lxml": ["_internal/lxml/__pycache__/builder.cpython-313.pyc", "_internal/lxml/etree.so"],
        "qpdf": ["_internal/pikepdf.libs/libqpdf-1.so.30"],
        "sqlite": ["_internal/libsqlite3.so.0"],
    }
    assert said["metadata"]["component"]["components"][0]["name"] == "_internal/apq_desktop/forms.toml"
    assert {"libxml2", "libxslt", "expat"} <= {part["name"] for part in said["components"]}
    assert all(part["supplier"]["name"] and part["version"] for part in said["components"])
    assert differences(bundle, said) == []


def test_the_part_for_servers_is_listed_with_what_is_inside_it_and_only_where_it_was_added(
    bundle: Path, metadata: Path, tmp_path: Path
) -> None:
    inventory = Inventory(bundle, bundle / "_internal", metadata)
    (bundle / "start.py").write_text("placed by the build")
    inventory.place([bundle / "start.py"], "apq-desktop")
    everybody = Path(shutil.copytree(bundle, tmp_path / "for everybody", symlinks=True))
    libraries = everybody / "_internal" / "psycopg_binary.libs"
    libraries.mkdir()
    for name in ("libpq-1f.dll", "libcrypto-3-2e.dll", "libssl-3-4d.dll"):
        (libraries / name).write_text(name)
    more = Path(shutil.copytree(metadata, tmp_path / "metadata for everybody"))
    about = more / "psycopg_binary-3.3.9.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Name: psycopg-binary\nVersion: 3.3.9\nLicense-Expression: LGPL-3.0-only\n")
    (about / "RECORD").write_text("")
    versions = {**VERSIONS, "libpq": "18.6", "openssl": "3.6.5"}
    write_papers(inventory.of_copy(everybody, more), more, versions, [PYSIDE_LIBRARY])
    write_papers(inventory, metadata, versions, [PYSIDE_LIBRARY])
    listed = json.loads((everybody / "sbom.cdx.json").read_text("utf-8"))
    found = {part["bom-ref"]: len(part.get("components", ())) for part in listed["components"]}
    assert found["psycopg-binary/libpq@18.6"] == 1
    assert found["psycopg-binary/openssl@3.6.5"] == 2
    assert differences(everybody, listed) == []
    assert "psycopg" not in (bundle / "sbom.cdx.json").read_text("utf-8")
    assert "GLOBAL DEVELOPMENT GROUP" in (everybody / "licences" / "PostgreSQL.txt").read_text("utf-8").upper()


def test_a_file_that_is_added_changed_or_taken_away_is_noticed(bundle: Path, metadata: Path) -> None:
    said = written(bundle, metadata)
    (bundle / "_internal/lxml/new.so").write_text("new")
    (bundle / "_internal/libsqlite3.so.0").write_text("another")
    (bundle / "_internal/lxml/etree.so").unlink()
    assert differences(bundle, said) == [
        "_internal/lxml/new.so is in no part",
        "_internal/lxml/etree.so is listed and not there",
        "_internal/libsqlite3.so.0 is another file",
    ]


def test_a_file_of_nobody_ends_the_build(bundle: Path, metadata: Path) -> None:
    (bundle / "_internal/libmystery.so.1").write_text("?")
    with pytest.raises(SystemExit, match=r"libmystery\.so\.1"):
        written(bundle, metadata)


@pytest.mark.parametrize(("part", "version"), [("cpython", "3.12.9"), ("sqlite", "3.45.3"), ("sqlite", "3.50.1")])
def test_a_bundle_with_a_part_below_its_floor_is_not_built(
    bundle: Path, metadata: Path, part: str, version: str
) -> None:
    with pytest.raises(SystemExit, match=f"{part} {version} is older than"):
        written(bundle, metadata, **{part: version})


def test_the_floors_hold_for_what_is_pinned_and_for_the_python_of_both_bundles() -> None:
    qt = pinned_here()["pyside6-essentials"]
    for python in (windows_python.RELEASE.version, windows_python.TRIAL.version, make_python.VERSION.split("-")[0]):
        parts = [Part("cpython", python, ""), Part("sqlite", "3.53.2", ""), Part("qt", qt, "")]
        assert too_old(parts) == []
    assert too_old([]) == [f"{name} is not in the list of parts" for name in FLOORS]


def test_the_list_of_parts_keeps_to_its_format_and_repeats(bundle: Path, metadata: Path) -> None:
    said = written(bundle, metadata)
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said["serialNumber"])
    assert said["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert said["metadata"]["component"]["version"] == apq_desktop.__version__
    references = {component["bom-ref"] for component in said["components"]}
    assert len(references) == len(said["components"])
    reached = {reference for entry in said["dependencies"] for reference in entry["dependsOn"]}
    assert reached == references
    assert written(bundle, metadata) == said


def test_the_licences_of_all_parts_go_into_the_bundle_and_none_that_misleads(bundle: Path, metadata: Path) -> None:
    written(bundle, metadata)
    licences = bundle / "licences"
    assert (bundle / "LICENSE.txt").read_bytes() == (CHECKOUT / "LICENSE").read_bytes()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (licences / "LGPL-3.0.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (licences / "GPL-3.0.txt").read_text("utf-8")
    assert not list(licences.rglob(MISLEADING))
    assert (licences / "lxml" / "LICENSE.txt").is_file()
    copy_licences(bundle, SITE_PACKAGES)
    # Qt's own packages bring no text; theirs are the two above.
    without = {"pyside6-essentials", "shiboken6"}
    for name in pinned_here():
        assert name in without or any((licences / name).rglob("*")), name


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt6Gui.dll",
        "PySide6/QtWidgets.pyd",
        "apq_desktop/_bundled/forms/catalogue.toml",
        "apq_desktop/_bundled/resources/example/example.json",
        "manimgx_fonts/NotoSansArabic[wght].ttf",
        "pymupdf_fonts/NotoSans_Regular.py",
        "sqlalchemy/dialects/sqlite/base.py",
        "sqlalchemy/dialects/postgresql/base.py",
        "psycopg_binary.libs/libcrypto-3-x64-cf63d49b.dll",
        "docx/templates/default.docx",
        "libxcb-cursor.so.0",
        "libsqlite3.so.0",
    ],
)
def test_what_the_program_loads_stays_in_a_bundle(name: str) -> None:
    assert is_wanted(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt6Quick.dll",
        "PySide6/QtNetwork.pyd",
        "PySide6/designer.exe",
        "python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "libcrypto.so.3",
        "libglib-2.0.so.0",
        "libgtk-3.so.0",
        "PySide6/Qt/plugins/wayland-decoration-client/libadwaita.so",
        "libstdc++.so.6",
        "manimgx_fonts/NotoSans-Italic[wght].ttf",
        "pymupdf_fonts/NotoSans_BoldItalic.py",
        "pymupdf_fonts/Ubuntu_Regular.py",
        "reportlab/fonts/DarkGarden.sfd",
        "sqlalchemy/dialects/mysql/base.py",
        "pikepdf-10.17.0.dist-info/RECORD",
    ],
)
def test_what_nobody_needs_stays_out_of_a_bundle(name: str) -> None:
    assert not is_wanted(name)


def test_every_face_of_the_pdf_stays_in_a_bundle() -> None:
    sources = {source for chain in CHAINS.values() for source in chain}
    for source in sources:
        if source.weight:
            assert is_wanted(f"manimgx_fonts/{source.key}[wght].ttf")
            continue
        if source.key == CJK:
            assert is_wanted(f"noto_cjk_sans_jp_regular/{source.key}.otf")
            continue
        names = pymupdf_fonts.fontbuffers[source.key].__code__.co_names
        (module,) = [name for name in names if (Path(pymupdf_fonts.__file__).parent / f"{name}.py").is_file()]
        assert module not in FONTS_LEFT_OUT
        assert is_wanted(f"pymupdf_fonts/{module}.py")
