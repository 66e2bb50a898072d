"""The whole exchange of settings, two officers, a peer and a colleague, each with a program of their own.

Every command and every window is a process; between people there are files alone.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apq_desktop import services
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.review.parties import Party, part_of, parties
from apq_desktop.storage.workspace import Workspace
from tests.documents import type_reply
from tests.documents.pdf_readers import all_that_can_be_read
from tests.library import council
from tests.library.loop import KINDS, put_many
from tests.library.postgres import PASSWORD, running
from tests.library.separate_computers import Computer, Window, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAD = 20
COUNCIL, PEER, TYPED_BY = "Northshire", "The Oak Centre", type_reply.TYPED["role"]
STAYING = (("Unvergleichlich geheim", "me"), ("Nur unter uns gesagt", "us"))
"""Words that never leave the council, and for whom they are."""
AFTER = "Mondays were weak: pupils came to 66% of sessions in 2025/26, and to 73% in autumn 2026."


class Setting(Computer):
    """The computer of a setting with its file, which ``made`` was put into."""

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder / name)
        self.name, self.made = name, council.evaluation(name)
        self.id, self.file = self.made.id, self.home / f"{name}.apq"
        services.create_workspace(self.file, self.made).close()

    def send(self, *formats: str) -> list[Path]:
        """Make files to send."""
        target = self.home / f"sent {len(list(self.home.glob('sent *')))}"
        self.run("export", self.file, "--to", target, *formats)
        return sorted(target.iterdir())

    def open(self, came: Path) -> str:
        """Open what came. Returns what is said of it."""
        return self.run("import", came, "--into", self.file)

    def exchange(self, *, peers: bool = False) -> Exchange:
        """What stands between the setting and its council, or its peers, as the file has it."""
        with Workspace.open(self.file, read_only=True) as workspace:
            lines = workspace.reviews.lines(self.id)
        writers = [party.writers for party in parties(lines) if party.as_peer == peers]
        return part_of(fold_lines(lines), Party("", peers, frozenset[str]().union(*writers)))


class Exchanged:
    """Settings, and two officers at windows of their own, who share a folder or a server."""

    def __init__(
        self, folder: Path, names: tuple[str, ...], officers: tuple[Window, Window], shared: Sequence[str]
    ) -> None:
        self.folder, self.shared = folder, shared or [str(folder / COUNCIL)]
        self.name = Path(self.shared[0]).name
        self.officers, (self.first, self.second) = officers, officers
        self.asked = [Setting(folder, name) for name in names]
        self.paper = Setting(folder, "Paper")  # gets its reply in the PDF that it sent

    def receive(self, good: int) -> Path:
        """The council receives a folder with bad ones among the good. Returns the PDF that Paper sent."""
        inbox = self.folder / "inbox"
        bad = put_many(inbox, good - len(self.asked) - 1, BAD)
        for setting in self.asked:
            (sent,) = setting.send("--json")
            sent.rename(inbox / f"from {setting.name}.json")
        (sent_pdf,) = self.paper.send("--pdf")
        (inbox / "from Paper.pdf").write_bytes(sent_pdf.read_bytes())
        self.first.do("library", *self.shared, new=True)
        told = self.first.do("receive", inbox)
        assert told["outcomes"] == ["new"] * good
        assert [sum(name in sentence for sentence in told["refused"]) for name in bad] == [1] * BAD
        assert told["said"] == f"Received: {good} new. {BAD} could not be read."
        self.second.do("library", *self.shared, new=False)
        providers = [officer.do("providers") for officer in self.officers]
        assert providers[0] == providers[1]
        assert len(providers[0]) == good
        return sent_pdf

    def ask(self, each: int) -> None:
        """Both officers write at the same time, each setting gets so many notes of four kinds, and some stay here."""
        for turn in range(len(self.asked)):
            for n, officer in enumerate(self.officers):
                setting = self.asked[(turn + 2 * n) % len(self.asked)]
                passages = [
                    one.text for area in setting.made.areas for one in (*area.strengths, *area.development_areas)
                ]
                words = [text[: text.index(" ", 30)] for text in passages]
                asked = [note(*one, f"Officer {n} on {one[0]}") for one in enumerate(words[:each][n::2])]
                asked += [note(0, words[0], f"{text} {n}", audience) for text, audience in STAYING]
                officer.begin("ask", setting.id, asked)
            for officer in self.officers:
                officer.answer()
        for setting in self.asked:
            assert len(self.first.do("standing", setting.id)["exchange"]["notes"]) == each
            assert setting.exchange().threads == ()

    def reply(self, setting: Setting, number: int, *, by: int, letter: bool) -> None:
        """A reply goes out as a file, or as a letter that carries it; the setting opens it."""
        target = self.folder / f"reply {number} to {setting.name}.json"
        assert target.name in self.officers[by % 2].do("reply", setting.id, target, letter=letter)
        made = [target, *([target.with_suffix(".pdf")] if letter else [])]
        assert not [words for path in made for words, _ in STAYING if words in all_that_can_be_read(path)]
        setting.open(made[-1])

    def assert_agree(self, turn: str) -> None:
        """Folder and files hold the same, and both officers' windows show the same two lists of what waits for whom."""
        for setting in (*self.asked, self.paper):
            for officer in self.officers:
                officer.begin("standing", setting.id)
            seen = [officer.answer() for officer in self.officers]
            assert seen[0] == seen[1]
            assert seen[0]["exchange"] == told(setting.exchange())
            assert [side for side, areas in seen[0]["lists"].items() if areas] == ([turn] if turn else [])

    def answer(self, setting: Setting, party: str) -> list[Path]:
        """At the setting's own window: what waits is answered, the text changed, and it is sent again."""
        with setting.window() as window:
            window.do("file", setting.file)
            before = window.do("own_lists", party)
            assert before == self.first.do("standing", setting.id)["lists"]
            entry = setting.made.area("attendance").development_areas[0]
            window.do("write", "development_areas", entry.id, "attendance", AFTER)
            waiting = len(setting.exchange().waiting_for("setting"))
            assert window.do("answer_all", "Answer to") == waiting
            assert window.do("own_lists", party) == {"setting": [], "reviewer": before["setting"]}
            return [setting.home / path for path in window.do("send")]

    def close(self, setting: Setting) -> None:
        """The first officer sees what changed, takes over what the second asked, and closes all."""
        assert [text for text in self.first.do("changed_since", setting.id, setting.made.revision) if AFTER in text]
        assert self.first.do("close_all", setting.id, "On leave until March.") > 0


def note(number: int, words: str, text: str, audience: str = "provider") -> dict[str, str]:
    """A note on words, of each kind in turn."""
    return {"words": words, "kind": KINDS[number % len(KINDS)], "text": text, "audience": audience}


def peer_reviews(setting: Setting, folder: Path) -> None:
    """A peer reads two areas, asks, is answered and closes, apart from what stands between setting and council."""
    with_council, home = told(setting.exchange()), Computer(folder / PEER)
    setting.run("part", setting.file, "--to", setting.home / "peer", "--areas", "6,7", "--name", PEER, "--peer")
    with home.window() as peer:

        def reply(number: int) -> None:
            target = home.home / f"peer's reply {number}.json"
            peer.do("reply", setting.id, target, letter=True)
            assert "Officer" not in all_that_can_be_read(target.with_suffix(".pdf"))
            setting.open(target.with_suffix(".pdf"))
            assert told(setting.exchange()) == with_council

        peer.do("library", home.home / "Peers", new=True)
        assert peer.do("receive", *(setting.home / "peer").glob("*.json"))["outcomes"] == ["new"]
        words = [setting.made.area(area).strengths[0].text[:30] for area in ("attendance", "needs")]
        peer.do("ask", setting.id, [note(0, one, f"Peer on {one}") for one in words])
        reply(1)
        asked = peer.do("standing", setting.id)["lists"]["setting"]
        assert len(asked) == 2
        with setting.window() as window:
            window.do("file", setting.file)
            assert window.do("own_lists", "Peers, peer review")["setting"] == asked
            assert window.do("answer_all", "Answer to") == 2
        (answers,) = (path for path in setting.send("--json", "--answers") if "Peers" in path.name)
        assert peer.do("receive", answers)["outcomes"] == ["answers"]
        assert peer.do("standing", setting.id)["lists"] == {"setting": [], "reviewer": asked}
        assert peer.do("close_all", setting.id, "") == 0
        reply(2)
        assert {thread.status for thread in setting.exchange(peers=True).threads} == {"closed"}


def colleague_writes_a_part(setting: Setting, folder: Path) -> None:
    """A colleague writes on one area elsewhere, the setting goes on in the same, and both come together."""
    colleague, entry = Computer(folder / "deputy head"), setting.made.area("attendance").strengths[0]
    theirs = colleague.home / "part.apq"
    setting.run("part", setting.file, "--to", setting.home / "part", "--areas", "6", "--name", "Deputy head")
    colleague.run("import", *(setting.home / "part").glob("*.json"), "--into", theirs)
    for who, file, words in ((colleague, theirs, "By the deputy."), (setting, setting.file, "By the head.")):
        with who.window() as window:
            window.do("file", file)
            window.do("write", "strengths", entry.id, "attendance", words)
    colleague.run("part", theirs, "--to", colleague.home / "back")
    setting.open(*(colleague.home / "back").glob("*.json"))
    with Workspace.open(setting.file, read_only=True) as workspace:
        attendance = workspace.read(setting.id).area("attendance")
    assert attendance.strengths[0].text == "By the head.\n\nBy the deputy."
    assert attendance.development_areas[0].text == AFTER


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_whole_exchange_goes_through_separate_programs_and_files(tmp_path: Path) -> None:
    play(tmp_path, ("Ash", "Elm", "Fir", "Oak"), good=280, each=25)


@pytest.mark.long
def test_the_same_with_the_library_on_a_server_that_restarts_between_the_steps(tmp_path: Path) -> None:
    with contextmanager(running)() as server:
        shared = (server.new_database(), PASSWORD)
        play(tmp_path, ("Ash", "Elm"), good=6, each=8, shared=shared, between=server.restart)
        assert not [words for words, audience in STAYING if audience == "me" and words.encode() in server.everything()]


def play(
    folder: Path,
    names: tuple[str, ...],
    good: int,
    each: int,
    shared: Sequence[str] = (),
    between: Callable[[], None] = lambda: None,
) -> None:
    """Every step, with settings of these names among ``good`` packs, each of which gets so many notes.

    ``shared`` are the address and the password of a server where it takes the place of the shared folder; ``between``
    is what happens to it while both officers have it open.
    """
    with ExitStack() as windows:
        one, two = (windows.enter_context(Computer(folder / f"officer {n}").window()) for n in ("one", "two"))
        here = Exchanged(folder, names, (one, two), shared)
        sent_pdf = here.receive(good)
        between()
        here.ask(each)
        between()
        for n, setting in enumerate(here.asked):
            here.reply(setting, 1, by=n, letter=n == 1)
        filled = type_reply.by_pymupdf(sent_pdf, type_reply.TYPED, folder / "filled in.pdf")
        assert here.second.do("receive", filled)["outcomes"] == ["known"]
        here.paper.open(filled)
        assert "nothing new" in here.paper.open(filled)
        here.assert_agree("setting")
        sent = [path for setting in here.asked for path in here.answer(setting, here.name)]
        sent += here.answer(here.paper, TYPED_BY)
        between()
        assert here.second.do("receive", *sent)["refused"] == []
        here.assert_agree("reviewer")
        for n, setting in enumerate((*here.asked, here.paper)):
            here.close(setting)
            here.reply(setting, 2, by=n + 1, letter=n == 2)
        here.assert_agree("")
        peer_reviews(here.asked[-1], folder)
        colleague_writes_a_part(here.asked[-1], folder)
        here.assert_agree("")
