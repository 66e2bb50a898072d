"""The digest tells damage, and is taken of the document as it came."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop.errors import PackRefusedError
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import digest_of, short_code

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


def test_the_digest_is_that_of_the_canonical_form() -> None:
    document = {"b": "é\n€", "digest": "left out", "a": [1, True, None, {"\u20ac": "", "\r": "\x0f"}]}
    canonical = '{"a":[1,true,null,{"\\r":"\\u000f","€":""}],"b":"é\\n€"}'
    assert digest_of(document) == sha256(canonical.encode()).hexdigest()


def test_a_changed_letter_is_refused(evaluation: Evaluation, catalogue: Catalogue) -> None:
    data = evaluation_json.write(evaluation, catalogue)
    with pytest.raises(PackRefusedError, match="was damaged or changed"):
        evaluation_json.read_bytes(data.replace(b"Strength 1 of research", b"Strength 7 of research"), "p", catalogue)


def test_other_spacing_and_order_are_no_damage(evaluation: Evaluation, catalogue: Catalogue) -> None:
    document = json.loads(evaluation_json.write(evaluation, catalogue))
    document["digest"] = document["digest"].upper()
    other = json.dumps(dict(reversed(document.items())), separators=(",", ":")).encode()

    received = evaluation_json.read_bytes(other, "p", catalogue)

    assert received.evaluation == evaluation
    assert received.remarks == ()


@pytest.mark.parametrize("digest", [{}, {"digest": ""}])
def test_no_digest_is_accepted_with_a_remark(
    document: dict[str, Any], evaluation: Evaluation, catalogue: Catalogue, digest: dict[str, str]
) -> None:
    received = evaluation_json.read_bytes(json.dumps(document | digest).encode(), "p", catalogue)

    assert received.evaluation == evaluation
    assert received.remarks == ("It carries no digest, so nobody can tell whether it arrived undamaged.",)
    assert received.code == short_code(digest_of(document))


def test_the_digest_is_taken_before_anything_is_tidied(document: dict[str, Any], catalogue: Catalogue) -> None:
    document["summary"] = "one\r\ntwo \u202ethree\u2069 \u200efour"
    document["title"] = "Two\nlines"
    document["digest"] = digest_of(document)

    received = evaluation_json.read_bytes(json.dumps(document).encode(), "p", catalogue)

    assert received.evaluation.summary == "one\ntwo three \u200efour"
    assert received.evaluation.title == "Two lines"
    assert received.remarks == ("Line ends or invisible characters were tidied in 2 texts.",)
    assert received.code == short_code(document["digest"])


def test_the_short_code_can_be_read_aloud() -> None:
    assert short_code("00" * 32) == "0000-0000"
    assert short_code("ff" * 32) == "ZZZZ-ZZZZ"
    assert short_code("0123456789" + "0" * 54) == "04HM-ASW9"
