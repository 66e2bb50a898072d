"""The web page tells the PDF's story word for word, keeps to HTML's rules, and loads and runs nothing at all."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element as Node

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.outline import footer, story
from apq_desktop.documents.html.web_page import web_page
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import CODE, Maker
from tests.documents.filled_evaluation import filled_evaluation
from tests.documents.hostile_texts import HOSTILE, written
from tests.documents.pdf_readers import letters
from tests.documents.samples import SAMPLES, sample
from tests.documents.tag_checker import read_aloud

Reader = Callable[[str], Node]
HEADINGS = ("h1", "h2", "h3", "h4")
TEXTS = (*HEADINGS, "p")
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "nav", "details", "summary",
    "footer", *TEXTS, "a", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "bdi",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "name", "content", "class", "id", "dir", "href", "scope", "colspan",
    "aria-labelledby", "data-column", "open",
}  # fmt: skip
CLASS = re.compile(r"[a-z-]+")
MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")


def parsed(content: bytes) -> Node:
    """The page as a browser would understand it; the first breach of HTML's rules raises."""
    root: Node = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)
    return root


@pytest.fixture(scope="module")
def read(catalogue: Catalogue) -> Reader:
    """The page of a sample, by its name."""
    return cache(lambda name: parsed(web_page(sample(name, catalogue), catalogue, code=CODE)))


def test_the_reader_is_strict() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        parsed(b"<!DOCTYPE html><title>T</title><p>one <b>two</p>")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_tells_the_story_word_for_word_in_its_order(name: str, read: Reader, catalogue: Catalogue) -> None:
    assert told(read(name)) == to_tell(story(sample(name, catalogue), catalogue, code=CODE))


def test_the_page_and_the_pdf_say_the_same_in_the_same_order(read: Reader, made: Maker) -> None:
    """Numbers aside: the PDF has those of its pages. A browser draws the bullets of lists itself."""
    in_pdf = "".join(letters(text) for role, text in read_aloud(made("filled").path) if role != "Lbl")
    on_page = "".join(letters(text) for _, text in told(read("filled")))
    assert len(on_page) > 10_000
    assert without_numbers(on_page) == without_numbers(in_pdf).replace("StatePage", "State")


def without_numbers(text: str) -> str:
    return re.sub("[0-9]", "", text)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_holds_nothing_but_what_it_needs(name: str, read: Reader) -> None:
    assert dangers(read(name)) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_no_more_than_text(name: str, catalogue: Catalogue) -> None:
    evaluation = written(catalogue, HOSTILE[name])
    page = parsed(web_page(evaluation, catalogue))
    assert dangers(page) == []
    assert told(page) == to_tell(story(evaluation, catalogue))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'/=!-]")), max_size=300))
def test_any_text_at_all_is_told_whole(text: str, catalogue: Catalogue) -> None:
    evaluation = written(catalogue, text)
    page = parsed(web_page(evaluation, catalogue))
    assert dangers(page) == []
    assert told(page) == to_tell(story(evaluation, catalogue))


def test_a_browser_may_load_nothing_and_obey_no_style_but_the_page_s_own(read: Reader) -> None:
    page = read("example")
    (style,) = page.iter("style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    (policy,) = (meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv"))
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|expression|//", style.text or "")


def test_the_page_says_its_language_title_and_signs_and_fits_every_screen(read: Reader) -> None:
    page = read("filled")
    assert page.get("lang") == "en-GB"
    assert [title.text for title in page.iter("title")] == ["Riverside Learning: Self-evaluation 2026/27"]
    metas = [meta.attrib for meta in page.iter("meta")]
    assert metas[0] == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas


def test_the_foot_of_the_page_says_once_what_stands_on_every_sheet_of_the_pdf(read: Reader, filled: Evaluation) -> None:
    (foot,) = read("filled").iter("footer")
    assert "".join(foot.itertext()).strip() == footer(filled)


@pytest.mark.parametrize("name", SAMPLES)
def test_headings_landmarks_and_tables_can_be_found_and_named(name: str, read: Reader) -> None:
    page = read(name)
    ranks = [int(node.tag[1]) for node in page.iterfind("body//*") if node.tag in HEADINGS]
    ranks.remove(2)  # that of the contents
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(deeper <= rank + 1 for rank, deeper in pairwise(ranks))
    assert [child.tag for child in page.findall("body/*")] == ["header", "nav", "main", "footer"]
    names = {node.get("id"): "".join(node.itertext()) for node in page.iter() if node.get("id")}
    for node in [*page.iter("section"), *page.iter("nav"), *page.iter("table")]:
        assert names[node.get("aria-labelledby")].strip()
    assert {cell.get("scope") for cell in page.iter("th")} == {"row", "col"}
    assert {cell.get("scope") for cell in page.iterfind(".//thead//th")} == {"col"}


def test_every_link_leads_to_its_heading_or_to_what_it_speaks_of(read: Reader, catalogue: Catalogue) -> None:
    page = read("filled")
    names = {node.get("id"): "".join(node.itertext()) for node in page.iter() if node.get("id")}
    links = {link.text: names[str(link.get("href"))[1:]] for link in page.iterfind(".//nav//ul//a")}
    for area in catalogue.areas:
        assert links[f"{area.number} {area.title}"] == f"{area.number} {area.title}"
    assert links["Currency"] == "Currency"
    assert links["In short"] == "In short"
    (skip,) = page.iterfind(".//nav/a")
    assert names[str(skip.get("href"))[1:]] == "In short"
    numbers = [link for link in page.iterfind(".//main//a") if re.fullmatch("[AE][0-9]+", link.text or "")]
    assert len(numbers) > 30
    assert all(names[str(link.get("href"))[1:]].startswith(str(link.text)) for link in numbers)
    mail = [link for link in page.iterfind(".//main//a") if str(link.get("href")).startswith("mailto:")]
    assert [link.text for link in mail] == ["office@riverside.example"]


def test_each_area_can_be_folded_under_its_heading(read: Reader, catalogue: Catalogue) -> None:
    folds = list(read("filled").iter("details"))
    assert all("open" in fold.attrib for fold in folds)
    titles = ["".join(fold[0].itertext()) for fold in folds]
    assert titles == [f"{area.number} {area.title}" for area in catalogue.areas]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_cell_tells_the_column_that_it_stands_in(name: str, read: Reader) -> None:
    """A narrow screen shows the cells one below the other; one over several columns tells none."""
    for table in read(name).iter("table"):
        heads = ["".join(cell.itertext()) for cell in table.findall("thead/tr/th")]
        for row in table.findall("tbody/tr") if heads else ():
            at = 0
            for cell in row:
                span = int(cell.get("colspan", "1"))
                assert cell.get("data-column", heads[at]) == heads[at]
                assert (cell.get("data-column") is None) == (span > 1 or cell.tag == "th")
                at += span


@pytest.mark.parametrize("name", ["filled", "scripts"])
def test_every_text_finds_its_own_direction(name: str, read: Reader) -> None:
    page = read(name)
    parents = {child: parent for parent in page.iter() for child in parent}
    for node in page.findall("body")[0].iter():
        if node.tag in TEXTS and node.get("id") != "contents":
            assert node.get("dir") == "auto" or parents[node].get("dir") == "auto"
        assert (
            node.tag in ("bdi", "a") or not any(child.tag == "bdi" for child in node) or not (node.text or "").strip()
        )


@pytest.mark.parametrize("name", SAMPLES)
def test_two_pages_of_one_evaluation_are_the_same_bytes(name: str, catalogue: Catalogue) -> None:
    evaluation = sample(name, catalogue)
    assert web_page(evaluation, catalogue, code=CODE) == web_page(deepcopy(evaluation), catalogue, code=CODE)


def test_what_is_not_to_be_included_is_left_out(catalogue: Catalogue) -> None:
    filled = filled_evaluation(catalogue)
    less = web_page(filled, catalogue, include=Include(contact=False)).decode()
    assert "office@riverside.example" not in less
    assert "To question 6.3 we say" not in less
    assert "To question 6.3 we say" in web_page(filled, catalogue, include=Include(annexes=("notes",))).decode()


def told(page: Node) -> list[tuple[str, str]]:
    """The tag and text of every line that is told, in the order of the page; what is said to browsers is left out."""
    parts = [part for part in page.iterfind("body/*") if part.tag in ("header", "main")]
    found = [(node.tag, "".join(node.itertext())) for part in parts for node in part.iter() if is_line(node)]
    whole = "".join("".join(part.itertext()) for part in parts)
    assert whole.split() == "\n".join(text for _, text in found).split(), "no text stands outside"
    return found


def is_line(node: Node) -> bool:
    return node.tag in TEXTS or (node.tag in ("td", "th") and not any(child.tag in ("p", "ul") for child in node))


def to_tell(document: Element) -> list[tuple[str, str]]:
    return list(_to_tell(document))


def _to_tell(document: Element) -> Iterator[tuple[str, str]]:
    for element in document.walk():
        if element.on_paper:
            continue
        cell = element.role in ("TH", "TD") and (element.is_line or not element.children)
        if cell or element.role in ("H1", "H2", "H3", "H4", "P"):
            yield element.role.lower(), writable(element.line)


def writable(text: str) -> str:
    """HTML has no way to write a noncharacter."""
    return "".join("\ufffd" if ord(one) & 0xFFFE == 0xFFFE else one for one in text)


def dangers(page: Node) -> list[str]:
    """Whatever is on a page that has no business there."""
    names = [node.get("id", "") for node in page.iter() if node.get("id")]
    found = [f"{name} stands twice" for name in names if names.count(name) > 1]
    found += [f"the name {name}" for name in names if not re.fullmatch(r"part-\d+|contents", name)]
    for node in page.iter():
        if node.tag not in TAGS:
            found.append(f"the element {node.tag}")
        found += [f"{node.tag} with {attribute}" for attribute in node.attrib if attribute not in ATTRIBUTES]
        if not set(node.get("class", "").split()) <= set(CLASS.findall(node.get("class", ""))):
            found.append(f"the class {node.get('class')}")
        for attribute in ("href", "aria-labelledby"):
            goal = node.get(attribute)
            if goal is not None and goal.removeprefix("#") not in names and not MAIL.fullmatch(goal):
                found.append(f"{attribute} to {goal}")
    return found
