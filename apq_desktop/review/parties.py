"""Who reviews: a council and its officers, a peer. The notes of each are kept apart from those of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from apq_desktop.review.exchange_state import Exchange
from apq_desktop.review.lines import ReviewLine

UNNAMED = "Reviewer"


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation that reviews. ``writers`` are the ids of its people's libraries."""

    name: str
    as_peer: bool
    writers: frozenset[str]

    @property
    def title(self) -> str:
        """How it is named where its notes stand."""
        return f"{self.name}, peer review" if self.as_peer else self.name


def parties(lines: Iterable[ReviewLine]) -> tuple[Party, ...]:
    """Everybody who reviewed, peers last, else by name.

    A writer belongs to the organisation that one of the lines names; where none does, to the role that wrote.
    """
    named: dict[str, str] = {}
    roles: dict[str, str] = {}
    peers: set[str] = set()
    for line in lines:
        if line.side == "reviewer" or line.what == "note":
            roles[line.who] = line.role or roles.get(line.who, "")
            if line.party:
                named[line.who] = line.party
            if line.as_peer:
                peers.add(line.who)
    together: dict[tuple[bool, str], set[str]] = {}
    for who, role in roles.items():
        together.setdefault((who in peers, named.get(who) or role or UNNAMED), set()).add(who)
    return tuple(Party(name, as_peer, frozenset(who)) for (as_peer, name), who in sorted(together.items()))


def part_of(exchange: Exchange, party: Party) -> Exchange:
    """What stands between the setting and one party."""

    def own(lines: Iterable[ReviewLine]) -> tuple[ReviewLine, ...]:
        return tuple(line for line in lines if line.who in party.writers)

    states = {area: own(lines) for area, lines in exchange.states.items()}
    reviews = own([exchange.next_review] if exchange.next_review else [])
    return replace(
        exchange,
        threads=tuple(thread for thread in exchange.threads if thread.note.who in party.writers),
        states={area: lines for area, lines in states.items() if lines},
        agreed_actions=own(exchange.agreed_actions),
        visits=own(exchange.visits),
        next_review=reviews[0] if reviews else None,
    )
