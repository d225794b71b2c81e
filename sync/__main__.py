"""``python -m sync``: make this machine known to a server that keeps its books."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.trouble import Trouble
from sync.enrol import BOOKS, Asked, enrol


def main(words: Sequence[str] | None = None) -> int:
    """Run a command; 0 done, 2 it could not be done."""
    given = _parser().parse_args(words)
    asked = Asked(given.data, given.upstream, given.code, device=given.device, office_id=given.office)
    try:
        known = enrol(asked)
    except Trouble as trouble:
        print(trouble.text(), file=sys.stderr)
        return 2
    book = given.data / BOOKS[given.device]
    print(f"{given.upstream} knows the {given.device} device of {known.office_id} now: {known.device_id}")
    print(f"key {given.data / 'keys' / given.device}.key, book {book}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sync", description="Make this machine known to a server.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    told = "hand this machine's public key to a server, with a one-time code made there"
    made = commands.add_parser("enrol", help=told, description=told)
    made.add_argument("--data", type=Path, required=True, metavar="DIR", help="this machine's data folder")
    made.add_argument("--upstream", required=True, metavar="URL", help="the server, http://HOST:PORT")
    made.add_argument("--code", required=True, help="eight letters, from python -m sync.central enrol-code")
    made.add_argument("--device", choices=sorted(BOOKS), default="office", help="whose key; default office")
    made.add_argument("--office", default="", metavar="ID", help="the office, if there is no book here yet")
    return parser


if __name__ == "__main__":
    sys.exit(main())
