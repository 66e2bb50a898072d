"""What comes back: replies, as data or typed into the PDF, are read, kept beside their evaluation, and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from apq_desktop.errors import FileRefusedError, PackRefusedError
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.evaluation.text.cleaning import clean, visible_text
from apq_desktop.exchange.pack_files import with_part, write_file
from apq_desktop.review.lines import ReviewLine, What, next_sequence
from apq_desktop.review.parties import Party, parties
from apq_desktop.services.exports.formats import FORMATS, WORD
from apq_desktop.services.incoming.typed_replies import NO_ROLE, typed_lines
from apq_desktop.services.workspaces import now, read_sent
from apq_desktop.storage.kept_files import proof_of
from apq_desktop.storage.reviews import KeptReply
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

ANOTHER = "is a reply to an evaluation that this file does not hold; open the file from which that one was sent"
IN_OTHER_WORDS = (
    "{} other words in it than in the reply that came before. Both replies are kept: ask the sender which words count."
)
INITIAL = "It is initial feedback: more may follow."
ROLE_ALONE = "its reply says who replies and nothing else; ask for the PDF after something was typed there and saved"


@dataclass(frozen=True)
class Reply:
    """A reply as it came: its lines, and which copy of which evaluation it is about.

    ``code`` is the short code of that copy, empty where the reply does not say; ``typed`` tells that it was typed into
    the PDF. ``sender`` is shown, ``original`` the file byte for byte.
    """

    name: str
    evaluation_id: str
    revision: int
    code: str
    sender: str
    lines: tuple[ReviewLine, ...]
    remarks: tuple[str, ...]
    original: bytes
    typed: bool = False

    @property
    def told(self) -> str:
        """What it is, in one line."""
        notes = "1 note" if len(self.lines) == 1 else f"{len(self.lines):,} notes"
        about = f"a reply by {self.sender} to revision {self.revision} of the evaluation {self.evaluation_id}"
        return " ".join((f"{about[0].upper()}{about[1:]}, {notes}.", *self.remarks))


@dataclass(frozen=True)
class ReplyKept:
    """What became of a reply: how many of its lines are new in the file, and what the user is told."""

    evaluation_id: str
    new: int
    remarks: tuple[str, ...]
    says_otherwise: bool = False

    @property
    def sentence(self) -> str:
        """What the user is told, without the name of the reply."""
        if self.says_otherwise and not self.new:
            return " ".join(("is a reply without a new note.", *self.remarks))
        if not self.new:
            return " ".join(("has nothing new: all that it says is in the file.", *self.remarks))
        notes = "1 note of it is" if self.new == 1 else f"{self.new:,} notes of it are"
        return " ".join((f"is a reply; {notes} in the file now.", *self.remarks))


def read_reply(path: Path, catalogue: Catalogue) -> Reply | None:
    """A reply as JSON, in a letter, or typed into a PDF of ours; None where the file is something else.

    Raises PackRefusedError.
    """
    if path.suffix.lower() == WORD:
        return None
    if path.suffix.lower() != FORMATS["pdf"].suffix:
        from apq_desktop.exchange.json.safe_json import bytes_of

        return written_reply(path, bytes_of(path, str(path)))
    from apq_desktop.documents.pdf.safe_pdf import content_of

    content = content_of(path)
    return written_reply(path, content) or typed_reply(path, content, catalogue)


def written_reply(path: Path, content: bytes) -> Reply | None:
    """The reply in a file of ours with this ``content``, or in a letter; None where it holds none.

    Raises PackRefusedError.
    """
    data = content
    if path.suffix.lower() == FORMATS["pdf"].suffix:
        from apq_desktop.documents.pdf.attachment import attached_data

        data = b""
        with suppress(PackRefusedError):  # nothing is attached, or not one thing alone: whoever reads packs says so
            data = attached_data(path, content)
    return _reply_in(path, data, content) if b"apq-review" in data else None


def _reply_in(path: Path, data: bytes, original: bytes) -> Reply | None:
    from apq_desktop.exchange.json.digest import short_code
    from apq_desktop.exchange.json.reviews import review_json
    from apq_desktop.exchange.json.safe_json import parsed

    document = parsed(data, str(path))
    if not review_json.is_reply(document):
        return None
    received = review_json.read_document(document, data, str(path))
    review = received.review
    code = short_code(review.about.digest) if review.about.digest else ""
    sender = ", ".join(part for part in (review.sender.role, review.sender.organisation) if visible_text(part))
    return Reply(
        path.name, review.about.evaluation, review.about.revision, code, sender or NO_ROLE, tuple(review.lines),
        (*received.remarks, *([INITIAL] if review.stage == "initial-feedback" else [])), original,
    )  # fmt: skip


def keep_reply(workspace: Workspace, reply: Reply, path: Path) -> ReplyKept:
    """Keep a reply in the workspace that holds its evaluation; the same one twice changes nothing.

    Raises PackRefusedError where the workspace holds another evaluation, NotSavedError.
    """
    if reply.evaluation_id not in {heading.id for heading in workspace.evaluations()}:
        raise PackRefusedError(path, ANOTHER)
    there = workspace.reviews.lines(reply.evaluation_id)
    lines = in_sequence(reply, there)
    kept = KeptReply(reply.evaluation_id, now(), reply.name, reply.sender, proof_of(reply.original))
    new = workspace.reviews.add(lines, kept, reply.original)
    own = {line.id for line in there if line.side == "setting"}
    came_back = sum(1 for line in reply.lines if line.side == "setting" and line.id not in own)
    remarks = [*reply.remarks, *_which_copy(workspace, reply)]
    words = {line.id: line.text for line in there}
    if differing := sum(words.get(line.id, line.text) != line.text for line in reply.lines):
        remarks.append(IN_OTHER_WORDS.format("1 note has" if differing == 1 else f"{differing:,} notes have"))
    if came_back:
        marked = "is marked as your own, and this file did not have it"
        if came_back > 1:
            marked = "are marked as your own, and this file did not have them"
        remarks.append(f"{came_back:,} of them {marked}.")
    return ReplyKept(reply.evaluation_id, new, tuple(remarks), says_otherwise=differing > 0)


def answer(workspace: Workspace, note: ReviewLine, text: str, role: str = "") -> ReviewLine:
    """Write the setting's answer to a note into the file, and return it. Raises NotSavedError."""
    return _write(workspace, "answer", note, clean(text), role)


def take_back(workspace: Workspace, line: ReviewLine) -> ReviewLine:
    """Withdraw a line of the setting's own, which stays in the file, and return what says so. Raises NotSavedError."""
    return _write(workspace, "withdraw", line, "", "")


def _write(workspace: Workspace, what: What, follows: ReviewLine, text: str, role: str) -> ReviewLine:
    number = next_sequence(workspace.reviews.lines(follows.evaluation))
    line = ReviewLine(
        new_id(), what, now(), number, workspace.reviews.file_id, "setting", follows.evaluation, "provider",
        role=role, to=follows.id, text=text,
    )  # fmt: skip
    workspace.reviews.add([line])
    return line


def save_answers(workspace: Workspace, evaluation: Evaluation, pack: Path, *, peers: bool = False) -> list[Path]:
    """Write the exchange so far beside a pack, a file for each reviewer who got an answer: peers, or all others.

    None sees what another wrote. Where there is one reviewer alone, the name of the file says only that these are
    answers. Raises NotWrittenError; what stood in the place of a file that was not written is then unchanged.
    """
    lines = workspace.reviews.lines(evaluation.id)
    reviewers = parties(line for line in lines if line.side == "reviewer")
    written = []
    for party in reviewers:
        own = _between(lines, party)
        if party.as_peer == peers and any(line.side == "setting" for line in own):
            whom = party.name if len(reviewers) > 1 else ""
            path = with_part(pack, "answers", whom)
            write_file(path, _as_data(workspace, evaluation, own, path.name))
            written.append(path)
    return written


def _as_data(workspace: Workspace, evaluation: Evaluation, lines: Iterable[ReviewLine], name: str) -> bytes:
    """An exchange as a reply of the setting's own."""
    from apq_desktop.exchange.json.reviews import review_json
    from apq_desktop.exchange.json.reviews.review_document import FORMAT, VERSION, About, PortableReview, Sender

    about = About(evaluation.id, evaluation.revision, "", evaluation.setting.name, evaluation.title)
    sender = Sender(workspace.reviews.file_id, "setting", evaluation.setting.name)
    review = PortableReview(
        format=FORMAT, version=VERSION, id=new_id(), written=now(), sender=sender, about=about, lines=list(lines)
    )
    return review_json.write(review, name)


def _between(lines: Iterable[ReviewLine], party: Party) -> list[ReviewLine]:
    """What one reviewer wrote, and what follows it on either side."""
    own: dict[str, ReviewLine] = {}
    for line in lines:
        if line.who in party.writers or line.to in own:
            own[line.id] = line
    return list(own.values())


def _which_copy(workspace: Workspace, reply: Reply) -> Iterator[str]:
    """One sentence where the reply is about a copy that is not the newest that was sent, or is not known here."""
    sendings = workspace.send_log.of_evaluation(reply.evaluation_id)
    about = next((sending for sending in sendings if sending.code == reply.code), None) if reply.code else None
    newest = max((sending.revision for sending in sendings), default=0)
    if about is not None and about.revision < newest:
        yield f"It is about revision {about.revision}; revision {newest} has been sent since."
    elif about is None and sendings and reply.code:
        yield "It is about a copy that was not sent from this file, so what it speaks of may be worded differently."


def in_sequence(reply: Reply, there: Iterable[ReviewLine], first: int = 0) -> tuple[ReviewLine, ...]:
    """The lines to keep. What was typed comes after what is there; what is known already stays as it is.

    ``first`` is the least sequence number where more was seen than what is ``there``.
    """
    if not reply.typed:
        return reply.lines
    there = tuple(there)
    known, first = {line.id for line in there}, max(first, next_sequence(there))
    new = [line for line in reply.lines if line.id not in known]
    return tuple(replace(line, seq=first + n) for n, line in enumerate(new))


def typed_reply(path: Path, content: bytes, catalogue: Catalogue) -> Reply | None:
    """The reply that was typed into the form of a PDF; None where there is none. Raises PackRefusedError."""
    from apq_desktop.documents.blank_form.filled_reply import read_filled_reply
    from apq_desktop.exchange.json import evaluation_json

    filled = read_filled_reply(path, content)
    if filled is None:
        return None
    received = evaluation_json.read_bytes(filled.data, path, catalogue)
    evaluation = received.evaluation
    lines = typed_lines(filled, evaluation, received.code)
    if not lines:
        raise PackRefusedError(path, ROLE_ALONE)
    sender = filled.role or NO_ROLE
    return Reply(
        path.name, evaluation.id, evaluation.revision, received.code, sender, tuple(lines), (), content, typed=True
    )


def evaluation_as_read(
    workspace: Workspace, evaluation_id: str, revision: int, catalogue: Catalogue
) -> tuple[Evaluation, Include] | None:
    """The evaluation in the revision that a reviewer read, and what went in, where the file still holds it.

    A part for a colleague has the number of a revision and is none.
    """
    for sending in workspace.send_log.of_evaluation(evaluation_id):
        if sending.revision == revision:
            with suppress(FileRefusedError):
                read = read_sent(workspace, sending.id, catalogue)
                if read[0].copy_for != "colleague":
                    return read
    return None
