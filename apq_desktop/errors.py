"""One exception for each failure that a user is told about, with the sentence they read.

The floors below the window raise these; the window and the command line show ``str(error)`` as it is.
A sentence says what happened, and what to do where there is something to do.
"""

from __future__ import annotations


class ApqError(Exception):
    """A failure that is explained to the user in one plain sentence: ``str(error)``."""


class InstrumentError(ApqError):
    """A file below ``forms/`` breaks a rule. The sentence names the file and the key."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class FileRefusedError(ApqError):
    """A file cannot be used as asked. ``path`` is the file; nothing was changed."""

    def __init__(self, path: object, sentence: str) -> None:
        super().__init__(f"{path}: {sentence}")
        self.path = path
        self.sentence = sentence


class WorkspaceRefusedError(FileRefusedError):
    """An .apq file cannot be opened: missing, foreign, damaged, newer, or in use."""


class FileInUseError(WorkspaceRefusedError):
    """An .apq file is open in another window, or in another program of ours, which may write to it.

    ``here`` says whether that is on this computer; ``address`` is where its window can be called, if it has one.
    """

    def __init__(self, path: object, sentence: str, *, here: bool, address: str = "") -> None:
        super().__init__(path, sentence)
        self.here = here
        self.address = address


class DamagedFileError(WorkspaceRefusedError):
    """An .apq file is ours, but its content is not whole. It is left untouched."""


class NewerFileError(WorkspaceRefusedError):
    """An .apq file was written by a newer version of the program."""


class NotSavedError(ApqError):
    """A change could not be written. What was typed stays queued in memory."""


class FileChangedError(NotSavedError):
    """The open .apq file was changed, moved or replaced by something else.

    It is not written to before it holds just what was saved last again.
    """


class PackRefusedError(FileRefusedError):
    """A received file (JSON, or PDF with data) cannot be read. At most 20 problems are listed.

    ``sentence`` says what is wrong, without a full stop; where it does not say what to do (after a semicolon), the
    person is told to ask for a fresh copy.
    """

    def __init__(self, path: object, sentence: str, problems: tuple[str, ...] = ()) -> None:
        advice = "" if ";" in sentence else "; ask whoever sent it for a fresh copy"
        super().__init__(path, f"{sentence}{advice}.")
        self.problems = problems[:20]


class NotAllowedError(ApqError):
    """Something that a user may not do, such as closing a colleague's request. Nothing was written."""


class NotWrittenError(FileRefusedError):
    """A file that was to be written could not be: folder missing, read-only, or the disk is full."""
