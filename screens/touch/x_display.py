"""The X display: whether one answers, its shape, and whether a window manager lives on it.

Asked before Kivy and SDL are loaded, which speak of a missing display in tracebacks. Xlib
itself is asked; it is there wherever SDL can open an X window at all.
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass

from kiosk.trouble import MachineTrouble

_MANAGER = b"_NET_SUPPORTING_WM_CHECK"
_WINDOW_TYPE = 33  # XA_WINDOW


@dataclass(frozen=True, slots=True)
class XDisplay:
    """A display: name (":0"), size in pixels, and whether a window manager places windows on it."""

    name: str
    width_px: int
    height_px: int
    managed: bool


def ask_display() -> XDisplay:
    """The display of this process; ``MachineTrouble`` M-206 if none answers."""
    name = os.environ.get("DISPLAY", "")
    if not name:
        raise MachineTrouble("M-206", detail="DISPLAY is not set")
    x11 = _library()
    link = x11.XOpenDisplay(name.encode())
    if not link:
        raise MachineTrouble("M-206", detail=f"nothing answers at DISPLAY {name}")
    screen = x11.XDefaultScreen(link)
    width, height = x11.XDisplayWidth(link, screen), x11.XDisplayHeight(link, screen)
    found = XDisplay(name, width, height, _managed(x11, link))
    x11.XCloseDisplay(link)
    return found


def _library() -> ctypes.CDLL:
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        raise MachineTrouble("M-206", detail="libX11 is not installed") from None
    pointer, number = ctypes.c_void_p, ctypes.c_int
    x11.XOpenDisplay.restype = pointer
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    for call in (x11.XCloseDisplay, x11.XDefaultScreen, x11.XDefaultRootWindow):
        call.argtypes = [pointer]
    for call in (x11.XDisplayWidth, x11.XDisplayHeight):
        call.argtypes = [pointer, number]
    x11.XInternAtom.argtypes = [pointer, ctypes.c_char_p, number]
    x11.XFree.argtypes = [pointer]
    long, ulong = ctypes.c_long, ctypes.c_ulong
    property_types = [pointer, ulong, ulong, long, long, number, ulong, *[pointer] * 5]
    x11.XGetWindowProperty.argtypes = property_types  # type: ignore[assignment]
    return x11


def _managed(x11: ctypes.CDLL, link: int) -> bool:
    """A window manager of our day leaves its mark on the root window."""
    atom = x11.XInternAtom(link, _MANAGER, 0)
    kind, length, left = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
    width, found = ctypes.c_int(), ctypes.c_void_p()
    told = [ctypes.byref(one) for one in (kind, width, length, left, found)]
    x11.XGetWindowProperty(link, x11.XDefaultRootWindow(link), atom, 0, 1, 0, _WINDOW_TYPE, *told)
    if found.value:
        x11.XFree(found)
    return bool(length.value)
