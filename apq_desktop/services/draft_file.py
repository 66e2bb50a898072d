"""Words that are typed and not kept yet, in a small file of this computer: see ``ui.session.drafts``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from apq_desktop.errors import NotWrittenError
from apq_desktop.exchange.pack_files import write_file
from apq_desktop.paths import own_folder


def read_drafts(place: str) -> dict[str, str]:
    """What was typed at a place, by name. What cannot be read is as if nothing had been typed."""
    with suppress(OSError, ValueError, RecursionError, AttributeError):
        kept = json.loads(_path(place).read_text("utf-8"))
        return {str(name): str(words) for name, words in kept.items() if words}
    return {}


def write_drafts(place: str, words: Mapping[str, str]) -> None:
    """Keep what was typed at a place; nothing leaves no file. Raises NotWrittenError."""
    path = _path(place)
    try:
        if words:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise NotWrittenError(path, "what was typed could not be kept.") from error
    if words:
        write_file(path, json.dumps(words).encode())


def _path(place: str) -> Path:
    """The place itself is not written: it may be a path, or the address of a server."""
    name = blake2b(place.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return own_folder("data") / "drafts" / f"{name}.json"
