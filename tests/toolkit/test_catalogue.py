"""The instrument is the toolkit's, whole and right, and a slip in its files is found and named."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

# number, key, category, first page, links: the toolkit's contents pages and section 4.
AREAS = (
    (1, "workforce", "community", 28, "2 3 4 5 6 7 8 9 10 11 12 13"),
    (2, "home-family", "community", 32, "3 5 6 9 12"),
    (3, "partnerships", "community", 36, "12 2"),
    (4, "research", "community", 41, "1 13"),
    (5, "induction", "curriculum", 43, "2 7 8"),
    (6, "attendance", "curriculum", 46, "2 8 9 13"),
    (7, "needs", "curriculum", 50, "5 11 9"),
    (8, "education", "curriculum", 56, "5 9 10"),
    (9, "personal-development", "currency", 58, "7 8 6"),
    (10, "qualifications", "currency", 62, "5 8 9 12 13"),
    (11, "assessment", "currency", 66, "7 12 13"),
    (12, "transition", "currency", 69, "2 3 11 13"),
    (13, "post-16", "currency", 74, "6 7 8 9 10 11 12"),
)
EXAMPLES = {
    "workforce": ["Aspire AP"],
    "home-family": ["The Pears Family School"],
    "partnerships": ["Chessbrook Education Support Centre"],
    "research": ["The Pendlebury Centre PRU"],
    "induction": ["London East Alternative Provision"],
    "attendance": ["The Rowans AP Academy"],
    "needs": ["Educational Diversity", "Northamptonshire Hospital and Outreach Education AP Academy"],
    "education": ["Westside School"],
    "personal-development": ["Harmonize Academy"],
    "qualifications": ["Ormiston Beachcroft Academy"],
    "assessment": ["Wave Multi-Academy Trust"],
    "transition": ["Bradford AP Academy"],
    "post-16": ["Haybrook College"],
}
SUB_AREAS = {"partnerships": "abcd", "needs": "abc", "transition": "abc"}

WORKFORCE = "community/01-workforce.toml"
NEEDS = "curriculum/07-needs.toml"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """A copy of the instrument, to be broken."""
    return shutil.copytree(paths.forms(), tmp_path / "forms")


def change(forms: Path, file: str, old: str, new: str) -> None:
    text = (forms / file).read_text("utf-8")
    assert old in text, f"{file} no longer holds {old!r}"
    (forms / file).write_text(text.replace(old, new, 1), "utf-8")


def refusal(forms: Path) -> tuple[str, str]:
    """The file and the key that the loader names; its sentence names both too."""
    with pytest.raises(InstrumentError) as refused:
        load(forms)
    error = refused.value
    assert str(error).startswith(f"{error.file}: {error.key}: ")
    assert error.problem
    return error.file, error.key


def test_the_thirteen_areas_stand_as_in_the_toolkit(catalogue: Catalogue) -> None:
    numbers = {area.key: str(area.number) for area in catalogue.areas}
    found = tuple(
        (
            area.number,
            area.key,
            catalogue.category_of(area).key,
            area.page,
            " ".join(numbers[link] for link in area.links),
        )
        for area in catalogue.areas
    )
    assert found == AREAS


def test_the_toolkits_own_questions_keep_their_numbers_and_others_follow_them(catalogue: Catalogue) -> None:
    own = tomllib.loads((Path(__file__).parent / "toolkit-questions.toml").read_text("utf-8"))
    assert list(own) == [area.key for area in catalogue.areas]
    for area in catalogue.areas:
        text = next((paths.forms() / catalogue.category_of(area).key).glob(f"*-{area.key}.toml")).read_text("utf-8")
        withdrawn = set(re.findall(r"^# ?([0-9.]+) withdrawn\b", text, re.MULTILINE))
        asked = [question.key for question in area.questions]
        kept = [key for key in own[area.key] if key not in withdrawn]
        assert asked[: len(kept)] == kept
        assert withdrawn.isdisjoint(asked)


def test_the_examples_of_practice_and_the_parts_are_the_toolkits(catalogue: Catalogue) -> None:
    assert {area.key: [example.name for example in area.examples] for area in catalogue.areas} == EXAMPLES
    letters = {area.key: "".join(part.letter for part in area.sub_areas) for area in catalogue.areas}
    assert {key: found for key, found in letters.items() if found} == SUB_AREAS


def test_the_questions_of_area_7_belong_to_its_parts(catalogue: Catalogue) -> None:
    parts = [(question.key, question.sub_area) for question in catalogue.area("needs").questions]
    assert parts[:4] == [("7.1", "literacy"), ("7.2", "send"), ("7.3", "send"), ("7.4", "health-wellbeing")]


def test_every_area_has_guidance_worth_reading(catalogue: Catalogue) -> None:
    for area in catalogue.areas:
        kinds = {point.kind for point in area.guidance}
        assert {"practice", "evidence"} <= kinds, area.key
        assert 4 <= len(area.guidance) <= 10, area.key


def test_every_document_behind_the_guidance_is_drawn_upon(catalogue: Catalogue) -> None:
    used = {point.source for area in catalogue.areas for point in area.guidance}
    assert used == {source.key for source in catalogue.sources}


def test_every_finding_names_the_place_where_it_can_be_looked_up(catalogue: Catalogue) -> None:
    references = [catalogue.reference(point) for area in catalogue.areas for point in area.guidance]
    assert "Toolkit 2022, p. 47, sections 6.2, 6.3" in references
    assert any(reference.endswith(", strand 4, “Celebrating and sharing success”") for reference in references)
    place = re.compile(r", (?:p\. \d+|sections? [\d.]+|paragraph \d+|strand \d+|recommendation \d+|“[^”]+”)")
    assert not [reference for reference in references if not place.search(reference)]


def test_every_part_of_an_area_has_guidance_of_its_own(catalogue: Catalogue) -> None:
    for area in catalogue.areas:
        assert {part.key for part in area.sub_areas} <= {point.sub_area for point in area.guidance}, area.key


def test_the_rules_of_the_instrument_fit_two_lines_of_a_page(catalogue: Catalogue) -> None:
    """Toolkit 2022, p. 27 and section 10.4: areas together, no figure for quality, in the light of kind and means."""
    assert len(catalogue.rules) == 3
    assert len(" ".join(catalogue.rules)) <= 200


def test_the_seven_uses_and_the_edition_are_named(catalogue: Catalogue) -> None:
    assert len(catalogue.purposes) == 7
    assert (catalogue.edition, catalogue.toolkit_last_page) == ("2022", 92)
    assert [category.key for category in catalogue.categories] == ["community", "curriculum", "currency"]


def test_only_areas_that_may_not_apply_say_so(catalogue: Catalogue) -> None:
    """Toolkit 2022: a setting without year 11 has no destinations; a short-stay one may offer no qualifications."""
    helped = {area.key for area in catalogue.areas if area.does_not_apply}
    assert {"qualifications", "post-16"} <= helped


def test_the_four_ps_are_explained_where_they_are_asked_about(catalogue: Catalogue) -> None:
    question = next(found for found in catalogue.area("qualifications").questions if found.key == "10.3")
    for word in ("Pupil", "Proper", "Portability", "Progression"):
        assert word in question.text + question.help


def test_what_an_instrument_does_not_know_is_shown_by_its_key(catalogue: Catalogue) -> None:
    assert catalogue.kind_title("pru") == "Pupil referral unit"
    assert catalogue.kind_title("barge") == "barge"
    assert catalogue.purpose_title("peer-review") == "Peer review"
    assert catalogue.purpose_title("fun") == "fun"
    assert catalogue.area("needs").sub_area_title("send") == "SEND"
    assert catalogue.area("needs").sub_area_title("song") == "song"
    assert catalogue.source("nfer").year == 2007
    with pytest.raises(KeyError):
        catalogue.area("nowhere")


def test_an_unknown_key_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, "page = 28", "page = 28\nweight = 3")
    assert refusal(forms) == (WORKFORCE, "weight")


def test_an_unknown_key_deep_in_a_list_is_named_with_its_place(forms: Path) -> None:
    change(forms, WORKFORCE, 'key = "1.2"', 'key = "1.2"\nhint = "No such thing"')
    assert refusal(forms) == (WORKFORCE, "questions.2.hint")


def test_an_unknown_key_in_the_catalogue_is_named(forms: Path) -> None:
    change(forms, "catalogue.toml", 'key = "pru"', 'key = "pru"\ncolour = "red"')
    assert refusal(forms) == ("catalogue.toml", "kinds.2.colour")


def test_a_missing_key_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, "page = 28\n", "")
    assert refusal(forms) == (WORKFORCE, "page")


def test_a_number_used_twice_is_named(forms: Path) -> None:
    text = (forms / WORKFORCE).read_text("utf-8").replace('key = "workforce"', 'key = "staff"')
    (forms / "community/01-staff.toml").write_text(text, "utf-8")
    assert refusal(forms) == ("community/01-staff.toml", "number")


def test_a_key_used_twice_is_named(forms: Path) -> None:
    (forms / "community/02-home-family.toml").rename(forms / "community/02-workforce.toml")
    change(forms, "community/02-workforce.toml", 'key = "home-family"', 'key = "workforce"')
    assert refusal(forms) == (WORKFORCE, "key")


def test_a_file_that_is_not_named_for_its_area_is_named(forms: Path) -> None:
    (forms / WORKFORCE).rename(forms / "community/01-staff.toml")
    assert refusal(forms) == ("community/01-staff.toml", "key")


@pytest.mark.parametrize("number", range(1, 14))
def test_a_missing_area_is_named(forms: Path, number: int) -> None:
    (missing,) = forms.glob(f"*/{number:02}-*.toml")
    missing.unlink()
    assert refusal(forms) == ("catalogue.toml", "areas")
    with pytest.raises(InstrumentError, match=rf"\barea {number} is missing"):
        load(forms)


def test_a_fourteenth_area_is_refused(forms: Path) -> None:
    text = (forms / "currency/13-post-16.toml").read_text("utf-8")
    text = text.replace("number = 13", "number = 14").replace('"post-16"', '"later"').replace('"13.', '"14.')
    (forms / "currency/14-later.toml").write_text(text, "utf-8")
    assert refusal(forms) == ("catalogue.toml", "areas")


def test_an_area_in_the_wrong_category_is_refused(forms: Path) -> None:
    (forms / WORKFORCE).rename(forms / "currency/01-workforce.toml")
    assert refusal(forms) == ("catalogue.toml", "areas")


@pytest.mark.parametrize("link", ["home-familly", "workforce"])
def test_a_link_that_leads_to_no_other_area_is_named(forms: Path, link: str) -> None:
    change(forms, WORKFORCE, 'links = ["home-family"', f'links = ["{link}"')
    assert refusal(forms) == (WORKFORCE, "links.1")


def test_a_link_that_stands_there_twice_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, 'links = ["home-family"', 'links = ["home-family", "home-family"')
    assert refusal(forms) == (WORKFORCE, "links")


def test_context_that_no_evaluation_has_cannot_be_asked_for(forms: Path) -> None:
    change(forms, "catalogue.toml", '"setting.host_school"', '"setting.owner"')
    assert refusal(forms) == ("catalogue.toml", "purposes.7.asks.1.field")


def test_a_purpose_asks_for_a_thing_once(forms: Path) -> None:
    twice = '[[purposes.asks]]\nfield = "setting.opens_on"\n\n[[purposes.asks]]\nfield = "setting.opens_on"'
    change(forms, "catalogue.toml", '[[purposes.asks]]\nfield = "setting.opens_on"', twice)
    assert refusal(forms) == ("catalogue.toml", "purposes.5.asks")


def test_an_area_that_weighs_more_and_is_none_is_named(forms: Path) -> None:
    file = "currency/13-post-16.toml"
    change(forms, file, 'weighs_more = ["transition"]', 'weighs_more = ["transitions"]')
    assert refusal(forms) == (file, "weighs_more.1")


@pytest.mark.parametrize("page", [0, -28, 93])
def test_a_page_the_toolkit_does_not_have_is_named(forms: Path, page: int) -> None:
    change(forms, WORKFORCE, "page = 28", f"page = {page}")
    assert refusal(forms) == (WORKFORCE, "page")


@pytest.mark.parametrize("page", [27, 32])
def test_a_page_outside_the_areas_own_is_named(forms: Path, page: int) -> None:
    change(forms, WORKFORCE, 'source = "toolkit"\npage = 28', f'source = "toolkit"\npage = {page}')
    assert refusal(forms) == (WORKFORCE, "guidance.1.page")


def test_an_examples_page_outside_the_areas_own_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, 'name = "Aspire AP"\npage = 30', 'name = "Aspire AP"\npage = 33')
    assert refusal(forms) == (WORKFORCE, "examples.1.page")


def test_guidance_from_the_toolkit_needs_its_page(forms: Path) -> None:
    change(forms, WORKFORCE, 'source = "toolkit"\npage = 28', 'source = "toolkit"')
    assert refusal(forms) == (WORKFORCE, "guidance.1.page")


def test_a_page_of_another_document_may_be_given_but_is_no_negative_number(forms: Path) -> None:
    change(forms, WORKFORCE, 'source = "nfer"', 'source = "nfer"\npage = 4')
    assert load(forms).area("workforce").guidance[5].page == 4
    change(forms, WORKFORCE, "page = 4", "page = -4")
    assert refusal(forms) == (WORKFORCE, "guidance.6.page")


def test_a_finding_without_a_place_in_its_document_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, 'sections = ["Supporting pupils in AP effectively"]\n', "")
    assert refusal(forms) == (WORKFORCE, "guidance.6.sections")


@pytest.mark.parametrize("section", ["2.4", "1", "13.1", "Challenges"])
def test_a_section_of_another_area_is_named(forms: Path, section: str) -> None:
    change(forms, WORKFORCE, 'sections = ["1.3"]', f'sections = ["1.3", "{section}"]')
    assert refusal(forms) == (WORKFORCE, "guidance.1.sections")


@pytest.mark.parametrize("key", ["text", "advice"])
def test_guidance_holds_a_finding_and_a_suggestion_and_no_other_text(forms: Path, key: str) -> None:
    change(forms, WORKFORCE, "\nsuggestion = ", f"\n{key} = ")
    assert refusal(forms) == (WORKFORCE, f"guidance.2.{key}")


def test_a_suggestion_without_a_finding_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, "\nfinding = ", "\nsuggestion = ")
    assert refusal(forms) == (WORKFORCE, "guidance.1.finding")


@pytest.mark.parametrize(
    ("rules", "key"), [("[]", "rules"), ('["One.", "One."]', "rules"), ('["One.", ""]', "rules.2")]
)
def test_rules_that_are_none_are_named(forms: Path, rules: str, key: str) -> None:
    text = (forms / "catalogue.toml").read_text("utf-8")
    before, mark, after = text.partition("rules = [\n")
    assert mark
    (forms / "catalogue.toml").write_text(f"{before}rules = {rules}\n{after.partition(']')[2]}", "utf-8")
    assert refusal(forms) == ("catalogue.toml", key)


def test_an_unknown_source_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, 'source = "nfer"', 'source = "ofsted"')
    assert refusal(forms) == (WORKFORCE, "guidance.6.source")


def test_an_unknown_kind_of_guidance_is_named(forms: Path) -> None:
    change(forms, WORKFORCE, 'kind = "practice"', 'kind = "advice"')
    assert refusal(forms) == (WORKFORCE, "guidance.1.kind")


@pytest.mark.parametrize("list_name", ["questions", "examples"])
def test_an_unknown_part_is_named(forms: Path, list_name: str) -> None:
    text = (forms / NEEDS).read_text("utf-8")
    before, mark, after = text.partition(f"[[{list_name}]]")
    broken = after.replace('sub_area = "literacy"', 'sub_area = "sums"', 1)
    (forms / NEEDS).write_text(before + mark + broken, "utf-8")
    assert refusal(forms) == (NEEDS, f"{list_name}.1.sub_area")


def test_a_part_that_stands_there_twice_is_named(forms: Path) -> None:
    change(forms, NEEDS, 'key = "send"\nletter', 'key = "literacy"\nletter')
    change(forms, NEEDS, 'sub_area = "send"', 'sub_area = "literacy"')
    assert refusal(forms) == (NEEDS, "sub_areas")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("page = 28", 'page = "28"', "page"),
        ("page = 28", "page = true", "page"),
        ("page = 28", "page = 28.0", "page"),
        ('key = "workforce"', "key = 1", "key"),
        ('links = ["home-family"', 'links = [2, "home-family"', "links.1"),
        ("[[examples]]", "[examples]", "examples"),
        ("[[examples]]", "examples = [3]\n[[questions]]", "examples.1"),
    ],
)
def test_a_value_of_the_wrong_type_is_named(forms: Path, old: str, new: str, key: str) -> None:
    change(forms, WORKFORCE, old, new)
    assert refusal(forms) == (WORKFORCE, key)


@pytest.mark.parametrize("empty", ['""', '"  "', '"""\n"""'])
def test_an_empty_text_is_named(forms: Path, empty: str) -> None:
    change(forms, WORKFORCE, 'title = "Workforce development and wellbeing"', f"title = {empty}")
    assert refusal(forms) == (WORKFORCE, "title")


def test_an_area_without_questions_is_refused(forms: Path) -> None:
    text = (forms / WORKFORCE).read_text("utf-8")
    before, _, rest = text.partition("[[questions]]")
    (forms / WORKFORCE).write_text(f"questions = []\n{before}[[guidance]]{rest.partition('[[guidance]]')[2]}", "utf-8")
    assert refusal(forms) == (WORKFORCE, "questions")


@pytest.mark.parametrize(
    "key",
    ["1.1", "2.2", "1.02", "1.", "1", "1.2.1", "1.-2", "1.٢", " 1.2", "1.99999"],
)
def test_a_question_out_of_order_or_misnumbered_is_named(forms: Path, key: str) -> None:
    change(forms, WORKFORCE, 'key = "1.2"', f'key = "{key}"')
    assert refusal(forms) == (WORKFORCE, "questions.2.key")


def test_a_question_that_is_withdrawn_leaves_a_gap(forms: Path) -> None:
    text = (forms / WORKFORCE).read_text("utf-8")
    before, mark, rest = text.partition('[[questions]]\nkey = "1.2"')
    assert mark
    after = rest[rest.index("[[questions]]") :]
    (forms / WORKFORCE).write_text(f"{before}# 1.2 withdrawn in 2027\n{after}", "utf-8")
    keys = [question.key for question in load(forms).area("workforce").questions]
    assert keys == ["1.1", "1.3", "1.4", "1.5"]


def test_a_question_is_added_by_its_file_alone(forms: Path) -> None:
    text = '[[questions]]\nkey = "1.6"\ntext = "Who looks after you?"\n\n[[guidance]]'
    change(forms, WORKFORCE, "[[guidance]]", text)
    added = load(forms).area("workforce").questions[-1]
    assert (added.key, added.text, added.help) == ("1.6", "Who looks after you?", "")


@pytest.mark.parametrize("file", ["catalogue.toml", WORKFORCE])
def test_broken_toml_is_named_with_its_folder(forms: Path, file: str) -> None:
    change(forms, file, "=", "= =")
    assert refusal(forms) == (file, "file")


def test_a_file_in_another_encoding_is_named(forms: Path) -> None:
    (forms / WORKFORCE).write_bytes("# café\n".encode("latin-1") + (forms / WORKFORCE).read_bytes())
    assert refusal(forms) == (WORKFORCE, "file")


def test_a_missing_catalogue_is_named(forms: Path) -> None:
    (forms / "catalogue.toml").unlink()
    assert refusal(forms) == ("catalogue.toml", "file")


@pytest.mark.parametrize("name", ["categories", "purposes", "kinds", "sources"])
def test_a_key_that_stands_twice_in_the_catalogue_is_named(forms: Path, name: str) -> None:
    text = (forms / "catalogue.toml").read_text("utf-8")
    block = text[text.index(f"[[{name}]]") :].split("\n\n")[0]
    (forms / "catalogue.toml").write_text(f"{text}\n{block}\n", "utf-8")
    assert refusal(forms) == ("catalogue.toml", name)


def test_areas_have_files_of_their_own(forms: Path) -> None:
    change(forms, "catalogue.toml", "[[categories]]", "[[categories]]\nareas = []")
    assert len(load(forms).areas) == 13, "an empty list says nothing"
    area = 'number = 1\nkey = "a"\ntitle = "A"\npage = 1\nsummary = "A"\nlinks = []\nexamples = []\n'
    text = (forms / "catalogue.toml").read_text("utf-8").replace("areas = []\n", "", 1)
    first = text.index("[[categories]]", text.index("[[categories]]") + 1)
    inside = f"[[categories.areas]]\n{area}questions = []\nguidance = []\n\n"
    (forms / "catalogue.toml").write_text(text[:first] + inside + text[first:], "utf-8")
    assert refusal(forms) == ("catalogue.toml", "categories.areas")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(forms: Path, catalogue: Catalogue) -> None:
    lines = (forms / WORKFORCE).read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    (forms / WORKFORCE).write_bytes(b"\xef\xbb\xbf" + lines)
    assert load(forms) == catalogue
