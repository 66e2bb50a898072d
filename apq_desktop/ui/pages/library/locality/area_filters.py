"""What is read across providers: which area and part of it, which words, and which settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.titles import area_title
from apq_desktop.library.collection import Wanted
from apq_desktop.services.locality.reading_across import PARTS, Choices, wanted_part
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.setting_filters import SettingFilters
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout, column_in

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

TYPING_MS = 200
LIST, COLUMNS = "list", "columns"
EVERY_AREA = "All areas"
ONLY_SOME = "Only some settings"


class AreaFilters(QWidget):
    """Area, part, words and layout in one row; which settings in a second that unfolds."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        areas = [(area.key, area_title(area.number, area.title)) for area in catalogue.areas]
        self.area = ChoiceField([*areas, ("", EVERY_AREA)])
        self.part = ChoiceField([(key, words) for key, (words, _, _) in PARTS.items()])
        self.layout_of = ChoiceField([(COLUMNS, "Side by side"), (LIST, "A list")])
        self.words, self.only = LineField(), FlagField("Only with these words")
        self.only.load(True)
        self._of_settings = SettingFilters(catalogue)
        self.kind, self.stage = self._of_settings.kind, self._of_settings.stage
        self.council, self.tag = self._of_settings.council, self._of_settings.tag
        self.sub_area = ChoiceField([("", "Every part")])
        box = column_in(self, 6)
        add_layout(box, self._first_row())
        box.addWidget(self._second_row())
        self._follow()
        self._offer_sub_areas()

    def _first_row(self) -> FlowLayout:
        row = FlowLayout(14, fill=True)
        for label, field in (
            ("Area", self.area),
            ("What is read", self.part),
            ("Shown as", self.layout_of),
            ("Find words", self.words),
        ):
            holder = compact_field(label, field)
            row.addWidget(holder)
            if field is self.layout_of:
                self._layout_holder = holder
        self._only_holder = compact_field(" ", self.only, name="Only with these words")
        row.addWidget(self._only_holder)
        self.begin = ChoiceField([("0", "The beginning")])
        self.begin_holder = compact_field("Begin with", self.begin)
        row.addWidget(self.begin_holder)
        return row

    def _second_row(self) -> Fold:
        self.more = Fold(ONLY_SOME)
        held, row = QWidget(), FlowLayout(14)
        held.setLayout(row)
        self._holders = {
            field: compact_field(label, field)
            for label, field in (
                ("Key stage", self.stage),
                ("Kind of setting", self.kind),
                ("Council", self.council),
                ("Your tag", self.tag),
                ("Part of the area", self.sub_area),
            )
        }
        for holder in self._holders.values():
            row.addWidget(holder)
        self.more.body.addWidget(held)
        return self.more

    def _follow(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._soon.timeout.connect(self.changed)
        self.words.changed.connect(self._words_typed)
        for field in (self.part, self.layout_of, self.kind, self.stage, self.sub_area, self.council, self.tag):
            field.changed.connect(self.changed)
        self.only.changed.connect(self.changed)
        self.area.changed.connect(self._area_chosen)
        self.changed.connect(self._tell_chosen)
        self._words_typed("")
        self._soon.stop()

    def _words_typed(self, words: str) -> None:
        self._only_holder.setVisible(bool(words.strip()))
        self._soon.start()

    def choose_area(self, key: str) -> None:
        """Read another area."""
        self.area.load(key)
        self._area_chosen()

    def _area_chosen(self, _key: str = "") -> None:
        self._offer_sub_areas()
        self.changed.emit()

    def _offer_sub_areas(self) -> None:
        key = self.area.value()
        parts = [(one.key, one.title) for one in self._catalogue.area(key).sub_areas] if key else []
        self.sub_area.offer_choices([("", "Every part"), *parts])
        self._holders[self.sub_area].setVisible(bool(parts))
        self._layout_holder.setVisible(bool(key))

    def offer(self, choices: Choices) -> None:
        """Offer what there is in the library. ``changed`` follows where something chosen is not there any more."""
        if not self._of_settings.offer(choices, self._holders[self.tag]):
            self.changed.emit()

    def _tell_chosen(self) -> None:
        """Say in the line what is chosen: folded, it would hide that some settings are left out."""
        chosen = ", ".join(field.currentText() for field in self._holders if field.value())
        self.more.button.setText(f"{ONLY_SOME}: {chosen}" if chosen else ONLY_SOME)
        self.more.button.show_open(is_open=self.more.button.is_open)

    def title(self) -> str:
        """The name of the area, or of all."""
        return self.area.currentText()

    def is_list(self) -> bool:
        """Whether passages stand one below the other: always, where all areas are read."""
        return not self.area.value() or self.layout_of.value() == LIST

    def wanted(self) -> Wanted:
        """What is to be read, but for the tag."""
        return wanted_part(
            self.part.value(),
            Wanted(
                area=self.area.value(),
                words=self.words.value(),
                kind=self.kind.value(),
                stage=self.stage.value(),
                sub_area=self.sub_area.value(),
                authority=self.council.value(),
            ),
        )
