"""Names of pupils in a text, such as "Jordan Smith, Y10": a first name, a surname and a year group or an age.

No list of names could hold them all, so any two words with capitals count, unless one of them belongs to
places, roles, lessons or the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_YEAR_OR_AGE = re.compile(
    r"\b(?:(?:year|yr\.?|y)[ -]?(?:1[0-3]|[1-9])|aged?[ :]{1,2}(?:1[0-9]|[3-9]))\b"
    # Several years or several pupils are a group, and a group is no pupil.
    r"(?! ?(?:[-/&]|to\b|and\b|or\b) ?(?:y|yr|year)? ?\d)"
    r"(?! (?:pupils|students|groups?|class|classes|cohort|lessons?|timetable|tutor|lead|leader|parents)\b)",
    re.IGNORECASE,
)
_LINKS = frozenset(("who", "is", "was", "now", "in", "from", "a", "an", "pupil", "student"))
_WORD = r"(?:[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+|[^\W\d_]\.?)"
_LAST_WORDS = re.compile(rf"(?<![\w'’.-])(?:({_WORD})[ \t]{{1,2}})?({_WORD})[ \t]{{1,2}}({_WORD})\Z")
_PUPIL = re.compile(
    rf"\b([Pp]upil|[Ss]tudent|[Cc]hild|[Bb]oy|[Gg]irl)(?:,|:| called| named)? ({_WORD}) ({_WORD})(?![\w'’-])"
)
_REACH = 60
"""How far before a year group a name is looked for, in characters."""

# Two capitals after one of these are a grown-up or a thing.
_NOT_BEFORE_A_PUPIL = "mr mrs ms miss mx dr prof sir rev the our a an at every each"

_PLACES = """
    academies academy association award awards base board boatyard borough boxing building cadets campus
    centre charity club clubs college committee company council county department education farm
    federation foundation gym home hospital hub institute kitchen laboratory library nursery office
    organisation panel partnership police primary provider provision pru room school schools secondary
    service services setting site stable stables studio team theatre trust trustees unit university
    workshop workshops
"""
_ROLES = """
    administrator adviser advisor assistant carer carers caretaker chair coach coordinator counsellor
    deputy director dsl family governor governors head headteacher inspector instructor key lead leader
    leaders manager mentor mentors officer ofsted parent parents practitioner principal psychologist pupil
    pupils senco sendco social staff student students support teacher teachers therapist trustee tutor
    tutors visitor visitors worker workers youth
"""
_LESSONS_AND_PAPERS = """
    action alternative art arts assessment assessments attainment attendance baseline behaviour biology
    btec business careers catering certificate chemistry citizenship computing construction cookery
    cooking core course courses curriculum dance data design destinations diploma drama ehcp ehcps
    engagement english enrichment entry evaluation evidence exam exams exclusion exclusions experience
    food french functional gcse gcses geography german group groups handover health history humanities ict
    induction journey language languages leadership learners learning lesson lessons level life literacy
    literature log mathematics maths mechanics media meeting meetings music needs news notes numeracy
    outcomes outdoor passport pastoral pathway pathways personal phonics photography physical physics plan
    planning plans policy portfolio practical practice premium preparation profile profiles programme
    progress project projects protection pshe psychology qualification qualifications quality reading
    referral register registers religious repair report reports results review reviews safeguarding
    science sciences sen send session sessions sex skills spanish special sport sports statistics studies
    study summary survey surveys teaching technology timetable topic topics training transition vehicle
    visits vocational voice wellbeing work working writing
"""
_CALENDAR = """
    afternoon autumn christmas date days december easter february friday half january july march monday
    morning november october saturday september spring sunday term terms thursday tuesday wednesday week
    weeks year years
"""
_OPENING_WORDS = """
    about after all also and any are as average because before being between both boys but by child
    children cohort current currently during few finally first five for former four from girls had has he
    her his how however if in into is it its last later like many mean more most new next nine no none not
    now of on once one only or other out over overall per previous same second seven several she since six
    so some ten than that their then there these they this those three through to today total two under
    until up was we were what when where which while who why with within without yesterday you your
"""
_STRANGERS = frozenset(_NOT_BEFORE_A_PUPIL.split())
_IN_NO_NAME = _STRANGERS.union(
    *(words.split() for words in (_PLACES, _ROLES, _LESSONS_AND_PAPERS, _CALENDAR, _OPENING_WORDS))
)


def pupils_named(text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` seems to name a pupil: from the first letter to after the last."""
    for mark in _YEAR_OR_AGE.finditer(text):
        reach = max(0, mark.start() - _REACH)
        before = text[reach : mark.start()]
        words = _LAST_WORDS.search(_without_link(before))
        if words and (words[1] or "").lower().rstrip(".") not in _STRANGERS and _is_name(words):
            yield reach + words.start(2), mark.end()
    for words in _PUPIL.finditer(text):
        if _is_name(words):
            yield words.start(2), words.end()


def _without_link(before: str) -> str:
    """What stands before a year group, without up to three words and a sign that lead to it: ", who is in "."""
    words = before.rstrip(" \t")
    for _ in range(3):
        head, space, last = words.rpartition(" ")
        if not space or last.lower() not in _LINKS:
            break
        words = head.rstrip(" \t")
    return (words[:-1] if words.endswith((",", ";", ":", "(", "[", "|", "-")) else words).rstrip(" \t")


def _is_name(words: re.Match[str]) -> bool:
    """Whether the second and third group may be a first name and a surname; one of them may be an initial."""
    names = words[2], words[3]
    return (
        all(name[0].isupper() and name.lower().rstrip(".") not in _IN_NO_NAME for name in names)
        and max(len(name.rstrip(".")) for name in names) > 1
        and not words[2].endswith(("'s", "’s"))
    )
