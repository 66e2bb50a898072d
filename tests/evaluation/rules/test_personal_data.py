"""What may tell who a pupil is gets noticed; ordinary writing about a setting does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.rules.remarks.personal_data import UPN_LETTERS, is_nhs_number, is_upn, personal_data
from tests.cpu_time import least_cpu_seconds

# Numbers that no pupil has: from published examples, or worked out by hand.
UPNS = ("H801200001001", "B801200005001", "P207000016049")
DIGITS = "0123456789"


def found(text: str) -> list[tuple[str, str]]:
    return [(find.kind, find.words) for find in personal_data(text)]


def kinds(text: str) -> list[str]:
    return [find.kind for find in personal_data(text)]


@pytest.mark.parametrize("number", [*UPNS, "h801200001001", "H 801 2000 01 001", "H801-2000-01001", "U80120000100A"])
def test_a_upn_with_its_check_letter_is_noticed(number: str) -> None:
    assert found(f"Moved on ({number}) in May") == [("upn", number)]


def test_a_upn_is_worked_out_by_hand() -> None:
    """8x2 + 1x4 + 2x5 + 1x10 + 1x13 = 53, which leaves 7 over when divided by 23; the letter at place 7 is H."""
    assert UPN_LETTERS == "ABCDEFGHJKLMNPQRTUVWXYZ"
    assert is_upn("H801200001001")
    assert UPN_LETTERS.index("H") == (16 + 4 + 10 + 10 + 13) % 23


@pytest.mark.parametrize("number", UPNS)
def test_no_other_letter_and_no_other_digit_makes_a_upn(number: str) -> None:
    for letter in set(UPN_LETTERS) - {number[0]}:
        assert not is_upn(letter + number[1:])
    for place in range(1, 13):
        for digit in set(DIGITS) - {number[place]}:
            changed = number[:place] + digit + number[place + 1 :]
            assert not is_upn(changed)
            assert kinds(changed) == []


@pytest.mark.parametrize(
    "text",
    [
        "A801200001001",
        "I801200001001",
        "H8012000010012",
        "XH801200001001",
        "H80120000100",
        "H801 2000 0100",
        "\u212a801200001001",
    ],
)
def test_what_only_resembles_a_upn_is_passed_over(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("number", ["943 476 5919", "9434765919", "943-476-5919", "943\u00a0476\u00a05919"])
def test_an_nhs_number_with_its_check_digit_is_noticed(number: str) -> None:
    assert kinds(f"NHS number {number}.") == ["nhs-number"]


@given(st.integers(0, 9))
def test_only_one_last_digit_makes_an_nhs_number(digit: int) -> None:
    assert is_nhs_number(f"943476591{digit}") == (digit == 9)


@pytest.mark.parametrize(
    "text", ["943 476 5918", "94347659190", "1111111111", "94 34 76 59 19", "invoice/9434765919", "9434.765919"]
)
def test_what_only_resembles_an_nhs_number_is_passed_over(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "birth",
    [
        "DOB 12/03/2010",
        "dob: 12.3.10",
        "D.O.B. 2010-03-12",
        "Date of birth 12 March 2010",
        "date of birth: 12 Mar 2010",
        "born on 12th March 2010",
        "born in Leeds on the 3rd of May 2011",
        "birthday is May 4",
        "12/03/2010 (date of birth)",
        "4 May is her birthday",
    ],
)
def test_a_date_of_birth_is_noticed(birth: str) -> None:
    assert found(f"Note: {birth}, key worker") == [("date-of-birth", birth)]


@pytest.mark.parametrize(
    "text",
    [
        "We check each date of birth on arrival. The form was renewed on 3 May 2026.",
        "The register of 12 March 2026 was complete",
        "Two babies were born to staff families in 2026",
        "Visited on 12/03/2026 by the council",
        "A newborn idea of 3 May 2026",
    ],
)
def test_a_date_that_is_nobodys_birth_is_passed_over(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "number",
    [
        "01632 960018",
        "01632 960 018",
        "01632960018",
        "(01632) 960018",
        "01632-960018",
        "020 7946 0018",
        "(020) 7946 0018",
        "0161 496 0018",
        "07700 900123",
        "07700 900 123",
        "07700900123",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)20 7946 0018",
        "0044 20 7946 0018",
        "07700\u00a0900123",
        "07700\u2011900\u2011123",
        "01632 96001",
        "0808 157 0192",
    ],
)
def test_a_british_telephone_number_is_noticed(number: str) -> None:
    assert kinds(f"Ring {number}, evenings") == ["telephone"]
    assert kinds(f"Mum:{number}") == ["telephone"]


@pytest.mark.parametrize(
    "text",
    [
        "01.02.2026 - 03.04.2027",
        "01-02-2026 10:30",
        "2026-01-02 to 2027-03-04",
        "0930-1130, 1230-1430",
        "between 0900 1000 and 1100 1200",
        "34 of 36 in 2025/26, 28 in 2024/25",
        "0.01632960018",
        "ref/01632960018",
        "001632960018",
        "07700 9001234",
        "Childline 0800 1111",
        "7700 900123",
    ],
)
def test_dates_times_and_figures_are_no_telephone_numbers(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "address", ["a.b+c@x-y.co.uk", "JO@EXAMPLE.ORG", "o'neil@school.example", "żak@szkoła.example"]
)
def test_an_email_address_is_noticed(address: str) -> None:
    assert found(f"Write to <{address}>.") == [("email", address)]


@pytest.mark.parametrize("text", ["20 pupils @ 3 sites", "@riverside", "a@b", "50 @ 3.50"])
def test_an_at_sign_alone_is_no_address(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "name",
    [
        "Jordan Smith, Y10",
        "Jordan Smith, Year 10",
        "Jordan Smith (Year 10)",
        "Jordan Smith Y10",
        "Jordan Smith - yr 9",
        "Jordan Smith in Year 9",
        "Jordan Smith, who is in year 9",
        "Jordan Smith is a Year 10",
        "Jordan Smith, aged 14",
        "Zoë O'Brien-Lee, Y7",
        "Łukasz Żak, Y11",
        "JORDAN SMITH, Y10",
        "J. Smith, Y10",
        "Jordan S. (Y10)",
        "Jordan Young, Y10",
        "Jordan Hill, Y13",
        "Jordan\u00a0Smith,\u00a0Y10",
        "Jordan Smith\tY10",
    ],
)
@pytest.mark.parametrize("before", ["", "We spoke to ", "Then ", "Attendance went up. "])
def test_a_name_beside_a_year_group_or_an_age_is_noticed(name: str, before: str) -> None:
    assert found(f"{before}{name} and so on") == [("name", name.replace("\u00a0", " "))]


@pytest.mark.parametrize("words", ["pupil Jordan Smith", "student called Jordan Smith", "Pupil: Jordan Smith"])
def test_a_name_after_the_word_pupil_is_noticed(words: str) -> None:
    assert found(f"The {words} has moved on.") == [("name", "Jordan Smith")]


@pytest.mark.parametrize(
    "text",
    [
        "Hill School, Year 10",
        "at Hill Farm, Year 10",
        "Northshire Boxing Club, Y10",
        "Deputy Head, Year 10",
        "Form Tutor (Y9)",
        "Head of Year 10",
        "Mr Smith, Year 10 tutor",
        "Ms Jordan Smith, Year 9",
        "English Literature, Year 10",
        "Functional Skills Year 10",
        "GCSE Maths (Y11)",
        "Work Experience in Year 10",
        "Key Stage 4, Year 10 and Year 11",
        "Boat Repair, Year 10",
        "Last September, Year 10 went",
        "In May Year 10 were away",
        "However, Year 10 came more often",
        "Our Friday Year 9 trip",
        "The Eastbridge Boats, Year 10",
        "Attendance Summary\nYear 10",
        "Thanks to Jordan Smith\nYear 10 went",
        "Jordan Smith, Year 10 pupils",
        "Jordan Smith, Years 10 and 11",
        "Jordan Smith, Year 10-11",
        "Jordan Smith visited us",
        "the year 10 timetable",
        "Pupil Premium Grant",
        "pupil attendance is better",
        "Pupil Referral Unit",
        "Child Protection Policy",
        "Student Voice Group",
        "Every pupil leaves with a profile",
        "SEND, Y10",
        "Group A B, Year 10",
        "Jordan's Book, Year 10",
        "Year 1010",
        "Jordan Smith, Y14",
    ],
)
def test_schools_roles_lessons_and_headings_are_no_names(text: str) -> None:
    assert kinds(text) == []


def test_everything_is_given_in_order_and_once() -> None:
    text = "Jordan Smith, Y10; born 4 May 2011; 07700 900123; jo@home.example; again 07700 900123"
    assert kinds(text) == ["name", "date-of-birth", "telephone", "email"]


def test_of_two_that_overlap_the_surer_is_given() -> None:
    assert kinds("01632960018@home.example") == ["email"]


@given(st.text())
def test_any_text_can_be_looked_at_and_what_is_found_stands_in_it(text: str) -> None:
    for find in personal_data(text):
        assert find.words


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "0",
        "1 ",
        "A b ",
        "Jordan Smith ",
        "born ",
        "@",
        "a@",
        "a.",
        "07 ",
        "12/",
        "may 1 ",
        "(0",
        "A-",
        " ",
        "born 1",
        "Y10 ",
        "pupil ",
        "Jo Li Y9 ",
    ],
)
def test_no_text_takes_long(part: str) -> None:
    """Twice 40,000 characters, the most a field holds: an expression that tries again and again takes minutes."""
    text = (part * 40_000)[:40_000]
    (seconds,) = least_cpu_seconds(lambda: (personal_data(text), personal_data(text + "!")))
    assert seconds < 5
