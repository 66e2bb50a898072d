"""The instrument as this computer has it: ours, with the local questions that the user opened once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import InstrumentError, NotWrittenError

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.toolkit.local_questions import LocalQuestions


class QuestionLibrary:
    """Hold the catalogue, read once, and the packs of local questions in the folder that ``find_folder`` names."""

    def __init__(self, forms: Path, find_folder: Callable[[], Path]) -> None:
        self._forms, self._find_folder = forms, find_folder
        self._catalogue: Catalogue | None = None

    def catalogue(self) -> Catalogue:
        """Every question that is asked here. A pack that cannot be read is left out; its notes are kept."""
        if self._catalogue is None:
            from apq_desktop.toolkit.loader import load
            from apq_desktop.toolkit.local_questions import with_local

            self._catalogue = with_local(load(self._forms), self._packs())
        return self._catalogue

    def add(self, file: Path) -> LocalQuestions:
        """Keep a council's or trust's own questions, in place of an earlier edition of the same pack.

        Raises InstrumentError where the pack breaks a rule, NotWrittenError where it cannot be kept.
        """
        from apq_desktop.toolkit.loader import load
        from apq_desktop.toolkit.local_questions import load_local, with_local

        pack = load_local(file)
        others = [other for other in self._packs() if other.key != pack.key]
        catalogue = with_local(load(self._forms), [*others, pack])
        kept = self._find_folder() / f"{pack.key}.toml"
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            making = kept.with_suffix(".part")
            making.write_bytes(file.read_bytes())
            making.replace(kept)
        except OSError as error:
            sentence = "the questions could not be kept there. Make room, then open them again."
            raise NotWrittenError(kept, sentence) from error
        self._catalogue = catalogue
        return pack

    def _packs(self) -> list[LocalQuestions]:
        from apq_desktop.toolkit.local_questions import load_local

        packs = []
        for file in sorted(self._find_folder().glob("*.toml")):
            try:
                packs.append(load_local(file))
            except InstrumentError:
                continue
        return packs
