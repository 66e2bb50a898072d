"""Every bundle carries the list of its parts and all licences, and what nobody needs stays out of it."""

from __future__ import annotations

import json
import re
import sysconfig
from pathlib import Path

import pymupdf_fonts
import pytest
from bundling.papers import Part, installed_parts, python_parts, sbom, write_papers
from bundling.trimming import FONTS_LEFT_OUT, is_wanted
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
    found = {part.name: part for part in installed_parts(SITE_PACKAGES)}
    pinned = pinned_here()
    assert len(pinned) > 15
    assert {name: found[name].version for name in pinned} == pinned
    assert [name for name in pinned if not found[name].licence] == []
    assert "apq-desktop" not in found


def test_the_list_of_parts_keeps_to_its_format_and_repeats() -> None:
    parts = [*python_parts("3.12.9", "3.45.3"), Part("qt", "6.11.3", "LGPL-3.0-only", "pkg:generic/qt@6.11.3")]
    said = json.loads(sbom(parts))
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said["serialNumber"])
    assert said["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert said["metadata"]["component"]["version"] == apq_desktop.__version__
    references = [component["bom-ref"] for component in said["components"]]
    assert len(set(references)) == len(references) == 3
    assert said["dependencies"][0] == {"ref": "apq-desktop", "dependsOn": references}
    assert sbom(reversed(parts)) == sbom(parts)
    assert sbom(parts[:2]) != sbom(parts)


def test_the_licences_of_all_parts_go_into_the_bundle(tmp_path: Path) -> None:
    write_papers(tmp_path, SITE_PACKAGES, python_parts())
    assert (tmp_path / "LICENSE.txt").read_bytes() == (CHECKOUT / "LICENSE").read_bytes()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "licences/LGPL-3.0.txt").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in (tmp_path / "licences/GPL-3.0.txt").read_text("utf-8")
    # Qt's own packages bring no text; theirs are the two above.
    without = {"pyside6_essentials", "shiboken6"}
    for name in pinned_here():
        folder = name.replace("-", "_")
        assert folder in without or any((tmp_path / "licences" / folder).iterdir()), name


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
