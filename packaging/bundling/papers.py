"""The papers that travel in every bundle: its list of parts (SBOM, CycloneDX 1.6 as JSON) and all licences."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

from bundling.floors import refuse_what_is_too_old
from bundling.inventory import OWN, Inventory, differences
from bundling.making import CHECKOUT, PACKAGING, stamp, version
from bundling.parts import INSIDE, Part, declared, packages, plain

LICENCE_FILES = re.compile(r"licen[cs]e|copying|notice|authors|third-party", re.IGNORECASE)
# It alone would say that Qt is here under its commercial licence; it is here under the LGPL, whose text is added.
MISLEADING = "LicenseRef-Qt-Commercial.txt"
PSF = "Python Software Foundation"


def versions_inside(words: list[str | Path], **environment: str) -> dict[str, str]:
    """What the bundle's own Python, started by `words`, says of the libraries in it."""
    script = PACKAGING / "bundling" / "library_versions.py"
    # Under Wine Python takes nothing but pipes for its streams.
    done = subprocess.run([*words, script], check=False, input=b"", capture_output=True, env=environment or None)
    if done.returncode != 0:
        raise SystemExit(f"The bundle's Python does not start:\n{done.stderr.decode('utf-8', 'replace')}")
    answers: dict[str, str] = json.loads(done.stdout)
    return answers


def write_papers(inventory: Inventory, metadata: Path, versions: Mapping[str, str], more: Iterable[Part]) -> None:
    """Put sbom.cdx.json, LICENSE.txt, NOTICES.md and the folder licences/ into a bundle.

    `metadata` has the dist-info folders, `versions` those of the libraries inside them, `more` all other parts.
    Called last: the list names every file with its hash. Ends where a part is older than floors.py allows.
    """
    bundle = inventory.bundle
    shutil.copyfile(CHECKOUT / "LICENSE", bundle / "LICENSE.txt")
    shutil.copyfile(PACKAGING / "NOTICES.md", bundle / "NOTICES.md")
    copy_licences(bundle, metadata)
    files = inventory.files()
    python = Part("cpython", versions["cpython"], "PSF-2.0", f"pkg:generic/cpython@{versions['cpython']}", PSF)
    parts = [python, *packages(metadata), *declared(metadata), *more]
    # The version of Qt is that of the package that brings it, also where its libraries cannot be asked.
    qt = next((part.version for part in parts if part.name == "pyside6-essentials"), "not stated")
    parts += libraries_inside(files, {**versions, "qt": qt}, parts)
    refuse_what_is_too_old(parts)
    document = sbom(parts, files)
    (bundle / "sbom.cdx.json").write_bytes((json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
    left = differences(bundle, document)
    if left:
        raise SystemExit("The list of parts does not fit the bundle:\n  " + "\n  ".join(left))


def libraries_inside(
    files: Mapping[str, Mapping[str, str]], versions: Mapping[str, str], known: list[Part]
) -> list[Part]:
    """The libraries of INSIDE that this bundle has, and that no list of `known` parts has named already."""
    named = {(part.name, part.inside) for part in known}
    names = {part.name for part in known}
    windows = any(name.endswith(".dll") for name in files.get("cpython", ()))
    found = []
    for library in INSIDE:
        linked = library.of in names and (library.linked == "always" or (library.linked == "on Windows" and windows))
        fresh = (library.name, library.of) not in named
        if (
            fresh
            and (library.name in files or linked)
            and not (library.linked == "on Windows" and library.name not in versions)
        ):
            number = versions.get(library.name) or _version_by_name(files.get(library.name, {}))
            origin = f"pkg:generic/{library.name}@{number}"
            found.append(Part(library.name, number, library.licence, origin, library.supplier, library.of))
    return found


def _version_by_name(files: Iterable[str]) -> str:
    """What a file's name says of its version, as libhunspell-1.7.so.0 does."""
    found = [re.search(r"-(\d+(?:\.\d+)+)\.", Path(name).name) for name in files]
    return next((match[1] for match in found if match), "not stated")


def copy_licences(bundle: Path, metadata: Path) -> None:
    """Copy the licence texts that the packages bring, and those that they apply and do not bring."""
    for folder in sorted(metadata.glob("*.dist-info")):
        for path in sorted(folder.rglob("*")):
            inner = path.relative_to(folder)
            if path.is_file() and LICENCE_FILES.search(inner.as_posix()) and path.name != MISLEADING:
                short = inner.relative_to("licenses") if inner.parts[0] == "licenses" else inner
                target = bundle / "licences" / plain(folder.name.split("-")[0]) / short
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    for text in sorted((PACKAGING / "licences").iterdir()):
        shutil.copyfile(text, bundle / "licences" / text.name)


def sbom(parts: Iterable[Part], files: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """The list of parts. Its serial number comes from its content, its time from the commit."""
    settled = sorted(set(parts), key=lambda part: (part.name, part.reference))
    nameless = files.keys() - {part.name for part in settled} - {OWN}
    assert not nameless, f"files of no part: {nameless}"
    own = [part for part in settled if not part.inside]
    components = [_component(part, files if part in own or _has_files(part) else {}) for part in settled]
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(stamp())),
            "component": {
                "type": "application",
                "bom-ref": OWN,
                "name": "APQ Desktop",
                "version": version(),
                "licenses": [{"license": {"id": "MIT"}}],
                "components": _files(files.get(OWN, {})),
            },
        },
        "components": components,
        "dependencies": [
            {"ref": OWN, "dependsOn": [part.reference for part in settled if not _holder(part, settled)]},
            *(
                {
                    "ref": part.reference,
                    "dependsOn": [one.reference for one in settled if _holder(one, settled) == part],
                }
                for part in settled
            ),
        ],
    }


def _has_files(part: Part) -> bool:
    """Whether a library inside a package has files of its own in the bundle, under its own name."""
    return any(library.name == part.name and library.of == part.inside for library in INSIDE)


def _holder(part: Part, parts: Iterable[Part]) -> Part | None:
    return next((one for one in parts if part.inside and one.name == part.inside and not one.inside), None)


def _component(part: Part, files: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """A part in CycloneDX's words, with its files."""
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": part.reference,
        "supplier": {"name": part.supplier},
        "name": part.name,
        "version": part.version,
        "licenses": [{"license": {"name": part.licence}}],
    }
    if part.origin:
        component["purl"] = part.origin
    owned = _files(files.get(part.name, {}))
    return {**component, "components": owned} if owned else component


def _files(files: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for name, digest in sorted(files.items())
    ]
