"""The template to fill in, on paper or on a screen: what is asked, in order, with room for each answer.

Each area is one sheet, so that a meeting can share the areas out: on its front the questions, with room for notes,
on its back the toolkit's own template (2022, Appendix 3) and the support that is wanted.
"""

from __future__ import annotations

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.blank_flowables import FormBlanks
from apq_desktop.documents.blank_form.form_fields import TICKED
from apq_desktop.documents.content.phrases import DOES_NOT_APPLY
from apq_desktop.documents.content.tree import Blank, Element, lines
from apq_desktop.documents.pdf.pdf_a import About
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.documents.text.styles import TextRun
from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.fields import FULL_OR_PART_TIME
from apq_desktop.evaluation.labels import PARTS, label
from apq_desktop.toolkit.catalogue import Area, Catalogue, Question

PAPER = "A template to print and write on"
SCREEN = "A template to fill in on a screen"
ON_PAPER = """
Each area has one sheet: its questions on the front, your evaluation on the back. Print on both sides, and a meeting \
can share the areas out.
Say what has changed for pupils, and how you know. Name no pupil.
Nothing is marked or added up. Where an area does not apply to you, say why, and leave the rest of its sheet.
"""
ON_A_SCREEN = """
Type in the boxes and save the file; you can go on another day. A box that is full scrolls.
Open the saved file in APQ Desktop (“Open…” in the “File” menu): it reads in what you typed. Do not print it to a \
new PDF, which has no boxes to read.
Say what has changed for pupils, and how you know. Name no pupil. Nothing is marked or added up.
"""
STRENGTHS = "What works well, what has changed for pupils, and how you know."
DEVELOPMENT_AREAS = "What you want to improve, and why."
EVIDENCE = "Documents, data, views and visits that show it, and where they are kept."
ACTIONS = "What you will do, who will do it (a role) and by when."
SUPPORT = "What would help you do this better."
REASON = "Tick the box and say why. The rest of the sheet can then stay empty."
IN_SHORT = "The main strengths and the main plans, in the leader’s own words."
SHORT_TIMES = {**FULL_OR_PART_TIME, "both": "Both"}
MORE_ACTIONS = "More than four can be added in APQ Desktop."
EACH_LINE = "Each line is one entry."
ACTION_PARTS = (("what", "Action"), ("who", "Who"), ("by_when", "By when"))


def template_title(catalogue: Catalogue) -> str:
    """The document's title, as a reading program shows it."""
    return f"Self-evaluation template: AP Quality Toolkit {catalogue.edition}"


def template(catalogue: Catalogue, *, fillable: bool) -> Element:
    """The whole template, with a council's own questions where the catalogue has them."""
    return _Template(catalogue, fillable=fillable).document


def template_pdf(catalogue: Catalogue, *, fillable: bool) -> bytes:
    """The bytes of a template with nothing in it: to print, or with fields to fill in."""
    name = template_title(catalogue)
    return printed(template(catalogue, fillable=fillable), About(name), Foot(name), blanks=FormBlanks())


class _Template:
    def __init__(self, catalogue: Catalogue, *, fillable: bool) -> None:
        self._catalogue, self._fillable = catalogue, fillable
        self._mark = field_names.mark(catalogue.edition)
        self.document = Element("Document")
        self._setting()
        self._evaluation()
        for category in catalogue.categories:
            section = self.document.add("Sect", bookmark=category.title)
            for area in category.areas:
                sheet = section.add("Sect", bookmark=_heading(area))
                self._front(sheet.add("Sect", style="whole-page"), category.title, area)
                self._back(sheet.add("Sect", style="whole-page"), area)

    # About the setting and the evaluation

    def _setting(self) -> None:
        page = self.document.add("Sect", bookmark="Your setting")
        page.add("P", f"The 13 quality areas of the AP Quality Toolkit {self._catalogue.edition}", style="eyebrow")
        page.add("H1", "Self-evaluation", style="title")
        page.add("P", SCREEN if self._fillable else PAPER, style="subtitle")
        items = page.add("L")
        for text in lines(ON_A_SCREEN if self._fillable else ON_PAPER):
            item = items.add("LI")
            item.add("Lbl", "•", style="told")
            item.add("LBody").add("P", text, style="told")
        page.add("H2", "Your setting", style="part")
        table = page.add("Table", style="form")
        self._line(table, "setting", "name")
        kinds = [(kind.key, kind.title) for kind in self._catalogue.kinds]
        self._choice(table, "setting", "kind", kinds)
        self._line(table, "setting", "site")
        self._line(table, "setting", "local_authority")
        self._text(table, "setting", "contact")
        self._ticks(table, "setting", "key_stages", [(number, number) for number in "12345"], style="tick-across")
        self._line(table, "setting", "places")
        times = list(SHORT_TIMES.items())
        self._choice(table, "setting", "full_or_part_time", times, style="tick-across")
        self._line(table, "setting", "placement_length")

    def _evaluation(self) -> None:
        page = self.document.add("Sect", style="whole-page", bookmark="This evaluation")
        page.add("H2", "This evaluation", style="section")
        table = page.add("Table", style="form")
        self._line(table, "evaluation", "title")
        self._line(table, "evaluation", "period")
        purposes = [(purpose.key, purpose.title) for purpose in self._catalogue.purposes]
        self._ticks(table, "evaluation", "purposes", purposes)
        for asked in (one for purpose in self._catalogue.purposes for one in purpose.asks):
            kind, _, field = asked.field.partition(".")
            self._line(table, "setting" if kind == "setting" else "evaluation", field, asked.hint)
        for name in ("commissioner", "completed_by"):
            self._line(table, "evaluation", name)
        self._text(table, "evaluation", "took_part")
        self._line(table, "evaluation", "completed_on")
        page.add("H3", label("evaluation", "summary"), style="part")
        page.add("P", IN_SHORT, style="hint")
        page.add("Form", blank=self._blank("This evaluation: in short", "evaluation.summary", lines=4))

    def _cell(self, table: Element, kind: TargetKind, field: str) -> Element:
        row = table.add("TR")
        row.add("TH", scope="Row").add("P", label(kind, field), style="fact-name")
        return row.add("TD")

    def _line(self, table: Element, kind: TargetKind, field: str, hint: str = "") -> None:
        cell = self._cell(table, kind, field)
        cell.add_text(hint, style="hint")
        cell.add("Form", blank=self._blank(_says(kind, field), f"{kind}.{field}", one_line=True))

    def _text(self, table: Element, kind: TargetKind, field: str) -> None:
        self._cell(table, kind, field).add("Form", blank=self._blank(_says(kind, field), f"{kind}.{field}", lines=2))

    def _choice(
        self, table: Element, kind: TargetKind, field: str, choices: list[tuple[str, str]], style: str = "tick"
    ) -> None:
        """One of several."""
        cell, says = self._cell(table, kind, field), _says(kind, field)
        for key, title in choices:
            blank = self._blank(f"{says}: {title}", f"{kind}.{field}", tick=key, one_of=says)
            _tick(cell, blank, title, style)

    def _ticks(
        self, table: Element, kind: TargetKind, field: str, choices: list[tuple[str, str]], style: str = "tick"
    ) -> None:
        """Any of several."""
        cell, says = self._cell(table, kind, field), _says(kind, field)
        for key, title in choices:
            blank = self._blank(f"{says}: {title}", f"{kind}.{field}.{key}", tick=TICKED)
            _tick(cell, blank, title, style)

    # The sheet of an area

    def _front(self, page: Element, category: str, area: Area) -> None:
        page.add("P", category, style="eyebrow")
        page.add("H2", _heading(area), style="section")
        page.add("P", area.summary, style="lead")
        if not self._fillable:  # sheets of paper are parted at a meeting
            self._line(page.add("Table", style="form"), "setting", "name")
        self._does_not_apply(page, area)
        page.add("H3", "Questions to think about", style="part")
        for question in area.questions:
            self._question(page, area, question)

    def _does_not_apply(self, page: Element, area: Area) -> None:
        page.add("H3", DOES_NOT_APPLY, style="part")
        page.add("P", f"{area.does_not_apply} {REASON}".strip(), style="hint")
        says = f"{_says_area(area)}: this area does not apply to us"
        blank = self._blank(says, field_names.in_area(area.key, "does_not_apply"), tick=TICKED)
        _tick(page, blank, "This area does not apply to us, because", "tick-strong")
        reason = self._blank(f"{says}, because", field_names.in_area(area.key, "reason"))
        page.add("Form", blank=reason)

    def _question(self, page: Element, area: Area, question: Question) -> None:
        part = area.sub_area_title(question.sub_area)
        page.add(
            "P", TextRun(f"{question.label}  "), TextRun(f"{part}: " if part else ""), question.text, style="asked",
        )  # fmt: skip
        page.add_text(question.help, style="hint")
        says = f"{_says_area(area)}: notes on question {question.label}. {question.text}"
        page.add("Form", blank=self._blank(says, field_names.note(area.key, question.key)))

    def _back(self, page: Element, area: Area) -> None:
        page.add("P", _heading(area), style="eyebrow")
        each = EACH_LINE if self._fillable else ""
        self._room(page, area, "strengths", PARTS["strengths"], f"{STRENGTHS} {each} {_parts_hint(area)}")
        self._room(page, area, "development_areas", PARTS["development_areas"], f"{DEVELOPMENT_AREAS} {each}")
        self._room(page, area, "evidence", PARTS["evidence"], f"{EVIDENCE} {each}")
        page.add("H3", PARTS["actions"], style="part")
        page.add("P", f"{ACTIONS} {MORE_ACTIONS if self._fillable else ''}".strip(), style="hint")
        self._actions(page, area)
        self._room(page, area, "support", label("area", "support"), SUPPORT)

    def _room(self, page: Element, area: Area, part: str, title: str, hint: str) -> None:
        page.add("H3", title, style="part")
        page.add("P", hint.strip(), style="hint")
        each = "" if part == "support" else ", one on each line"
        says = f"{_says_area(area)}: {title[:1].lower()}{title[1:]}{each}"
        page.add("Form", blank=self._blank(says, field_names.in_area(area.key, part), lines=2))

    def _actions(self, page: Element, area: Area) -> None:
        table = page.add("Table", style="actions-form")
        head = table.add("TR")
        for _, title in ACTION_PARTS:
            head.add("TH", scope="Column").add("P", title, style="cell-head")
        for number in range(1, field_names.ACTION_ROWS + 1):
            row = table.add("TR")
            for part, title in ACTION_PARTS:
                says = f"{_says_area(area)}: action {number}, {'what' if part == 'what' else title.lower()}"
                blank = self._blank(says, field_names.action(area.key, number, part), lines=1.5)
                row.add("TD").add("Form", blank=blank)

    def _blank(
        self, says: str, name: str, *, lines: float = 1, one_line: bool = False, tick: str = "", one_of: str = ""
    ) -> Blank:
        whole = f"{self._mark}.{name}" if self._fillable else ""
        return Blank(says, whole, lines=lines, one_line=one_line, tick=tick, one_of=one_of)


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


def _parts_hint(area: Area) -> str:
    """How to say which part of the area a line is about; nothing where it has no parts."""
    if not area.sub_areas:
        return ""
    titles = [f"“{part.title}:”" for part in area.sub_areas]
    return f"Begin a line with {', '.join(titles[:-1])} or {titles[-1]} if it is about that part alone."
