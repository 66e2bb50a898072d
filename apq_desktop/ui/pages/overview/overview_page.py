"""The first page of an open evaluation: where to go on, how the areas stand, what comes next, and the file."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.progress import STATE_WORDS, state
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area, Catalogue, Category
from apq_desktop.ui.pages.overview.continue_card import ContinueCard
from apq_desktop.ui.pages.overview.file_card import FileCard
from apq_desktop.ui.pages.overview.next_actions import NextActions
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, TwoColumns, add_layout, column_in
from apq_desktop.ui.widgets.painted.state_mark import StateMark
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

WIDEST = 1016
READ_ONLY = "Read through the areas in any order. Nothing can be changed here."
LONGEST = 90
"""Characters of a fact about the evaluation."""


class Overview(FormScroll):
    """Where the user stopped; the thirteen areas in three groups; the next actions, the evaluation and its file."""

    help_key = "first-steps"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(widest=WIDEST)
        self._session, self._view = here.session, here.view
        self._marks: dict[str, tuple[StateMark, PlainLabel, LinkButton]] = {}
        self.go_on = ContinueCard(app, here)
        self.introduction = PlainLabel()
        self.introduction.hide()
        self.column.addWidget(PlainLabel(READ_ONLY) if here.session.read_only else self.go_on)
        self.column.addWidget(self.introduction)
        self.next_actions, self.file = NextActions(here), FileCard(app, here)
        self._about = ReplaceableColumn()
        columns = TwoColumns(28)
        for category in self._session.catalogue.categories:
            columns.left.addWidget(self._group(category))
        columns.right.addWidget(self.next_actions)
        columns.right.addWidget(self.file)
        columns.right.addWidget(self._about_this())
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show how everything stands now. Called whenever the page comes into view."""
        evaluation = self._session.evaluation
        purposes = self._session.catalogue.purposes_of(evaluation.purposes)
        introductions = [purpose.introduction for purpose in purposes if purpose.introduction]
        self.introduction.setText("\n\n".join(introductions))
        self.introduction.setVisible(bool(introductions))
        for area in self._session.catalogue.areas:
            now = state(evaluation, evaluation.area(area.key))
            mark, word, link = self._marks[area.key]
            mark.show_state(now)
            word.setText(STATE_WORDS[now])
            link.setAccessibleName(f"{area.number} {area.title}, {STATE_WORDS[now]}")
        self.go_on.refresh()
        self.next_actions.refresh(date.today())  # noqa: DTZ011 - the person's own day
        self.file.refresh()
        self._show_about()

    def _group(self, category: Category) -> QWidget:
        group = QWidget()
        column = column_in(group, 2)
        heading, about_it = PlainLabel(category.title, bold=True), PlainLabel(category.summary, quiet=True, scale=0.95)
        heading.setWordWrap(False)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(heading, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(about_it, 1, Qt.AlignmentFlag.AlignBottom)
        add_layout(column, top)
        column.addWidget(_rule())
        for area in category.areas:
            add_layout(column, self._area_row(area))
        return group

    def _area_row(self, area: Area) -> QHBoxLayout:
        row, mark, word = QHBoxLayout(), StateMark(), PlainLabel(quiet=True, scale=0.95)
        row.setSpacing(8)
        number = PlainLabel(str(area.number), quiet=True)
        link = LinkButton(area.title, wrap=True)
        link.clicked.connect(lambda: self._view.visit_area(area.key))
        for label in (number, word):
            label.setWordWrap(False)
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("00"))
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._marks[area.key] = mark, word, link
        row.addWidget(mark)
        row.addWidget(number)
        row.addWidget(link, 1)
        row.addWidget(word)
        return row

    def _about_this(self) -> QWidget:
        part = QWidget()
        column = column_in(part)
        change = LinkButton("Change details")
        change.clicked.connect(lambda: self._view.show_page("details"))
        column.addWidget(PlainLabel("About this evaluation", bold=True))
        column.addWidget(self._about)
        column.addWidget(change)
        return part

    def _show_about(self) -> None:
        """Show what is given, and name in one line what is not."""
        self._about.renew()
        facts = about(self._session.evaluation, self._session.catalogue)
        for label, text in facts:
            if text:
                row = QHBoxLayout()
                row.setSpacing(12)
                row.addWidget(PlainLabel(label, quiet=True), 2, Qt.AlignmentFlag.AlignTop)
                words = PlainLabel(text)
                words.setContentsMargins(5, 0, 0, 0)
                row.addWidget(words, 5, Qt.AlignmentFlag.AlignTop)
                self._about.addLayout(row)
        if missing := [label.lower() for label, text in facts if not text]:
            self._about.addWidget(PlainLabel(f"Not given yet: {', '.join(missing)}", quiet=True))


def about(evaluation: Evaluation, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the evaluation is about, as pairs of label and text."""
    setting = evaluation.setting
    kind = catalogue.kind_title(setting.kind) if setting.kind else ""
    purposes = "; ".join(catalogue.purpose_title(key) for key in evaluation.purposes)
    facts = [
        ("Setting", ", ".join(part for part in (setting.name, kind) if part)),
        ("Period", evaluation.period),
        ("Purpose", purposes),
        ("Who took part", evaluation.took_part),
        ("Commissioner", evaluation.commissioner),
    ]
    return [(label, _in_short(text)) for label, text in facts]


def _in_short(text: str) -> str:
    words = " ".join(visible_text(text).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line
