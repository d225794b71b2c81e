"""What a ticket weighs on the wire, beside python-escpos printing the same slip as one image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import ImageOps

from devices.profiles import PROFILES, Profile
from devices.slips import commands
from devices.slips.layout import Layout
from devices.slips.lean import LeanLayout
from devices.slips.rich import RichLayout
from kiosk.slip import Slip
from tests.devices.samples import ticket

BITS_A_BYTE = 10
BAUDS = (9600, 19200, 115200)
PAPERS = (("", PROFILES["80mm"]), ("_384", PROFILES["58mm-cutter"]))


def rows() -> Iterator[dict[str, Any]]:
    """A row for each layout and paper; ``floor`` is the one image, ``ratio`` how much of it is sent."""
    slip = ticket()
    for suffix, profile in PAPERS:
        image = as_one_image(slip, profile)
        yield _row(f"ticket_bytes_as_one_image{suffix}", image, profile, how="python-escpos image() and cut()")
        for name, layout in (("rich", RichLayout(profile.dots)), ("lean", LeanLayout(profile))):
            sent = sent_for(slip, layout)
            how = f"{name} slip at {profile.dots} dots with its cut and its question"
            yield {
                **_row(f"ticket_bytes_{name}{suffix}", sent, profile, how=how),
                "floor": len(image),
                "ratio": round(len(sent) / len(image), 3),
            }


def sent_for(slip: Slip, layout: Layout) -> bytes:
    """All that goes out for one ticket."""
    question = commands.TELL_CHANGES + commands.cut() + commands.echo(slip.id)
    return b"".join(layout.pieces(slip)) + question


def as_one_image(slip: Slip, profile: Profile) -> bytes:
    """The rich slip as python-escpos prints a picture that is handed to it."""
    picture = ImageOps.invert(RichLayout(profile.dots).picture(slip).convert("L"))

    def compose(dummy: Any) -> None:
        dummy.profile.profile_data = {"media": {"width": {"pixels": profile.dots}}, "features": {}}
        dummy.hw("INIT")
        dummy.image(picture)
        dummy.cut(feed=False)

    return commands.composed(compose)


def _row(name: str, sent: bytes, profile: Profile, *, how: str) -> dict[str, Any]:
    seconds = {f"seconds_{baud}": round(len(sent) * BITS_A_BYTE / baud, 2) for baud in BAUDS}
    return {"name": name, "value": len(sent), "unit": "B", "how": how, "dots": profile.dots, **seconds}
