"""The bytes of the file: its objects one after another, then the table of where each stands (ISO 32000-1, 7.5).

qpdf would hold every object unfolded until the end, and a long document has some hundred thousand. Here those of its
structure tree are text, which is let go of as it is written.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

import pikepdf

_BEGINNING = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
_ROW = struct.Struct(">BIH")
"""Of an object in the table: how it stands in the file, where, and what it is there (7.5.8.3)."""
_FREE, _ALONE, _PACKED = 0, 1, 2
_MOST_TOGETHER = 200


def spelt(text: str) -> str:
    """A text as a PDF spells it."""
    return pikepdf.String(text).unparse().decode()


class FileWriter:
    """Write what was made with ``pdf``, and objects of which it knows nothing.

    With ``packed`` the objects are packed together, compressed; else each can be found without unpacking anything.
    """

    def __init__(self, pdf: pikepdf.Pdf, *, packed: bool) -> None:
        self._pdf = pdf
        self._packed = packed
        self._file = bytearray(_BEGINNING)
        self._rows = [_ROW.pack(_FREE, 0, 0xFFFF)] + [b""] * len(pdf.objects)
        self._waiting: list[tuple[int, bytes]] = []

    def reserved(self) -> int:
        """The number of an object that ``add`` is given later."""
        self._rows.append(b"")
        return len(self._rows) - 1

    def add(self, number: int, content: bytes) -> None:
        """Write an object, given as a PDF spells it."""
        if not self._packed:
            self._add_alone(number, content)
            return
        self._waiting.append((number, content))
        if len(self._waiting) == _MOST_TOGETHER:
            self._pack()

    def finished(self) -> bytes:
        """The whole file, with those objects of ``pdf`` that were not added as text. Nothing can be added after it."""
        self._pack()
        for item in self._pdf.objects:
            number, _ = item.objgen
            if self._rows[number]:
                continue
            if isinstance(item, pikepdf.Stream):
                says = pikepdf.Dictionary({key: value for key, value in item.items() if key != "/Length"})
                self._add_stream(number, says.unparse(), item.read_raw_bytes())
            else:
                self.add(number, item.unparse(resolved=True))
        self._pack()
        self._add_table()
        return bytes(self._file)

    def _add_alone(self, number: int, content: bytes) -> None:
        self._rows[number] = _ROW.pack(_ALONE, len(self._file), 0)
        self._file += b"%d 0 obj\n%b\nendobj\n" % (number, content)

    def _add_stream(self, number: int, says: bytes, content: bytes) -> None:
        """Write a stream, compressed unless it is so already, or tells programs that know no PDF what the file is."""
        if b"/Filter " not in says and b"/Type /Metadata" not in says:
            content = zlib.compress(content)
            says = says[:-2] + b"/Filter /FlateDecode >>"
        says = says[:-2] + b"/Length %d >>" % len(content)
        self._add_alone(number, b"%b\nstream\n%b\nendstream" % (says, content))

    def _pack(self) -> None:
        """Write the objects that wait as one stream (7.5.7)."""
        if not self._waiting:
            return
        stream, at, places = self.reserved(), 0, []
        for n, (number, content) in enumerate(self._waiting):
            self._rows[number] = _ROW.pack(_PACKED, stream, n)
            places.append(b"%d %d" % (number, at))
            at += len(content) + 1
        head = b" ".join(places) + b"\n"
        says = b"<< /Type /ObjStm /N %d /First %d >>" % (len(places), len(head))
        self._add_stream(stream, says, head + b"\n".join([content for _, content in self._waiting]))
        self._waiting.clear()

    def _add_table(self) -> None:
        """Write the table and what leads to it. The file's number is drawn from all that is in it (14.4)."""
        assert all(self._rows)  # a number without an object would move every row after it
        root, about = self._pdf.Root.objgen[0], self._pdf.docinfo.objgen[0]
        mark = hashlib.sha256(self._file).hexdigest()[:32].encode()
        leads = b"/Root %d 0 R /Info %d 0 R /ID [ <%b> <%b> ]" % (root, about, mark, mark)
        number = self.reserved() if self._packed else 0
        begins = len(self._file)
        if self._packed:
            self._rows[number] = _ROW.pack(_ALONE, begins, 0)
            says = b"<< /Type /XRef /Size %d /W [ 1 4 2 ] %b >>" % (len(self._rows), leads)
            self._add_stream(number, says, b"".join(self._rows))
        else:
            self._file += b"xref\n0 %d\n0000000000 65535 f \n" % len(self._rows)
            self._file += b"".join([b"%010d 00000 n \n" % _ROW.unpack(row)[1] for row in self._rows[1:]])
            self._file += b"trailer\n<< /Size %d %b >>\n" % (len(self._rows), leads)
        self._file += b"startxref\n%d\n%%%%EOF\n" % begins
