"""Headers that go with everything served: nothing from other hosts, no frames, no guessing of types."""

from __future__ import annotations

from litestar.types import Message, Scope

CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CONTENT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cache-control": b"no-store",
}
"""What is added; a handler that says one of them itself (fonts may be kept) is left alone."""


async def add_headers(message: Message, _: Scope) -> None:
    """Add :data:`HEADERS` to a response that begins, errors too."""
    if message["type"] == "http.response.start":
        said = {name.lower() for name, _ in message["headers"]}
        added = [(name, value) for name, value in HEADERS.items() if name not in said]
        message["headers"] = [*message["headers"], *added]
