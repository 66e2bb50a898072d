"""How the open library stands, for the window."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from apq_desktop.library.collection import Library


class Person(NamedTuple):
    """Who writes at this computer: ``role`` is what settings see, ``short_name`` what colleagues see."""

    role: str = ""
    short_name: str = ""


class LibraryStatus(NamedTuple):
    """How the open library stands: whose it is here, whether its keeping date has gone by, what keeps it away."""

    person: Person
    keeping: str
    past_keeping: bool
    shared: bool
    away: str


def status_of(library: Library) -> LibraryStatus:
    """How a library stands now. Raises nothing."""
    from apq_desktop.services.libraries import open_library as services

    role, short_name = services.person(library)
    past = services.is_past_keeping(library, datetime.now(UTC).astimezone().date())
    return LibraryStatus(Person(role, short_name), library.state().keeping, past, library.is_shared(), library.away())


def status_after(work: Callable[[Library], object], library: Library) -> tuple[LibraryStatus, Exception | None]:
    """How a library stands after some work, and what went wrong with that. Raises nothing."""
    try:
        work(library)
    except Exception as error:  # noqa: BLE001 - it is told with the status
        return status_of(library), error
    return status_of(library), None
