"""What makes the PDF fit for an archive: who made it and when, which standards it keeps, and its colours.

PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. The dates are the evaluation's own, so that the same
evaluation makes the same file.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from apq_desktop import paths
from apq_desktop.evaluation.text.cleaning import clean_line, visible_text
from apq_desktop.evaluation.text.dates import moment

PROGRAM = "APQ Desktop"


@dataclass(frozen=True)
class PdfDetails:
    """What the file says of itself. ``created`` and ``changed`` are UTC stamps, or empty where not known.

    ``keywords`` say what went in (``Include.words``), so that the same pages can be made again.
    """

    title: str
    author: str = ""
    created: str = ""
    changed: str = ""
    keywords: str = ""


def add_archive(pdf: pikepdf.Pdf, about: PdfDetails) -> None:
    """Add the metadata, the same twice over (Info and XMP), and the meaning of the colours."""
    created, changed = moment(about.created), moment(about.changed)
    _set_info(pdf, about, created, changed)
    metadata = pdf.make_stream(_xmp(about, created, changed).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    # Made once by Little CMS, with its date of making left blank.
    profile = pdf.make_stream(b64decode((paths.resources() / "srgb.icc.base64").read_bytes()))
    profile.N = 3
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )


def pdf_date(at: datetime) -> str:
    """A moment in UTC as PDF writes it (ISO 32000-1, 7.9.4)."""
    return f"D:{at:%Y%m%d%H%M%S}+00'00'"


def _set_info(pdf: pikepdf.Pdf, about: PdfDetails, created: datetime | None, changed: datetime | None) -> None:
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    texts = {
        "/Title": _fit(about.title),
        "/Author": _fit(about.author),
        "/Keywords": _fit(about.keywords),
        "/Creator": PROGRAM,
        "/Producer": PROGRAM,
        "/CreationDate": pdf_date(created) if created else "",
        "/ModDate": pdf_date(changed) if changed else "",
    }
    for key, text in texts.items():
        if text:
            pdf.docinfo[key] = String(text)


def _fit(text: str) -> str:
    """``text`` without what XML cannot hold, so that Info and XMP can say the same."""
    return "".join(one for one in visible_text(clean_line(text)) if ord(one) & 0xFFFE != 0xFFFE)


def _xml(text: str) -> str:
    """``text`` for XML, in which nothing looks like the end of a PDF's stream to programs that search for one."""
    return escape(_fit(text)).replace("endstream", "endstrea&#109;").replace("endobj", "endob&#106;")


def _xmp(about: PdfDetails, created: datetime | None, changed: datetime | None) -> str:
    author = f"<dc:creator><rdf:Seq><rdf:li>{_xml(about.author)}</rdf:li></rdf:Seq></dc:creator>"
    dates = f"<xmp:CreateDate>{created.isoformat(timespec='seconds')}</xmp:CreateDate>" if created else ""
    if changed:
        stamp = changed.isoformat(timespec="seconds")
        dates += f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate><xmp:MetadataDate>{stamp}</xmp:MetadataDate>"
    return _XMP.format(
        title=_xml(about.title),
        author=author if _fit(about.author) else "",
        keywords=f"<pdf:Keywords>{_xml(about.keywords)}</pdf:Keywords>" if about.keywords else "",
        dates=dates,
        program=PROGRAM,
        schema=_UA_SCHEMA,
    )


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>{dates}<pdf:Producer>{program}</pdf:Producer>{keywords}
</rdf:Description>
{schema}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""

# PDF/A asks that a property it does not know itself be described (ISO 19005-3, 6.6.2.3).
_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
