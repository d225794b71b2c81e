"""The files that pages load, as the server sends them."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from kiosk.trouble import SyncTrouble
from screens.web.assets import assets

KEPT = "public, max-age=31536000, immutable"


@get("/static/{hash:str}/{name:path}", include_in_schema=False, sync_to_thread=False)
def send_file(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A file under the hash of this version; one of another version is no longer there."""
    held, named = assets(), request.path_params
    found = held.files.get(str(named["name"]).removeprefix("/")) if named["hash"] == held.hash else None
    if found is None:
        raise SyncTrouble("S-319", detail="a file of another version; load the page again")
    headers = {"Cache-Control": KEPT, "Vary": "Accept-Encoding"}
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.body, media_type=found.media_type, headers=headers)
