"""What the page of the package shows: README.md, with links and pictures that work away from the checkout.

hatchling calls it. ``APQ_HOME`` is where this commit can be read, for example https://HOST/OWNER/NAME/blob/v1.0.0; the
release workflow sets it, and links lead there. Without it they are plain words, and the pictures are left out.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://)([^)]+)\)")


class PackagePage(MetadataHookInterface):
    """Adds the page and, where the home is known, the links beside it."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set ``readme`` and ``urls``."""
        home = os.environ.get("APQ_HOME", "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text("utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": page(text, home)}
        if home:
            metadata["urls"] = {
                "Source": home.partition("/blob/")[0],
                "Changelog": f"{home}/CHANGELOG.md",
                "For IT departments": f"{home}/packaging/IT-DEPARTMENTS.md",
            }


def page(text: str, home: str) -> str:
    """The text with every link from file to file made to lead to ``home``, or to none where that is empty."""

    def elsewhere(link: re.Match[str]) -> str:
        picture, words, target = link.groups()
        if not home:
            return "" if picture else words
        return f"{picture}[{words}]({home.replace('/blob/', '/raw/') if picture else home}/{target})"

    return re.sub(r"\n{3,}", "\n\n", _LINK.sub(elsewhere, text))
