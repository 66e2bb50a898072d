"""Replies of a library to a setting, and the setting's answers that come back.

A reply holds the whole exchange so far, so that a lost one costs nothing and one that is read twice changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from apq_desktop.errors import NotAllowedError, PackRefusedError
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.evaluation.titles import area_title
from apq_desktop.exchange.json.digest import short_code
from apq_desktop.exchange.json.reviews import review_json
from apq_desktop.exchange.json.reviews.review_document import FORMAT, VERSION, About, PortableReview, Sender, Stage
from apq_desktop.exchange.pack_files import write_file
from apq_desktop.library.collection import Library, Revision
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.placed_notes import PlacedNote, place_notes
from apq_desktop.services.incoming.importing import read_pack
from apq_desktop.services.incoming.reviewing import Reply, in_sequence
from apq_desktop.services.libraries.open_library import received_evaluation, reply_lines, write_about_library
from apq_desktop.services.workspaces import now
from apq_desktop.toolkit.catalogue import Catalogue

DATA_NAME = "reply.json"
"""The name of the reply file inside a letter."""
NOT_HERE = "it holds answers about an evaluation that is not in this library; receive that evaluation first"
FOLLOWS_NOTHING = "it answers notes that are not in this library; whoever wrote those notes can receive it"
NOT_FROM_A_SETTING = "it is a reply to a setting and holds no answers; the setting opens it"
NOTHING_TO_SEND = "There is nothing to send yet: no note and no state is for the setting."


def make_reply(
    library: Library,
    revision: Revision,
    target: Path,
    catalogue: Catalogue,
    *,
    organisation: str = "",
    role: str = "",
    stage: Stage = "",
    letter: bool = False,
) -> Path:
    """Write the whole exchange so far, as far as it is for the setting, into the file ``target``.

    With ``letter`` the same goes beside it as a PDF letter (``letter_path``), which carries the file. Raises
    NotAllowedError where nothing is for the setting, FileRefusedError, NotWrittenError.
    """
    lines = reply_lines(library, revision.evaluation)
    if not lines:
        raise NotAllowedError(NOTHING_TO_SEND)
    received = read_pack(Path(revision.file).with_suffix(revision.suffix), catalogue, library.original(revision))
    as_peer, party = received.evaluation.copy_for == "peer", clean_line(organisation)
    review = PortableReview(
        format=FORMAT,
        version=VERSION,
        id=new_id(),
        number=1 + len(library.state().replied.get(revision.evaluation, ())),
        written=now(),
        stage=stage,
        sender=Sender(library.who, "reviewer", party, clean_line(role)),
        about=About(revision.evaluation, revision.number, received.digest, revision.name, revision.title),
        lines=[_of_party(line, party, as_peer=as_peer) for line in lines],
    )
    data = review_json.write(review, target.name)
    if letter:
        write_file(letter_path(target), _letter(library, revision, review, data, catalogue))
    write_file(target, data)
    write_about_library(library, "replied", evaluation=revision.evaluation, text=stage)
    return target


def _of_party(line: ReviewLine, party: str, *, as_peer: bool) -> ReviewLine:
    """A line as it leaves: it says for whom a reviewer wrote, so that the setting keeps reviewers apart."""
    if line.side == "setting":
        return line
    return replace(line, party=line.party or party, as_peer=line.as_peer or as_peer)


def letter_path(reply: Path) -> Path:
    """Where the letter goes that carries the file ``reply``."""
    return reply.with_suffix(".pdf")


def titles_of(catalogue: Catalogue) -> dict[str, str]:
    """The heading of each area by its key, in their order."""
    return {area.key: area_title(area.number, area.title) for area in catalogue.areas}


def placed_in(library: Library, revision: Revision, catalogue: Catalogue, exchange: Exchange) -> tuple[PlacedNote, ...]:
    """The notes of an exchange where they belong in a received revision. Raises FileRefusedError."""
    there = {one.number: one for one in library.revisions(revision.evaluation)}

    def as_read(number: int) -> Evaluation | None:
        return received_evaluation(library, there[number], catalogue) if number in there else None

    return place_notes(exchange, received_evaluation(library, revision, catalogue), as_read)


def _letter(library: Library, revision: Revision, review: PortableReview, data: bytes, catalogue: Catalogue) -> bytes:
    from apq_desktop.documents.reply_letter.letter import Letter, letter_pdf

    exchange = fold_lines(review.lines)
    letter = Letter(
        setting=revision.name,
        title=revision.title,
        revision=revision.number,
        code=short_code(review.about.digest) if review.about.digest else "",
        written=review.written,
        stage=review.stage,
        organisation=review.sender.organisation,
        role=review.sender.role,
        exchange=exchange,
        placed=placed_in(library, revision, catalogue, exchange),
        titles=titles_of(catalogue),
    )
    return letter_pdf(letter, data, DATA_NAME)


def take_answers(library: Library, reply: Reply, path: Path) -> int:
    """Take what a setting wrote into the library, and return how many of its lines are new.

    Only lines of the setting's own: what is marked as a reviewer's is here already, or was never written here. Raises
    PackRefusedError where the library holds no such evaluation or note, NotWrittenError.
    """
    if not library.revisions(reply.evaluation_id):
        raise PackRefusedError(path, NOT_HERE)
    there = {line.id for line in library.lines(reply.evaluation_id)}
    answers = [line for line in reply.lines if line.side == "setting"]
    if not answers:
        raise PackRefusedError(path, NOT_FROM_A_SETTING)
    known = there | {line.id for line in answers}
    if any(line.to and line.to not in known and line.what != "withdraw" for line in answers):
        raise PackRefusedError(path, FOLLOWS_NOTHING)
    new = [line for line in answers if line.id not in there]
    library.write(new)
    return len(new)


def take_typed(library: Library, reply: Reply) -> int:
    """Take what was typed into the form of a received PDF into the library, and return how many lines are new.

    Raises NotWrittenError.
    """
    there = library.lines(reply.evaluation_id)
    known = {line.id for line in there}
    new = [line for line in in_sequence(reply, there, library.next_sequence()) if line.id not in known]
    library.write(new)
    return len(new)
