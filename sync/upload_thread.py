"""The thread that keeps an uploader going, and the one line that starts it for a device's own book."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from kiosk.clock import Clock
from sync.keys import own_key
from sync.link import HttpLink, Link
from sync.sources import DeviceBook
from sync.upload_status import UploadStatus
from sync.uploader import Pace, Uploader

MISHAP_S = 10.0
KIOSK_PACE = Pace(cap_s=4.0)
KIOSK_READ_S = 8.0
"""A kiosk's office is next door: after a cut its tickets must be in the line in seconds, and one kiosk that
tries again every few seconds is no storm."""

log = logging.getLogger(__name__)


class UploadThread:
    """Runs one uploader until :meth:`stop`. ``wake`` costs nothing and may be called from any thread."""

    def __init__(self, uploader: Uploader, link: Link) -> None:
        self._uploader = uploader
        self._link = link
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)

    def start(self) -> UploadThread:
        """Begin; returns itself."""
        self._thread.start()
        return self

    def wake(self) -> None:
        """There is something new to send; a wait after a failure is not cut short."""
        self._woken.set()

    def status(self) -> UploadStatus:
        """What is sent, what waits and what stands in the way."""
        return self._uploader.status()

    def stop(self, *, within_s: float = 3.0) -> None:
        """End the thread; a batch on its way is given up after ``within_s`` (the server keeps what it took)."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(within_s)
        self._link.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                pause_s = self._uploader.step()
            except Exception:  # the edge of a thread: nothing may end the sending but a stop
                log.exception("the uploader stumbled and goes on")
                pause_s = MISHAP_S
            if pause_s > 0:
                self._woken.wait(pause_s)


def start_book_upload(
    data: Path, address: str, *, clock: Clock, key_name: str = "kiosk", pace: Pace | None = None
) -> UploadThread:
    """Send the book ``DATA/journal.sqlite`` to the server at ``address``, signed by ``DATA/keys/KEY_NAME.key``.

    The key is made if there is none. Raises ``SettingsTrouble`` C-403 for a wrong address,
    ``SyncTrouble`` S-317 for a damaged key.
    """
    link = HttpLink(address, clock=clock, read_s=KIOSK_READ_S)
    key = own_key(data, key_name)
    uploader = Uploader(DeviceBook(data / "journal.sqlite", key), link, key, clock=clock, pace=pace or KIOSK_PACE)
    return UploadThread(uploader, link).start()
