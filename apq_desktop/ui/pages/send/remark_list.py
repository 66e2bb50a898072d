"""Remarks below each other, each with the place it is about and the way there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from apq_desktop.evaluation.rules.remarks.checks import Remark
from apq_desktop.evaluation.rules.remarks.remark_groups import RemarkGroup
from apq_desktop.ui.session.app_context import EvaluationView
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout, column_in
from apq_desktop.ui.widgets.text_labels import PlainLabel

NO_REMARK = "Nothing to point out."


class RemarkList(QWidget):
    """A list of remarks, made again each time it is shown."""

    def __init__(self, view: EvaluationView) -> None:
        super().__init__()
        self._view = view
        self._folds: list[Fold] = []
        body = column_in(self)
        self._rows = ReplaceableColumn()
        body.addWidget(self._rows)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks, or say that there is none."""
        self._rows.renew()
        if not remarks:
            self._rows.addWidget(PlainLabel(NO_REMARK, quiet=True))
        for remark in remarks:
            self._rows.addLayout(self._row(remark))

    def show_groups(self, groups: Sequence[RemarkGroup]) -> None:
        """Show one line for each group, which unfolds to its remarks; or say that there is nothing."""
        is_open = {fold.button.text() for fold in self._folds if fold.button.is_open}
        self._rows.renew()
        self._folds = [Fold(group.sentence) for group in groups]
        if not groups:
            self._rows.addWidget(PlainLabel(NO_REMARK, quiet=True))
        for group, fold in zip(groups, self._folds, strict=True):
            for remark in group.remarks:
                add_layout(fold.body, self._row(remark))
            fold.unfold(is_open=group.sentence in is_open)
            self._rows.addWidget(fold)

    def _row(self, remark: Remark) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(PlainLabel(remark.where, bold=True), 3)
        row.addWidget(PlainLabel(remark.text), 6)
        go = LinkButton("Go there", name=f"Go there: {remark.where}. {remark.text}")
        go.clicked.connect(lambda: self._view.go_to(remark))
        row.addWidget(go)
        return row
