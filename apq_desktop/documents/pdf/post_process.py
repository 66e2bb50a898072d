"""The file, which pikepdf makes of the drawn pages, with embedded faces, bookmarks, links and the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from apq_desktop.documents.content.document_tree import Element, PagePlace
from apq_desktop.documents.pdf.attachment import EVALUATION_DATA, attach
from apq_desktop.documents.pdf.file_writer import FileWriter, spelt
from apq_desktop.documents.pdf.page_canvas import Link, Pages, Placed
from apq_desktop.documents.pdf.pdf_a import PdfDetails, add_archive
from apq_desktop.documents.pdf.structure_tags import StructureTree
from apq_desktop.documents.pdf.styles import A4
from apq_desktop.documents.text.font_subset import FontSubset
from apq_desktop.documents.text.typesetter import Typesetter

FieldMaker = Callable[[pikepdf.Pdf, Sequence[Placed]], list[tuple[Element, pikepdf.Object]]]


@dataclass(frozen=True)
class Data:
    """What goes into the PDF as an attachment, under its file name; ``says`` tells people what it is."""

    content: bytes
    name: str
    says: str = EVALUATION_DATA


def finished(
    document: Element,
    about: PdfDetails,
    typesetter: Typesetter,
    pages: Pages,
    data: Data | None = None,
    add_fields: FieldMaker | None = None,
) -> bytes:
    """The whole PDF, byte for byte the same whenever the same was drawn on ``pages``.

    ``add_fields`` makes fields of the blanks on the pages, where a form has them.
    """
    with pikepdf.new() as pdf:
        _add_pages(pdf, pages, typesetter)
        with pdf.open_outline() as outline:
            outline.root.extend(_bookmarks([page.obj for page in pdf.pages], document))
        fields = add_fields(pdf, pages.blanks) if add_fields else []
        links = _add_links(pdf, pages.links)
        tree = StructureTree(pdf, [*links, *fields])
        pdf.Root.PageMode = Name.UseOutlines
        add_archive(pdf, about)
        if data:
            attach(pdf, data.content, data.name, data.says, str(pdf.docinfo.get("/ModDate", "")))
        # A file with fields is not packed: PDFium breaks such a one where it adds what was typed to the file's end.
        file = FileWriter(pdf, packed=not fields)
        _write_links(file, pdf, pages.links, [annotation for _, annotation in links])
        tree.write(document, file)
        return file.finished()


def _add_pages(pdf: pikepdf.Pdf, pages: Pages, typesetter: Typesetter) -> None:
    """Add what was drawn, which is let go of meanwhile."""
    faces = [face for face in typesetter.faces.values() if len(face.drawn) > 1]
    fonts = pdf.make_indirect(Dictionary({f"/{face.resource}": _font(pdf, face) for face in faces}))
    resources = pdf.make_indirect(Dictionary(Font=fonts, ProcSet=Array([Name.PDF, Name.Text])))
    for content in pages.contents:
        stream = pdf.make_stream(content, Filter=Name.FlateDecode)
        page = Dictionary(Type=Name.Page, MediaBox=[0, 0, *A4], Contents=stream, Resources=resources)
        pdf.pages.append(pikepdf.Page(page))
    pages.contents.clear()


def _font(pdf: pikepdf.Pdf, face: FontSubset) -> pikepdf.Object:
    """A composite font whose codes are glyph numbers (ISO 32000-1, 9.7)."""
    subset = face.subset()
    ascent, descent, capital = face.measures()
    name = Name(f"/{face.name}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        ItalicAngle=0,
        Ascent=ascent,
        Descent=descent,
        CapHeight=capital,
        StemV=80,
        FontBBox=Array(face.box()),
    )
    _embed(pdf, face, subset, descriptor)
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if face.has_cubic_outlines else Name.CIDFontType2,
        BaseFont=name,
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        DW=0,
        W=_widths(face, subset),
    )
    if not face.has_cubic_outlines:
        inner.CIDToGIDMap = Name.Identity
    outer = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_stream(face.to_unicode()),
    )
    return pdf.make_indirect(outer)


def _widths(face: FontSubset, subset: hb.Face) -> pikepdf.Object:
    measure = hb.Font(subset)
    widths = [f"{number}[{round(measure.get_glyph_h_advance(number) * face.scale)}]" for number in sorted(face.drawn)]
    return pikepdf.Object.parse(f"[{' '.join(widths)}]".encode())


def _embed(pdf: pikepdf.Pdf, face: FontSubset, subset: hb.Face, descriptor: pikepdf.Dictionary) -> None:
    if face.has_cubic_outlines:
        program = pdf.make_stream(bytes(subset.blob.data))
        program.Subtype = Name.OpenType
        descriptor.FontFile3 = program
    else:
        file = bytes(subset.blob.data)
        program = pdf.make_stream(file)
        program.Length1 = len(file)
        descriptor.FontFile2 = program


def _destination(pages: Sequence[pikepdf.Object], place: PagePlace) -> Array:
    """The page with the place at its top."""
    return Array([pages[place.page], Name.XYZ, None, round(place.height + 40, 2), None])


def _add_links(pdf: pikepdf.Pdf, links: list[Link]) -> list[tuple[Element, pikepdf.Object]]:
    """Put the links on their pages, and return each with its element; what they say follows by ``_write_links``."""
    made: list[tuple[Element, pikepdf.Object]] = []
    pages = [page.obj for page in pdf.pages]
    annotations: list[list[pikepdf.Object]] = [[] for _ in pages]
    for link in links:
        annotation = pdf.make_indirect(Dictionary(P=pages[link.page]))
        annotations[link.page].append(annotation)
        made.append((link.element, annotation))
    for page, found in zip(pages, annotations, strict=True):
        if found:
            page.Annots = Array(found)
    return made


def _write_links(file: FileWriter, pdf: pikepdf.Pdf, links: list[Link], made: list[pikepdf.Object]) -> None:
    """Write the links as text: as objects of pikepdf they took a twentieth of the whole work."""
    pages = [page.obj.objgen[0] for page in pdf.pages]
    for link, annotation in zip(links, made, strict=True):
        box = " ".join([f"{edge:.2f}" for edge in link.box])
        says = f"/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[{box}]{_leads(pages, link.element)}>>"
        file.add(annotation.objgen[0], annotation.unparse(resolved=True).removesuffix(b">>") + says.encode())


def _leads(pages: Sequence[int], element: Element) -> str:
    """Where a link leads, and what is said of it. ``pages`` are the numbers of the pages in the file."""
    if element.address:
        address = spelt(f"mailto:{element.address}")
        return f"/A<</S/URI/URI{address}>>/Contents{spelt(f'Write to {element.address}')}"
    place = element.target.place if element.target else None
    assert place is not None, element.text
    says = spelt(f"{element.text.strip(' :')}, page {place.page + 1}")
    return f"/Dest[{pages[place.page]} 0 R/XYZ null {place.height + 40:.2f} null]/Contents{says}"


def _bookmarks(pages: Sequence[pikepdf.Object], element: Element) -> list[OutlineItem]:
    items = []
    for child in element.children:
        place = child.first_place() if child.bookmark else None
        if place:
            item = OutlineItem(child.bookmark, _destination(pages, place))
            item.children.extend(_bookmarks(pages, child))
            items.append(item)
    return items
