"""``python -m sync.central``: a log of many offices, and what its keeper needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from litestar import Response, get
from litestar.datastructures import State

from kiosk.clock import SystemClock
from kiosk.trouble import JournalTrouble, Trouble
from sync.central.app import central_app
from sync.central.enrolment import make_code
from sync.central.listening import bind, page_address
from sync.central.pages import offices_page
from sync.central.replies import AnyRequest
from sync.central.serve import end_like_ctrl_c, run
from sync.central.service import LOG, OFFICE_OFFSET_H, CentralLog
from sync.central.sqlite_store import SqliteStore
from sync.central.staff import Staff, staff_only
from sync.central.verify import rebuild_tallies, verify

LISTEN = "127.0.0.1:8090"


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; 0 all is well, 1 something was found, 2 it could not be done."""
    given = _parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = given.run
    try:
        return command(given)
    except Trouble as trouble:
        print(trouble.text(), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


@get("/", guards=[staff_only], include_in_schema=False, sync_to_thread=True)
def offices(request: AnyRequest, state: State) -> Response[str]:
    """What this log holds."""
    central: CentralLog = state["central"]
    page = offices_page(central.store.offices(), request.query_params.get("lang", "vi"))
    return Response(page, media_type="text/html")


def _serve(given: argparse.Namespace) -> int:
    end_like_ctrl_c()
    sock = bind(given.listen)
    try:
        with CentralLog.open(given.data, clock=SystemClock()) as central:
            staff = Staff(given.data, clock=central.clock)
            app = central_app(central, handlers=[offices], staff=staff)
            print(f"central log: {page_address(sock)}")
            print(f"data: {given.data / LOG}")
            print(f"staff password (asked for beyond this machine): {staff.place}", flush=True)
            run(app, sock)
    finally:
        sock.close()
    return 0


def _enrol_code(given: argparse.Namespace) -> int:
    store = _store(given.data)
    try:
        with store.transaction() as tx:
            code = make_code(tx, SystemClock(), office_id=given.office)
    finally:
        store.close()
    print(code)
    print("good for one device, for 24 hours", file=sys.stderr)
    return 0


def _verify(given: argparse.Namespace) -> int:
    store = _store(given.data, read_only=True)
    try:
        wrong = list(verify(store, utc_offset_h=given.utc_offset_h))
        counts = [(office.books, office.entries) for office in store.offices()]
    finally:
        store.close()
    for sentence in wrong:
        print(sentence)
    print(f"{sum(books for books, _ in counts)} books, {sum(entries for _, entries in counts)} entries: "
          f"{f'{len(wrong)} faults' if wrong else 'sound'}")  # fmt: skip
    return 1 if wrong else 0


def _rebuild(given: argparse.Namespace) -> int:
    store = _store(given.data)
    try:
        with store.transaction() as tx:
            count = rebuild_tallies(tx, utc_offset_h=given.utc_offset_h)
    finally:
        store.close()
    print(f"tallies made anew from {count} entries")
    return 0


def _offices(given: argparse.Namespace) -> int:
    store = _store(given.data, read_only=True)
    try:
        for office in store.offices():
            forked = f", {office.forked} forked" if office.forked else ""
            print(f"{office.office_id}: {office.books} books, {office.entries} entries, last {office.last_at}{forked}")
            for book in store.books(office.office_id):
                print(f"  {book.kiosk_id} {book.journal_id}: {book.seq} entries, {book.state}, last {book.last_at}")
    finally:
        store.close()
    return 0


def _store(data: Path, *, read_only: bool = False) -> SqliteStore:
    if not (data / LOG).exists():
        raise JournalTrouble("J-107", detail=str(data / LOG))
    return SqliteStore(data / LOG, read_only=read_only)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync.central", description="A log of many offices.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], told: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told, description=told)
        made.add_argument("--data", type=Path, required=True, metavar="DIR", help="the data folder")
        made.set_defaults(run=run)
        return made

    serving = command("serve", _serve, "take books and show what is held, until Ctrl-C")
    serving.add_argument("--listen", default=LISTEN, metavar="HOST:PORT", help=f"default {LISTEN}")
    code = command("enrol-code", _enrol_code, "make a one-time code for a device that is not known yet")
    code.add_argument("--office", default="", metavar="ID", help="only for this office (needed once it has a device)")
    for name, run_it, told in (
        ("verify", _verify, "check every chain, and the tallies against the entries"),
        ("rebuild", _rebuild, "make the tallies anew from the entries"),
    ):
        made = command(name, run_it, told)
        made.add_argument("--utc-offset-h", type=int, default=OFFICE_OFFSET_H, metavar="H", help="default 7")
    command("offices", _offices, "list offices and their books")
    return parser


if __name__ == "__main__":
    sys.exit(main())
