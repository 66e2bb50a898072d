"""The report of a locality as a tree, which becomes the PDF and the web page. No charts, and no order of settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.html.web_page import page_of
from apq_desktop.documents.pdf.layout import SAME_PAGE
from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.documents.text.text_styles import TextRun

INTRODUCTION = "About this report"
SUMMARIES = "What was read"
QUOTATIONS = "In the settings’ own words"
DISAGREEMENT = "Where settings say something else"
WORDS = "What words of quantity mean here"
WORDS_SAY = "A reviewer’s summary uses these words, and this is what they stand for:"
NO_ORDER = "Settings are not counted, compared or put in an order of worth."


@dataclass(frozen=True, slots=True)
class Said:
    """Something that one setting says, or a summary of it. ``where`` it stands is told in a comment."""

    who: str
    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One area or theme."""

    title: str
    summaries: Sequence[Said] = ()
    quotations: Sequence[Said] = ()
    disagreement: Sequence[Said] = ()

    @property
    def parts(self) -> list[tuple[str, Sequence[Said], bool]]:
        """Heading, what stands under it, and whether it is quoted; without what is empty."""
        everything = ((SUMMARIES, self.summaries, False), (QUOTATIONS, self.quotations, True))
        return [part for part in (*everything, (DISAGREEMENT, self.disagreement, True)) if part[1]]


@dataclass(frozen=True, slots=True)
class LocalityReport:
    """A report. ``words`` are words of quantity with their meaning; ``made`` is a UTC stamp, ``day`` as it is read."""

    title: str
    introduction: str
    about: str
    chapters: Sequence[Chapter]
    words: Sequence[tuple[str, str]]
    made: str
    day: str


def report_pdf(report: LocalityReport) -> bytes:
    """The bytes of an accessible PDF."""
    about = PdfDetails(report.title, "", report.made, report.made)
    return printed(report_tree(report), about, Foot(f"{report.title} · {report.day}"))


def report_page(report: LocalityReport) -> bytes:
    """The bytes of a web page."""
    return page_of(report_tree(report), report.title, f"{report.title} · {report.day}")


def report_tree(report: LocalityReport) -> Element:
    """The report in the order in which it is read aloud."""
    document = Element("Document")
    first = document.add("Sect", bookmark=INTRODUCTION)
    first.add("H1", report.title, style="title")
    first.add("P", report.day, style="subtitle")
    first.add("H2", INTRODUCTION, style="subsection")
    first.add_text(report.introduction)
    first.add("P", f"{report.about} {NO_ORDER}")
    for chapter in report.chapters:
        section = document.add("Sect", style=SAME_PAGE, bookmark=chapter.title)
        section.add("H2", chapter.title, style="section")
        for heading, said, quoted in chapter.parts:
            section.add("H3", heading, style="part")
            _add_list(section, said, quoted=quoted)
    if report.words:
        section = document.add("Sect", style=SAME_PAGE, bookmark=WORDS)
        section.add("H2", WORDS, style="section")
        section.add("P", WORDS_SAY)
        _add_list(section, [Said(word, meaning) for word, meaning in report.words], quoted=False)
    return document


def quoted_lines(said: Said, *, quoted: bool) -> list[str]:
    """The lines of what is said, in quotation marks where they are the setting's own words."""
    told = lines(said.text)
    if quoted and told:
        told[0] = f"“{told[0]}"
        told[-1] = f"{told[-1]}”"
    return told


def _add_list(section: Element, said: Sequence[Said], *, quoted: bool) -> None:
    items = section.add("L")
    for one in said:
        body = items.add_item()
        first, *rest = quoted_lines(one, quoted=quoted) or [""]
        body.add("P", TextRun(f"{one.who}: ", "strong"), first, style="entry")
        for line in rest:
            body.add("P", line, style="entry")
