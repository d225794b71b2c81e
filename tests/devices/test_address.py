"""What an address string means, and what is said about one that means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.address import (
    SCHEMES,
    FileAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    VirtualAddress,
    find_faults,
    parse,
)
from kiosk.trouble import PrinterTrouble


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("virtual:slips", VirtualAddress(Path("slips"))),
        ("virtual:/var/slips", VirtualAddress(Path("/var/slips"))),
        ("tcp://192.168.1.50:9100", TcpAddress("192.168.1.50", 9100)),
        ("tcp://printer", TcpAddress("printer", 9100)),
        ("tcp://[::1]:9101/", TcpAddress("::1", 9101)),
        ("serial:///dev/ttyUSB0?baud=19200", SerialAddress("/dev/ttyUSB0", 19200, "rtscts")),
        ("serial:///dev/ttyS0", SerialAddress("/dev/ttyS0", 9600, "rtscts")),
        ("serial:///dev/ttyS0?baud=9600&flow=xonxoff", SerialAddress("/dev/ttyS0", 9600, "xonxoff")),
        ("usb://04b8:0e15", UsbAddress(0x04B8, 0x0E15, None)),
        ("usb://04B8:0E15/X2Y3", UsbAddress(0x04B8, 0x0E15, "X2Y3")),
        ("file:///dev/usb/lp0", FileAddress(Path("/dev/usb/lp0"))),
        ("TCP://host:1", TcpAddress("host", 1)),
    ],
)
def test_an_address_means_one_thing(address: str, meant: object) -> None:
    assert parse(address) == meant
    assert find_faults(address) is None


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "virtual:, tcp:, serial:, usb:, file:, cups:"),
        ("bluetooth:x", "virtual:, tcp:, serial:, usb:, file:, cups:"),
        ("/dev/usb/lp0", "virtual:"),
        ("virtual:", "names no folder"),
        ("tcp://", "not like tcp://host:9100"),
        ("tcp:host:9100", "not like tcp://host:9100"),
        ("tcp://host:99999", "range"),
        ("tcp://host:0", "no port 0"),
        ("tcp://host:9100/queue", "not like tcp://host:9100"),
        ("serial://", "names no port"),
        ("serial:///dev/ttyS0?baud=fast", "no baud rate"),
        ("serial:///dev/ttyS0?baud=0", "no baud rate"),
        ("serial:///dev/ttyS0?flow=dtr", "rtscts, xonxoff, none"),
        ("serial:///dev/ttyS0?speed=9600", "'speed' is no option"),
        ("usb://4b8:e15", "not like usb://04b8:0e15"),
        ("file://lp0", "not like file:///dev/usb/lp0"),
        ("cups://office", "not supported yet"),
    ],
)
def test_a_wrong_address_is_one_sentence_that_says_what_would_be_right(address: str, said: str) -> None:
    with pytest.raises(PrinterTrouble) as caught:
        parse(address)
    assert caught.value.code == "P-120"
    assert said in caught.value.text()
    assert find_faults(address) == caught.value.text()
    assert "\n" not in caught.value.text()


@given(st.text(max_size=40) | st.tuples(st.sampled_from(sorted(SCHEMES)), st.text(max_size=30)).map(":".join))
def test_any_text_is_an_address_or_a_trouble(address: str) -> None:
    try:
        parse(address)
    except PrinterTrouble as trouble:
        assert trouble.code == "P-120"
