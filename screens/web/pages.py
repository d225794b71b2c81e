"""Templates: one Jinja environment, everything escaped, a missing name is an error and not an empty page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kiosk.look_files import face, icon
from kiosk.trouble import SyncTrouble
from screens.web.assets import assets
from screens.web.telling import Telling

TEMPLATES = Path(__file__).parent / "templates"
_OPENING = re.compile(r"<svg ")
_TITLE = re.compile(r"<title>.*?</title>")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=assets().address, icon=icon_svg, face=face_svg)
    return made


def render(template: str, telling: Telling, **values: object) -> str:
    """A page. Its template finds ``say`` and ``telling`` beside the values."""
    return _environment().get_template(template).render(telling=telling, say=telling.say, **values)


@cache
def icon_svg(name: str) -> Markup:
    """An icon of the look, drawn in the colour of the text, silent for screen readers."""
    return _inline(icon(name).read_text(encoding="utf-8"), "icon")


@cache
def face_svg(name: str) -> Markup:
    """A face of the look, silent for screen readers: its word stands beside it."""
    try:
        return _inline(face(name).read_text(encoding="utf-8"), "face")
    except OSError:
        raise SyncTrouble("S-319", detail=name) from None


def _inline(svg: str, kind: str) -> Markup:
    opened = _OPENING.sub(f'<svg class="{kind}" aria-hidden="true" focusable="false" ', svg, count=1)
    return Markup(_TITLE.sub("", opened))  # noqa: S704 - our own drawing
