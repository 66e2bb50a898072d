"""A report quotes letter for letter, keeps disagreement apart, and names nobody where it is not to."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import docx
import html5lib
import page
import pytest

from apq_desktop.__main__ import main
from apq_desktop.documents.locality import report as content
from apq_desktop.documents.locality.report import report_page, report_pdf, report_tree
from apq_desktop.documents.locality.word import report_word
from apq_desktop.errors import NotAllowedError
from apq_desktop.library.collection import Passage, Revision, Wanted
from apq_desktop.review.anchors import texts_of
from apq_desktop.services.libraries import open_library as library_service
from apq_desktop.services.locality import themes
from apq_desktop.services.locality.library_report import (
    OMISSION,
    QUANTITIES,
    ReportRequest,
    draft_report,
    identifying,
    is_shortened,
    make_report,
    write_report,
)
from apq_desktop.services.locality.naming_words import NamesOfSettings
from tests.library import council

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

NAMING = "Élan works with Anna Smith in Kingsmead.\nEvery Monday."


def passages(library: FolderLibrary, revision: Revision, area: str = "attendance") -> list[Passage]:
    found = library.passages(library.places(Wanted(evaluation=revision.evaluation, area=area, parts=("strengths",))))
    return [one for one in found if one.field == "text"]


@pytest.fixture
def theme(library: FolderLibrary, tmp_path: Path) -> str:
    """A theme on passages of all settings: one disagrees, one is for its writer alone, one names people."""
    theme = themes.add_theme(library, "Getting here").id
    for revision in library.providers():
        first, *_ = passages(library, revision)
        anchor = themes.anchor_in(first, 2, 40)
        themes.put_theme(library, theme, revision.evaluation, anchor, disagrees=revision.name == "Zed")
        themes.summarise(library, revision, f"Most of it is about buses ({revision.name}).", anchor, theme=theme)
    naming = council.evaluation("Naming")
    naming.area("attendance").strengths[0].text = NAMING
    council.receive(library, *council.put(tmp_path / "more", naming))
    (revision,) = library.providers(Wanted(name="naming"))
    themes.put_theme(library, theme, naming.id, themes.anchor_in(passages(library, revision)[0]))
    secret = themes.anchor_in(passages(library, revision)[1])
    themes.put_theme(library, theme, naming.id, secret, audience="me")
    return theme


def test_what_somebody_summed_up_for_themselves_alone_hides_nothing_and_is_said_to_stay(
    library: FolderLibrary, theme: str
) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    private = themes.summarise(library, elm, "Between us: I doubt it.", theme=theme, audience="me")
    cell = library.state().summaries[elm.evaluation, theme], library.state().beside[elm.evaluation, theme]
    assert (cell[0].text, cell[1]) == ("Most of it is about buses (Elm).", (private,))
    (zed,) = library.providers(Wanted(name="Zed"))
    themes.summarise(library, zed, "I doubt it too.", area="needs", audience="me")
    draft = draft_report(library, council.catalogue(), ReportRequest("R", themes=[theme]))
    assert "Most of it is about buses (Elm)." in [one.text for one in draft.chapters[0].summaries]
    assert "doubt" not in str(draft)
    assert draft.private == ("Elm",)
    assert draft_report(library, council.catalogue(), ReportRequest("R")).private == ("Zed", "Elm")


def test_every_quotation_equals_its_source_letter_for_letter(library: FolderLibrary, theme: str) -> None:
    made = draft_report(library, council.catalogue(), ReportRequest("R", themes=[theme]))
    (chapter,) = made.chapters
    assert len(chapter.quotations) == len(council.NAMES) + 1
    sources = {
        one.evaluation: texts_of(library_service.received_evaluation(library, one, council.catalogue()))
        for one in library.providers()
    }
    for quotation in chapter.quotations:
        source = sources[quotation.evaluation][quotation.place]
        assert quotation.words == source[quotation.start : quotation.end]
        assert quotation.words
    report = make_report(made)
    told = [said.text for said in (*report.chapters[0].quotations, *report.chapters[0].disagreement)]
    assert sorted(told) == sorted(quotation.words for quotation in chapter.quotations)
    tree = "\n".join(element.text for element in report_tree(report).walk() if element.text)
    word = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(report_word(report))).paragraphs)
    web = "".join(html5lib.parse(report_page(report), namespaceHTMLElements=False).itertext())
    for quotation in chapter.quotations:
        for line in f"“{quotation.words}”".split("\n"):
            assert all(line in text for text in (tree, word, web)), line


def test_settings_are_alphabetical_and_disagreement_has_its_own_place(library: FolderLibrary, theme: str) -> None:
    (chapter,) = make_report(draft_report(library, council.catalogue(), ReportRequest("R", themes=[theme]))).chapters
    assert [said.who for said in chapter.quotations] == ["abbey", "Élan", "Elm", "Naming", "Ŵyn"]
    assert [said.who for said in chapter.disagreement] == ["Zed"]
    assert [said.who for said in chapter.summaries] == ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def test_two_years_of_one_setting_are_told_apart_by_their_titles(library: FolderLibrary, tmp_path: Path) -> None:
    years = [council.evaluation("Two years", title=f"Self-evaluation 202{n}") for n in (5, 6)]
    years[1].setting.id = years[0].setting.id
    council.receive(library, *council.put(tmp_path / "years", *years))
    for one in library.providers():
        themes.summarise(library, one, "By bus.", themes.anchor_in(passages(library, one)[0]), area="attendance")
    (chapter,) = make_report(draft_report(library, council.catalogue(), ReportRequest("R"))).chapters
    for said in (chapter.summaries, chapter.quotations):
        assert sorted(one.who for one in said) == sorted(
            [*council.NAMES, "Two years, Self-evaluation 2025", "Two years, Self-evaluation 2026"]
        )


def test_an_area_is_reported_from_what_was_marked_in_it(library: FolderLibrary, theme: str) -> None:
    made = make_report(draft_report(library, council.catalogue(), ReportRequest("R", areas=["attendance"])))
    (chapter,) = made.chapters
    assert len(chapter.quotations) + len(chapter.disagreement) == len(council.NAMES) + 1
    whole = make_report(draft_report(library, council.catalogue(), ReportRequest("R")))
    assert [one.title for one in whole.chapters] == [chapter.title, "Getting here"]


def test_without_names_all_that_may_name_somebody_is_listed_before(library: FolderLibrary, theme: str) -> None:
    request = ReportRequest("R", themes=[theme], named=False)
    unseen = draft_report(library, council.catalogue(), request)
    words = {one.words for one in identifying(unseen)}
    assert {"Élan", "Anna Smith", "abbey", "Zed"} <= words
    with pytest.raises(NotAllowedError):
        make_report(unseen)
    shorter = {NAMING: f"{OMISSION} works with {OMISSION}.\nEvery Monday."}
    shorter |= {one.text: one.text.replace(f"({name})", OMISSION) for one in identifying(unseen)
                for name in council.NAMES if f"({name})" in one.text}  # fmt: skip
    clean = draft_report(
        library, council.catalogue(), ReportRequest("R", themes=[theme], named=False, omissions=shorter)
    )
    left = [one for one in identifying(clean) if one.words in {*council.NAMES, "Anna Smith", "Kingsmead"}]
    assert left == []
    report = make_report(clean, looked_at=True)
    for data in (report_page(report), "".join(element.text for element in report_tree(report).walk()).encode()):
        assert not any(name.encode() in data for name in (*council.NAMES, "Anna"))
    document = docx.Document(io.BytesIO(report_word(report)))
    everything = [one.text for one in (*document.paragraphs, *document.comments)]
    assert not any(name in text for text in everything for name in (*council.NAMES, "Anna"))


def test_without_names_the_officers_titles_and_introduction_are_looked_at_and_shortened_too(
    library: FolderLibrary, theme: str
) -> None:
    themes.rename_theme(library, theme, "Buses to Élan")
    title, introduction = "Lunch at Ŵyn’s", "We thank J. Smith, and all."
    shorter = {"Buses to Élan": f"Buses {OMISSION}", title: f"Lunch {OMISSION}", introduction: f"{OMISSION} and all."}
    request = ReportRequest(title, introduction, areas=["attendance"], themes=[theme], named=False)
    unseen = draft_report(library, council.catalogue(), request)
    draft = draft_report(library, council.catalogue(), council.replace(request, omissions=shorter))
    told = [{one.words for one in identifying(made) if one.whole in shorter} for made in (unseen, draft)]
    assert told == [{"Élan", "Ŵyn", "J. Smith"}, set()]
    report = make_report(draft, looked_at=True)
    assert (report.title, report.introduction) == (shorter[title], shorter[introduction])
    assert [one.title for one in report.chapters][1:] == [shorter["Buses to Élan"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Children at Kestrel walk in.", ["Kestrel"]),
        ("We rang Siân O’Brien-Évans, and Élan Mary Ŵyn.", ["Siân O’Brien-Évans", "Élan Mary Ŵyn"]),
        ("Every Monday morning. The primary school’s yard. A level.", []),
        ("They live in NORTHSHIRE, at kestrel yard primary.", ["Kestrel Yard Primary", "Northshire"]),
    ],
)
def test_names_are_seen_also_in_part_and_with_any_letters(text: str, words: list[str]) -> None:
    assert NamesOfSettings({"Kestrel Yard Primary", "Northshire"}).words_that_name(text) == words


def test_a_shortened_quotation_can_only_leave_out() -> None:
    assert is_shortened("We run, and we walk.", f"We run {OMISSION} walk.".replace("run ", "run"))
    assert is_shortened("We run.", "We run.")
    assert not is_shortened("We do not run.", "We run.")
    assert not is_shortened("We do not run.", f"We do {OMISSION} fly.")


def test_words_of_quantity_have_their_meaning_in_the_report_that_uses_them(library: FolderLibrary, theme: str) -> None:
    report = make_report(draft_report(library, council.catalogue(), ReportRequest("R", themes=[theme])))
    assert report.words == QUANTITIES
    tree = "\n".join(element.text for element in report_tree(report).walk())
    assert all(meaning in tree for _, meaning in QUANTITIES)
    ours = "\n".join(value for name, value in vars(content).items() if name.isupper() and isinstance(value, str))
    assert not any(f" {word} " in f" {ours.lower()} " for word, _ in QUANTITIES)
    plain = ReportRequest("R", areas=["attendance"])
    for revision in library.providers():
        themes.summarise(library, revision, "It is about buses.", area="attendance")
    assert make_report(draft_report(library, council.catalogue(), plain)).words == ()


def test_notes_for_their_writer_alone_are_not_reported(library: FolderLibrary, theme: str) -> None:
    made = draft_report(library, council.catalogue(), ReportRequest("R", themes=[theme]))
    assert len([one for one in made.chapters[0].quotations if one.setting == "Naming"]) == 1


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_pdf_keeps_to_both_standards(profile: str, library: FolderLibrary, theme: str, tmp_path: Path) -> None:
    report = make_report(draft_report(library, council.catalogue(), ReportRequest("R", "Intro.", themes=[theme])))
    (tmp_path / "report.pdf").write_bytes(report_pdf(report))
    assert [one.message for one in page.validate_pdf(str(tmp_path / "report.pdf"), profile=profile).failures] == []


def test_the_word_document_has_headings_and_comments_that_say_where_words_stand(
    library: FolderLibrary, theme: str, tmp_path: Path
) -> None:
    report = make_report(draft_report(library, council.catalogue(), ReportRequest("R", "Intro.", themes=[theme])))
    written = write_report(report, tmp_path / "made")
    assert [path.suffix for path in written] == [".pdf", ".html", ".docx"]
    document = docx.Document(str(written[2]))
    styled = [(str(one.style and one.style.name), one.text) for one in document.paragraphs]
    headings = [text for style, text in styled if style.startswith(("Heading", "Title"))]
    assert headings[:3] == ["R", content.INTRODUCTION, "Getting here"]
    assert "Naming: Strength, revision 0" in {one.text for one in document.comments}
    quoted = [text for style, text in styled if style == "Quote" and text.startswith((*council.NAMES, "Naming"))]
    assert len(document.comments) == len(quoted) == len(council.NAMES) + 1


def test_the_command_line_lists_what_names_somebody_and_refuses(
    library: FolderLibrary, theme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    words = ["library", "report", str(library.files.folder), "--to", str(tmp_path / "to"), "--theme", "getting HERE"]
    assert main([*words, "--unnamed"]) == 1
    assert "Anna Smith" in capsys.readouterr().err
    (tmp_path / "omit.json").write_text(json.dumps({NAMING: OMISSION}), encoding="utf-8")
    assert main([*words, "--unnamed", "--omissions", str(tmp_path / "omit.json"), "--looked-at"]) == 0
    assert "Anna" not in (tmp_path / "to" / "library-report.html").read_text("utf-8")
    assert main([*words[:-1], "No such theme"]) == 1
