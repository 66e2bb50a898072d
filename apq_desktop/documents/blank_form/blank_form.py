"""The template to fill in, on paper or on a screen: what is asked, in order, with room for each answer.

The first sheet asks about the setting and the evaluation. Then each area is one sheet, so that a meeting can share
the areas out: whether it applies at all, its questions with room for notes, then the toolkit's own template (2022,
Appendix 3) and the support that is wanted.
"""

from __future__ import annotations

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.blank_flowables import GROWS, FormBlanks
from apq_desktop.documents.blank_form.form_fields import TICKED
from apq_desktop.documents.content.document_tree import Blank, Element, lines
from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.fields import FULL_OR_PART_TIME, label
from apq_desktop.evaluation.titles import PARTS
from apq_desktop.toolkit.catalogue import Area, Catalogue

PAPER = "A template to print and write on"
SCREEN = "A template to fill in on a screen"
ON_PAPER = """
Each area is one sheet, so that a meeting can share the areas out. Where there is too little room, write on the back.
Say what has changed for pupils, and how you know. Name no pupil. Nothing is marked or added up.
"""
ON_A_SCREEN = """
Type in the boxes and save the file; you can go on another day. A box that is full scrolls. Do not print it to a new \
PDF, which has no boxes to read. Open the saved file in APQ Desktop (“Open…” in the “File” menu); there you can add \
more than four actions.
Say what has changed for pupils, and how you know. Name no pupil. Nothing is marked or added up.
"""
STRENGTHS = "What works well, what has changed for pupils, and how you know."
DEVELOPMENT_AREAS = "What you want to improve, and why."
EVIDENCE = "Documents, data, views and visits that show it, and where they are kept."
SUPPORT = "What would help you do this better."
REASON = "This area does not apply to us, because"
IN_SHORT = "The main strengths and the main plans, in the leader’s own words."
SHORT_TIMES = {**FULL_OR_PART_TIME, "both": "Both"}
EACH_LINE = "Each line is one entry."
ACTION_PARTS = (("what", "Action"), ("who", "Who (a role)"), ("by_when", "By when"))


def template_title(catalogue: Catalogue) -> str:
    """The document's title, as a reading program shows it."""
    return f"Self-evaluation template: AP Quality Toolkit {catalogue.edition}"


def template(catalogue: Catalogue, *, fillable: bool) -> Element:
    """The whole template, with a council's own questions where the catalogue has them."""
    return _Template(catalogue, fillable=fillable).document


def template_pdf(catalogue: Catalogue, *, fillable: bool) -> bytes:
    """The bytes of a template with nothing in it: to print, or with fields to fill in."""
    name = template_title(catalogue)
    return printed(template(catalogue, fillable=fillable), PdfDetails(name), Foot(name), blanks=FormBlanks())


class _Template:
    def __init__(self, catalogue: Catalogue, *, fillable: bool) -> None:
        self._catalogue, self._fillable = catalogue, fillable
        self._mark = field_names.mark(catalogue.edition)
        self.document = Element("Document")
        page = self.document.add("Sect", style="whole-page", bookmark="Your setting and this evaluation")
        self._beginning(page)
        self._setting(page)
        self._evaluation(page)
        for category in catalogue.categories:
            section = self.document.add("Sect", bookmark=category.title)
            for area in category.areas:
                self._area(section.add("Sect", style="whole-page", bookmark=_heading(area)), category.title, area)

    # About the setting and the evaluation

    def _beginning(self, page: Element) -> None:
        page.add("P", f"The 13 quality areas of the AP Quality Toolkit {self._catalogue.edition}", style="eyebrow")
        page.add("H1", "Self-evaluation", style="title")
        page.add("P", SCREEN if self._fillable else PAPER, style="subtitle")
        items = page.add("L")
        for text in lines(ON_A_SCREEN if self._fillable else ON_PAPER):
            items.add_item("fact").add("P", text, style="fact")

    def _setting(self, page: Element) -> None:
        page.add("H2", "Your setting", style="part")
        table = page.add("Table", style="form-pairs")
        self._line(table.add("TR"), "setting", "name", span=3)
        kinds = [(kind.key, kind.title) for kind in self._catalogue.kinds]
        self._choice(table.add("TR"), "setting", "kind", kinds, "tick-pair")
        self._pair(table, ("setting", "site"), ("setting", "local_authority"))
        row = table.add("TR")
        self._text(row, "setting", "contact")
        self._line(row, "setting", "placement_length")
        row = table.add("TR")
        self._ticks(row, "setting", "key_stages", [(number, number) for number in "12345"], "tick-three", span=1)
        self._line(row, "setting", "places")
        self._choice(table.add("TR"), "setting", "full_or_part_time", list(SHORT_TIMES.items()), "tick-three")

    def _evaluation(self, page: Element) -> None:
        page.add("H2", "This evaluation", style="part")
        table = page.add("Table", style="form-pairs")
        self._pair(table, ("evaluation", "title"), ("evaluation", "period"))
        purposes = [(purpose.key, purpose.title) for purpose in self._catalogue.purposes]
        self._ticks(table.add("TR"), "evaluation", "purposes", purposes, "tick-pair")
        for asked in (one for purpose in self._catalogue.purposes for one in purpose.asks):
            kind, _, field = asked.field.partition(".")
            self._line(table.add("TR"), "setting" if kind == "setting" else "evaluation", field, asked.hint, span=2)
        self._pair(table, ("evaluation", "commissioner"), ("evaluation", "completed_by"))
        row = table.add("TR")
        self._text(row, "evaluation", "took_part")
        self._line(row, "evaluation", "completed_on")
        page.add("H3", label("evaluation", "summary"), style="part")
        page.add("P", IN_SHORT, style="hint")
        page.add("Form", blank=self._blank("This evaluation: in short", "evaluation.summary", lines=GROWS))

    def _cell(self, row: Element, kind: TargetKind, field: str, span: int, hint: str = "") -> Element:
        """The name of a field, with its hint, and the cell for what is filled in; a row is four columns wide."""
        named = row.add("TH", scope="Row", span=4 - span if hint else 1)
        named.add("P", TextRun(label(kind, field)), TextRun(f": {hint}" if hint else "", "muted"), style="fact")
        return row.add("TD", span=span)

    def _line(self, row: Element, kind: TargetKind, field: str, hint: str = "", *, span: int = 1) -> None:
        cell = self._cell(row, kind, field, span, hint)
        cell.add("Form", blank=self._blank(_says(kind, field), f"{kind}.{field}", one_line=True))

    def _pair(self, table: Element, *fields: tuple[TargetKind, str]) -> None:
        row = table.add("TR")
        for kind, field in fields:
            self._line(row, kind, field)

    def _text(self, row: Element, kind: TargetKind, field: str) -> None:
        self._cell(row, kind, field, 1).add("Form", blank=self._blank(_says(kind, field), f"{kind}.{field}"))

    def _choice(self, row: Element, kind: TargetKind, field: str, choices: list[tuple[str, str]], style: str) -> None:
        """One of several."""
        cell, says = self._cell(row, kind, field, 3), _says(kind, field)
        for key, title in choices:
            blank = self._blank(f"{says}: {title}", f"{kind}.{field}", tick=key, one_of=says)
            _tick(cell, blank, title, style)

    def _ticks(
        self, row: Element, kind: TargetKind, field: str, choices: list[tuple[str, str]], style: str, span: int = 3
    ) -> None:
        """Any of several."""
        cell, says = self._cell(row, kind, field, span), _says(kind, field)
        for key, title in choices:
            blank = self._blank(f"{says}: {title}", f"{kind}.{field}.{key}", tick=TICKED)
            _tick(cell, blank, title, style)

    # The sheet of an area

    def _area(self, page: Element, category: str, area: Area) -> None:
        page.add("P", category, style="eyebrow")
        page.add("H2", _heading(area), style="section")
        page.add("P", area.summary, style="small")
        self._top(page.add("Table", style="form-pairs"), area)
        self._questions(page, area)
        each = EACH_LINE if self._fillable else ""
        self._halves(
            page,
            area,
            ("strengths", PARTS["strengths"], f"{STRENGTHS} {each} {parts_hint(area)}"),
            ("development_areas", PARTS["development_areas"], f"{DEVELOPMENT_AREAS} {each}"),
        )
        self._halves(
            page,
            area,
            ("evidence", PARTS["evidence"], f"{EVIDENCE} {each}"),
            ("support", label("area", "support"), SUPPORT),
        )
        self._actions(page, area)

    def _top(self, table: Element, area: Area) -> None:
        """Whose sheet it is, and whether it is to be filled in at all."""
        cell = self._cell(table.add("TR"), "setting", "name", 3)  # sheets are parted at a meeting
        says = f"{_says_area(area)}: name of the setting, the same on each sheet"
        cell.add("Form", blank=self._blank(says, "setting.name", one_line=True))
        if area.does_not_apply:
            table.add("TR").add("TD", span=4).add_text(area.does_not_apply, style="cell-small")
        row = table.add("TR")
        says = f"{_says_area(area)}: this area does not apply to us"
        blank = self._blank(says, field_names.in_area(area.key, "does_not_apply"), tick=TICKED)
        _tick(row.add("TD", span=2), blank, REASON, "tick")
        reason = self._blank(f"{says}, because", field_names.in_area(area.key, "reason"))
        row.add("TD", span=2).add("Form", blank=reason)

    def _questions(self, page: Element, area: Area) -> None:
        table = page.add("Table", style="questions-form")
        _head(table, "Questions to think about", "Notes")
        for question in area.questions:
            part = area.sub_area_title(question.sub_area)
            row = table.add("TR")
            asked = row.add("TH", scope="Row")
            asked.add(
                "P", TextRun(f"{question.label}  ", "strong"), f"{part}: " if part else "", question.text, style="cell",
            )  # fmt: skip
            asked.add_text(" ".join(lines(question.help)), style="cell-small")
            says = f"{_says_area(area)}: notes on question {question.label}. {question.text}"
            row.add("TD").add("Form", blank=self._blank(says, field_names.note(area.key, question.key)))

    def _halves(self, page: Element, area: Area, *parts: tuple[str, str, str]) -> None:
        """Two parts of an area side by side: what each asks, above its room."""
        table = page.add("Table", style="form-halves")
        head, row = table.add("TR"), table.add("TR")
        for part, title, hint in parts:
            asked = head.add("TH", scope="Column")
            asked.add("P", title, style="cell-head")
            asked.add("P", " ".join(hint.split()), style="cell-small")
            each = "" if part == "support" else ", one on each line"
            says = f"{_says_area(area)}: {title[:1].lower()}{title[1:]}{each}"
            row.add("TD").add("Form", blank=self._blank(says, field_names.in_area(area.key, part), lines=GROWS))

    def _actions(self, page: Element, area: Area) -> None:
        table = page.add("Table", style="actions-form")
        _head(table, *(title for _, title in ACTION_PARTS))
        for number in range(1, field_names.ACTION_ROWS + 1):
            row = table.add("TR")
            for part, _ in ACTION_PARTS:
                says = f"{_says_area(area)}: action {number}, {part.replace('_', ' ')}"
                blank = self._blank(says, field_names.action(area.key, number, part))
                row.add("TD").add("Form", blank=blank)

    def _blank(
        self, says: str, name: str, *, lines: float = 1, one_line: bool = False, tick: str = "", one_of: str = ""
    ) -> Blank:
        whole = f"{self._mark}.{name}" if self._fillable else ""
        return Blank(says, whole, lines=lines, one_line=one_line, tick=tick, one_of=one_of)


def _head(table: Element, *titles: str) -> None:
    row = table.add("TR")
    for title in titles:
        row.add("TH", scope="Column").add("P", title, style="cell-head")


def _tick(parent: Element, blank: Blank, words: str, style: str) -> None:
    parent.add("Form", blank=blank)
    parent.add("P", words, style=style)


def _says(kind: TargetKind, field: str) -> str:
    about = "Your setting" if kind == "setting" else "This evaluation"
    return f"{about}: {label(kind, field)}"


def _says_area(area: Area) -> str:
    return f"Area {area.number}, {area.title}"


def _heading(area: Area) -> str:
    return f"{area.number}. {area.title}"


def parts_hint(area: Area) -> str:
    """How to say which part of the area a line is about; nothing where it has no parts."""
    if not area.sub_areas:
        return ""
    titles = [f"“{part.title}:”" for part in area.sub_areas]
    return f"Begin a line with {', '.join(titles[:-1])} or {titles[-1]} if it is about that part alone."
