"""Printers on USB without a kernel driver in between: bulk endpoints through pyusb."""

from __future__ import annotations

import contextlib
import errno
import time
from functools import cache
from typing import Any

from devices.wire import ABSENT, LOST, STUCK, TAKEN, WireTrouble

PRINTER_CLASS = 7
CHUNK = 4096
"""Bytes handed over at a time: what is counted as taken grows in these steps."""
LEAST_MS = 1
"""A timeout of 0 would mean for ever."""


class UsbWire:
    """A USB printer found by its numbers, so that it is found again after it was pulled out.

    ``backend``: another pyusb backend than the machine's own.
    """

    can_read = True
    reply_s = 0.3
    bytes_per_s: float | None = None

    def __init__(self, vendor: int, product: int, *, serial: str | None = None, backend: Any = None) -> None:
        self._ids = (vendor, product)
        self._serial = serial
        self._backend = backend
        self._device: Any = None
        self._interface = 0
        self._out: Any = None
        self._in: Any = None
        self._detached = False
        self.name = f"usb://{vendor:04x}:{product:04x}"

    @property
    def is_open(self) -> bool:
        """Whether the printer's interface is claimed."""
        return self._device is not None

    def open(self, deadline_s: float) -> None:
        """Find the printer, take it from the kernel's own driver, claim it."""
        self.close()
        try:
            self._claim(self._found())
        except _usb().core.NoBackendError:
            raise WireTrouble("P-122", detail="libusb") from None
        except _usb().core.USBError as error:
            self.close()
            raise WireTrouble(_code_of(error), detail=f"{self.name}: {error.strerror or error}") from None

    def _found(self) -> Any:
        for device in _usb().core.find(
            find_all=True, idVendor=self._ids[0], idProduct=self._ids[1], backend=self._backend
        ):
            if self._serial is None or _usb().util.get_string(device, device.iSerialNumber) == self._serial:
                return device
        raise WireTrouble(ABSENT, detail=self.name)

    def _claim(self, device: Any) -> None:
        interface = _printer_interface(device)
        self._device, self._interface = device, interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(self._interface):
                device.detach_kernel_driver(self._interface)
                self._detached = True
        _usb().util.claim_interface(device, self._interface)
        self._out, self._in = _bulk(interface, _usb().util.ENDPOINT_OUT), _bulk(interface, _usb().util.ENDPOINT_IN)
        if self._out is None:
            raise WireTrouble(ABSENT, detail=f"{self.name} has nowhere to write to")
        self.can_read = self._in is not None

    def send(self, data: bytes, deadline_s: float) -> None:
        """Hand over all bytes in chunks, so that it is known how many were taken."""
        self._opened()
        end, sent = time.monotonic() + deadline_s, 0
        while sent < len(data):
            left_ms = max(LEAST_MS, int((end - time.monotonic()) * 1000))
            try:
                sent += self._out.write(data[sent : sent + CHUNK], timeout=left_ms)
            except _usb().core.USBError as error:
                code = STUCK if _is_timeout(error) else LOST
                raise WireTrouble(code, detail=f"{self.name}: {error.strerror or error}", sent=sent) from None

    def read(self, deadline_s: float) -> bytes:
        """What the printer says."""
        self._opened()
        try:
            return bytes(self._in.read(512, timeout=max(LEAST_MS, int(deadline_s * 1000))))
        except _usb().core.USBError as error:
            if _is_timeout(error):
                return b""
            raise WireTrouble(LOST, detail=f"{self.name}: {error.strerror or error}") from None

    def close(self) -> None:
        """Give the printer back to the kernel's own driver."""
        if self._device is None:
            return
        device, self._device = self._device, None
        with contextlib.suppress(OSError, NotImplementedError):
            _usb().util.release_interface(device, self._interface)
        if self._detached:
            self._detached = False
            with contextlib.suppress(OSError, NotImplementedError):
                device.attach_kernel_driver(self._interface)
        with contextlib.suppress(OSError, NotImplementedError):
            _usb().util.dispose_resources(device)

    def _opened(self) -> None:
        if self._device is None:
            raise WireTrouble(ABSENT, detail=self.name)


@cache
def _usb() -> Any:
    """pyusb, which only a machine with a USB printer needs; ``WireTrouble`` P-122 if it is not there."""
    try:
        import usb.core  # type: ignore[import-untyped]
        import usb.util  # type: ignore[import-untyped]
    except ImportError as missing:
        raise WireTrouble("P-122", detail=str(missing)) from None
    return usb


def _printer_interface(device: Any) -> Any:
    """The interface of the printer class, else the first one."""
    interfaces = [interface for configuration in device for interface in configuration]
    for interface in interfaces:
        if interface.bInterfaceClass == PRINTER_CLASS:
            return interface
    return interfaces[0]


def _bulk(interface: Any, direction: int) -> Any:
    for endpoint in interface:
        is_bulk = _usb().util.endpoint_type(endpoint.bmAttributes) == _usb().util.ENDPOINT_TYPE_BULK
        if is_bulk and _usb().util.endpoint_direction(endpoint.bEndpointAddress) == direction:
            return endpoint
    return None


def _is_timeout(error: Any) -> bool:
    return error.errno in (errno.ETIMEDOUT, 10060)


def _code_of(error: Any) -> str:
    return TAKEN if error.errno == errno.EBUSY else ABSENT
