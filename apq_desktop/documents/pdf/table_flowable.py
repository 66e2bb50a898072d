"""Tables: heads come again on the next page, and rows stay whole, but for those that need most of a page or more.

ReportLab's own Table is not used: it raises on a row taller than a page, or repeats the head in mid-page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from apq_desktop.documents.pdf.flowables import NEAR, Block, Inside, stacked
from apq_desktop.documents.pdf.page_canvas import Pages
from apq_desktop.documents.pdf.styles import RULE, TINT, TableStyle
from apq_desktop.documents.text.text_styles import ACCENT


@dataclass
class Cell:
    """A cell over ``span`` columns, with paragraphs one below the other."""

    blocks: list[Inside]
    span: int = 1

    def height_at(self, width: float) -> float:
        """How tall the paragraphs are together."""
        return stacked(self.blocks, width)

    def parted(self, width: float, height: float) -> tuple[Cell, Cell]:
        """What fits in ``height``, and the rest."""
        at, gap = 0.0, 0.0
        for n, block in enumerate(self.blocks):
            at += max(gap, block.space_before) if n else 0
            if at + block.height_at(width) > height + NEAR:
                parts = list(block.parted(width, height - at)) or [block]
                first = self.blocks[:n] + (parts[:1] if len(parts) > 1 else [])
                return replace(self, blocks=first), replace(self, blocks=[parts[-1], *self.blocks[n + 1 :]])
            at += block.height_at(width)
            gap = block.space_after
        return self, replace(self, blocks=[])


@dataclass
class Row:
    """A row. ``least`` is its least height, for a row to be filled in by hand."""

    cells: list[Cell]
    least: float = 0
    height: float = field(default=-1.0, compare=False)


RowMaker = Callable[[], Row]


class Table(Block):
    """Rows under a head, in columns of fixed shares. ``most`` is the height of an empty page.

    A row is made and measured when a page has reached it: a table of thousands takes no more room than one of a page.
    """

    space_before = 2.0
    space_after = 7.0
    leads = False

    def __init__(
        self, head: Row | None, rows: list[Row | RowMaker], style: TableStyle, most: float, *, again: bool = False
    ) -> None:
        self._head = head
        self._rows = rows
        self._style = style
        self._most = most
        self._again = again

    def height_at(self, width: float) -> float:
        """How tall the table is when it is ``width`` points wide; of one that no page holds, more than a page."""
        height = self._head_height(width) + 2 * self._edge
        for n in range(len(self._rows)):
            height += self._height(self._row(n), width)
            if height > self._most + NEAR:
                break
        return height

    def least(self, width: float) -> float:
        """The height of the head and of enough of the first row."""
        row = self._enough(self._row(0), width) if self._rows else 0
        return self._head_height(width) + row + 2 * self._edge

    def parted(self, width: float, height: float) -> list[Table]:
        """What fits in ``height``, and the rest; nothing where not even a row would fit."""
        room = height - self._head_height(width) - 2 * self._edge
        fit = 0
        while fit < len(self._rows) and self._height(self._row(fit), width) <= room + NEAR:
            room -= self._height(self._row(fit), width)
            fit += 1
        rows, rest = self._rows[:fit], self._rows[fit:]
        if rest and room >= self._enough(self._row(fit), width):
            above, below = self._part_row(self._row(fit), width, room)
            rows, rest = [*rows, above], [below, *rest[1:]]
        if not rest:
            return [self]
        if not rows:
            return []
        return [self._with(rows, again=self._again), self._with(rest, again=True)]

    def paint(self, pages: Pages, x: float, top: float, width: float) -> None:
        """Draw the table below ``top``."""
        style, left, inner = self._style, x + self._edge, width - 2 * self._edge
        if style.boxed:
            height = self.height_at(width)
            pages.box(x, top - height, width, height, RULE)
            top -= self._edge
        if self._head:
            height = self._head_height(width)
            pages.tint(left, top - height, inner, height, TINT)
            self._paint_row(pages, self._head, left, top, width)
            top -= height
            pages.rule(left, top, inner, ACCENT, 1.3)
        for n in range(len(self._rows)):
            row = self._row(n)
            self._paint_row(pages, row, left, top, width)
            top -= self._height(row, width)
            if not (style.boxed and n == len(self._rows) - 1):
                pages.rule(left, top, inner, RULE, 0.7)

    @property
    def _edge(self) -> float:
        return 9.0 if self._style.boxed else 0.0

    def measured_rows(self, width: float) -> list[tuple[Row, float]]:
        """Every row below the head, with its height without the padding; -1 as its ``height`` has it measured again."""
        rows = [self._row(n) for n in range(len(self._rows))]
        return [(row, self._height(row, width) - 2 * self._style.pad) for row in rows]

    def _row(self, n: int) -> Row:
        row = self._rows[n]
        if not isinstance(row, Row):
            row = self._rows[n] = row()
        return row

    def _with(self, rows: list[Row | RowMaker], *, again: bool) -> Table:
        return Table(self._head, rows, self._style, self._most, again=again)

    def _widths(self, row: Row, width: float) -> list[float]:
        inner = width - 2 * self._edge
        return [share * inner for share in _shares(self._style.columns, tuple([cell.span for cell in row.cells]))]

    def _height(self, row: Row, width: float) -> float:
        if row.height < 0:
            inner = [
                cell.height_at(column - 2 * self._style.side)
                for cell, column in zip(row.cells, self._widths(row, width), strict=True)
            ]
            row.height = max(max(inner) + 2 * self._style.pad, row.least)
        return row.height

    def _head_height(self, width: float) -> float:
        return self._height(self._head, width) if self._head else 0

    def _enough(self, row: Row, width: float) -> float:
        """The room in which a row may begin: all that it needs, or so much that moving it on would waste a page."""
        height = self._height(row, width)
        page = self._most - self._head_height(width) - 2 * self._edge
        return min(height, self._most / (2 if height <= page else 4))

    def _part_row(self, row: Row, width: float, height: float) -> tuple[Row, Row]:
        parts = [
            cell.parted(column - 2 * self._style.side, height - 2 * self._style.pad)
            for cell, column in zip(row.cells, self._widths(row, width), strict=True)
        ]
        return Row([above for above, _ in parts]), Row([below for _, below in parts])

    def _paint_row(self, pages: Pages, row: Row, x: float, top: float, width: float) -> None:
        for cell, column in zip(row.cells, self._widths(row, width), strict=True):
            inner, y, gap = column - 2 * self._style.side, top - self._style.pad, 0.0
            for n, block in enumerate(cell.blocks):
                y -= max(gap, block.space_before) if n else 0
                block.paint(pages, x + self._style.side, y, inner, artifact=row is self._head and self._again)
                y -= block.height_at(inner)
                gap = block.space_after
            x += column


@lru_cache
def _shares(columns: tuple[float, ...], spans: tuple[int, ...]) -> list[float]:
    """The shares of a table's width that cells have over so many of its columns each."""
    ends = list(accumulate(spans))
    return [sum(columns[end - span : end]) for span, end in zip(spans, ends, strict=True)]
