"""How a user has set forms and tables: whose questions are folded, how wide the guidance is, when the term ends."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

MOST_AREAS = 130


class FormSettings(Protocol):
    """Keep it from one start to the next."""

    forms: dict[str, Any]


class FormMemory:
    """Without ``settings`` it is known until the program ends."""

    def __init__(self, settings: FormSettings | None = None) -> None:
        self._settings = settings
        kept = settings.forms if settings else {}
        questions, width = kept.get("questions"), kept.get("guidance")
        self._questions = {str(key): bool(is_open) for key, is_open in dict(questions or {}).items()}
        self._width = float(width) if isinstance(width, int | float) else 0.0
        self._term_end = _day(kept.get("term_end"))

    def questions_open(self, evaluation_id: str, area: str) -> bool | None:
        """Whether the user unfolded the questions of an area, or folded them; None where they did neither."""
        return self._questions.get(f"{evaluation_id}/{area}")

    def note_questions(self, evaluation_id: str, area: str, *, is_open: bool) -> None:
        """The user folded or unfolded the questions of an area."""
        key = f"{evaluation_id}/{area}"
        others = [one for one in self._questions.items() if one[0] != key]
        self._questions = dict([*others, (key, is_open)][-MOST_AREAS:])
        self._keep()

    @property
    def guidance_width(self) -> float:
        """The width of the guidance in sizes of the text (em); 0 where the user has not set it."""
        return self._width

    @guidance_width.setter
    def guidance_width(self, ems: float) -> None:
        self._width = ems
        self._keep()

    @property
    def term_end(self) -> date | None:
        """The last day of this term, where the user has chosen it."""
        return self._term_end

    @term_end.setter
    def term_end(self, day: date) -> None:
        self._term_end = day
        self._keep()

    def _keep(self) -> None:
        if self._settings:
            term = {"term_end": self._term_end.isoformat()} if self._term_end else {}
            self._settings.forms = {"questions": self._questions, "guidance": round(self._width, 2), **term}


def _day(kept: object) -> date | None:
    try:
        return date.fromisoformat(str(kept))
    except ValueError:
        return None
