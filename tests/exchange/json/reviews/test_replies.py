"""A reply is read and written without loss, keeps to its limits, and never carries what was not meant to leave."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop import paths
from apq_desktop.errors import NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.unknown_fields import as_values
from apq_desktop.exchange.json.forward_compatibility import known_names
from apq_desktop.exchange.json.reviews import review_json
from apq_desktop.exchange.json.reviews.review_document import (
    About,
    AreaState,
    PortableReview,
    Sender,
    StatedState,
    Visit,
)
from apq_desktop.review.exchange_state import fold_lines, merge_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from tests.exchange import stored_packs, stored_replies

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
STATES = [number for number, _ in stored_replies.history()]
UNKNOWN = stored_replies.FOLDER / "unknown-names.json"
CLASSES: tuple[type, ...] = (
    PortableReview,
    Sender,
    About,
    ReviewLine,
    Anchor,
    Quote,
    Action,
    StatedState,
    AreaState,
    Visit,
)
SCHEMA = paths.resources() / "schema"


def _document(review: PortableReview | None = None) -> Document:
    """A reply's plain values without the digest, so that a test can spoil them."""
    values = dict(json.loads(review_json.write(review or stored_replies.review(), "reply.json")))
    del values["digest"]
    return values


def _read(document: Document) -> review_json.ReceivedReply:
    return stored_replies.read(json.dumps(document).encode())


def _refusal(document: Document) -> str:
    with pytest.raises(PackRefusedError) as refused:
        _read(document)
    sentence = str(refused.value)
    assert sentence.startswith("reply.json: ")
    assert sentence.isprintable()
    assert len(sentence) < 400
    return sentence


def _objects(kind: type, plain: Document) -> Iterator[tuple[type, Document]]:
    yield kind, plain
    for name, inner in known_names(kind).items():
        if inner is not None and name in plain:
            for item in plain[name] if isinstance(plain[name], list) else [plain[name]]:
                yield from _objects(inner, item)


def test_the_newest_state_of_the_format_has_its_entry_in_the_history() -> None:
    """Where this fails, the format has changed: HISTORY.md says what to do. The new shape is the one found here."""
    assert list(range(1, len(STATES) + 1)) == STATES
    assert stored_replies.history()[-1] == (STATES[-1], stored_packs.shape(review_json.schema()))
    assert {path.name for path in stored_replies.FOLDER.iterdir()} == {f"state-{n}.json" for n in STATES} | {
        UNKNOWN.name
    }


@pytest.mark.parametrize("number", STATES)
def test_a_reply_of_every_state_is_read_without_remark_and_written_again_word_for_word(number: int) -> None:
    data = (stored_replies.FOLDER / f"state-{number}.json").read_bytes()
    received = stored_replies.read(data)
    assert received.remarks == ()
    written, before = (json.loads(one) for one in (review_json.write(received.review, "again.json"), data))
    for document in (written, before):
        del document["digest"], document["program_version"]
    assert written == before


def test_the_newest_reply_holds_something_under_every_name() -> None:
    filled: dict[type, set[str]] = {kind: set() for kind in CLASSES}
    for kind, plain in _objects(
        PortableReview, json.loads((stored_replies.FOLDER / f"state-{STATES[-1]}.json").read_bytes())
    ):
        filled[kind] |= {name for name, value in plain.items() if value}
    for kind, names in filled.items():
        assert set(known_names(kind)) - names <= {"needs"}, kind


@pytest.mark.parametrize("for_readers", [False, True])
def test_the_published_schemas_are_what_the_program_makes(for_readers: bool) -> None:
    text = review_json.schema(for_readers=for_readers)
    name = f"apq-review-1{'-readers' if for_readers else ''}.schema.json"
    assert (SCHEMA / name).read_bytes() == text.encode()
    schema = json.loads(text)
    assert schema["$id"] == f"urn:apq-desktop:apq-review:1:{'readers' if for_readers else 'writers'}"
    found = [schema, *schema["$defs"].values()]
    assert len(found) == len(CLASSES)
    assert all(one["additionalProperties"] is for_readers for one in found)
    assert not any("unknown_fields" in one["properties"] for one in found)


def test_what_is_written_follows_the_schema_name_by_name() -> None:
    schema = json.loads(review_json.schema())
    definitions: dict[type, Any] = {PortableReview: schema} | {
        kind: schema["$defs"][kind.__name__] for kind in CLASSES[1:]
    }
    for kind, plain in _objects(PortableReview, _document()):
        assert list(plain) == [name for name in definitions[kind]["properties"] if name in plain], kind
        assert set(definitions[kind].get("required", ())) <= set(plain), kind


def test_every_name_at_the_top_and_every_kind_of_line_is_on_the_page() -> None:
    page = (SCHEMA / "REPLY.md").read_text(encoding="utf-8")
    schema = json.loads(review_json.schema())
    for name in (*schema["properties"], *schema["$defs"]["ReviewLine"]["properties"]["what"]["enum"]):
        assert f"`{name}`" in page, name


PRIVATE = "Between us: look at the finances of"


def test_only_lines_for_the_provider_leave_and_no_byte_of_any_other() -> None:
    lines = stored_replies.lines()
    private: list[ReviewLine] = []
    for n, line in enumerate(lines, 20):
        words: dict[str, Any] = {"text": f"{PRIVATE} {n}", "role": f"{PRIVATE} role {n}", "on": f"{PRIVATE} on {n}"}
        audience: Any = ("me", "us")[n % 2]
        hidden = replace(line, id=f"private-{n}", seq=n, audience=audience, **words)
        if line.anchor is not None:
            quote = Quote(f"{PRIVATE} quote {n}", f"{PRIVATE} before", f"{PRIVATE} after")
            hidden = replace(hidden, anchor=replace(line.anchor, quote=quote))
        if line.action is not None:
            hidden = replace(hidden, action=replace(line.action, what=f"{PRIVATE} action {n}"))
        private.append(hidden)
    # What follows a private line stays too, whoever it was meant for.
    following = stored_replies.line(40, "answer", to="private-20", text=f"{PRIVATE} following")

    data = review_json.write(stored_replies.review([*private, *lines, following]), "reply.json")

    assert PRIVATE.encode() not in data
    assert b"private-" not in data
    assert data == review_json.write(stored_replies.review(), "reply.json")


@pytest.mark.parametrize("audience", ["me", "us", None])
def test_a_file_with_a_line_that_was_not_meant_for_the_setting_is_refused(audience: str | None) -> None:
    document = _document()
    document["lines"][0]["audience"] = audience
    if audience is None:
        del document["lines"][0]["audience"]
    assert "lines, 1st item: holds a note that is not meant for the setting" in _refusal(document)


def test_each_file_holds_the_whole_exchange_so_that_two_copies_come_to_the_same_as_one() -> None:
    received = _read(_document())
    assert received.review.lines == list(merge_lines(stored_replies.lines()))
    twice = merge_lines([*received.review.lines, *_read(_document()).review.lines])
    assert fold_lines(twice) == fold_lines(stored_replies.lines())
    assert received.review.state == StatedState(
        "changes-requested", "One request in area 6.", "2026-12-03T14:05:00+00:00", "School improvement officer"
    )
    assert received.review.areas == [AreaState("needs", "agreed")]
    assert (received.review.next_review, len(received.review.agreed_actions)) == ("2027-03-01", 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", {"state": "agreed"}),
        ("areas", [{"key": "needs", "state": "received"}]),
        ("agreed_actions", [{"id": "a9", "what": "Something else"}]),
        ("visits", [{"id": "v1", "on": "2026-11-30"}]),
        ("next_review", "2030-01-01"),
    ],
)
def test_a_summary_that_disagrees_with_the_lines_is_told_and_the_lines_count(name: str, value: object) -> None:
    (remark, sentence) = _read(_document() | {name: value}).remarks
    assert "no digest" in remark
    assert sentence == "Its summary says something else than the notes in it; what the notes say counts here."
    empty = {"state": {}, "next_review": ""}.get(name, [])
    assert len(_read(_document() | {name: empty}).remarks) == 1


def test_a_line_that_does_not_count_is_kept_and_told() -> None:
    document = _document()
    document["lines"].append(document["lines"][3] | {"id": "forged", "who": "somebody", "seq": 50})
    received = _read(document)
    assert received.remarks[1:] == ("1 line in it does not count and is only kept.",)
    assert "forged" in {line.id for line in received.review.lines}


def _spoilt(change: Any) -> Document:
    document = _document()
    change(document)
    return document


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(format="apq-evaluation"), "not a reply to an evaluation"),
        (lambda d: d.update(version=2), "newer version of APQ Desktop"),
        (lambda d: d.update(version=0), "no version 0"),
        (lambda d: d.update(needs=2), "newer version of APQ Desktop"),
        (lambda d: d.update(digest="0" * 64), "damaged or changed"),
        (lambda d: d.update(lines=None), "lines: must be a list"),
        (lambda d: d["lines"].append(d["lines"][0]), "is there twice"),
        (lambda d: d["lines"][0].update(evaluation="another"), "is about another evaluation than the file"),
        (lambda d: d["lines"][0].update(what="erase"), "lines, 1st item, what: must be "),
        (lambda d: d["lines"][0].update(seq=0), "must be at least 1"),
        (lambda d: d["lines"][0].update(id="../../x"), "is not in the form needed here"),
        (lambda d: d["lines"][0].update(at="2026-13-40T25:00:00Z"), "is not a date and time"),
        (lambda d: d["lines"][0].update(text="x" * 40_001), "is too long"),
        (lambda d: d["about"].update(digest="not hex"), "about, digest: “not hex” is not in the form"),
        (lambda d: d["sender"].pop("id"), "sender, id: is missing"),
        (lambda d: d["lines"].extend([{}] * 5_001), "longer list"),
        (lambda d: d.update(more={"x": "y" * 200_000}), "more than 200 kB of details"),
        (lambda d: d.update(deep=[[[[[[[[[[[[]]]]]]]]]]]]), "nested deeper"),
    ],
)
def test_what_a_stranger_may_send_is_refused_in_one_sentence(change: Any, words: str) -> None:
    assert words in _refusal(_spoilt(change))


def test_what_is_not_known_is_kept_with_its_line_and_written_again_in_its_place() -> None:
    document = dict(json.loads(UNKNOWN.read_bytes()))
    strange: dict[type, int] = dict.fromkeys(CLASSES, 0)
    for kind, plain in _objects(PortableReview, document):
        strange[kind] += len(set(plain) - set(known_names(kind)))
    assert all(strange.values())

    received = stored_replies.read(UNKNOWN.read_bytes())

    assert received.remarks == (f"{sum(strange.values())} details that this version does not know are kept.",)
    written = json.loads(review_json.write(received.review, "again.json"))
    assert written["lines"] == document["lines"]
    assert as_values(received.review.unknown_fields)


def test_texts_are_tidied_alike_however_often_a_file_is_read() -> None:
    document = _document()
    document["lines"][0]["text"] = "One\r\nTwo \u202ethree"
    document["lines"][0]["anchor"]["quote"]["prefix"] = "a\nb"
    first = _read(document)
    assert first.remarks[1:] == ("Line ends or invisible characters were tidied in 2 texts.",)
    assert first.review.lines[0].text == "One\nTwo three"
    assert first.review.lines == _read(document).review.lines


def test_what_the_reading_side_would_refuse_is_not_written() -> None:
    spoilt = stored_replies.review([replace(stored_replies.lines()[0], evaluation="another")])
    with pytest.raises(NotWrittenError, match="is about another evaluation"):
        review_json.write(spoilt, "reply.json")
