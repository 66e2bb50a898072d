"""A council's own questions join the toolkit's, and a slip or a trick in their file is found and named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.loader import load
from apq_desktop.toolkit.local_questions import load_local, with_local

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.toolkit.local_questions import LocalQuestions

EXAMPLE = paths.resources() / "example" / "northshire-questions.toml"
SMALL = """key = "oakdale"
name = "Oakdale Trust"
edition = "2027"

[[questions]]
key = "oakdale:7.1"
text = "Who reads with pupils?"
sub_area = "literacy"

[[questions]]
key = "oakdale:2.1"
text = "Who comes to the summer day?"
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "oakdale.toml"
    path.write_text(SMALL, "utf-8")
    return path


def change(pack: Path, old: str, new: str) -> Path:
    assert old in SMALL
    pack.write_text(SMALL.replace(old, new, 1), "utf-8")
    return pack


def refusal(pack: Path) -> str:
    """The key that is named; the file is named too."""
    with pytest.raises(InstrumentError) as refused:
        load_local(pack)
    assert refused.value.file == pack.name
    return refused.value.key


def more(area: int, count: int, pack_key: str = "oakdale") -> str:
    return "".join(f'\n[[questions]]\nkey = "{pack_key}:{area}.{n}"\ntext = "Why?"\n' for n in range(2, count + 2))


PAPER = """
[[papers]]
area = 6
title = "Guide to part-time timetables"
where = "Ask the team."
"""


def test_the_papers_of_a_pack_stand_beside_their_area(pack: Path, catalogue: Catalogue) -> None:
    change(pack, "\n[[questions]]", PAPER + "\n[[questions]]")
    both = with_local(catalogue, [load_local(pack)])
    (paper,) = both.area("attendance").papers
    assert (paper.title, paper.where, paper.offered_by) == (
        "Guide to part-time timetables", "Ask the team.", "Oakdale Trust"
    )  # fmt: skip
    assert both.area("attendance").questions == catalogue.area("attendance").questions
    assert not both.area("needs").papers


def test_a_pack_may_hold_papers_alone_but_not_nothing(pack: Path) -> None:
    head = SMALL.partition("[[questions]]")[0]
    pack.write_text(head + PAPER, "utf-8")
    assert not load_local(pack).questions
    pack.write_text(head, "utf-8")
    assert refusal(pack) == "questions"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("area = 6", "area = 0", "area"),
        ("area = 6", "area = 14", "area"),
        ("area = 6", 'area = "6"', "area"),
        ("Ask the team.", "x" * 301, "where"),
        ("Ask the team.", "Ask\\nthe team.", "where"),
        ("Guide to", "x" * 200, "title"),
        ('"Ask the team."', '"Ask the team."\nabout = "a\u202eb"', "about"),
        ('"Ask the team."', '"Ask the team."\nfile = "C:/guide.pdf"', "file"),
        ('"Ask the team."', '"Ask the team."\noffered_by = "Somebody"', "offered_by"),
    ],
)
def test_a_wrong_paper_is_named(pack: Path, old: str, new: str, key: str) -> None:
    change(pack, "\n[[questions]]", PAPER.replace(old, new) + "\n[[questions]]")
    assert refusal(pack) == f"papers.1.{key}"


def test_too_many_papers_for_an_area_are_refused(pack: Path) -> None:
    pack.write_text(SMALL + PAPER * 11, "utf-8")
    assert refusal(pack) == "papers.11"


def test_a_paper_about_a_part_that_is_none_is_named(pack: Path, catalogue: Catalogue) -> None:
    pack.write_text(SMALL + PAPER + 'sub_area = "literacy"\n', "utf-8")
    with pytest.raises(InstrumentError) as refused:
        with_local(catalogue, [load_local(pack)])
    assert refused.value.key == "papers.1.sub_area"


def test_the_example_pack_can_be_read_and_added(catalogue: Catalogue) -> None:
    both = with_local(catalogue, [load_local(EXAMPLE)])
    added = both.area("home-family").questions[-1]
    assert (added.key, added.asked_by, added.label) == (
        "northshire:2.1",
        "Northshire Council",
        "Northshire Council 2.1",
    )


def test_local_questions_follow_the_toolkits_in_the_order_of_the_packs(catalogue: Catalogue, pack: Path) -> None:
    both = with_local(catalogue, [load_local(EXAMPLE), load_local(pack)])
    keys = [question.key for question in both.area("home-family").questions]
    ours = [question.key for question in catalogue.area("home-family").questions]
    assert keys == [*ours, "northshire:2.1", "oakdale:2.1"]
    assert both.area("needs").questions[-1].sub_area == "literacy"
    assert both.area("workforce") is catalogue.area("workforce")


def test_the_instrument_itself_is_left_as_it_was(catalogue: Catalogue, pack: Path) -> None:
    with_local(catalogue, [load_local(pack)])
    assert all(not question.asked_by for area in catalogue.areas for question in area.questions)
    assert catalogue == load(paths.forms())


def test_the_toolkits_questions_are_labelled_by_their_number(catalogue: Catalogue) -> None:
    assert catalogue.area("attendance").questions[2].label == "6.3"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('key = "oakdale"', 'key = "Oak dale"', "key"),
        ('key = "oakdale"', 'key = "o"', "key"),
        ('edition = "2027"', "", "edition"),
        ('edition = "2027"', "edition = 2027", "edition"),
        ('edition = "2027"', 'edition = "2027"\nlogo = "x.png"', "logo"),
        ('name = "Oakdale Trust"', 'name = "Oak\\ndale"', "name"),
        ('name = "Oakdale Trust"', 'name = "tsurT \\u202e"', "name"),
        ('sub_area = "literacy"', 'asked_by = "The Department"', "questions.1.asked_by"),
        ('key = "oakdale:7.1"', 'key = "7.1"', "questions.1.key"),
        ('key = "oakdale:7.1"', 'key = "northshire:7.1"', "questions.1.key"),
        ('key = "oakdale:7.1"', 'key = "oakdale:14.1"', "questions.1.key"),
        ('key = "oakdale:7.1"', 'key = "oakdale:7.01"', "questions.1.key"),
        ('key = "oakdale:7.1"', 'key = "oakdale:7"', "questions.1.key"),
        ('key = "oakdale:7.1"', 'key = "oakdale:2.1"', "questions.2.key"),
        ('"Who reads with pupils?"', '" "', "questions.1.text"),
        ('"Who reads with pupils?"', '"a\\u0007b"', "questions.1.text"),
        ("Who reads with pupils?", "x" * 1001, "questions.1.text"),
        ('sub_area = "literacy"', f'help = "{"x" * 2001}"', "questions.1.help"),
    ],
)
def test_a_slip_in_a_pack_is_named(pack: Path, old: str, new: str, key: str) -> None:
    assert refusal(change(pack, old, new)) == key


def test_the_toolkits_own_files_cannot_name_who_asks(tmp_path: Path) -> None:
    forms = shutil.copytree(paths.forms(), tmp_path / "forms")
    file = forms / "community" / "01-workforce.toml"
    file.write_text(file.read_text("utf-8").replace('key = "1.2"', 'key = "1.2"\nasked_by = "Us"'), "utf-8")
    with pytest.raises(InstrumentError, match=r"questions\.2\.asked_by: unknown key"):
        load(forms)


@pytest.mark.parametrize(
    "content",
    [b"", b"key = =", "key = 'caf\u00e9'".encode("latin-1"), b"a = " + b"[" * 5_000, b"#" * 200_001],
    ids=["empty", "not TOML", "another encoding", "nested deep", "too large"],
)
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.toml"
    path.write_bytes(content)
    assert refusal(path) in ("file", "key")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.toml") == "file"
    assert refusal(tmp_path) == "file"


def test_a_pack_without_questions_is_refused(pack: Path) -> None:
    pack.write_text(SMALL.partition("\n[[")[0] + "\nquestions = []\n", "utf-8")
    assert refusal(pack) == "questions"


def test_too_many_questions_for_one_area_are_refused(pack: Path) -> None:
    pack.write_text(SMALL + more(2, 19), "utf-8")
    assert len(load_local(pack).questions) == 21
    pack.write_text(SMALL + more(2, 20), "utf-8")
    assert refusal(pack) == "questions.22"


def test_packs_together_cannot_fill_an_area(catalogue: Catalogue, tmp_path: Path) -> None:
    packs: list[LocalQuestions] = []
    for key in ("aa", "bb", "cc"):
        path = tmp_path / f"{key}.toml"
        path.write_text(f'key = "{key}"\nname = "{key}"\nedition = "1"\n' + more(1, 20, key), "utf-8")
        packs.append(load_local(path))
    assert len(with_local(catalogue, packs[:2]).area("workforce").questions) == 45
    with pytest.raises(InstrumentError, match="more than 60 for area 1"):
        with_local(catalogue, packs)


def test_the_same_pack_twice_is_refused(catalogue: Catalogue, pack: Path) -> None:
    one = load_local(pack)
    with pytest.raises(InstrumentError, match="used by another pack"):
        with_local(catalogue, [one, one])
    with pytest.raises(InstrumentError, match="used by another pack"):
        with_local(with_local(catalogue, [one]), [one])


def test_a_part_that_the_area_does_not_have_is_refused(catalogue: Catalogue, pack: Path) -> None:
    one = load_local(change(pack, "literacy", "sums"))
    with pytest.raises(InstrumentError, match=r"Oakdale Trust: questions\.1\.sub_area"):
        with_local(catalogue, [one])


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(pack: Path) -> None:
    before = load_local(pack)
    pack.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_local(pack) == before


@pytest.mark.parametrize(
    "bomb",
    [
        "a" + ".a" * 20_000 + " = 1",
        "a" + ' . "a"' * 20_000 + " = 1",
        "[" + "a." * 20_000 + "a]",
        "a = " + "[" * 50_000,
        "a = " + "{a = " * 30_000,
        "a = " + "1" * 100_000,
        "a = 0x" + "f" * 100_000,
        "a = 1" + "_1" * 50_000,
        'a = """' + '\\"""' * 40_000,
        "# " + "x" * 200_000,
    ],
    ids=lambda bomb: bomb[:12],
)
def test_what_a_parser_would_choke_on_is_refused_before_it_is_parsed(pack: Path, bomb: str) -> None:
    pack.write_text(f"{SMALL}\n{bomb}\n", "utf-8")
    assert refusal(pack) == "file"


def test_dots_brackets_and_digits_in_the_words_of_a_question_are_only_words(pack: Path) -> None:
    words = "Which of 1.1.1.1.1.1.1.1.1.1.1 [[[[[[[[[[ {{{{{{{{{{ " + "1" * 60 + " # do you know?"
    change(pack, "Who reads with pupils?", words)
    assert load_local(pack).questions[0].text == words


STANDARD = """
[[standards]]
key = "oakdale:2"
title = "A visit each term"
theme = "During a placement"
areas = [3]
"""


def test_a_pack_may_hold_standards_alone(pack: Path, catalogue: Catalogue) -> None:
    pack.write_text(SMALL.partition("[[questions]]")[0] + STANDARD, "utf-8")
    *_, own = with_local(catalogue, [load_local(pack)]).standards_lists
    assert [standard.name for standard in own.standards] == ["2 A visit each term"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("oakdale:2", "2", "standards.1.key"),
        ("oakdale:2", "northshire:2", "standards.1.key"),
        ("[3]", "[14]", "standards.1.areas"),
        ("A visit", "x" * 201, "standards.1"),
    ],
)
def test_a_slip_in_a_standard_is_named(pack: Path, old: str, new: str, key: str) -> None:
    pack.write_text(SMALL.partition("[[questions]]")[0] + STANDARD.replace(old, new, 1), "utf-8")
    assert refusal(pack) == key
