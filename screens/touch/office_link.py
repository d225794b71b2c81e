"""The way a kiosk asks its office one question over HTTP. Loaded late: nobody's first screen waits for it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from screens.touch.inquiries import Answered

ASK_S = 1.5
"""How long an answer may take, connecting and each of its pieces."""
ANSWER_BYTES = 64 * 1024


class OfficeLink:
    """Asks over HTTP. ``address``: ``http://host:port`` of the office's server."""

    def __init__(self, address: str, *, deadline_s: float = ASK_S) -> None:
        self._at = urlsplit(address)
        self._deadline_s = deadline_s

    def post(self, path: str, body: Mapping[str, str]) -> Answered | None:
        """Ask once; whatever goes wrong on the way is no answer."""
        kind = http.client.HTTPSConnection if self._at.scheme == "https" else http.client.HTTPConnection
        way = kind(self._at.hostname or "", self._at.port, timeout=self._deadline_s)
        try:
            way.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            answer = way.getresponse()
            told = json.loads(answer.read(ANSWER_BYTES))
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            way.close()
        return (answer.status, told) if isinstance(told, dict) else None
