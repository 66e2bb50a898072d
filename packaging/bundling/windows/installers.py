"""The two installers for Windows: by NSIS for one person, as an MSI for everybody who uses a computer.

Both lay down and take away the files of one list, installed-files.txt, and nothing else.
"""

from __future__ import annotations

import itertools
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

from bundling.making import CHECKOUT, PACKAGING, call, emptied, files_below, version
from bundling.windows.launcher import WINDOW, compile_open_check

LIST = "installed-files.txt"
ICON = CHECKOUT / "resources" / "icons" / "apq-desktop.ico"
FAMILY = uuid.UUID("5d0f3bd4-5a1b-4d0e-9d5a-0d2a3d9e6c41")
"""By it Windows Installer knows all versions of the program: it never changes."""
PUBLISHER = "APQ Desktop contributors"
KIND = "APQDesktop.Evaluation"
OPEN_CHECK = {1310: "SayWhere", 1320: "OpenCheck"}
"""When the MSI looks whether the program is open: once it knows the folders (1000), and before it checks (1400)."""


def write_list(bundle: Path, of: str) -> list[str]:
    """Write installed-files.txt of version `of` into the bundle. Returns the names in it: of all files and itself."""
    names = sorted({LIST, *(path.relative_to(bundle).as_posix() for path in files_below(bundle))})
    windows = [str(PureWindowsPath(name)) for name in names]
    (bundle / LIST).write_text("\n".join([f"APQ Desktop {of}", *windows]) + "\n", "utf-8", newline="\r\n")
    return names


def write_setup(bundle: Path, target: Path, work: Path, of: str = "") -> None:
    """Let NSIS write the installer for one person, of this version of the program or of the one named."""
    of = of or version()
    place = emptied(work / "setup")
    (place / "files.nsh").write_text("\n".join(nsis_lines(bundle, write_list(bundle, of))) + "\n", "utf-8")
    settings = {
        "VERSION": of,
        "VERSION_OF_FOUR": f"{of}.0",
        "FILES": place / "files.nsh",
        "ICON": ICON,
        "PROGRAM": WINDOW,
        "KIBIBYTES": sum(path.stat().st_size for path in files_below(bundle)) // 1024,
        "TARGET": target,
    }
    defines = [f"-D{name}={value}" for name, value in settings.items()]
    call(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *defines, PACKAGING / "windows" / "installer.nsi"])


def nsis_lines(bundle: Path, names: list[str]) -> Iterator[str]:
    """What lays the files down, and what takes the very same away, as two macros of NSIS.

    Folders are removed from the innermost outwards, and only where they are empty.
    """

    def inside(path: PurePosixPath) -> str:
        place = str(PureWindowsPath(path)).replace("$", "$$")
        return "$INSTDIR" if place == "." else f"$INSTDIR\\{place}"

    paths = [PurePosixPath(name) for name in names]
    yield "!macro InstallFiles"
    # The list first: by it a folder is known as ours, also after an installation that was cut short.
    for folder, files in itertools.groupby(sorted(paths, key=lambda path: (path.name != LIST, path.parent)), _parent):
        yield f'SetOutPath "{inside(folder)}"'
        for path in files:
            source = str(bundle / path).replace("$", "$$")
            yield f'File "{source}"'
    yield "!macroend"
    yield "!macro RemoveFiles"
    # The list last, for the same reason.
    for path in sorted(paths, key=lambda path: path.name == LIST):
        yield f'Delete "{inside(path)}"'
    for folder in _folders(paths):
        yield f'RMDir "{inside(folder)}"'
    yield "!macroend"


def _parent(path: PurePosixPath) -> PurePosixPath:
    return path.parent


def _folders(paths: list[PurePosixPath]) -> list[PurePosixPath]:
    """Every folder below the top, the innermost first."""
    found = {folder for path in paths for folder in path.parents if folder.parts}
    return sorted(found, key=lambda folder: (-len(folder.parts), folder))


def write_msi(bundle: Path, target: Path, work: Path, of: str = "") -> None:
    """Let wixl write the installer for everybody, of this version of the program or of the one named."""
    of = of or version()
    place = emptied(work / "msi")
    names = write_list(bundle, of)
    shutil.copyfile(compile_open_check(work), place / "open_check.dll")
    shutil.copyfile(ICON, place / ICON.name)
    # wixl finds files below its own folder only.
    (place / "bundle").symlink_to(bundle)
    source = place / "apq-desktop.wxs"
    ET.ElementTree(wix(names, of)).write(source, encoding="utf-8", xml_declaration=True)
    call(["wixl", "--arch", "x64", "--output", target, source], cwd=place)
    # wixl knows no properties of shortcuts: by this one the task bar joins it with the window.
    table = (
        "CREATE TABLE `MsiShortcutProperty` (`MsiShortcutProperty` CHAR(72) NOT NULL, `Shortcut_` CHAR(72) NOT NULL, "
        "`PropertyKey` CHAR(0) NOT NULL, `PropVariantValue` CHAR(0) NOT NULL PRIMARY KEY `MsiShortcutProperty`)"
    )
    row = (
        "INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, `PropVariantValue`) "
        "VALUES ('TaskBar', 'StartMenu', 'System.AppUserModel.ID', 'APQDesktop')"
    )
    call(["msibuild", target, "-q", table, "-q", row])


def wix(names: list[str], of: str) -> ET.Element:
    """What the MSI holds, in WiX's words: a component for each file, at one fixed place below Program Files."""
    root = ET.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    product = ET.SubElement(
        root, "Product", Id=_id("product", of), Name="APQ Desktop", Version=of, Language="1033",
        Codepage="1252", Manufacturer=PUBLISHER, UpgradeCode=_braced(FAMILY),
    )  # fmt: skip
    ET.SubElement(
        product, "Package", InstallerVersion="500", Compressed="yes", InstallScope="perMachine",
        Manufacturer=PUBLISHER, Description="APQ Desktop for everybody who uses this computer",
    )  # fmt: skip
    refused = "A newer version of APQ Desktop is installed. Remove it first. Nothing was changed."
    ET.SubElement(product, "MajorUpgrade", DowngradeErrorMessage=refused)
    ET.SubElement(product, "Media", Id="1", Cabinet="files.cab", EmbedCab="yes")
    ET.SubElement(product, "Icon", Id="apq.ico", SourceFile=ICON.name)
    for name, value in {"ARPPRODUCTICON": "apq.ico", "ARPNOMODIFY": "1"}.items():
        ET.SubElement(product, "Property", Id=name, Value=value)
    _add_open_check(product)
    top = ET.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = ET.SubElement(top, "Directory", Id="ProgramFiles64Folder")
    ours = ET.SubElement(programs, "Directory", Id="Ours", Name="APQ Desktop")
    menu = ET.SubElement(top, "Directory", Id="ProgramMenuFolder")
    feature = ET.SubElement(product, "Feature", Id="Program", Title="APQ Desktop", Level="1")
    _add_files(ours, feature, names)
    _add_entries(ours, menu, feature)
    return root


def _add_open_check(product: ET.Element) -> None:
    """Stop before anything is changed where the program is open."""
    folder = "[ProgramFiles64Folder]APQ Desktop\\program\\"
    ET.SubElement(product, "Binary", Id="OpenCheck", SourceFile="open_check.dll")
    ET.SubElement(product, "CustomAction", Id="SayWhere", Property="LibrariesOfPython", Value=folder)
    ET.SubElement(product, "CustomAction", Id="OpenCheck", BinaryKey="OpenCheck", DllEntry="StopWhereItIsOpen")
    sequence = ET.SubElement(product, "InstallExecuteSequence")
    for number, action in OPEN_CHECK.items():
        ET.SubElement(sequence, "Custom", Action=action, Sequence=str(number))


def _add_files(ours: ET.Element, feature: ET.Element, names: list[str]) -> None:
    folders: dict[PurePosixPath, ET.Element] = {PurePosixPath(): ours}
    paths = [PurePosixPath(name) for name in names]
    for folder in reversed(_folders(paths)):
        folders[folder] = ET.SubElement(folders[folder.parent], "Directory", Id=_short("d", folder), Name=folder.name)
    for path in paths:
        component = _component(folders[path.parent], feature, _short("c", path), str(path))
        ET.SubElement(component, "File", Id=_short("f", path), Name=path.name, Source=f"bundle/{path}", KeyPath="yes")


def _add_entries(ours: ET.Element, menu: ET.Element, feature: ET.Element) -> None:
    """The shortcut in the Start menu, and what opens an .apq file."""
    program = f"[#{_short('f', PurePosixPath(WINDOW))}]"
    entries = _component(ours, feature, "Entries", "entries")
    classes = "Software\\Classes"
    for key, value in {
        f"{classes}\\.apq": KIND,
        f"{classes}\\{KIND}": "APQ Desktop self-evaluation",
        f"{classes}\\{KIND}\\DefaultIcon": program,
        f"{classes}\\{KIND}\\shell\\open\\command": f'"{program}" "%1"',
    }.items():
        ET.SubElement(entries, "RegistryValue", Root="HKLM", Key=key, Type="string", Value=value)
    shortcut = _component(menu, feature, "Menu", "menu")
    ET.SubElement(
        shortcut, "Shortcut", Id="StartMenu", Name="APQ Desktop", Target=program, WorkingDirectory="Ours",
        Icon="apq.ico", Description="Self-evaluation for alternative provision",
    )  # fmt: skip
    key = "Software\\APQ Desktop"
    ET.SubElement(
        shortcut, "RegistryValue", Root="HKLM", Key=key, Name="Menu", Type="integer", Value="1", KeyPath="yes"
    )


def _component(folder: ET.Element, feature: ET.Element, name: str, of: str) -> ET.Element:
    component = ET.SubElement(folder, "Component", Id=name, Guid=_id("component", of), Win64="yes")
    ET.SubElement(feature, "ComponentRef", Id=name)
    return component


def _short(kind: str, path: PurePosixPath) -> str:
    """A name within Windows Installer, which allows 72 characters and no signs."""
    return f"{kind}{uuid.uuid5(FAMILY, str(path)).hex}"


def _id(kind: str, of: str) -> str:
    """The same name for the same thing at every build."""
    return _braced(uuid.uuid5(FAMILY, f"{kind} {of}"))


def _braced(known: uuid.UUID) -> str:
    return f"{{{str(known).upper()}}}"
