"""The table of all commands, from which the menus, their shortcuts and what is enabled are made.

A new command is one line here beside its handler: a method, of a class in ``controllers``, that is named as the key.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Menu = Literal["file", "edit", "evaluations", "library", "view", "help"]
Needs = Literal["nothing", "evaluation", "editable", "sendable", "part", "library"]


class Command(NamedTuple):
    """One menu entry.

    ``shortcut`` is the name of a ``QKeySequence.StandardKey``, or a key such as ``Ctrl+0``, or several of them.
    ``needs`` says when it is enabled: always, while an evaluation is in view, while one is that may be edited, or that
    may be sent, or is a part to give back, or while a library is open. One with ``page`` shows the page that
    has its key, of ``PAGES`` or of the open library, and needs no handler. Of those with the same ``one_of`` one at a
    time is ticked.
    """

    key: str
    menu: Menu
    text: str
    shortcut: str = ""
    needs: Needs = "nothing"
    starts_group: bool = False
    page: bool = False
    one_of: str = ""


MENUS: tuple[tuple[Menu, str], ...] = (
    ("file", "&File"),
    ("edit", "&Edit"),
    ("evaluations", "Eval&uations"),
    ("library", "&Library"),
    ("view", "&View"),
    ("help", "&Help"),
)
COMMANDS: tuple[Command, ...] = (
    Command("start_new", "file", "&New evaluation…", "New"),
    Command("choose", "file", "&Open…", "Open"),
    Command("recent_files", "file", "Open recen&t"),
    Command("open_example", "file", "Look at the &example"),
    Command("open_questions", "file", "Open &local questions…"),
    Command("offer_template", "file", "Blank te&mplate…"),
    Command("offer_sheets", "file", "S&heets to print…"),
    Command("save", "file", "Sa&ve", "Save", needs="editable", starts_group=True),
    Command("save_copy", "file", "Save a &copy…", needs="evaluation"),
    Command("save_copy_with_history", "file", "Save a copy &with earlier versions…", needs="evaluation"),
    Command("copy_to_stick", "file", "Copy to a &USB stick…", needs="evaluation"),
    Command("backups", "file", "&Backups…", needs="evaluation", page=True),
    Command("print_view", "file", "&Print…", "Print", needs="evaluation", starts_group=True),
    Command("show_sending", "file", "Check and &send…", "Ctrl+Return", needs="sendable", starts_group=True),
    Command("read", "file", "Rea&d it through…", needs="evaluation", page=True),
    Command("copies", "file", "A part &for a colleague, a copy for a peer…", needs="sendable"),
    Command("give_back", "file", "Give the part bac&k…", needs="part"),
    Command("reviews", "file", "&Reviews…", needs="evaluation", page=True),
    Command("open_library", "file", "Open &a library…", starts_group=True),
    Command("new_library", "file", "New librar&y…"),
    Command("open_library_example", "file", "Look at the counc&il’s example"),
    Command("close", "file", "&Quit", "Quit", starts_group=True),
    Command("undo", "edit", "&Undo", "Undo"),
    Command("redo", "edit", "&Redo", "Redo"),
    Command("cut", "edit", "Cu&t", "Cut", starts_group=True),
    Command("copy", "edit", "&Copy", "Copy"),
    Command("paste", "edit", "&Paste", "Paste"),
    Command("history", "edit", "&Earlier versions…", needs="evaluation", page=True, starts_group=True),
    Command("show_snapshots", "edit", "&Snapshots…", needs="evaluation"),
    Command("find", "edit", "&Find or go to…", "Find Ctrl+K", starts_group=True),
    Command("find_next", "edit", "Find ne&xt", "F3", needs="evaluation"),
    Command("evaluations", "evaluations", "A&ll evaluations…", needs="evaluation", starts_group=True, page=True),
    Command("start_another", "evaluations", "Start &another in this file", needs="editable"),
    Command("next_year", "evaluations", "Start the &next year from this one…", needs="editable", page=True),
    Command("show_comparison", "evaluations", "What &changed…", needs="evaluation"),
    Command("standards", "evaluations", "Where the &proof stands…", needs="evaluation", page=True),
    Command("receive_packs", "library", "&Receive packs…", needs="library"),
    Command("receive_folder", "library", "Receive a &folder of packs…", needs="library"),
    Command("providers", "library", "&Providers", needs="library", starts_group=True, page=True),
    Command("area", "library", "One &area across providers", needs="library", page=True),
    Command("themes", "library", "T&hemes", needs="library", page=True),
    Command("report", "library", "A r&eport, and tables…", needs="library", page=True),
    Command("next_unread", "library", "Next &unread", needs="library"),
    Command("copy_library", "library", "C&opy library…", needs="library", starts_group=True),
    Command("care", "library", "Look af&ter this library…", needs="library", page=True),
    Command("close_library", "library", "&Close the library", needs="library", starts_group=True),
    Command("larger_text", "view", "&Larger text", "ZoomIn"),
    Command("smaller_text", "view", "&Smaller text", "ZoomOut"),
    Command("normal_text", "view", "&Normal text", "Ctrl+0"),
    Command("system_colours", "view", "As the &computer is set", starts_group=True, one_of="colours"),
    Command("light_colours", "view", "L&ight", one_of="colours"),
    Command("dark_colours", "view", "&Dark", one_of="colours"),
    Command("contrast_colours", "view", "&High contrast", one_of="colours"),
    Command("hyperlegible_font", "view", "&Atkinson Hyperlegible", starts_group=True, one_of="font"),
    Command("system_font", "view", "The computer’s &own font", one_of="font"),
    Command("check_spelling", "view", "Check s&pelling", starts_group=True),
    Command("show_help", "help", "&Help", "HelpContents"),
    Command("show_about", "help", "&About APQ Desktop"),
)
