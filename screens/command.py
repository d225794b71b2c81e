"""``kiosk``: the one command, and which door each verb opens.

A verb's room is imported when it is asked for, so that the office server never loads the
touch screen's libraries and the touch screen never loads the server's.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.trouble import Trouble

WRONG_INPUT = 2

VERBS = {
    "run": ("screens.run", "the touch screen and the office server, kept up (the default)"),
    "touch": ("screens.touch.app", "the touch screen alone"),
    "serve": ("screens.serve", "the office server alone"),
    "demo": ("screens.demo_command", "fill an empty folder with a month to look at"),
    "doctor": ("screens.doctor", "say what is set, and whether everything works"),
}
"""Verb -> the module whose ``main(asked)`` does it, and its line of help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open a door; 2 and one sentence for each fault if the words or the settings are wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words.insert(0, "run")
    asked = _parser().parse_args(words)
    try:
        code: int = _door(asked.verb).main(asked)
    except Trouble as trouble:
        print(trouble.text(), file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        return 0
    return code


def _door(verb: str) -> Any:
    """The module behind a verb. Loading makes no garbage, and looking for some would cost a first frame its time."""
    gc.disable()
    try:
        return importlib.import_module(VERBS[verb][0])
    finally:
        gc.enable()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk", description="The lobby of a ward office.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="|".join(VERBS))
    for verb, (_, told) in VERBS.items():
        one = verbs.add_parser(verb, help=told, description=told)
        one.add_argument("--settings", type=Path, help="the settings file (default: ./thanthien.toml if it is there)")
        one.add_argument("--data", type=Path, default=Path("data"), help="the data folder (default: ./data)")
        if verb == "demo":
            one.add_argument("--days", type=_days, default=30, help="how many days up to today (default: 30)")
        if verb == "touch":
            one.add_argument("--picture", action="store_true", help="write DATA/screen.png at each change of screen")
    return parser


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 366:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to 366")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
