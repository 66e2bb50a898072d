"""The register of evidence: one item, cited by many areas; nothing is embedded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import Signal

from apq_desktop.evaluation.edits.changes import AddItem, Change, CompoundChange, ListPlace, RemoveItem
from apq_desktop.evaluation.fields import fields_of
from apq_desktop.evaluation.model import Evidence
from apq_desktop.evaluation.rules.evidence_register import (
    LOOK_AGAIN_WORDS,
    cited_nowhere,
    citing,
    look_again,
    review_state,
)
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.file_link import FileLink
from apq_desktop.ui.fields.marks.carried_forward_mark import add_mark
from apq_desktop.ui.fields.tables.item_details import ItemDetails
from apq_desktop.ui.fields.tables.item_model import Face, Ink, ItemColumn, table_columns
from apq_desktop.ui.fields.tables.item_page import ItemPage
from apq_desktop.ui.fields.tables.item_rows import RowGroup
from apq_desktop.ui.fields.tables.table_panel import FilterChoice
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.text_labels import PlainLabel

REGISTER = ListPlace("evidence")
REVIEW_WORDS = {"past": "{} (review is due)", "soon": "{} (soon)", "": "{}"}
NOWHERE = "nowhere"
GROUPINGS = [("", "By date"), ("kind", "By kind"), ("none", "No groups")]

INKS: dict[bool, Ink] = {True: "text", False: "quiet"}


class EvidencePage(ItemPage):
    """Every source of evidence in one table, with the chosen one in full beside it."""

    help_key = "evidence"
    kind = printed = "evidence"
    title, table_name, find_words = "Evidence", "Sources of evidence", "Find in evidence"
    nothing_fits = "There is no source of evidence here yet, or none fits."
    things = "{} sources"
    also = ("citations",)
    groupings = GROUPINGS
    ways = (("Save as table (CSV)…", "evidence"),)

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(app, here, EvidenceDetails(here.session))
        assert isinstance(self.details, EvidenceDetails)
        self.details.remove_requested.connect(self._remove)

    def _make_filters(self) -> None:
        self._numbers: dict[str, list[int]] | None = None
        # Heard before the table hears of the same change: whoever asked first is told first.
        self._session.listeners.add(self._forget_numbers, "citations")
        areas = [(area.key, f"{area.number} {area.title}") for area in self._session.evaluation.areas]
        self.of_kind = FilterChoice([])
        self.area = FilterChoice([("", "All areas"), (NOWHERE, "Cited nowhere"), *areas])
        self.of_kind.setAccessibleName("Show only: kind")
        self.area.setAccessibleName("Show only: area")

    def _filters(self) -> list[FilterChoice]:
        return [self.of_kind, self.area]

    def _offer(self) -> None:
        written = dict.fromkeys(item.kind for item in self._session.evaluation.evidence)
        kinds = {fold(kind): kind for kind in written if visible_text(kind)}
        self.of_kind.offer([("", "All kinds"), *((key, kinds[key]) for key in sorted(kinds))])

    def _columns(self) -> list[ItemColumn]:
        faces = {"title": _title_face, "review_date": _review_face}
        columns = table_columns("evidence", self._session, {"review_date": _review}, faces)
        return [*columns, ItemColumn("Cited in", self._cited_in)]

    def _cited_in(self, item: Evidence) -> str:
        if self._numbers is None:
            self._numbers = {}
            for area in self._session.evaluation.areas:
                for key in area.evidence:
                    self._numbers.setdefault(key, []).append(area.number)
        return ", ".join(map(str, sorted(self._numbers.get(item.id, ())))) or NOWHERE

    def _forget_numbers(self, _change: Change) -> None:
        self._numbers = None

    def _buttons(self) -> list[Button]:
        self.add_button = Button("+ Add a source", primary=True, name="Add a source of evidence")
        self.add_button.setEnabled(not self._session.read_only)
        self.add_button.clicked.connect(self._add)
        return [self._ways_out(), self.add_button]

    def _arranged(self) -> list[RowGroup]:
        today = date.today()  # noqa: DTZ011 - the person's own day
        found = self._sorted(list(filter(self._fits(), self._session.evaluation.evidence)))
        if self.grouping.value() == "none":
            return [RowGroup("", "", found)]
        if self.grouping.value() == "kind":
            kinds = sorted({fold(item.kind) for item in found}, key=lambda kind: (not kind, kind))
            of_kind = {kind: [item for item in found if fold(item.kind) == kind] for kind in kinds}
            return [RowGroup(kind or "none", of_kind[kind][0].kind or "No kind", of_kind[kind]) for kind in kinds]
        by_date: dict[str, list[Evidence]] = {key: [] for key in LOOK_AGAIN_WORDS}
        for item in found:
            by_date[look_again(item, today, self._app.forms.term_end)].append(item)
        return [RowGroup(key, words, by_date[key]) for key, words in LOOK_AGAIN_WORDS.items()]

    def _fits(self) -> Callable[[Evidence], bool]:
        evaluation, kind, area = self._session.evaluation, self.of_kind.value(), self.area.value()
        wanted = fold(self.words.value()).split()
        if area == NOWHERE:
            cited = {item.id for item in cited_nowhere(evaluation)}
        else:
            cited = set(evaluation.area(area).evidence) if area else set()

        def fits(item: Evidence) -> bool:
            written = (getattr(item, field.name) for field in fields_of("evidence") if field.is_text)
            told = fold(" ".join(written)) if wanted else ""
            return (
                (not area or item.id in cited)
                and (not kind or fold(item.kind) == kind)
                and all(word in told for word in wanted)
            )

        return fits

    def _sorted(self, found: list[Evidence]) -> list[Evidence]:
        column = self._columns()[self._sort]
        if column.field is not None and column.field.is_date:
            return sorted(found, key=attrgetter(column.name), reverse=self._last_first)
        return sorted(found, key=lambda item: fold(column.told(item)), reverse=self._last_first)

    def _add(self) -> None:
        new = Evidence()
        self._session.make(AddItem(REGISTER, new, len(self._session.evaluation.evidence)))
        self.show_item(new.id)
        self.details.focus_first()

    def note_files(self, paths: Sequence[Path]) -> None:
        """Note files that were dropped as sources: what they are called and where they lie, never what is in them."""
        if self._session.read_only:
            return
        new = [Evidence(title=clean_line(path.stem), location=clean(str(path))) for path in paths]
        self.add_items(new, "Noted, with the place where it is kept. The file itself stays there.")

    def _remove(self) -> None:
        evaluation, steps = self._session.evaluation, list[Change]()
        for item in self.table.chosen_items():
            steps += [
                RemoveItem(ListPlace("citations", area.key), item.id, area.evidence.index(item.id))
                for area in citing(evaluation, item)
            ]
            steps.append(RemoveItem(REGISTER, item, evaluation.evidence.index(item)))
        if steps:
            self._session.make(CompoundChange(tuple(steps)), told="Source of evidence removed.")


class EvidenceDetails(ItemDetails):
    """One source of evidence in full, with the areas that cite it."""

    kind = "evidence"
    several = "{} sources are chosen"
    shared = ("kind", "date", "review_date")
    remove_requested = Signal()

    def __init__(self, session: EditingSession) -> None:
        super().__init__(session)
        session.listeners.add(self._show_citations, "citations")
        self._citations: dict[str, FlagField] = {}
        self._key = ""

    def _fill(self, item: Evidence) -> None:
        self.setAccessibleName("The chosen source of evidence")
        self._key, self._citations = item.id, {}
        self._add_fields(item)
        add_mark(self.column, self._session, "evidence", item)
        link = FileLink(self._session, item)
        self.column.addWidget(link)
        link.look()
        self.column.addWidget(PlainLabel("Cited in", bold=True))
        for area in self._session.evaluation.areas:
            box = FlagField(f"{area.number} {area.title}".replace("&", "&&"))
            box.setAccessibleName(f"Cited in {area.number} {area.title}")
            box.changed.connect(lambda cited, area=area.key: self._cite(area, cited=cited))
            box.setEnabled(not self._session.read_only)
            self.column.addWidget(box)
            self._citations[area.key] = box
        self.remove_button = Button("Remove this source")
        self.remove_button.setEnabled(not self._session.read_only)
        self.remove_button.clicked.connect(self.remove_requested)
        self.column.addWidget(self.remove_button)
        self._show_citations()

    def _cite(self, area: str, *, cited: bool) -> None:
        place, keys = ListPlace("citations", area), self._session.evaluation.area(area).evidence
        if cited:
            self._session.make(AddItem(place, self._key, len(keys)))
        else:
            self._session.make(RemoveItem(place, self._key, keys.index(self._key)))

    def _show_citations(self, _change: Change | None = None) -> None:
        if self._shown == [self._key]:
            for key, box in self._citations.items():
                box.load(self._key in self._session.evaluation.area(key).evidence)


def _title_face(item: Evidence) -> Face:
    written = bool(visible_text(item.title))
    words, ink = item.title if written else "Nothing written yet", INKS[written]
    if visible_text(item.location):
        return Face(words, ink=ink, below=" ".join(item.location.split()), below_mark="folder")
    return Face(words, ink=ink, below="Where is it kept?", below_mark="folder", below_ink="soon")


def _review(item: Evidence) -> str:
    shown = dates.shown(item.review_date)
    return REVIEW_WORDS[review_state(item, date.today())].format(shown) if shown else ""  # noqa: DTZ011


def _review_face(item: Evidence) -> Face:
    shown = dates.shown(item.review_date)
    match review_state(item, date.today()):  # noqa: DTZ011 - the person's own day
        case "past":
            return Face(shown, ink="warning", below="look again now", below_mark="warning", below_ink="warning")
        case "soon":
            return Face(shown, below="soon", below_mark="calendar", below_ink="soon")
    return Face(shown)
