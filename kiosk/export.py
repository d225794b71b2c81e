"""Export: a book as JSON Lines, an object an entry, for anybody's own check.

``body`` stands there as an object and ``hash`` in hex; a verifier writes the body
canonically again (contract "Entry and hash").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kiosk.entry import Entry, canonical
from kiosk.trouble import JournalTrouble, Trouble

KEYS = ("seq", "id", "at", "day", "fact", "version", "body", "hash")


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry as it is exported and sent: body as an object, hash as 64 hex digits."""
    made = {key: getattr(entry, key) for key in KEYS}
    return {**made, "body": entry.fields(), "hash": entry.hash.hex()}


def entry_line(entry: Entry) -> str:
    """One line of an export, without its line end."""
    line = json.dumps(entry_object(entry), ensure_ascii=False, separators=(",", ":"))
    if not _is_text(line):
        raise JournalTrouble("J-102", detail=f"seq {entry.seq}: it holds text that is not Unicode")
    return line


def entry_of(made: Any) -> Entry:
    """The entry of an exported object; ``JournalTrouble`` J-102 if it is not one."""
    if not isinstance(made, dict) or set(made) != set(KEYS):
        raise JournalTrouble("J-102", detail="an entry must have " + ", ".join(KEYS))
    whole = isinstance(made["seq"], int) and isinstance(made["version"], int)
    if not whole or not all(isinstance(made[key], str) for key in ("id", "at", "day", "fact", "hash")):
        raise JournalTrouble("J-102", detail=f"seq {made['seq']!r}: a value has the wrong type")
    if not all(_is_text(made[key]) for key in ("id", "at", "day", "fact")):
        raise JournalTrouble("J-102", detail=f"seq {made['seq']}: it holds text that is not Unicode")
    if not isinstance(made["body"], dict):
        raise JournalTrouble("J-102", detail=f"seq {made['seq']}: the body is not an object")
    try:
        hash = bytes.fromhex(made["hash"])
    except ValueError:
        hash = b""
    if len(hash) != 32:
        raise JournalTrouble("J-102", detail=f"seq {made['seq']}: the hash is not 64 hex digits")
    texts = {key: made[key] for key in ("seq", "id", "at", "day", "fact", "version")}
    return Entry(**texts, body=canonical(made["body"]), hash=hash)


def entries_of_lines(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of an export, line by line; ``JournalTrouble`` J-102 names the first bad line."""
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield entry_of(json.loads(line))
        except json.JSONDecodeError as problem:
            raise JournalTrouble("J-102", detail=f"line {place}: {problem.msg}") from None
        except (ValueError, RecursionError):
            raise JournalTrouble("J-102", detail=f"line {place}: it is no entry, but too deep or too long") from None
        except Trouble as trouble:
            raise JournalTrouble("J-102", detail=f"line {place}: {trouble.detail}") from None


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
