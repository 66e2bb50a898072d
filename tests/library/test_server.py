"""The same library on a real PostgreSQL: officers at once, a server that goes away, nothing lost or overwritten."""

from __future__ import annotations

import io
import re
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.__main__ import main
from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library.collection import Wanted
from apq_desktop.library.on_server import server as of_server
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import server_libraries
from apq_desktop.services.locality import theme_matrix, themes
from tests.library import council
from tests.library.loop import PRIVATE, Loop, play
from tests.library.postgres import PASSWORD, Postgres, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary
    from apq_desktop.review.lines import ReviewLine

Open = "Callable[[str], FolderLibrary]"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    yield from running()


@pytest.fixture
def address(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.new_database()


@pytest.fixture
def opened(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], FolderLibrary]]:
    """Opens the library on the server as an officer of a name, each with an own folder of the program."""
    there: list[FolderLibrary] = []

    def open_as(name: str) -> FolderLibrary:
        monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / name)
        make = server_libraries.open_place if there else server_libraries.create_place
        there.append(make(address, council.TODAY, lambda _address: PASSWORD))
        return there[-1]

    yield open_as
    for library in there:
        library.close()


@pytest.mark.long
def test_the_whole_exchange_with_a_server_that_restarts_in_its_middle(
    opened: Callable[[str], FolderLibrary], postgres: Postgres, tmp_path: Path
) -> None:
    play(Loop(tmp_path, ["Elm", "Oak"], opened), postgres.restart)
    assert PRIVATE.encode() not in postgres.everything()


def test_themes_and_summaries_of_two_officers_survive_each_other_and_a_restart_and_private_ones_stay_away(
    opened: Callable[[str], FolderLibrary], library: FolderLibrary, postgres: Postgres
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    first = library.providers()[0]
    theme = themes.add_theme(library, "Mornings").id
    assert colleague.news(), "what a colleague writes about the library is news"
    themes.add_theme(colleague, PRIVATE, audience="me")
    themes.summarise(colleague, first, PRIVATE, theme=theme, audience="me")
    themes.summarise(library, first, "By bus.", theme=theme)
    postgres.restart()
    themes.summarise(colleague, first, "By taxi.", theme=theme)
    for one in (library, colleague):
        one.news()
        cell = theme_matrix.matrix(one, [(theme, "Mornings")]).cell(first.evaluation, theme)
        assert cell.summary is not None
        assert cell.summary.text == "By taxi."
        assert "By bus." in {line.text for line in cell.beside}
    assert PRIVATE.encode() not in postgres.everything()


def test_few_lines_know_a_dialect_of_sql() -> None:
    words = re.compile(r"dialect|postgres|psycopg|pragma|on_conflict|sqlite|fts5|MATCH |rowid", re.IGNORECASE)
    files = (paths.resources().parent / "apq_desktop" / "library").rglob("*.py")
    assert 10 < sum(bool(words.search(line)) for file in files for line in file.read_text("utf-8").splitlines()) <= 60


def test_both_officers_find_and_order_the_same_as_in_a_folder(
    opened: Callable[[str], FolderLibrary], library: FolderLibrary, tmp_path: Path
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    in_folder = council.officer(tmp_path / "folder", tmp_path / "folder officer")
    council.receive(in_folder, tmp_path / "inbox")
    for wanted in (Wanted(), Wanted(name="ela")):
        names = [one.name for one in in_folder.providers(wanted)]
        assert [one.name for one in library.providers(wanted)] == names
        assert [one.name for one in colleague.providers(wanted)] == names
    words = Wanted(words="pupils", area="attendance")
    texts = [one.text for one in in_folder.passages(in_folder.places(words))]
    assert texts
    assert [one.text for one in colleague.passages(colleague.places(words))] == texts
    in_folder.close()


def test_a_server_that_is_away_loses_nothing_and_the_library_says_so(
    opened: Callable[[str], FolderLibrary], library: FolderLibrary, postgres: Postgres
) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    written, kept = council.question(library, elm.evaluation), council.question(library, elm.evaluation, text="Later?")
    library.write([written])
    library.news()
    postgres.stop()
    try:
        with pytest.raises(NotWrittenError, match="cannot be reached"):
            library.write([kept])
        assert library.news() == set()
        assert library.away() == of_server.NOT_REACHED
        assert len(library.providers()) == len(council.NAMES)
        assert library.original(elm)
        library.close()
        # The window starts while the server is away: what was read before is there.
        library = opened("officer")
        assert library.lines(elm.evaluation) == [written]
        private = council.question(library, elm.evaluation, audience="me", text=PRIVATE)
        library.write([private])
    finally:
        postgres.start()
    library.write([kept])
    assert library.away() == ""
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert _by_id(colleague.lines(elm.evaluation)) == _by_id([written, kept])


def test_two_officers_who_write_at_once_miss_nothing_of_each_other(
    opened: Callable[[str], FolderLibrary], address: str
) -> None:
    reader = opened("reader")
    writers = [of_server.Server(address, PASSWORD) for _ in range(2)]

    together = threading.Barrier(2)
    bodies = [
        [
            council.line_json.write_line(
                council.question(reader, "e1", id=f"l{number}-{n}", who=f"officer{number}", seq=n + 1)
            )
            for n in range(40)
        ]
        for number in range(2)
    ]

    def write(number: int) -> None:
        together.wait()
        for body in bodies[number]:
            writers[number].add(f"officer{number}-x", [body])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        reader.news()
    for thread, writer in zip(threads, writers, strict=True):
        thread.join()
        writer.close()
    reader.news()
    seen = {line.id for line in reader.lines("e1")}
    assert seen == {f"l{number}-{n}" for n in range(40) for number in range(2)}


def test_what_is_taken_out_is_gone_from_the_server_and_from_colleagues(
    opened: Callable[[str], FolderLibrary], library: FolderLibrary, postgres: Postgres
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    (elm,) = library.providers(Wanted(name="Elm"))
    colleague.write([council.question(colleague, elm.evaluation, text="Quintilian?")])
    council.catch_up(library)
    assert b"Quintilian" in postgres.everything()
    of_library.remove_evaluation(library, elm.evaluation)
    assert b"Quintilian" not in postgres.everything()
    server = of_server.Server(postgres.newest, PASSWORD)
    assert elm.digest not in server.digests()
    server.close()
    council.catch_up(colleague)
    assert colleague.revisions(elm.evaluation) == []
    assert colleague.lines(elm.evaluation) == []
    assert len(colleague.providers()) == len(council.NAMES) - 1


def test_moving_to_a_server_and_back_keeps_every_shared_line(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    folder, address, back = tmp_path / "folder", postgres.new_database(), tmp_path / "back"
    library = of_library.create_library(folder, council.TODAY)
    council.receive(library, *council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES)))
    evaluation = library.providers()[0].evaluation
    library.write([council.question(library, evaluation), council.question(library, evaluation, audience="me")])
    lines, names = library.lines(evaluation), [one.content for one in library.providers()]
    library.close()

    def ask(_address: str) -> str:
        return PASSWORD

    for _ in range(2):
        server_libraries.copy_place(str(folder), address, ask)
    server_libraries.copy_place(address, str(back), ask)
    for place in (address, str(back)):
        assert server_libraries.check_place(place, ask).problems == ()
        moved = server_libraries.open_place(place, council.TODAY, ask)
        council.catch_up(moved)
        assert _by_id(moved.lines(evaluation)) == _by_id(lines)
        assert [one.content for one in moved.providers()] == names
        moved.close()
    shared = [
        sorted(b"".join(path.read_bytes() for path in (one / "journals").iterdir()).split(b"\n"))
        for one in (folder, back)
    ]
    assert shared[0] == shared[1]
    other = tmp_path / "other"
    of_library.create_library(other, council.TODAY).close()
    with pytest.raises(FileRefusedError, match="another library"):
        server_libraries.copy_place(str(other), address, ask)


def _by_id(lines: list[ReviewLine]) -> list[ReviewLine]:
    return sorted(lines, key=lambda line: line.id)


def _shared_lines(folder: Path) -> list[bytes]:
    return sorted(line for path in (folder / "journals").iterdir() for line in path.read_bytes().splitlines())


def test_a_wrong_password_is_asked_for_and_refused_in_one_sentence(address: str, tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(where: str) -> str:
        asked.append(where)
        return "wrong"

    with pytest.raises(FileRefusedError, match="password") as refused:
        server_libraries.check_place(address, ask)
    assert asked == [address]
    assert "wrong" not in str(refused.value)


def test_a_database_without_a_library_is_one_sentence(address: str) -> None:
    with pytest.raises(FileRefusedError, match="no library in this database"):
        server_libraries.check_place(address, lambda _address: PASSWORD)


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://", "postgresql://host/db", "postgresql://u@host", "postgresql://u:secret@host/db",
        "postgresql://u@host/db?options=-c", "postgresql://u@host:x/db",
    ],
)  # fmt: skip
def test_what_is_no_address_or_holds_a_password_is_refused(typed: str) -> None:
    with pytest.raises(FileRefusedError, match="without a password") as refused:
        of_server.Server(typed)
    assert "secret" not in str(refused.value)


def test_a_server_elsewhere_is_reached_with_its_certificate_proved_unless_something_else_was_typed() -> None:
    assert of_server._url("postgresql://u@db.example/x", "").query["sslmode"] == "verify-full"
    assert of_server._url("postgresql://u@db.example/x?sslmode=require", "").query["sslmode"] == "require"
    assert "sslmode" not in of_server._url("postgresql://u@localhost/x", "").query


def test_the_command_line_works_with_an_address(
    postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    address = postgres.new_database()
    (pack,) = council.put(tmp_path / "inbox", council.evaluation("Elm"))

    def run(*words: str) -> int:
        """The command, to which a script gives the password in one line."""
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        return main(["library", *words])

    assert run("list", address) == 1
    for words in (("create", address), ("add", address, str(pack)), ("list", address), ("check", address)):
        assert run(*words) == 0
    printed = capsys.readouterr()
    assert "\tElm\t" in printed.out
    assert f"{address}: whole. Files: 1. Lines in journals: 1." in printed.out
    assert PASSWORD not in printed.out + printed.err
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]


def test_officers_need_no_more_rights_than_the_page_for_it_departments_grants(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    address = postgres.new_database()
    server_libraries.create_place(address, council.TODAY, lambda _address: PASSWORD).close()
    page = (paths.resources().parent / "packaging" / "LIBRARY-ON-A-SERVER.md").read_text("utf-8")
    granted = page.partition("```sql\n")[2].partition("```")[0]
    postgres.run(granted.replace("DATABASE apq", f"DATABASE {address.rpartition('/')[2]}"))
    postgres.run(f"CREATE ROLE least LOGIN PASSWORD '{PASSWORD}' IN ROLE apq_officers")
    least = address.replace("//officer@", "//least@")
    library = server_libraries.open_place(least, council.TODAY, lambda _address: PASSWORD)
    council.receive(library, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    (elm,) = library.providers()
    library.write([council.question(library, elm.evaluation)])
    of_library.remove_evaluation(library, elm.evaluation)
    assert library.providers() == []
    assert library.away() == ""
    postgres.run("REVOKE INSERT ON apq_line FROM apq_officers")
    with pytest.raises(NotWrittenError, match="does not allow this"):
        library.write([council.question(library, elm.evaluation)])
    library.close()


def test_initdb_is_run_by_an_ordinary_user(postgres: Postgres) -> None:
    owner = subprocess.run(["stat", "-c", "%u", str(postgres.data)], capture_output=True, text=True, check=True)
    assert owner.stdout.strip() != "0"
