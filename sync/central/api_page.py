"""The API in OpenAPI's words, and a page that shows it from files of ours."""

from __future__ import annotations

import copy
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin

from kiosk.trouble import KINDS
from sync.asking import NUMBER_PATH, RESERVE_PATH, NumberAsked, NumberGiven, PlaceGiven, ReserveAsked
from sync.batch import SentBatch
from sync.central.pages import api_page
from sync.central.replies import status_of
from sync.central.staff import staff_only
from sync.link import BATCH_PATH, ENROL_PATH, Enrolment

TITLE = "Thân Thiện"
VERSION = "1"
Json = dict[str, Any]
_REFS = "#/components/schemas/{name}"
_TROUBLE: Json = {
    "type": "object",
    "description": "A trouble: a stable code, what is wrong, what to do, and what it is about.",
    "required": ["code", "sentence", "hint", "detail"],
    "properties": {name: {"type": "string"} for name in ("code", "sentence", "hint", "detail")},
}
_THROUGH: Json = {
    "type": "object", "required": ["through"],
    "properties": {"through": {"type": "integer", "description": "All entries up to this one are held durably."}},
}  # fmt: skip
_DEVICE: Json = {
    "type": "object", "required": ["device_id", "office_id"],
    "properties": {"device_id": {"type": "string"}, "office_id": {"type": "string"}},
}  # fmt: skip
WIRE = (SentBatch, Enrolment, NumberAsked, NumberGiven, ReserveAsked, PlaceGiven)
_NUMBER_CODES = ("S-302", "S-303", "S-310", "S-314")
_BATCH_CODES = ("S-302", "S-303", "S-305", "S-306", "S-307", "S-309", "S-310", "J-106")


class ApiPage(OpenAPIRenderPlugin):
    """``/docs``: the API as a page without a script."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Json) -> bytes:
        """The page."""
        return api_page(full_api(openapi_schema), request.query_params.get("lang", "vi")).encode()


class ApiFile(OpenAPIRenderPlugin):
    """``/docs/openapi.json``: the same as data."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Json) -> bytes:
        """The JSON text."""
        return msgspec.json.encode(full_api(openapi_schema))


def api_config() -> OpenAPIConfig:
    """How Litestar is told to serve it, behind the staff's guard."""
    router = Router("/docs", route_handlers=[], guards=[staff_only], include_in_schema=False)
    plugins = [ApiPage(path="/"), ApiFile(path="/openapi.json", media_type="application/json")]  # type: ignore[arg-type]
    return OpenAPIConfig(
        title=TITLE, version=VERSION, openapi_router=router, render_plugins=plugins, use_handler_docstrings=True
    )


@get("/openapi.json", guards=[staff_only], include_in_schema=False, sync_to_thread=False)
def openapi_json(request: Request[Any, Any, Any]) -> Response[Json]:
    """The API in OpenAPI's words."""
    return Response(full_api(request.app.openapi_schema.to_schema()))


def full_api(generated: Json) -> Json:
    """What Litestar knows of the handlers, and what only the wire contract knows of the doors for devices."""
    api = copy.deepcopy(generated)
    _, components = msgspec.json.schema_components(WIRE, ref_template=_REFS)
    schemas = api.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(components, Trouble=_TROUBLE)
    _tell(api["paths"][BATCH_PATH]["post"], sent="SentBatch", back=_THROUGH, codes=_BATCH_CODES)
    _tell(api["paths"][ENROL_PATH]["post"], sent="Enrolment", back=_DEVICE, codes=("S-311", "S-314"))
    _tell(api["paths"][NUMBER_PATH]["post"], sent="NumberAsked", back=_ref("NumberGiven"), codes=_NUMBER_CODES)
    _tell(api["paths"][RESERVE_PATH]["post"], sent="ReserveAsked", back=_ref("PlaceGiven"), codes=_NUMBER_CODES)
    batch = api["paths"][BATCH_PATH]["post"]
    batch["requestBody"]["description"] = "The JSON object, packed with gzip (Content-Encoding: gzip)."
    batch["responses"]["409"] = _answer(f"S-304: {KINDS['S-304'].sentence}", {"$ref": _REFS.format(name="Trouble")})
    return api


def _ref(name: str) -> Json:
    return {"$ref": _REFS.format(name=name)}


def _tell(operation: Json, *, sent: str, back: Json, codes: tuple[str, ...]) -> None:
    trouble = _ref("Trouble")
    refused = "; ".join(f"{code}: {KINDS[code].sentence}" for code in codes)
    operation["requestBody"] = {
        "required": True, "content": {"application/json": {"schema": _ref(sent)}},
    }  # fmt: skip
    operation["responses"] = {
        "200": _answer("Done, and durable.", back),
        str(status_of(codes[0])): _answer(refused, trouble),
        "429": _answer(f"S-308: {KINDS['S-308'].sentence}; Retry-After says how long", trouble),
        "503": _answer("The disk is full or cannot be written; Retry-After says how long", trouble),
    }


def _answer(description: str, schema: Json) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
