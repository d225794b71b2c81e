"""Every icon that a page names is in the look."""

from __future__ import annotations

import re

from kiosk.look_files import icon
from screens.web.pages import TEMPLATES


def test_every_icon_of_a_page_is_there() -> None:
    named = {
        name
        for template in TEMPLATES.glob("*.html")
        for name in re.findall(r'icon\("([a-z-]+)"\)', template.read_text(encoding="utf-8"))
    }
    assert len(named) > 5
    assert [name for name in sorted(named) if not icon(name).exists()] == []
