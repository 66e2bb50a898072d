"""What it means that an area does not apply: said where it is ticked, and in the area that then weighs more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.toolkit.catalogue import Area, Catalogue
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.text_labels import PlainLabel

AS_A_RULE = (
    "As a rule this area applies to every setting. Where only a part of it does not fit, keep the area and say so in "
    "one sentence."
)
SO_THIS_ONE = "Area {}, {}, does not apply to you, so this area weighs more."


class NotApplicableHint(QWidget):
    """What to think of before an area is left out, with links to the areas that then weigh more."""

    area_chosen = Signal(str)

    def __init__(self, catalogue: Catalogue, area: Area) -> None:
        super().__init__()
        column = column_in(self)
        column.addWidget(PlainLabel(area.does_not_apply or AS_A_RULE, quiet=True))
        for key in area.weighs_more:
            other = catalogue.area(key)
            link = LinkButton(f"Go to area {other.number}, {other.title}, which then weighs more", wrap=True)
            link.clicked.connect(lambda _=False, key=key: self.area_chosen.emit(key))
            column.addWidget(link)


class WeightHint(PlainLabel):
    """In the area that weighs more: which other areas do not apply, and that this one therefore does."""

    def __init__(self, session: EditingSession, area: Area) -> None:
        super().__init__()
        self._session = session
        self._others = [other for other in session.catalogue.areas if area.key in other.weighs_more]
        self._show()
        session.listeners.add(self._show, *((Target("area", other.key), "applies") for other in self._others))

    def _show(self, _change: Change | None = None) -> None:
        evaluation = self._session.evaluation
        left_out = [area for area in self._others if not evaluation.area(area.key).applies]
        self.setText("\n".join(SO_THIS_ONE.format(area.number, area.title) for area in left_out))
        if not left_out or self.parent() is not None:  # shown before it has a parent, it would be a window
            self.setHidden(not left_out)
