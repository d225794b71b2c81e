"""``python -m kiosk``: the book's own tool. It needs the standard library alone, so that a book
can be checked on any machine with Python, long after this program is gone."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from kiosk.book_check import BookReport, check
from kiosk.book_file import connect, newest_seq, read_entries, storage_trouble
from kiosk.entry import Entry
from kiosk.export import entries_of_lines, entry_line
from kiosk.trouble import JournalTrouble, MachineTrouble, Trouble

WRONG = 2
BOOKS = {"kiosk": "journal.sqlite", "office": "office/journal.sqlite"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all is well, 2 with one sentence if a book is damaged or missing or the words are wrong."""
    asked = _parser().parse_args(arguments)
    try:
        result: int = asked.run(asked)
        sys.stdout.flush()
    except Trouble as trouble:
        print(trouble.text(), file=sys.stderr)
        return WRONG
    except BrokenPipeError:  # "export | head" is not a fault
        _drop_output()
        return 0
    except OSError as problem:
        print(_output_trouble(problem).text(), file=sys.stderr)
        _drop_output()
        return WRONG
    return result


def _output_trouble(problem: OSError) -> Trouble:
    full = problem.errno == errno.ENOSPC
    return MachineTrouble("M-201" if full else "M-202", detail=f"the output cannot be written: {problem.strerror}")


def _drop_output() -> None:
    """What could not be written must not be tried again when the program ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kiosk", description="Check, read and export a book.")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder (default: data)")
    parser.add_argument("--book", choices=BOOKS, default="kiosk", help="which book of it (default: kiosk)")
    verbs = parser.add_subparsers(required=True, metavar="check|tail|export|verify")
    verbs.add_parser("check", help="read the whole book and say whether it is sound").set_defaults(run=_check)
    tail = verbs.add_parser("tail", help="show the last entries")
    tail.add_argument("-n", type=int, default=10, help="how many (default: 10)")
    tail.set_defaults(run=_tail)
    verbs.add_parser("export", help="write the book as JSON Lines").set_defaults(run=_export)
    verify = verbs.add_parser("verify", help="check an export, or the book against slips")
    verify.add_argument("file", nargs="?", help="an export, - for standard input; without it the book itself")
    verify.add_argument(
        "--slip", nargs=2, action="append", default=[], metavar=("SEQ", "MARK"), help="a checkpoint from a slip"
    )
    verify.set_defaults(run=_verify)
    return parser


def _path(asked: argparse.Namespace) -> Path:
    book: Path = asked.data / BOOKS[asked.book]
    return book


def _check(asked: argparse.Namespace) -> int:
    path = _path(asked)
    with storage_trouble(path), closing(connect(path, writer=False)) as link:
        state = link.execute("pragma quick_check").fetchone()[0]
    if state != "ok":
        print(f"J-102: the file is damaged ({path}: {state}). Keep it as it is and call support.", file=sys.stderr)
        return WRONG
    _say(check(read_entries(path)))
    return 0


def _tail(asked: argparse.Namespace) -> int:
    path = _path(asked)
    with storage_trouble(path), closing(connect(path, writer=False)) as link:
        newest = newest_seq(link)
    for entry in read_entries(path, after=max(0, newest - max(0, asked.n))):
        print(f"{entry.seq:>8}  {entry.at}  {entry.fact}  {entry.body}")
    return 0


def _export(asked: argparse.Namespace) -> int:
    for entry in read_entries(_path(asked)):
        sys.stdout.write(entry_line(entry) + "\n")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    try:
        marks = {int(seq.replace(".", "")): letters for seq, letters in asked.slip}
    except ValueError:
        print(f"--slip takes a seq and its letters, not {asked.slip[-1][0]!r}", file=sys.stderr)
        return 2
    _say(check(_source(asked), marks))
    return 0


def _source(asked: argparse.Namespace) -> Iterator[Entry]:
    if asked.file is None:
        yield from read_entries(_path(asked))
    elif asked.file == "-":
        yield from entries_of_lines(sys.stdin)
    else:
        try:
            with Path(asked.file).open(encoding="utf-8", errors="surrogateescape") as lines:
                yield from entries_of_lines(lines)
        except OSError as problem:
            raise JournalTrouble("J-107", detail=f"{asked.file}: {problem.strerror}") from None


def _say(report: BookReport) -> None:
    opened = report.opened
    demo = ", a demonstration" if opened.demo else ""
    print(f"The book of {opened.office_id}/{opened.kiosk_id} is sound{demo}.")
    print(f"  journal   {opened.journal_id}")
    print(f"  entries   {report.entries}, {report.first_day} to {report.last_day}, no gap, every hash right")
    print(f"  head      {report.entries}  {report.mark}")
    for fact, count in sorted(report.facts.items()):
        print(f"  {count:>8}  {fact}{' (not known to this version)' if fact in report.unknown else ''}")


if __name__ == "__main__":
    sys.exit(main())
