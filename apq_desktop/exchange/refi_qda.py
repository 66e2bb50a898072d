"""Evaluations as a REFI-QDA project (.qdpx), which NVivo, MAXQDA, ATLAS.ti and others read.

Each evaluation is a text, its passages are selections coded by area and by the officer's themes, each setting is a
case. Positions count Unicode characters, as the standard says; ids follow from ours, so that the same comes out twice.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.review.anchors import Place
from apq_desktop.toolkit.catalogue import Catalogue

NAMESPACE = "urn:QDA-XML:project:1.0"
_OURS = uuid.UUID("5f8a6f0e-6c0b-5e5f-9a35-1a5cb0ed2d0e")
_KIND, _STAGES = "Kind of setting", "Key stages"
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


@dataclass(frozen=True, slots=True)
class Coded:
    """Words that carry a theme: from ``start`` to ``end`` in the text at ``place``."""

    theme: str
    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CodedText:
    """One evaluation with the themes that were put on its passages."""

    evaluation: Evaluation
    marks: Sequence[Coded] = ()


def qdpx(texts: Iterable[CodedText], themes: Mapping[str, str], catalogue: Catalogue, title: str, at: str) -> bytes:
    """The content of a .qdpx file. ``themes`` are names by id, ``at`` is a UTC stamp."""
    made = datetime.fromisoformat(at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        project = _Project(themes, catalogue, title, made)
        for text in texts:
            name, content = project.add(text)
            file.writestr(_entry(f"sources/{name}"), content)
        file.writestr(_entry("project.qde"), project.xml())
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Without the moment of writing, so that the same project has the same bytes."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _guid(*parts: str) -> str:
    """What ``uuid.uuid5`` gives, in a quarter of the time: a project has hundreds of thousands of them."""
    found = sha1(_OURS.bytes + "/".join(parts).encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(found[16], 16) & 3]
    return f"{found[:8]}-{found[8:12]}-5{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


class _Project:
    def __init__(self, themes: Mapping[str, str], catalogue: Catalogue, title: str, made: str) -> None:
        self._catalogue = catalogue
        self._codes = {area.key: _guid("area", area.key) for area in catalogue.areas}
        self._user = _guid("user")
        self._moment = f'creatingUser="{self._user}" creationDateTime="{made}"'
        attributes = {"name": title, "origin": "APQ Desktop", "creatingUserGUID": self._user, "creationDateTime": made}
        self._root = ET.Element("Project", {"xmlns": NAMESPACE, **attributes})
        ET.SubElement(ET.SubElement(self._root, "Users"), "User", {"guid": self._user, "name": "Reviewer"})
        codes = ET.SubElement(ET.SubElement(self._root, "CodeBook"), "Codes")
        areas = ET.SubElement(codes, "Code", {"guid": _guid("areas"), "name": "Quality areas", "isCodable": "false"})
        for area in catalogue.areas:
            given = {"guid": self._codes[area.key], "name": f"{area.number} {area.title}", "isCodable": "true"}
            ET.SubElement(areas, "Code", given)
        own = ET.SubElement(codes, "Code", {"guid": _guid("themes"), "name": "Themes", "isCodable": "false"})
        for theme, name in themes.items():
            ET.SubElement(own, "Code", {"guid": _guid("theme", theme), "name": name, "isCodable": "true"})
        variables = ET.SubElement(self._root, "Variables")
        for name in (_KIND, _STAGES):
            ET.SubElement(
                variables, "Variable", {"guid": _guid("variable", name), "name": name, "typeOfVariable": "Text"}
            )
        self._cases = ET.SubElement(self._root, "Cases")
        self._sources: list[str] = []
        self._of_setting: dict[str, ET.Element] = {}

    def xml(self) -> bytes:
        """The whole project. Its sources are written as text: as elements they take four times as long."""
        head, _, tail = ET.tostring(self._root, encoding="unicode").rpartition("</Project>")
        return "".join((_DECLARATION, head, "<Sources>", *self._sources, "</Sources></Project>", tail)).encode()

    def add(self, text: CodedText) -> tuple[str, str]:
        """Add one evaluation. Returns the name of its text file, and what stands in it."""
        one = text.evaluation
        guid = _guid("source", one.id, str(one.revision))
        name = f"{one.setting.name}: {one.title}, revision {one.revision}"
        self._sources.append(
            f'<TextSource guid="{guid}" name={quoteattr(name)} plainTextPath="internal://{guid}.txt" {self._moment}>'
        )
        content, starts = self._content(one, guid)
        for mark in text.marks:
            at = starts[mark.place]
            words = content[at + mark.start : at + mark.end]
            where = (*mark.place, str(mark.start), str(mark.end))
            self._select((guid, "theme", mark.theme, *where), words, at + mark.start, _guid("theme", mark.theme))
        self._sources.append("</TextSource>")
        ET.SubElement(self._case(one), "SourceRef", {"targetGUID": guid})
        return f"{guid}.txt", content

    def _content(self, one: Evaluation, guid: str) -> tuple[str, dict[Place, int]]:
        """The text of an evaluation, and where in it each of its passages begins."""
        parts: list[str] = []
        starts: dict[Place, int] = {}
        at = 0
        titles = {area.key: f"{area.number} {area.title}" for area in one.areas}
        under = ""
        for written in everything_written(one):
            place = (written.target.kind, written.target.key, written.field)
            head = f"{titles.get(written.area, '')}\n\n" if written.area != under and written.area else ""
            under = written.area
            head += f"{label(written.target.kind, written.field)}\n"
            starts[place] = at + len(head)
            if written.area in self._codes:
                key = (guid, "passage", *place, written.area)
                self._select(key, written.text, starts[place], self._codes[written.area])
            parts.append(f"{head}{written.text}\n\n")
            at += len(parts[-1])
        return "".join(parts), starts

    def _select(self, key: tuple[str, ...], words: str, start: int, code: str) -> None:
        span = f'startPosition="{start}" endPosition="{start + len(words)}"'
        name = quoteattr(" ".join(words.split())[:80])
        self._sources.append(
            f'<PlainTextSelection guid="{_guid(*key)}" name={name} {span} {self._moment}>'
            f'<Coding guid="{_guid(*key, code)}" {self._moment}><CodeRef targetGUID="{code}" /></Coding>'
            "</PlainTextSelection>"
        )

    def _case(self, one: Evaluation) -> ET.Element:
        """The case of a setting."""
        setting = one.setting
        if setting.id not in self._of_setting:
            case = ET.SubElement(self._cases, "Case", {"guid": _guid("case", setting.id), "name": setting.name})
            told = {_KIND: self._catalogue.kind_title(setting.kind), _STAGES: ", ".join(setting.key_stages)}
            for name, value in told.items():
                given = ET.SubElement(case, "VariableValue")
                ET.SubElement(given, "VariableRef", {"targetGUID": _guid("variable", name)})
                ET.SubElement(given, "TextValue").text = value
            self._of_setting[setting.id] = case
        return self._of_setting[setting.id]
