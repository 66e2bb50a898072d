"""Read rows straight from a file's pages, without asking SQLite, which gives up where a page is damaged.

The layout is that of SQLite's file format, sections 1.5 and 1.6 ("B-tree Pages"): a table's rows lie in leaf pages; a
long row goes on in a chain of overflow pages; pages that are not used any more are on a list of free pages.
Nothing read here is believed: every number is checked against the bytes that are there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

LEAF = 13
KNOWN = frozenset({2, 5, 10, LEAF})
"""The first byte of a page: index and table, inner and leaf."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST_COLUMNS = 64
_LONGEST_ROW = 64 * 1024 * 1024

Value = None | int | float | str | bytes


class BrokenError(ValueError):
    """The bytes are not what they should be. Never leaves this floor."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number, and the values of its columns. ``readable`` is False where a text was not Unicode."""

    number: int
    values: tuple[Value, ...]
    readable: bool


class SqlitePages:
    """The pages of one file's bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        size = int.from_bytes(data[16:18], "big")
        size = 65536 if size == 1 else size
        is_size = size >= 512 and size & (size - 1) == 0
        self._size = size if is_size and data[:15] == b"SQLite format 3" else 4096
        self._usable = self._size - (data[20] if is_size and len(data) > 20 and data[20] < 32 else 0)
        self.count = len(data) // self._size
        self._free = self._free_pages()

    def leaves(self) -> Iterator[tuple[bool, list[RawRow]]]:
        """The rows of every page that is, or may be, a leaf in use; and whether it says of itself that it is."""
        for page in range(1, self.count + 1):
            if page in self._free:
                continue
            kind = self._page(page)[100 if page == 1 else 0]
            if kind == LEAF or kind not in KNOWN:
                rows = list(self._rows(page))
                if rows:
                    yield kind == LEAF, rows

    def _page(self, number: int) -> bytes:
        if not 1 <= number <= self.count:
            raise BrokenError
        return self._data[(number - 1) * self._size : number * self._size]

    def _free_pages(self) -> set[int]:
        """The pages that are not in use: what is in them was moved or dropped."""
        free: set[int] = set()
        trunk = int.from_bytes(self._data[32:36], "big")
        while 1 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            (after, listed) = struct.unpack(">II", page[:8])
            listed = min(listed, (self._size - 8) // 4)
            free.update(struct.unpack(f">{listed}I", page[8 : 8 + 4 * listed]))
            trunk = after
        return free

    def _rows(self, number: int) -> Iterator[RawRow]:
        page = self._page(number)
        start = 100 if number == 1 else 0
        cells = min(int.from_bytes(page[start + 3 : start + 5], "big"), self._size // 6)
        for cell in range(cells):
            place = start + 8 + 2 * cell
            at = int.from_bytes(page[place : place + 2], "big")
            try:
                yield self._row(page, at)
            except (BrokenError, IndexError, struct.error, OverflowError):
                continue

    def _row(self, page: bytes, at: int) -> RawRow:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        if not 2 <= length <= _LONGEST_ROW:
            raise BrokenError
        return _record(self._payload(page, at, length), number)

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """A row's bytes: those in its own page, and those in the pages that it goes on in."""
        most = self._usable - 35
        if length <= most:
            return page[at : at + length]
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        parts = [page[at : at + here]]
        after, got, seen = int.from_bytes(page[at + here : at + here + 4], "big"), here, set[int]()
        while got < length:
            if after in seen:
                raise BrokenError
            seen.add(after)
            more = self._page(after)
            parts.append(more[4 : self._usable])
            got += self._usable - 4
            after = int.from_bytes(more[:4], "big")
        return b"".join(parts)[:length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9


def _record(payload: bytes, number: int) -> RawRow:
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > _MOST_COLUMNS or kind < 0:
            raise BrokenError
    values: list[Value] = []
    readable, at = True, end
    for kind in kinds:
        value, size = _value(payload, at, kind)
        at += size
        if isinstance(value, bytes) and kind % 2:
            text = value.decode("utf-8", "replace")
            readable = readable and text.encode() == value
            values.append(text)
        else:
            values.append(value)
    if at != len(payload):
        raise BrokenError
    if values and values[0] is None:
        values[0] = number  # the row's number stands in the place of its first column
    return RawRow(number, tuple(values), readable)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """The value of one column, a text still as bytes, and how many bytes it takes."""
    size = _INTEGERS.get(kind, 8 if kind == 7 else max((kind - 12) // 2, 0))
    part = payload[at : at + size]
    if len(part) != size or kind in (10, 11):
        raise BrokenError
    if kind == 0:
        return None, 0
    if kind in (8, 9):
        return kind - 8, 0
    if kind == 7:
        return float(struct.unpack(">d", part)[0]), size
    return (int.from_bytes(part, "big", signed=True) if kind in _INTEGERS else part), size
