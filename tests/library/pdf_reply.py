"""A reply that is typed into the sent PDF itself, received by council and setting, answered and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apq_desktop.__main__ import main
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import receiving
from apq_desktop.services.libraries.replying import make_reply
from tests.documents import type_reply
from tests.library import council
from tests.library.loop import Loop, Provider

if TYPE_CHECKING:
    from pathlib import Path


def reply_inside_the_pdf(loop: Loop) -> None:
    """Both sides' lists agree after each step, and nothing typed is taken twice."""
    setting = Provider(loop.folder / "setting Paper", council.evaluation("Paper"))
    sent = _sent_pdf(setting)
    for _ in range(20):  # a library that is used has seen many lines, a setting's file few
        of_library.write_about_library(loop.first, "keeping", on="2030-01-01")
    loop.catch_up()
    assert receiving.receive(loop.first, [sent], council.catalogue()).refused == []
    filled = type_reply.by_pymupdf(sent, type_reply.TYPED, loop.folder / "filled in.pdf")
    for _ in range(2):
        assert receiving.receive(loop.second, [filled], council.catalogue()).refused == []
        setting.open_reply(filled)
    _assert_agree(loop, setting, {"setting": 2, "reviewer": 0})
    answers = setting.answer_all("Head of centre")
    assert receiving.receive(loop.first, [answers], council.catalogue()).refused == []
    _assert_agree(loop, setting, {"setting": 0, "reviewer": 2})
    for thread in of_library.exchange(loop.second, setting.id).waiting_for("reviewer"):
        of_library.write(loop.second, setting.id, "take-over", to=thread.note.id, text="Typed by me into the PDF.")
        of_library.write(loop.second, setting.id, "close", to=thread.note.id)
    target = loop.folder / "reply to Paper.json"
    make_reply(loop.second, loop.second.revisions(setting.id)[-1], target, council.catalogue(), organisation="Council")
    setting.open_reply(target)
    _assert_agree(loop, setting, {"setting": 0, "reviewer": 0})


def _sent_pdf(setting: Provider) -> Path:
    out = setting.folder / "as PDF"
    assert main(["export", str(setting.file), "--to", str(out), "--pdf"]) == 0
    (found,) = out.glob("*.pdf")
    return found


def _assert_agree(loop: Loop, setting: Provider, waiting: dict[str, int]) -> None:
    loop.catch_up()
    theirs = fold_lines(setting.lines())
    assert theirs.refused == ()
    for library in (loop.first, loop.second):
        ours = fold_lines(of_library.reply_lines(library, setting.id))
        assert _told(ours) == _told(theirs)
        assert {side: len(ours.waiting_for(side)) for side in ("setting", "reviewer")} == waiting


def _told(exchange: Exchange) -> list[tuple[object, ...]]:
    """What people see of it. What was typed has no place in the order until somebody reads it."""
    return sorted(
        (one.note.id, one.note.text, one.status, one.waits_for, tuple((line.what, line.text) for line in one.followed))
        for one in exchange.threads
    )
