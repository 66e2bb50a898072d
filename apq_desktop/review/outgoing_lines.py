"""What of an exchange may leave: what is for the provider, and of what was taken back nothing but that it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from apq_desktop.review.exchange_state import merge_lines, taken_back
from apq_desktop.review.lines import ReviewLine


def outgoing(
    lines: Iterable[ReviewLine], may_be_out: Callable[[ReviewLine, ReviewLine], bool] = lambda _line, _back: True
) -> list[ReviewLine]:
    """The lines for the provider, in order, without those that follow one which stays.

    A line that was taken back stays, with all that followed it. The line that takes it back leaves where the first
    ``may_be_out`` already, which is asked with both, so that whoever has it learns of that.
    """
    there = {line.id: line for line in merge_lines(lines)}
    back = taken_back(there.values())
    shared: dict[str, ReviewLine] = {}
    for line in there.values():
        followed = there.get(line.to)
        if line.audience != "provider" or line.id in back:
            continue
        if line.what == "withdraw":
            leaves = followed is None or (followed.audience == "provider" and may_be_out(followed, line))
        else:
            leaves = not line.to or line.to in shared
        if leaves:
            shared[line.id] = line
    return list(shared.values())
