"""The whole exchange, played between settings with files of their own and two officers of one library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from apq_desktop import services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.services.incoming.reviewing import answer
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import receiving
from apq_desktop.services.libraries.replying import letter_path, make_reply
from apq_desktop.storage.workspace import Workspace
from tests.documents.pdf_readers import all_that_can_be_read
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.library.collection import Library

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
KINDS = ("question", "change", "agreed", "note")
PRIVATE, INTERNAL = "Unvergleichlich geheim", "Nur unter uns gesagt"


class Provider:
    """A setting with a file of its own."""

    def __init__(self, folder: Path, made: Evaluation) -> None:
        self.folder, self.id, self.made = folder, made.id, made
        self.file = folder / f"{made.setting.name}.apq"
        folder.mkdir(exist_ok=True)
        services.create_workspace(self.file, made).close()

    def send(self) -> Path:
        """The file that goes to the council."""
        target = self.folder / f"sent-{len(list(self.folder.glob('sent-*')))}-{self.file.stem}"
        assert main(["export", str(self.file), "--to", str(target), "--json"]) == 0
        (found,) = target.glob("*.json")
        return found

    def open_reply(self, reply: Path) -> None:
        """Read a reply, twice: the second time changes nothing."""
        for _ in range(2):
            assert main(["import", str(reply), "--into", str(self.file)]) == 0

    def exchange(self) -> Exchange:
        with Workspace.open(self.file, read_only=True) as workspace:
            return fold_lines(workspace.reviews.lines(self.id))

    def lines(self) -> list[ReviewLine]:
        """The exchange with the council, as the council has it."""
        with Workspace.open(self.file, read_only=True) as workspace:
            return [replace(line, party="") for line in workspace.reviews.lines(self.id)]

    def answer_all(self, role: str) -> Path:
        """Answer all that waits, in the file; returns the file with the answers as the program writes it."""
        with Workspace.open(self.file) as workspace:
            for thread in fold_lines(workspace.reviews.lines(self.id)).waiting_for("setting"):
                answer(workspace, thread.note, f"Answer to: {thread.note.text}", role)
        target = self.folder / f"answers-{len(list(self.folder.glob('answers-*')))}"
        assert main(["export", str(self.file), "--to", str(target), "--json", "--answers"]) == 0
        (found,) = target.glob("*_answers*.json")
        return found

    def revise(self, support: str) -> None:
        """Write other words about attendance, in the next revision."""
        with Workspace.open(self.file) as workspace:
            there = workspace.read(self.id)
            before = there.area("attendance").support
            workspace.apply(
                self.id,
                [
                    SetField(Target("evaluation"), "revision", there.revision + 1, there.revision),
                    SetField(Target("area", "attendance"), "support", support, before),
                ],
                AT,
            )


def put_many(folder: Path, good: int, bad: int) -> list[str]:
    """Packs of many settings with bad ones among them. Returns the names of the bad ones."""
    council.put(folder, *(council.evaluation(f"Setting {n:03}") for n in range(good)))
    whole = min(folder.iterdir()).read_bytes()
    spoiled: Sequence[bytes] = (b"", b"{", whole[:-900], whole.replace(b"Setting", b"setting", 1), b"%PDF-1.7\nno")
    names = []
    for n in range(bad):
        content = spoiled[n % len(spoiled)]
        name = f"{n:03} bad.{'pdf' if content.startswith(b'%PDF') else 'json'}"
        (folder / name).write_bytes(content)
        names.append(name)
    return names


class Loop:
    """Settings, and two officers who open one library."""

    def __init__(self, folder: Path, names: Sequence[str], open_as: Callable[[str], Library]) -> None:
        self.folder = folder
        self.settings = [Provider(folder / f"setting {name}", council.evaluation(name)) for name in names]
        self.open_as = open_as
        self.first, self.second = open_as("officer one"), open_as("officer two")

    def catch_up(self) -> None:
        """Both officers hear what the other wrote and received."""
        for library in (self.first, self.second):
            library.news()
            receiving.catch_up(library, council.catalogue())
            library.news()

    def receive_all(self) -> None:
        """What every setting sent."""
        receipt = receiving.receive(self.first, [one.send() for one in self.settings], council.catalogue())
        assert receipt.refused == []
        self.catch_up()

    def ask(self, setting: Provider, number: int) -> None:
        """One note of each kind for the setting, by both officers in turn, and two that must not leave."""
        for n, kind in enumerate(KINDS):
            library = (self.first, self.second)[(number + n) % 2]
            library.news()
            anchor = Anchor(library.revisions(setting.id)[-1].number, "attendance", "area", "attendance", "support")
            if n:
                anchor = council.replace(anchor, quote=Quote("five pupils"))
            text = f"{kind} {number}"
            of_library.note(library, setting.id, kind, text, anchor, audience="provider", role="Officer")  # type: ignore[arg-type]
        of_library.note(self.first, setting.id, "note", PRIVATE, Anchor(0, "attendance"), audience="me")
        of_library.note(self.second, setting.id, "note", INTERNAL, Anchor(0, "attendance"), audience="us")

    def reply(self, setting: Provider, library: Library, number: int) -> None:
        """A reply goes out and is opened."""
        library.news()
        newest = library.revisions(setting.id)[-1]
        target = self.folder / f"reply {number} to {setting.file.stem}.json"
        # The first setting gets the letter, the others the file.
        letter = setting is self.settings[0]
        named = council.catalogue()
        make_reply(library, newest, target, named, organisation="Council", role="Officer", letter=letter)
        made = [target, *([letter_path(target)] if letter else [])]
        assert not any(words in all_that_can_be_read(path) for path in made for words in (PRIVATE, INTERNAL))
        setting.open_reply(made[-1])

    def assert_agree(self) -> None:
        """Both officers and each setting see the same exchange, and the same two lists of what waits."""
        self.catch_up()
        for setting in self.settings:
            theirs = fold_lines(setting.lines())
            assert theirs.refused == ()
            for library in (self.first, self.second):
                ours = fold_lines(of_library.reply_lines(library, setting.id))
                assert ours == theirs
                seen = of_library.exchange(library, setting.id)
                for side in ("reviewer", "setting"):
                    assert _waiting(seen, side) == _waiting(theirs, side)


def _waiting(exchange: Exchange, side: Any) -> list[str]:
    return [thread.note.id for thread in exchange.waiting_for(side)]


def play(loop: Loop, between: Callable[[], None] = lambda: None) -> None:
    """The whole exchange. ``between`` is what happens to the library in its middle."""
    loop.receive_all()
    for number, setting in enumerate(loop.settings):
        loop.ask(setting, number)
        loop.second.news()
        newest = loop.second.revisions(setting.id)[-1]
        of_library.set_state(loop.second, newest, "changes-requested", reason="Two notes on attendance.")
    assert not any(setting.exchange().threads for setting in loop.settings)
    for setting in loop.settings:
        loop.reply(setting, loop.first, 1)
    loop.assert_agree()
    assert all(len(setting.exchange().waiting_for("setting")) == 2 for setting in loop.settings)
    between()
    answers = [setting.answer_all("Head of centre") for setting in loop.settings]
    for _ in range(2):
        receipt = receiving.receive(loop.second, answers, council.catalogue())
        assert receipt.refused == []
    loop.assert_agree()
    assert all(len(setting.exchange().waiting_for("reviewer")) == 2 for setting in loop.settings)
    for setting in loop.settings:
        setting.revise("In March four pupils came to fewer than half of their sessions.")
    between()
    loop.receive_all()
    for setting in loop.settings:
        earlier, later = loop.first.revisions(setting.id)
        assert later.status.word == "new-version"
        before, after = (
            of_library.received_evaluation(loop.first, one, council.catalogue()) for one in (earlier, later)
        )
        assert compare(before, after, council.catalogue()).sections
        _close_all(loop, setting, later)
        loop.reply(setting, loop.second, 2)
    loop.assert_agree()
    for setting in loop.settings:
        there = fold_lines(setting.lines())
        assert not there.waiting_for("setting")
        assert not there.waiting_for("reviewer")
        assert len(there.threads) == len(KINDS)
        assert (there.agreed_actions, there.visits, there.next_review) != ((), (), None)


def _close_all(loop: Loop, setting: Provider, later: Any) -> None:
    """The first officer closes: what the second asked, after taking it over with a reason."""
    library = loop.first
    for thread in of_library.exchange(library, setting.id).waiting_for("reviewer"):
        if thread.asker != library.who:
            of_library.write(library, setting.id, "take-over", to=thread.note.id, text="On leave until March.")
        of_library.write(library, setting.id, "close", to=thread.note.id)
    of_library.set_state(library, later, "agreed")
    action = services.example(council.catalogue()).actions[0]
    of_library.write(library, setting.id, "agreed-action", audience="provider", action=action)
    of_library.write(library, setting.id, "visit", audience="provider", on="2026-11-30", text="Saw two lessons.")
    of_library.write(library, setting.id, "next-review", audience="provider", on="2027-03-01")
    loop.catch_up()
