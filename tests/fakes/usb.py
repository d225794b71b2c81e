"""A USB bus with one printer on it: a backend for pyusb that speaks to a virtual printer."""

from __future__ import annotations

import errno
from types import SimpleNamespace
from typing import Any

import usb.backend  # type: ignore[import-untyped]
import usb.core  # type: ignore[import-untyped]

from devices.virtual.machine import Machine
from devices.virtual.paper import Sheet

VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, IN = 0x03, 0x81


class FakeUsbBus(usb.backend.IBackend):  # type: ignore[misc]
    """The bus. ``present``, ``busy``, ``stuck``: what is wrong; ``takes``: bytes until the cable is pulled."""

    def __init__(self, *, kernel_driver: bool = True) -> None:
        self.sheets: list[Sheet] = []
        self.machine = Machine(on_sheet=self.sheets.append)
        self.kernel_driver = kernel_driver
        self.present, self.busy, self.stuck = True, False, False
        self.takes: int | None = None
        self.claimed: list[int] = []
        self._said = bytearray()

    def enumerate_devices(self) -> Any:
        return iter([SimpleNamespace(bus=1, address=7)] if self.present else [])

    def get_parent(self, device: Any) -> None:
        return None

    def get_device_descriptor(self, device: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=7, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, device: Any, config: int) -> Any:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, device: Any, interface: int, alternate: int, config: int) -> Any:
        if interface or alternate:
            raise IndexError(interface)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, device: Any, endpoint: int, interface: int, alternate: int, config: int) -> Any:
        if endpoint > 1:
            raise IndexError(endpoint)
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[endpoint], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, device: Any) -> str:
        if not self.present:
            raise usb.core.USBError("gone", errno=errno.ENODEV)
        return "handle"

    def close_device(self, handle: Any) -> None:
        return None

    def get_configuration(self, handle: Any) -> int:
        return 1

    def is_kernel_driver_active(self, handle: Any, interface: int) -> bool:
        return self.kernel_driver

    def detach_kernel_driver(self, handle: Any, interface: int) -> None:
        self.kernel_driver = False

    def attach_kernel_driver(self, handle: Any, interface: int) -> None:
        self.kernel_driver = True

    def claim_interface(self, handle: Any, interface: int) -> None:
        if self.busy:
            raise usb.core.USBError("busy", errno=errno.EBUSY)
        self.claimed.append(interface)

    def release_interface(self, handle: Any, interface: int) -> None:
        self.claimed.remove(interface)

    def bulk_write(self, handle: Any, endpoint: int, interface: int, data: Any, timeout: int) -> int:
        assert endpoint == OUT and timeout > 0
        if not self.present:
            raise usb.core.USBError("gone", errno=errno.ENODEV)
        if self.stuck:
            raise usb.core.USBError("timeout", errno=errno.ETIMEDOUT)
        taken = bytes(data)
        if self.takes is not None:
            taken = taken[: self.takes]
            self.takes -= len(taken)
            self.present = self.takes > 0
        self._said += self.machine.receive(taken)
        return len(taken)

    def bulk_read(self, handle: Any, endpoint: int, interface: int, buffer: Any, timeout: int) -> int:
        assert endpoint == IN and timeout > 0
        if not self.present:
            raise usb.core.USBError("gone", errno=errno.ENODEV)
        self._said += self.machine.news()
        if not self._said:
            raise usb.core.USBError("timeout", errno=errno.ETIMEDOUT)
        data, count = self._said, min(len(self._said), len(buffer))
        for place in range(count):
            buffer[place] = data[place]
        del data[:count]
        return count
