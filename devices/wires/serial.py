"""Printers and scanners on a serial port, with flow control that really works.

pyserial opens and sets the port; writing is done here, because a port stopped by the
printer would otherwise hold the writer for ever, and because the number of bytes that
were taken decides between "not printed" and "unknown".
"""

from __future__ import annotations

import contextlib
import termios
from typing import Any

from devices.wire import ABSENT, LOST, TAKEN, WireTrouble
from devices.wires.descriptor import read_some, send_all

FLOWS = ("rtscts", "xonxoff", "none")
DEFAULT_BAUD = 9600
BITS_A_BYTE = 10


class SerialWire:
    """A serial port. ``flow``: "rtscts" (wires RTS and CTS), "xonxoff" or "none" (then bytes can be lost)."""

    can_read = True
    reply_s = 0.5

    def __init__(self, port: str, *, baud: int = DEFAULT_BAUD, flow: str = "rtscts") -> None:
        self._port, self._baud, self._flow = port, baud, flow
        self._serial: Any = None
        self.name = f"serial://{port}?baud={baud}"
        self.bytes_per_s: float | None = baud / BITS_A_BYTE

    @property
    def is_open(self) -> bool:
        """Whether the port is open."""
        return self._serial is not None

    def open(self, deadline_s: float) -> None:
        """Open the port for this program alone."""
        self.close()
        try:
            import serial
        except ImportError as missing:
            raise WireTrouble("P-122", detail=str(missing)) from None
        try:
            self._serial = serial.Serial(
                self._port,
                self._baud,
                timeout=0,
                write_timeout=deadline_s,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
                exclusive=True,
            )
        except (serial.SerialException, OSError, ValueError) as error:
            taken = "lock" in str(error) or getattr(error, "errno", None) in (11, 16)
            raise WireTrouble(TAKEN if taken else ABSENT, detail=f"{self.name}: {error}") from None

    def send(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes to the port, as fast as the printer lets it take them."""
        send_all(self._descriptor(), data, deadline_s=deadline_s, name=self.name)

    def read(self, deadline_s: float) -> bytes:
        """What the device says."""
        data = read_some(self._descriptor(), deadline_s=deadline_s, name=self.name)
        if data is None:
            raise WireTrouble(LOST, detail=f"{self.name}: the port has gone")
        return data

    def close(self) -> None:
        """Close the port; what the printer will not take is thrown away rather than waited for."""
        if self._serial is not None:
            with contextlib.suppress(OSError, termios.error):
                self._serial.reset_output_buffer()
            with contextlib.suppress(OSError, termios.error):
                self._serial.close()
            self._serial = None

    def _descriptor(self) -> int:
        if self._serial is None:
            raise WireTrouble(ABSENT, detail=self.name)
        descriptor: int = self._serial.fileno()
        return descriptor
