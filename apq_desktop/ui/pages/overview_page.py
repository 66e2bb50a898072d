"""The first page of an open evaluation: where every area stands, what it is about, what comes next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.progress import STATE_WORDS, is_open, state
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area, Catalogue, Category
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import Card, PathLabel, PlainLabel, Tag
from apq_desktop.ui.widgets.theme import STATE_TONES

NOT_PROVIDED = "Not provided"
WORK_THROUGH = "Work through the areas in any order. Everything is saved as you type, on this computer only."
READ_ONLY = "Read through the areas in any order. Nothing can be changed here."
CARD_CHARACTERS = 42
"""The width that a card needs, in average characters of the chosen text size."""


class Overview(FormScroll):
    """Three cards for the categories, then the evaluation itself, its next actions and its file."""

    help_key = "first-steps"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__()
        self._session, self._view = here.session, here.view
        session = here.session
        self._tags: dict[str, Tag] = {}
        self.column.addWidget(PlainLabel("Your self-evaluation", scale=1.9, bold=True))
        sentence = READ_ONLY if session.read_only else WORK_THROUGH
        self.column.addWidget(PlainLabel(sentence, scale=1.1, quiet=True))
        self.introduction = PlainLabel(scale=1.1)
        self.introduction.hide()
        self.column.addWidget(self.introduction)
        self._grid = CardGrid()
        for category in session.catalogue.categories:
            self._grid.add(self._category_card(category))
        self._about, self._actions = Card("About this evaluation"), Card("Next actions")
        self._about_rows, self._action_rows = ReplaceableColumn(), ReplaceableColumn()
        change = Button("Change details")
        change.clicked.connect(lambda: here.view.show_page("details"))
        _fill(self._about, self._about_rows, change)
        plan = Button("Open the action plan")
        plan.clicked.connect(lambda: here.view.show_tab("action_plan"))
        _fill(self._actions, self._action_rows, plan)
        place, place_rows = Card("Where it is kept"), ReplaceableColumn()
        place_rows.addWidget(PlainLabel("This file is yours. Nothing is sent anywhere unless you send it.", quiet=True))
        place_rows.addWidget(PathLabel(str(here.path)))
        folder = Button("Show the folder")
        folder.clicked.connect(lambda: app.navigator.show_folder(here.path.parent))
        _fill(place, place_rows, folder)
        for card in (self._about, self._actions, place):
            self._grid.add(card)
        self.column.addWidget(self._grid)
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
            self._tags[area.key].show_state(STATE_WORDS[now], STATE_TONES[now])
        _show_facts(self._about_rows, about(evaluation, self._session.catalogue))
        _show_facts(self._action_rows, next_actions(evaluation.actions, date.today()))  # noqa: DTZ011 - the person's own day

    def _category_card(self, category: Category) -> Card:
        card = Card(category.title, category.summary)
        for area in category.areas:
            card.body.addWidget(_rule())
            card.body.addLayout(self._area_row(area))
        card.body.addStretch(1)
        return card

    def _area_row(self, area: Area) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        number = PlainLabel(str(area.number), bold=True)
        number.setWordWrap(False)
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance("000"))
        row.addWidget(number)
        tag = Tag()
        self._tags[area.key] = tag
        link = LinkButton(area.title, name=f"{area.number} {area.title}", wrap=True)
        link.clicked.connect(lambda: self._view.visit_area(area.key))
        row.addWidget(link, 1)
        row.addWidget(tag)
        return row


class CardGrid(QWidget):
    """Cards in as many equal columns as the width holds at the chosen text size, at most three."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)

    def add(self, card: Card) -> None:
        """Put one more card at the end."""
        self._cards.append(card)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        """Choose the number of columns anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        character = self.fontMetrics().averageCharWidth()
        columns = max(1, min(3, self.width() // (character * CARD_CHARACTERS)))
        if columns == self._columns:
            return
        self._columns = columns
        for position, card in enumerate(self._cards):
            self._grid.addWidget(card, position // columns, position % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def about(evaluation: Evaluation, catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the evaluation is about, as pairs of label and text."""
    setting = evaluation.setting
    kind = catalogue.kind_title(setting.kind) if setting.kind else ""
    purposes = "; ".join(catalogue.purpose_title(key) for key in evaluation.purposes)
    took_part = " ".join(visible_text(evaluation.took_part).split())
    return [
        ("Setting", ", ".join(part for part in (setting.name, kind) if part)),
        ("Period", evaluation.period),
        ("Purpose", purposes),
        ("Who took part", took_part if len(took_part) < 90 else took_part[:89] + "…"),
        ("Commissioner", evaluation.commissioner),
    ]


def next_actions(actions: list[Action], today: date) -> list[tuple[str, str]]:
    """The open actions by when they are due, as pairs of label and text. Nothing is counted against anybody."""
    waiting = [(dates.parse(action.by_when), action) for action in actions if is_open(action)]
    if not waiting:
        return [("Open actions", "None yet")]
    overdue = [action for day, action in waiting if day and day < today]
    month = [a for day, a in waiting if day and day >= today and (day.year, day.month) == (today.year, today.month)]
    later = [a for day, a in waiting if day and day > today and (day.year, day.month) != (today.year, today.month)]
    undated = [action for day, action in waiting if not day]
    groups = (("Overdue", overdue), ("This month", month), ("Later", later), ("Without a date", undated))
    return [(name, _in_words(group)) for name, group in groups if group]


def _in_words(group: list[Action]) -> str:
    if len(group) == 1:
        return f"1 action: {visible_text(group[0].what) or 'not written yet'}"
    return f"{len(group)} actions"


def _show_facts(rows: ReplaceableColumn, facts: list[tuple[str, str]]) -> None:
    rows.renew()
    for label, text in facts:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PlainLabel(label, quiet=True), 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(
            PlainLabel(visible_text(text) or NOT_PROVIDED, quiet=not visible_text(text)), 3, Qt.AlignmentFlag.AlignTop
        )
        rows.addLayout(row)


def _fill(card: Card, rows: ReplaceableColumn, button: Button) -> None:
    card.body.addWidget(rows)
    card.body.addStretch(1)
    foot = FlowLayout()
    foot.addWidget(button)
    card.body.addLayout(foot)


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(line.palette().ColorRole.Mid)
    return line
