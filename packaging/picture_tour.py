"""Every screen of the program by name, with what leads to it: the pages of both tables, and what opens over them."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import picture_popups
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from apq_desktop import paths
from apq_desktop.evaluation.edits.changes import Target, apply
from apq_desktop.evaluation.edits.merge import merge
from apq_desktop.library.collection import Library, Wanted
from apq_desktop.review.lines import Anchor, NoteKind, Quote, ReviewLine
from apq_desktop.services.locality.themes import add_theme, anchor_in, put_theme
from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage
from apq_desktop.ui.pages.evaluations.next_year_page import NextYearPage
from apq_desktop.ui.pages.library import library_view
from apq_desktop.ui.pages.library.providers.providers_page import ProvidersPage
from apq_desktop.ui.pages.page_table import PAGES
from apq_desktop.ui.spelling.dictionary import folders
from apq_desktop.ui.spelling.spell_checker import SpellChecker
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.window.find.overlay import FindPanel
from apq_desktop.ui.window.main_window import MainWindow

SETTLING_MS = 50
MOST_ROUNDS = 100
KINDS: tuple[NoteKind, ...] = ("change", "question", "agreed")
NOTES = (
    "Please say from when, and who rings.",
    "How many families are there in all?",
    "A good example of asking and then changing something.",
)


class Screen(NamedTuple):
    """One screen: ``go`` brings it into view. One ``by_itself`` has its picture in ``screenshots``."""

    name: str
    go: Callable[[], object]
    by_itself: bool = True


def screens(window: MainWindow) -> list[Screen]:
    """Every screen, in the order in which one leads to the next."""
    pages = [Screen(key.replace("_", "-"), go, by_itself=False) for key, go in other_pages(window).items()]
    popups = [Screen(name, go, by_itself=False) for name, go in picture_popups.popups(window).items()]
    shown = [
        Screen("who-writes-here", lambda: show_who(window, Path("New library").absolute()), by_itself=False),
        *in_a_library(window),
    ]
    return [*in_one_year(window), *pages, *popups, *over_the_years(window), *shown]


def in_one_year(window: MainWindow) -> list[Screen]:
    """First start, then the example as it is opened."""
    return [
        Screen("first-start", window.show_start),
        *of_nothing(window),
        Screen("overview", lambda: until_open(window, window.commands.open.open_example)),
        Screen("community", lambda: show_area(window, "workforce")),
        Screen("curriculum", lambda: show_area(window, "attendance")),
        Screen("currency", lambda: show_area(window, "post-16")),
        Screen("area-form", lambda: show_area(window, "home-family")),
        Screen("guidance", lambda: show_area(window, "needs", guidance=True)),
        Screen("one-part", lambda: show_part(window)),
        Screen("signpost", lambda: show_signpost(window)),
        Screen("details", lambda: window.show_page("details")),
        Screen("other-purposes", lambda: show_purposes(window)),
        Screen("action-plan", lambda: show_tab(window, "action_plan")),
        Screen("evidence", lambda: show_tab(window, "evidence")),
        Screen("search", lambda: show_search(window)),
    ]


def of_nothing(window: MainWindow) -> list[Screen]:
    """A file just begun: its first field, and the pages that have nothing to show yet."""
    return [
        Screen("first-field", lambda: show_first_field(window), by_itself=False),
        Screen("overview-of-nothing", lambda: show_overview(window), by_itself=False),
        Screen("action-plan-of-nothing", lambda: show_tab(window, "action_plan"), by_itself=False),
        Screen("evidence-of-nothing", lambda: show_tab(window, "evidence"), by_itself=False),
    ]


def over_the_years(window: MainWindow) -> list[Screen]:
    """What a second evaluation in the file shows, and what questions of a council's add."""
    return [
        Screen("next-year", lambda: window.show_page("next_year")),
        Screen("what-changed", lambda: show_changes(window)),
        Screen("where-the-proof-stands", lambda: window.show_page("standards")),
        Screen("check-and-send", window.commands.send.show_sending),
        Screen("carried-forward", lambda: show_carried(window)),
        Screen("over-the-years", lambda: show_years(window)),
        Screen("all-evaluations", lambda: show_several(window)),
        Screen("local-questions", lambda: show_local_questions(window)),
        Screen("after-sending", lambda: show_made(window), by_itself=False),
        Screen("spelling", lambda: show_spelling(window)),
    ]


def in_a_library(window: MainWindow) -> list[Screen]:
    """The pages of the council's example: first those with a name of their own, then the others of the table."""
    named = [
        Screen("library", lambda: show_library(window)),
        Screen("read-a-provider", lambda: show_provider(window)),
        Screen("library-note", lambda: show_note(window), by_itself=False),
        Screen("library-reply", lambda: show_reply(window), by_itself=False),
        Screen("library-removal", lambda: show_removal(window), by_itself=False),
        Screen("look-after-a-library", window.menus.actions["care"].trigger),
    ]
    there = {"providers", "provider", "care"}
    others = [
        Screen(f"library-{key}", partial(show_in_library, window, key), by_itself=False)
        for key in library_view.PAGES
        if key not in there
    ]
    return [*named, *others]


SHOWN_ELSEWHERE = {"details", "action_plan", "evidence", "next_year", "compare", "standards", "send", "item_history"}
"""Pages of the table that have a screen with a name of its own."""


def other_pages(window: MainWindow) -> dict[str, Callable[[], object]]:
    """All other pages of the table; those that may hold nothing, first so, then with something on them."""
    full = {"snapshots": show_snapshots, "reviews": show_reviews, "came_back": show_came_back}
    rest = [spec.key for spec in PAGES if spec.key not in SHOWN_ELSEWHERE]
    return {
        **{key + "-of-nothing" * (key in full): partial(window.show_page, key) for key in rest},
        **{key: partial(full[key], window) for key in rest if key in full},
    }


def show_first_field(window: MainWindow) -> None:
    """Where somebody is who typed the name of their setting and pressed Start."""
    page = window.start_page
    assert page is not None
    page.name.load("The Lodge")
    until_open(window, page.start.click)


def show_made(window: MainWindow) -> None:
    """What is said when a pack was made."""
    window.commands.send.show_sending()
    assert window.view is not None
    page = window.view.sending
    assert page is not None
    page.pack.make.click()
    settle_until(page.pack.make.isEnabled)


def show_area(window: MainWindow, key: str, *, guidance: bool = False) -> None:
    """The form of an area, with its guidance or without."""
    assert window.view is not None
    form = window.view.show_area(key)
    if form.guidance.isChecked() != guidance:
        form.guidance.click()


def show_overview(window: MainWindow) -> None:
    """Where the areas of the open evaluation stand."""
    assert window.view is not None
    window.view.show_overview()


def show_tab(window: MainWindow, key: str) -> None:
    """A page that has a tab."""
    assert window.view is not None
    window.view.show_tab(key)


def show_search(window: MainWindow) -> FindPanel:
    """What is found for a word."""
    window.finding.find()
    panel = window.finding.overlay.panel
    panel.words.setText("survey")
    window.finding.look()
    return panel


def show_snapshots(window: MainWindow) -> None:
    """Two snapshots that were kept."""
    page: Any = window.show_page("snapshots")
    for name in ("Before the governors’ meeting", "As it went to the council"):
        page.name.setText(name)
        page.keep.click()
        settle_until(partial(_has_button, page, f"Look at it: {name}"))


def _has_button(page: QWidget, name: str) -> bool:
    return any(button.accessibleName() == name for button in page.findChildren(LinkButton))


def show_reviews(window: MainWindow) -> None:
    """Three notes that came back, of which two wait: from then on there is a tab for them."""
    assert window.session is not None
    evaluation = window.session.evaluation
    strengths = evaluation.area("home-family").strengths
    lines = [
        ReviewLine(
            f"q{number}", "note", f"2026-11-24T14:0{number}:00+00:00", number, "council", "reviewer", evaluation.id,
            "provider", "Quality officer", kind, text=text, party="Northshire Council",
            anchor=Anchor(1, "home-family", "strengths", strength.id, "text", Quote(strength.text[:60])),
        )
        for number, (kind, text, strength) in enumerate(zip(KINDS, NOTES, strengths, strict=False), 1)
    ]  # fmt: skip
    held = window.current.get()
    assert held is not None
    window.app.files.store_thread.do(lambda: held.opened.workspace.reviews.add(lines))
    until_open(window, lambda: window.switch_to(evaluation.id))
    window.show_page("reviews")


def show_came_back(window: MainWindow) -> None:
    """What a colleague gave back, one field of it changed by both."""
    assert window.session is not None
    given = deepcopy(window.session.evaluation)
    theirs, mine = deepcopy(given), deepcopy(given)
    for whose, words in ((theirs, " We ring every Friday."), (mine, " We ring on Mondays.")):
        whose.area("home-family").strengths[0].text += words
    theirs.area("home-family").strengths[1].text += " They told us so in June."
    page: Any = window.show_page("came_back")
    merged = merge(mine, given, theirs)
    after = deepcopy(mine)
    if merged.change is not None:
        apply(after, merged.change)
    page.show_part("Family lead", mine, after, merged)


def show_who(window: MainWindow, folder: Path) -> None:
    """A library that nobody has written in yet, made in a new folder."""
    until_open(window, lambda: window.libraries.open(str(folder), new=True))


def show_in_library(window: MainWindow, key: str) -> None:
    """A page of the open library."""
    view = window.library_presenter.view
    assert view is not None
    if key == "theme":
        page = view.page("theme")
        window.libraries.run(themed, view.page("themes").theme_opened.emit)
        settle_until(lambda: page.isVisible() and bool(page.list.passages.rows))
        return
    view.show_page(key)
    if key == "themes":
        for name in ("Mornings", "Families’ working hours"):
            window.libraries.write(partial(add_theme, name=name), title="The theme was not made")


def themed(library: Library) -> str:
    """A theme, on the first words that each setting wrote about attendance."""
    theme = next(iter(library.state().themes))
    for one in library.providers():
        of = Wanted(evaluation=one.evaluation, number=one.number, area="attendance", parts=("strengths",))
        for passage in library.passages(library.places(of)[:1]):
            put_theme(library, theme, one.evaluation, anchor_in(passage))
    return theme


def until_open(window: MainWindow, act: Callable[[], object]) -> None:
    """Do what opens an evaluation, and wait for it."""
    loop = QEventLoop()
    window.evaluation_shown.connect(loop.quit)
    act()
    loop.exec()


def show_part(window: MainWindow) -> None:
    """One part of an area, with the guidance that bears on it."""
    assert window.view is not None
    window.view.show_area("needs").show_part("literacy")


def show_signpost(window: MainWindow) -> None:
    """Everything again, at the end of the guidance, where it points to the national standards."""
    assert window.view is not None
    window.view.show_area("needs").show_part("")
    guidance = window.view.categories["curriculum"].guidance
    guidance.verticalScrollBar().setValue(guidance.verticalScrollBar().maximum())


def show_purposes(window: MainWindow) -> None:
    """The details where a peer review is among the purposes, then as it was."""
    assert window.session is not None
    assert window.view is not None
    window.session.set_field(Target("evaluation"), "purposes", ("self-evaluation", "peer-review"))
    page = window.view.show_details()
    page.binding.field(Target("evaluation"), "reviewed_by").setFocus()


def show_changes(window: MainWindow) -> None:
    """What changed since the year before, after something did."""
    assert window.session is not None
    page = window.show_page("next_year")
    assert isinstance(page, NextYearPage)
    until_open(window, page.start.click)
    entry = window.session.evaluation.areas[0].strengths[0]
    action = window.session.evaluation.actions_of("workforce")[0]
    window.session.set_field(Target("actions", action.id), "progress", "finished")
    words = entry.text.replace("Training", "Training in every week")
    window.session.set_field(Target("strengths", entry.id, "workforce"), "text", words + " We have kept it up.")
    window.commands.evaluation.show_comparison()


def show_carried(window: MainWindow) -> None:
    """A form with what was carried forward."""
    assert window.view is not None
    form = window.view.show_area("workforce")
    form.development_list.rows()[0].first_field.setFocus()


def show_years(window: MainWindow) -> None:
    """An action over the years."""
    assert window.session is not None
    action = window.session.evaluation.actions_of("workforce")[0]
    window.session.history_requested.emit(Target("actions", action.id))


def show_several(window: MainWindow) -> None:
    """The evaluations of two settings, one of them archived."""
    assert window.session is not None
    before = window.session.evaluation.supersedes
    page = window.show_page("evaluations")
    assert isinstance(page, EvaluationsPage)
    page.rows[before].archive.click()
    page.name.load("Riverside Learning, East site")
    until_open(window, page.start.click)
    window.show_page("evaluations")


def show_local_questions(window: MainWindow) -> None:
    """A form with a question that a council added."""
    pack = paths.resources() / "example" / "northshire-questions.toml"
    until_open(window, lambda: window.commands.open.add_questions(pack))
    window.notification_bar.hide()
    assert window.view is not None
    form = window.view.show_area("attendance")
    form.binding.field(Target("note", "northshire:6.1", "attendance"), "note").setFocus()


def show_spelling(window: MainWindow) -> None:
    """A misspelt word, where this computer has a dictionary."""
    speller = SpellChecker(folders(), Path("words.txt"))
    speller.setParent(window)
    speller.serve(window.app, window.check_spelling)
    assert window.view is not None
    form = window.view.show_area("attendance")
    form.finish()
    form.strength_list.add()
    form.strength_list.rows()[0].first_field.insertPlainText("We recieve pupils at the gate every morning")


def show_library(window: MainWindow) -> None:
    """The list of the council's example."""
    until_open(window, window.commands.library.open_library_example)
    settle_until(lambda: len(providers(window).table.providers.rows) == 4 and not window.libraries.receiving)


def show_provider(window: MainWindow) -> None:
    """The provider of the council's example that has notes, at its second area."""
    view = window.library_presenter.view
    assert view is not None
    view.read(providers(window).table.providers.rows[-1])
    page = view.page("provider")
    settle_until(lambda: len(page.body.cards) > 0)
    settle(window)  # the cards move the text once more
    choices = range(page.places.count())
    second = next(str(page.places.itemData(n)) for n in choices if " 2 Home" in f" {page.places.itemText(n)}")
    page.places.load(second)
    page.places.changed.emit(second)


def reading(window: MainWindow) -> Any:
    """The page of the provider that is read."""
    assert window.library_presenter.view is not None
    return window.library_presenter.view.page("provider")


def show_note(window: MainWindow) -> None:
    """A question that is being written about an area."""
    page = reading(window)
    page.writer.ask("question")


def show_reply(window: MainWindow) -> None:
    """What is asked before a reply is made."""
    page = reading(window)
    page.body.form.left.emit()
    page.foot.reply.click()


def show_removal(window: MainWindow) -> None:
    """What is asked before a provider is taken out."""
    page = reading(window)
    page.foot.form.left.emit()
    page.taking_out.out.click()


def providers(window: MainWindow) -> ProvidersPage:
    """The list of providers."""
    assert window.library_presenter.view is not None
    page = window.library_presenter.view.page("providers")
    assert isinstance(page, ProvidersPage)
    return page


def settle_until(done: Callable[[], bool]) -> None:
    """Wait for what is done in the background."""
    while not done():
        wait()


def settle(window: MainWindow) -> QImage:
    """Let the window arrange and paint itself until nothing changes any more. Gives what it looks like then."""
    before = QImage()
    for _ in range(MOST_ROUNDS):
        wait()
        if window.session is not None and window.session.autosave.pending():
            continue
        now = seen(window)
        if now == before:
            break
        before = now
    return before


def seen(window: MainWindow) -> QImage:
    """The window with what is open over it."""
    picture = window.grab().toImage()
    painter = QPainter(picture)
    for other in picture_popups.in_front(window):
        painter.drawPixmap(other.pos() - window.pos(), other.grab())
        if other.windowType() is Qt.WindowType.Dialog:  # whose frame is the desktop's, and on no picture
            painter.setPen(other.palette().color(QPalette.ColorRole.Dark))
            painter.drawRect(other.geometry().translated(-window.pos()).adjusted(0, 0, -1, -1))
    painter.end()
    return picture


def wait() -> None:
    """Let Qt and the thread of the file do what is due."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLING_MS, loop.quit)
    loop.exec()
