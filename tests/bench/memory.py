"""Whether a day of screens makes the touch process grow."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

CHANGES = 1000
FROM = 200
LIMIT_S = 900


def rows() -> Iterator[dict[str, Any]]:
    """``rss_growth_mb``."""
    command = [sys.executable, "-m", "tests.bench.soak", str(CHANGES)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LIMIT_S).stdout
    rss = {line["changes"]: line["rss_mb"] for line in map(json.loads, told.splitlines())}
    yield {
        "name": "rss_growth_mb",
        "value": round(rss[CHANGES] - rss[FROM], 1),
        "unit": "MB",
        "how": f"resident memory at screen change {CHANGES} less that at {FROM} ({rss[FROM]:.0f} MB), 540x960, "
        "all languages, sizes and contrasts; target 5",
    }
