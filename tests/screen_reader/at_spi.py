"""What a screen reader asks another program over AT-SPI, and what it is told; and keys, as the keyboard sends them.

Only the protocol (https://gnome.pages.gitlab.gnome.org/at-spi2-core), no library of Qt: what is found here is what
Orca would find.
"""

from __future__ import annotations

import re
import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60.0
"""Seconds that a busy machine may take for what an idle one does at once."""
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
KEYBOARD = ("/org/a11y/atspi/registry/deviceeventcontroller", "org.a11y.atspi.DeviceEventController")
EVENTS = ("object:state-changed:focused", "object:announcement", "object:state-changed:checked", "window:activate")
HEARD = ("StateChanged:focused", "StateChanged:checked", "Announcement", "Activate")
STATES = (
    *("invalid", "active", "armed", "busy", "checked", "collapsed", "defunct", "editable", "enabled", "expandable"),
    *("expanded", "focusable", "focused", "has tooltip", "horizontal", "iconified", "modal", "multi line"),
    *("multiselectable", "opaque", "pressed", "resizable", "selectable", "selected", "sensitive", "showing"),
    *("single line", "stale", "transient", "vertical", "visible", "manages descendants", "indeterminate", "required"),
    *("truncated", "animated", "invalid entry", "supports autocompletion", "selectable text", "is default"),
    *("visited", "checkable", "has popup", "read only"),
)
"""The states of AT-SPI in the order of their bits."""
NAMED = ("Tab", 0xFF09), ("Return", 0xFF0D), ("Escape", 0xFF1B), ("BackSpace", 0xFF08), ("Delete", 0xFFFF)
ARROWS = ("Home", "Left", "Up", "Right", "Down")
KEYSYMS = {**dict(NAMED), **{key: 0xFF50 + number for number, key in enumerate(ARROWS)}, "Space": 0x20, "F2": 0xFFBF}
INERT = (900, 12)
"""A place of the screen, beside the menus, where nothing is. Where there is no window manager, a click is what does."""
MODIFIERS = {"Shift": 50, "Ctrl": 37, "Alt": 64}
"""Key codes of the modifiers, which are held: the same on every X server with a keyboard of evdev."""
PRESS, RELEASE, SYM, TEXT = 0, 1, 3, 4
BY_LINE = 3
"""The granularity of GetStringAtOffset."""


class Bus:
    """The bus of assistive technology. ``events`` gathers what programs tell there: kind, detail, words, node."""

    def __init__(self, address: str) -> None:
        session = open_dbus_connection(address)
        where = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        found = session.send_and_get_reply(new_method_call(where, "GetAddress"), timeout=PATIENCE)
        session.close()
        self._connection: DBusConnection = open_dbus_connection(found.body[0])
        self._signals: deque[Any] = deque(maxlen=10_000)
        self.events: list[tuple[str, int, str, Node]] = []
        for name in EVENTS:
            self.call(REGISTRY, "/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", "sass", name, [], "")
        for kind in ("Object", "Window"):
            rule = MatchRule(type="signal", interface=f"org.a11y.atspi.Event.{kind}")
            self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
            self._connection.filter(rule, queue=self._signals)

    def call(self, name: str, path: str, interface: str, method: str, signature: str = "", *words: Any) -> Any:
        """Call a method. Raises LookupError where it answers with an error."""
        message = new_method_call(DBusAddress(path, name, interface), method, signature or None, words)
        reply = self._connection.send_and_get_reply(message, timeout=PATIENCE)
        if reply.header.message_type == MessageType.error:
            raise LookupError(f"{method} of {interface}: {reply.body}")
        return reply.body[0] if reply.body else None

    def listen(self) -> None:
        """Take in what was told meanwhile."""
        try:
            while True:
                self._connection.recv_messages(timeout=0.02)
        except TimeoutError:
            pass
        while self._signals:
            told = self._signals.popleft()
            fields = {key.name: value for key, value in told.header.fields.items()}
            detail, first, _second, value, _ = told.body
            words = value[1] if value[0] == "s" else ""
            kind = f"{fields['member']}:{detail}" if detail else fields["member"]
            if kind in HEARD:
                self.events.append((kind, first, words, Node(self, fields["sender"], fields["path"])))

    def key(self, code: int, words: str, kind: int) -> None:
        """Press or release a key, or send words, as a keyboard would."""
        self.call(REGISTRY, KEYBOARD[0], KEYBOARD[1], "GenerateKeyboardEvent", "isu", code, words, kind)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen."""
        self.call(REGISTRY, KEYBOARD[0], KEYBOARD[1], "GenerateMouseEvent", "iis", x, y, "b1c")

    def program(self, process: int) -> Node | None:
        """The program with this number of its process, if it can be read already."""
        for node in Node(self, REGISTRY, ROOT).children():
            bus = "org.freedesktop.DBus"
            if self.call(bus, "/org/freedesktop/DBus", bus, "GetConnectionUnixProcessID", "s", node.program) == process:
                return node
        return None

    def close(self) -> None:
        """Leave the bus."""
        self._connection.close()


@dataclass(frozen=True)
class Node:
    """One part of a program, as it tells of itself."""

    bus: Bus
    program: str
    path: str

    def ask(self, interface: str, method: str, signature: str = "", *words: Any) -> Any:
        """Ask by one of the interfaces of AT-SPI."""
        return self.bus.call(self.program, self.path, f"org.a11y.atspi.{interface}", method, signature, *words)

    def get(self, interface: str, name: str) -> Any:
        """A property of one of the interfaces."""
        interface = f"org.a11y.atspi.{interface}"
        return self.bus.call(self.program, self.path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)[
            1
        ]

    @property
    def name(self) -> str:
        """What it is called; a combo box on Linux is called by its value, so that its label is asked for."""
        if self.role == "combo box":
            labels = [node.name for kind, nodes in self.relations() if kind == 2 for node in nodes]
            return " ".join(labels)
        return str(self.get("Accessible", "Name"))

    @property
    def role(self) -> str:
        """Its role, such as "push button"."""
        return str(self.ask("Accessible", "GetRoleName"))

    @property
    def states(self) -> set[str]:
        """Its states, such as "focused"."""
        low, high = self.ask("Accessible", "GetState")
        bits = low | high << 32
        return {state for number, state in enumerate(STATES) if bits >> number & 1}

    def children(self) -> list[Node]:
        """What it is made of, in the order of reading."""
        return [Node(self.bus, *one) for one in self.ask("Accessible", "GetChildren")]

    def relations(self) -> list[tuple[int, list[Node]]]:
        """Each relation's number (2: labelled by) and the parts at its other end."""
        return [
            (kind, [Node(self.bus, *one) for one in ends]) for kind, ends in self.ask("Accessible", "GetRelationSet")
        ]

    def place(self) -> tuple[int, int, int, int]:
        """Left, top, width and height on the screen."""
        left, top, width, height = self.ask("Component", "GetExtents", "u", 0)
        return left, top, width, height

    def text(self) -> str:
        """Its words, by the interface for text."""
        return str(self.ask("Text", "GetText", "ii", 0, -1))

    def caret(self) -> int:
        """After how many characters the caret stands."""
        return int(self.get("Text", "CaretOffset"))

    def line(self, place: int) -> str:
        """The line at a place, as a screen reader asks for it when the caret has come there."""
        interface = "org.a11y.atspi.Text"
        answer: str = self.bus.call(self.program, self.path, interface, "GetStringAtOffset", "iu", place, BY_LINE)
        return answer

    def walk(self) -> Iterator[Node]:
        """All parts that are to be seen, this one first, in the order of reading."""
        yield self
        for child in self.children():
            if "showing" in child.states:
                yield from child.walk()


class Reader:
    """Somebody who hears one program and presses keys."""

    def __init__(self, bus: Bus, process: int) -> None:
        self.bus = bus
        self._heard = 0
        self.program: Node = self.wait(lambda: bus.program(process), "the program cannot be read")

    def wait(self, holds: Callable[[], Any], what: str) -> Any:
        """Listen until something holds. Gives what it gave."""
        until = time.monotonic() + PATIENCE
        while True:
            self.bus.listen()
            try:
                found = holds()
            except LookupError:  # what was asked has gone meanwhile
                found = None
            if found:
                return found
            assert time.monotonic() < until, f"{what}; heard last: {self.told()[-8:]}"

    def take_the_keyboard(self) -> None:
        """Give the window the keyboard, as a window manager does when it is shown or a dialog over it is closed."""
        self.bus.click(*INERT)
        self.wait(lambda: "active" in self.parts("frame")[0].states, "the window does not get the keyboard")

    def press(self, keys: str, times: int = 1) -> None:
        """Press keys such as "Ctrl+Down"."""
        *held, key = keys.split("+")
        for _ in range(times):
            for modifier in held:
                self.bus.key(MODIFIERS[modifier], "", PRESS)
            self.bus.key(KEYSYMS.get(key) or ord(key), "", SYM)
            for modifier in reversed(held):
                self.bus.key(MODIFIERS[modifier], "", RELEASE)
            self.bus.listen()

    def write(self, words: str) -> None:
        """Type words, a sign at a time."""
        for sign in words:
            self.bus.key(ord(sign), "", SYM)
        self.bus.listen()

    def told(self) -> list[str]:
        """Everything that was told so far, in words, for a failing test."""
        events = self.bus.events
        return [f"{kind} {words or _words_of(node)}".strip() for kind, first, words, node in events if first or words]

    def hears(self, words: str) -> None:
        """Wait until words that begin as a pattern are said, after what was waited for so last."""

        def said() -> bool:
            for number, (kind, _, spoken, _) in enumerate(self.bus.events[self._heard :], self._heard + 1):
                if kind == "Announcement" and re.match(words, spoken):
                    self._heard = number
                    return True
            return False

        self.wait(said, f"nobody says {words!r}")

    def focus(self) -> Node:
        """The part that was last said to have the focus."""
        self.bus.listen()
        told = [node for kind, first, _, node in self.bus.events if kind == "StateChanged:focused" and first]
        assert told, "nothing was said to have the focus"
        return told[-1]

    def tab_to(self, name: str, *, keys: str = "Tab", most: int = 120) -> Node:
        """Press Tab until what has the focus is called so."""
        heard: list[str] = []
        while (focus := self.focus()).name != name:
            heard.append(focus.name)
            assert len(heard) < most, f"{keys} does not come to {name!r}, only to {heard}"
            self.press(keys)
            self.wait(partial(self._has_left, focus), f"{keys} leads nowhere from {heard[-1]!r}")
        return focus

    def _has_left(self, before: Node) -> bool:
        return self.focus() != before

    def push(self, name: str) -> None:
        """Go on to a button or a box, and press it."""
        focus = self.tab_to(name)
        self.press("Space" if focus.role == "check box" else "Return")

    def parts(self, role: str = "", name: str = "") -> list[Node]:
        """What is to be seen with a role, a name, or both, in the order of reading."""
        return [node for node in self.program.walk() if role in ("", node.role) and name in ("", node.name)]

    def part(self, role: str, name: str) -> Node:
        """The one part to be seen with a role and a name, waited for."""
        found: list[Node] = self.wait(lambda: self.parts(role, name), f"no {role} is called {name!r}")
        assert len(found) == 1, f"{len(found)} are {role} {name!r}"
        return found[0]

    def is_at(self, name: str) -> Node:
        """Wait until the focus is at what is called so."""
        found: Node = self.wait(
            lambda: focus if (focus := self.focus()).name == name else None, f"the focus is not at {name!r}"
        )
        return found

    def reads(self) -> list[str]:
        """The names of all that is to be seen, in the order in which they are read."""
        return [name for node in self.program.walk() if (name := node.name)]


def _words_of(node: Node) -> str:
    try:
        return f"{node.role} {node.name!r}"
    except LookupError:
        return "gone"
