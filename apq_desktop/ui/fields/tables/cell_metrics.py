"""What the cells of a table show and how much room they need, kept until it changes: a table may have 2,000 rows."""

from __future__ import annotations

from typing import Any

from apq_desktop.ui.fields.tables.cell_painter import CellPainter
from apq_desktop.ui.fields.tables.item_model import Face
from apq_desktop.ui.fields.tables.item_rows import ItemRows


class CellMetrics:
    """The faces of all items, and the widths and heights that follow from them in one text size."""

    def __init__(self, rows: ItemRows) -> None:
        self._rows = rows
        self.cells = CellPainter()
        self.main = next(n for n, column in enumerate(rows.columns) if column.width == "main")
        self.fitted = [n for n, column in enumerate(rows.columns) if column.width == "fitted"]
        self.narrow = False
        """Whether the main column tells what the others would, because they have no room."""
        self._faces: dict[str, dict[int, Face]] = {}
        self._fitted_widths: dict[int, int] | None = None
        self._widths: dict[int, int] = {}

    def forget_sizes(self) -> None:
        """The text size is another."""
        self.cells = CellPainter()
        self._fitted_widths = None

    def forget(self, items: list[Any]) -> None:
        """What these items tell has changed."""
        for item in items:
            self._faces.pop(item.id, None)
        self._fitted_widths = None

    def forget_all(self) -> None:
        """The items are others, or the day is."""
        self._faces.clear()
        self._fitted_widths = None

    def faces(self, item: Any) -> dict[int, Face]:
        """What the cells of an item show, by their columns' numbers."""
        if item.id not in self._faces:
            columns = self._rows.columns
            self._faces[item.id] = {n: columns[n].face_of(item) for n in (self.main, *self.fitted)}
        return self._faces[item.id]

    def pieces(self, item: Any) -> list[Face]:
        """What the main column tells for the others."""
        faces, columns = self.faces(item), self._rows.columns
        told = {n: faces[n] if columns[n].field else Face(f"{columns[n].title} {faces[n].words}") for n in self.fitted}
        return list(told.values()) if self.narrow else []

    def fitted_widths(self) -> dict[int, int]:
        """The widths that the columns need that are fitted to their words."""
        if self._fitted_widths is None:
            faces = [self.faces(item) for item in self._rows.items]
            self._fitted_widths = {
                n: self.cells.fitted_width(self._rows.columns[n].title, {one[n] for one in faces}) for n in self.fitted
            }
        return self._fitted_widths

    def least_width(self) -> int:
        """The width below which the columns do not all fit."""
        return self.cells.least_main() + sum(self.fitted_widths().values())

    def divide(self, width: int) -> dict[int, int]:
        """Divide a width among the columns. Those that have no room are not in the answer."""
        fitted = self.fitted_widths()
        self.narrow = width < self.least_width()
        self._widths = {self.main: width} if self.narrow else {self.main: width - sum(fitted.values()), **fitted}
        return self._widths

    def height(self, row: int) -> int:
        """The height of a row in the widths that were divided last."""
        item = self._rows.item(row)
        if item is None:
            return self.cells.heading_height()
        faces = self.faces(item)
        if self.narrow:
            return self.cells.height(faces[self.main], self._widths[self.main], self.pieces(item))
        return max([self.cells.height(faces[n], width) for n, width in self._widths.items()])
