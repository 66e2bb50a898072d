"""What settings can be filtered by, as the choices of the pages on which several stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.tables.table_panel import FilterChoice

if TYPE_CHECKING:
    from apq_desktop.services.locality.reading_across import Choices
    from apq_desktop.toolkit.catalogue import Catalogue


class SettingFilters:
    """Kind, key stage, council and tag. A page places the fields that it offers; the others leave nobody out."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.kind, self.stage = FilterChoice([("", "Every kind")]), ChoiceField([("", "All key stages")])
        self.council, self.tag = ChoiceField([("", "Every council")]), ChoiceField([("", "With or without")])

    def offer(self, choices: Choices, tag_holder: QWidget) -> bool:
        """Offer what there is in the library. Returns whether all that was chosen is still there."""
        fields = (self.kind, self.stage, self.council, self.tag)
        offered = (
            [(one, self._catalogue.kind_title(one)) for one in choices.kinds],
            [(one, f"Key stage {one}") for one in choices.stages],
            [(one, one) for one in choices.councils],
            [(one, one) for one in choices.tags],
        )
        chosen = [field.value() for field in fields]
        for field, there in zip(fields, offered, strict=True):
            field.offer_choices([("", field.itemText(0)), *there])
        tag_holder.setVisible(bool(choices.tags))
        return chosen == [field.value() for field in fields]
