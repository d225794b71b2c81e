"""Scanners: from key presses or bytes to whole scans. What a scan means is not known here.

A scanner that plays a keyboard types as fast as no person does: letters with less than
a tenth of a second between them are one scan, a pause or the Enter key ends it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from devices.wire import Wire, WireTrouble

GAP_S = 0.1
"""A pause this long ends a scan."""
LONGEST = 1_024
"""Letters of the longest scan that is believed; identity cards have about 200."""
SHORTEST = 4
"""Fewer letters were somebody's finger on a key."""
OPEN_S = 1.0
BACK_OFF_S = (1.0, 2.0, 5.0, 10.0)
ENDS = "\r\n"


class WedgeReader:
    """Puts together what a scanner types.

    Give it each letter with the steady clock's seconds; ask ``tick`` now and then so
    that a scan without an Enter ends too. A scan longer than :data:`LONGEST` is noise
    and dropped whole, up to its end.
    """

    def __init__(self, on_scan: Callable[[str], None], *, gap_s: float = GAP_S) -> None:
        self._on_scan = on_scan
        self._gap_s = gap_s
        self._letters: list[str] = []
        self._last_at = float("-inf")

    def type(self, letters: str, at: float) -> None:
        """Letters that were typed at that moment, ``"\\r"`` or ``"\\n"`` for Enter."""
        self.tick(at)
        self._last_at = at
        for letter in letters:
            if letter in ENDS:
                self._end()
            elif letter.isprintable() and len(self._letters) <= LONGEST:
                self._letters.append(letter)

    def tick(self, at: float) -> None:
        """Time has passed: a scan whose last letter is a pause ago is over."""
        if self._letters and at - self._last_at >= self._gap_s:
            self._end()

    def _end(self) -> None:
        scan = "".join(self._letters)
        self._letters.clear()
        if SHORTEST <= len(scan) <= LONGEST:
            self._on_scan(scan)


class SerialScanner:
    """Listens to a scanner on a wire in a thread of its own.

    ``on_scan`` is called in that thread. A scanner that is not there is tried again by
    itself, for ever: tickets and ratings go on without it. ``trouble`` says why not.
    """

    def __init__(self, wire: Wire, on_scan: Callable[[str], None]) -> None:
        self._wire = wire
        self._reader = WedgeReader(on_scan)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="scanner", daemon=True)
        self.listening = threading.Event()
        """Set while the scanner is there."""
        self.trouble: str = ""

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def close(self) -> None:
        """Stop listening and let the port go."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(5.0)
        self._wire.close()

    def _listen(self) -> None:
        failures = 0
        while not self._ended.is_set():
            try:
                self._wire.open(OPEN_S)
                self.trouble, failures = "", 0
                self.listening.set()
                self._read_on()
            except WireTrouble as trouble:
                self.listening.clear()
                self.trouble = f"P-130: {trouble.detail}"
                self._wire.close()
                self._ended.wait(BACK_OFF_S[min(failures, len(BACK_OFF_S) - 1)])
                failures += 1

    def _read_on(self) -> None:
        """Letters as they come; a letter of several bytes may come in pieces."""
        partial = b""
        while not self._ended.is_set():
            data = partial + self._wire.read(GAP_S)
            whole = _whole_letters(data)
            partial = data[whole:] if whole < len(data) and len(data) - whole < 4 else b""
            text = data[: len(data) - len(partial)].decode("utf-8", "ignore")
            now = time.monotonic()
            self._reader.type(text, now) if text else self._reader.tick(now)


def _whole_letters(data: bytes) -> int:
    """How many bytes make whole UTF-8 letters; a letter cut off at the end does not count."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte & 0xC0 == 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(data) if back >= length else len(data) - back
        if byte & 0x80 == 0:
            break
    return len(data)
