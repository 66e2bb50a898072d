"""Which words are known: the dictionary that Debian has, the sector's words, the person's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths, services
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.spelling import dictionary
from apq_desktop.ui.spelling.dictionary import Dictionary, OwnWords

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 1_000_000


@pytest.fixture(scope="module")
def stem() -> Path:
    """The dictionary that packaging/system_parts.py installs for the tests."""
    found = dictionary.find(dictionary.folders())
    assert found is not None
    return found


@pytest.fixture(scope="module", params=["compiled", "pure Python"])
def british(request: pytest.FixtureRequest, stem: Path, tmp_path_factory: pytest.TempPathFactory) -> Dictionary:
    """By the checker of most systems, and by the one where no wheel of that exists."""
    own = OwnWords(tmp_path_factory.mktemp("own") / "words.txt")
    if request.param == "compiled":
        return Dictionary(stem, own)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "hunspell", None)
        return Dictionary(stem, own)


def unknown(british: Dictionary, text: str) -> list[str]:
    return [word[0] for word in british.unknown_in(text, EVERY)[0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Teh safegaurding lead recieved it.", ["Teh", "safegaurding", "recieved"]),
        ("The color of his behavior", ["color", "behavior"]),
        ("We dont. They don't. You don’t.", ["dont"]),
        ("Their atten\u00addanse", ["atten\u00addanse"]),
        ("A co-ordinatd, half-termly plan", ["ordinatd"]),
        ("One\u2028line, anothr\u2028line", ["anothr"]),
    ],
)
def test_what_is_not_british_english_is_found_at_its_place(british: Dictionary, text: str, words: list[str]) -> None:
    found, _ = british.unknown_in(text, EVERY)
    assert [text[word.start() : word.end()] for word in found] == words


@pytest.mark.parametrize(
    "text",
    [
        "SEND, EHCP and EHCPs, the DSL's deputy, two DSLs",
        "KS4, Y10s, 2nd, 11am, half_term",
        "MyConcern and iPads",
        "Write to anna.kowalsk@northshir.example or see www.northshir.example/localofer and https://xqz",
        "planx_2026.docx and S:\\Sharedd\\Evidense",
        "Привет, ζωή, مرحبا, नमस्ते, 你好",
        "A b c: x",
        "x" * 60,
        "SENCO, SENCo, keyworker, Keyworkers, keyworker's, safeguarding, wellbeing, dysregulated, termly, Ofsted",
        "The five Ps; pupils' and pupils’ views",
        "atten\u00addance, safe\u200bguarding, wel\u2060come\ufeff, cafe\u0301, be\u00adhaviour’s",
        "We \ufb01nd it, the \ufb02ow is di\ufb00erent",  # as copied from a PDF
    ],
)
def test_what_no_dictionary_can_judge_is_left_alone(british: Dictionary, text: str) -> None:
    assert unknown(british, text) == []


def test_a_paragraph_in_another_language_is_left_alone(british: Dictionary) -> None:
    polish = "Moja córka bardzo lubi chodzić do tej szkoły i dobrze się tam czuje, bo nauczyciele jej słuchają."
    assert unknown(british, polish) == []
    assert unknown(british, "Her mother said: dziękuję bardzo.") == ["dziękuję", "bardzo"]


def test_little_of_what_the_program_itself_says_is_unknown(british: Dictionary) -> None:
    evaluation = services.example(load(paths.forms()))
    written = [entry.text for area in evaluation.areas for entry in (*area.strengths, *area.development_areas)]
    written += [question.note for area in evaluation.areas for question in area.questions]
    written += [action.what for action in evaluation.actions]
    assert len(" ".join(written).split()) > 1_000
    names = {"Northshire", "Pierwszy", "tydzień", "Prima", "săptămână"}
    assert {word for text in written for word in unknown(british, text)} <= names
    pages = [page.read_text("utf-8") for page in (paths.resources() / "help").glob("0*.md")]
    assert {word for page in pages for line in page.splitlines() for word in unknown(british, line)} <= {"Esc", "apq"}


def test_the_sectors_list_is_one_word_a_line_in_order() -> None:
    lines = (paths.resources() / "sector-words.txt").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines), key=lambda word: (word.casefold(), word))
    assert all(word.isalpha() for word in lines)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("safegaurding", "safeguarding"),
        ("recieve", "receive"),
        ("behavour", "behaviour"),
        ("Keywroker", "Keyworker"),
        ("wouldnt", "wouldn't"),
        ("have’nt", "haven’t"),
    ],
)
def test_the_word_that_was_meant_is_suggested_first(british: Dictionary, word: str, meant: str) -> None:
    suggested = british.suggestions(word)
    assert suggested[0] == meant
    assert len(suggested) <= dictionary.MOST_SUGGESTIONS


def test_only_so_many_new_words_are_looked_up_at_once(stem: Path, tmp_path: Path) -> None:
    british = Dictionary(stem, OwnWords(tmp_path / "words.txt"))
    text = "Teh wierd schol is definately ther."
    found, new = british.unknown_in(text, 2)
    assert ([word[0] for word in found], new) == (["Teh", "wierd"], 6)
    assert british.unknown_in(text, EVERY)[1] == 4
    found, new = british.unknown_in(text, 0)
    assert ([word[0] for word in found], new) == (["Teh", "wierd", "schol", "definately", "ther"], 0)


def test_my_words_are_known_in_every_form_and_kept(stem: Path, tmp_path: Path) -> None:
    file = tmp_path / "made for it" / "words.txt"
    first = Dictionary(stem, OwnWords(file))
    assert unknown(first, "Penybryn zorbing") == ["Penybryn", "zorbing"]
    for word in ("Penybryn’s", "zorbing", "zorbing"):
        first.add(word)
    assert unknown(first, "Penybryn, Penybryn's, zorbing. Zorbing") == []
    assert file.read_bytes() == b"Penybryn\nzorbing\n"
    later = Dictionary(stem, OwnWords(file))
    assert unknown(later, "Penybryn zorbing penybryn") == ["penybryn"], "a name stays a name"


def test_my_words_may_be_written_by_hand(stem: Path, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_bytes("\ufeffzorbing\r\n\r\n  Łomża \r\nqwx".encode() + b"\xff\nlast")
    british = Dictionary(stem, OwnWords(file))
    assert unknown(british, "zorbing in Łomża, last") == []
    british.add("parkour’d")
    assert file.read_bytes().endswith(b"\nlast\nparkour'd\n")


def test_a_word_that_cannot_be_kept_is_said_and_known_all_the_same(stem: Path, tmp_path: Path) -> None:
    british = Dictionary(stem, OwnWords(tmp_path))
    with pytest.raises(OSError, match=tmp_path.name):
        british.add("zorbing")
    assert unknown(british, "zorbing") == []


def test_a_dictionary_is_found_by_either_of_its_names(tmp_path: Path) -> None:
    assert dictionary.find([tmp_path, tmp_path / "missing"]) is None
    (tmp_path / "en-GB.dic").touch()
    assert dictionary.find([tmp_path]) is None, "half of one is none"
    (tmp_path / "en-GB.aff").touch()
    assert dictionary.find([tmp_path / "missing", tmp_path]) == tmp_path / "en-GB"


@pytest.mark.parametrize("contents", [b"", b"\x00\xff" * 500, b"3\nhouse\nroad\nriver\n"])
def test_a_file_that_is_no_english_dictionary_is_refused(tmp_path: Path, contents: bytes) -> None:
    (tmp_path / "en_GB.aff").write_bytes(b"SET UTF-8\n")
    (tmp_path / "en_GB.dic").write_bytes(contents)
    with pytest.raises(ValueError, match="no English dictionary"):
        Dictionary(tmp_path / "en_GB", OwnWords(tmp_path / "words.txt"))


def test_an_old_dictionary_in_latin_1_leaves_other_letters_alone(tmp_path: Path) -> None:
    (tmp_path / "en_GB.aff").write_bytes(b"SET ISO8859-1\n")
    (tmp_path / "en_GB.dic").write_bytes("2\nschool\ncafé\n".encode("latin-1"))
    old = Dictionary(tmp_path / "en_GB", OwnWords(tmp_path / "words.txt"))
    assert unknown(old, "school café Łomża hause") == ["hause"]
    assert old.suggestions("Łomża") == []
