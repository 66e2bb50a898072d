"""The one rule for a list that comes as text: pasted, or filled in on a screen. A line is an item; bullets go."""

from __future__ import annotations

import re

from apq_desktop.evaluation.text.cleaning import clean, visible_text

_SPACE = "[ \t\u00a0\u2002\u2003]"
# What stands before an item: bullets, also those of symbol fonts (private use), dashes and asterisks.
_BULLET = re.compile(f"[•‣◦▪▫●○■□∙·⁃❖◆➔➜\uf000-\uf0ff*–—-](?:{_SPACE}+|$)")
# Marks that are words elsewhere ("o", "1.", "a)", "(iv)"): taken for marks only where several lines have one.
# Bullets of symbol fonts come out of Word as the letters of their keys (v, Ø, ü, §), with a tab.
_NUMBER = f"\\(?(?:[0-9]{{1,3}}|[a-z]|[ivx]{{1,5}})[.)]{_SPACE}+"
_OUTLINE = r"[0-9]{1,3}(?:\.[0-9]{1,3})+[.)]?\t"
_COUNTED = re.compile(f"[ovøü§✓✔➢➤](?:\t|{_SPACE}{{2,}})|{_NUMBER}|{_OUTLINE}", re.IGNORECASE)
_INITIAL = re.compile("[A-Z]\\.")


def list_items(text: str) -> list[str]:
    """The items of a text, a line each, without what is empty and without the marks before them.

    Below a marked line, one without a mark goes on with the same item (a line break inside a bullet).
    """
    lines = _lines(text)
    marks = _marks(lines)
    found: list[str] = []
    for line, mark in zip(lines, marks, strict=True):
        if mark == 0 and found and marks[0]:
            found[-1] = f"{found[-1]}\n{line}".strip()
        else:
            found.append(line[mark:].strip())
    return [item for item in found if visible_text(item)]


def is_list(text: str) -> bool:
    """Whether a text is a list to anybody who sees it: it begins with a mark, and has at least two."""
    marks = _marks(_lines(text))
    return len([mark for mark in marks if mark]) > 1 and marks[0] > 0


def _lines(text: str) -> list[str]:
    """The lines of a text in which something is written."""
    return [words for line in clean(text).split("\n") if (words := visible_text(line))]


def _marks(lines: list[str]) -> list[int]:
    """For each line, how many characters its mark takes; 0 where it has none."""
    bullets = [found.end() if (found := _BULLET.match(line)) else 0 for line in lines]
    counted = [found.end() if (found := _counted(line)) else 0 for line in lines]
    if sum(1 for bullet, count in zip(bullets, counted, strict=True) if bullet or count) < 2:
        return bullets
    return [bullet or count for bullet, count in zip(bullets, counted, strict=True)]


def _counted(line: str) -> re.Match[str] | None:
    """A number or letter before an item; a capital with a full stop is somebody's initial."""
    return None if _INITIAL.match(line) else _COUNTED.match(line)
