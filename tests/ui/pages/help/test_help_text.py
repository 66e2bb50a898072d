"""Every help page is in the small subset of Markdown, and whatever is not in it fails with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.ui.pages.help.help_markdown import HelpPageError, parsed, read_help
from tests.ui.help_pages import HELP, pages

if TYPE_CHECKING:
    from pathlib import Path


def test_every_file_is_a_page_and_none_is_alike_another() -> None:
    files = {path.name for path in HELP.iterdir()} - {"README.md"}
    assert len(pages()) == len(files) >= 12
    titles = [page.title for page in pages().values()]
    assert len(set(titles)) == len(titles)
    for page in pages().values():
        assert len(page.as_text().split()) < 500, f"{page.key} is long for a help page"
        assert page.blocks


@pytest.mark.parametrize(
    "line",
    [
        "Words in **bold**", "A [link](page.md)", "![picture](a.png)", "`code`", "# Another title", "### Deeper",
        "> quoted", "* another list", "+ another list", "    code", "| a | table |", "<b>markup</b>", "a &amp; b",
        "2. begins with two", "1) another way", "---", "See https://example.org", "- ", "A space at the end ",
        "  goes on from nothing",
    ],
)  # fmt: skip
def test_what_is_not_in_the_subset_fails_with_file_and_line(line: str) -> None:
    with pytest.raises(HelpPageError, match=r"^77-page\.md, line 3: "):
        parsed(f"# Title\n\n{line}\n", "77-page.md", "page")


@pytest.mark.parametrize("text", ["", "Words first\n", "\n# Title\n", "## Heading\n"])
def test_a_page_without_its_title_fails(text: str) -> None:
    with pytest.raises(HelpPageError, match=r"^a\.md, line 1: "):
        parsed(text, "a.md", "a")


@pytest.mark.parametrize("together", ["Words\n- item", "- item\nwords", "## Heading\nwords", "1. step\n- item"])
def test_an_empty_line_is_wanted_between_two_kinds(together: str) -> None:
    with pytest.raises(HelpPageError, match="line 4: an empty line"):
        parsed(f"# Title\n\n{together}\n", "a.md", "a")


def test_the_subset_is_read_as_it_is_meant() -> None:
    text = "# The title\n\nOne\ntwo.\n\n## Part\n\n- first\n  goes on\n- second\n\n1. do\n2. then\n"
    page = parsed(text, "01-key.md", "key")
    assert page.title == "The title"
    assert [(block.kind, block.texts) for block in page.blocks] == [
        ("paragraph", ("One two.",)),
        ("heading", ("Part",)),
        ("bullets", ("first goes on", "second")),
        ("steps", ("do", "then")),
    ]


def test_a_file_with_another_kind_of_name_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("| about | this |\n", encoding="utf-8")
    (tmp_path / "02-b.md").write_text("# B\n", encoding="utf-8")
    (tmp_path / "01-a.md").write_text("# A\n", encoding="utf-8")
    assert [page.key for page in read_help(tmp_path)] == ["a", "b"]
