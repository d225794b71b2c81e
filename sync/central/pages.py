"""The few pages of a log itself: login, a trouble, the API, the offices of a central log.

Made with the standard library alone and without a script; every text goes through ``_safe``.
"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from kiosk.clock import instant, office_time
from kiosk.look_files import tokens
from kiosk.trouble import Trouble
from kiosk.words import LANGUAGES, Words, words
from sync.central.store import OfficeSummary

STATIC = Path(__file__).parent / "static"
BRAND = "Thân Thiện"
OFFICE_OFFSET_H = 7


def login_page(language: str, *, next_path: str, office_name: str = "", wrong: bool = False, wait_s: float = 0) -> str:
    """The login. ``wrong`` and ``wait_s`` tell what became of the last try."""
    say = _words(language)
    note = ""
    if wait_s > 0:
        minutes = math.ceil(wait_s / 60)
        note = _note(say.say("login.wait"), say.say("login.wait_sub", m=minutes))
    elif wrong:
        note = _note(say.say("login.wrong_only"), say.say("login.wrong_again"))
    body = _file("login.html").substitute(
        **{name: _safe(say.say(f"login.{name}")) for name in ("hello", "motto", "title", "sub", "password")},
        four=_courtesies(say.say("login.four")),
        enter=_safe(say.say("login.enter")),
        first=_safe(say.say("login.first", file="keys/staff-password")),
        small=_safe(say.say("common.office_small")) if office_name else "",
        office=_safe(office_name or BRAND),
        next=_safe(next_path),
        note=note,
        described='aria-describedby="note" aria-invalid="true"' if note else "",
        language=say.language,
        other=_other(say, f"/login?next={_query(next_path)}&"),
    )
    return _whole(say, say.say("login.title"), body, kind="login")


def problem_page(trouble: Trouble, language: str = "vi") -> str:
    """A trouble as a page: what is wrong and what to do, its code, and the plain English for support."""
    say, kind = _words(language), trouble.kind
    plain = f"{_sentence(kind.sentence)} {kind.hint}."
    told = f"trouble.{kind.code}"
    known = say.has(told)
    body = _file("problem.html").substitute(
        brand=BRAND,
        hello=_safe(say.say("server.problem")),
        sentence=_safe(say.say(told) if known else _sentence(kind.sentence)),
        hint=_safe(say.say(f"{told}-hint") if known else f"{kind.hint}."),
        detail=f"<p class='detail'>{_safe(trouble.detail)}</p>" if trouble.detail else "",
        plain=_safe(plain) if known and say.language != "en" else "",
        code=kind.code,
        home=_safe(say.say("server.home")),
    )
    return _whole(say, kind.code, body, kind="login")


def offices_page(offices: Sequence[OfficeSummary], language: str = "vi") -> str:
    """What a central log holds, an office a line."""
    say = _words(language)
    heads = "".join(f"<th scope='col'>{_safe(say.say(f'server.{name}'))}</th>" for name in ("office", "books"))
    heads += "".join(f"<th scope='col'>{_safe(say.say(f'server.{name}'))}</th>" for name in ("entries", "last"))
    rows = "".join(_office_row(say, office) for office in offices)
    table = f"<div class='wide'><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    shown = table if offices else f"<p>{_safe(say.say('server.none'))}</p>"
    links = "".join(
        f"<li><a href='{path}'>{_safe(say.say(f'server.{name}'))}</a></li>"
        for name, path in (("health", "/health"), ("measures", "/metrics"), ("docs", "/docs"))
    )
    body = (
        f"<main class='plain'>{_other(say, '/?')}<h1>{_safe(say.say('server.title'))}</h1>"
        f"<p class='sub'>{_safe(say.say('server.sub'))}</p>"
        f"<h2>{_safe(say.say('server.offices'))}</h2>{shown}<ul class='links'>{links}</ul></main>"
    )
    return _whole(say, say.say("server.title"), body)


def api_page(api: Mapping[str, Any], language: str = "vi") -> str:
    """The API, an operation a block, then the shapes it speaks of."""
    say = _words(language)
    operations = "".join(
        _operation(path, method, operation)
        for path, methods in sorted(api["paths"].items())
        for method, operation in methods.items()
    )
    shapes = "".join(
        f"<section id='{_safe(name)}'><h3>{_safe(name)}</h3><pre>{_pretty(shape)}</pre></section>"
        for name, shape in sorted(api["components"]["schemas"].items())
    )
    body = (
        f"<main class='plain'>{_other(say, '/docs?')}<h1>{_safe(say.say('server.docs'))}</h1>"
        f"<p><a href='/openapi.json'>openapi.json</a></p>{operations}<h2>Schemas</h2>{shapes}</main>"
    )
    return _whole(say, "API", body)


@cache
def style() -> str:
    """The style sheet: the design tokens as variables, light and dark, then the rules."""
    colors = tokens()["color"]
    light, dark = _variables(colors["light"]), _variables(colors["dark_pages_only"])
    rules = (STATIC / "central.css").read_text(encoding="utf-8")
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rules}"


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    sent = operation.get("requestBody", {})
    note = f"<p>{_safe(sent['description'])}</p>" if "description" in sent else ""
    shapes = ", ".join(_shape(kind, content["schema"]) for kind, content in sent.get("content", {}).items())
    body = f"<h3>Body</h3>{note}<p>{shapes}</p>" if sent else ""
    questions = "".join(
        f"<li><code>{_safe(one['name'])}</code> ({_safe(one['in'])}) {_safe(one.get('description', ''))}</li>"
        for one in operation.get("parameters", [])
    )
    answers = "".join(
        f"<li><b>{_safe(status)}</b> {_safe(answer.get('description', ''))}</li>"
        for status, answer in sorted(operation["responses"].items())
    )
    told = operation.get("description") or operation.get("summary") or ""
    return (
        f"<section><h2><b class='code'>{_safe(method.upper())}</b> {_safe(path)}</h2><p>{_safe(told)}</p>"
        f"<ul>{questions}</ul>{body}<ul>{answers}</ul></section>"
    )


def _shape(kind: str, schema: Mapping[str, Any]) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    told = f"<a href='#{_safe(name)}'>{_safe(name)}</a>" if name else f"<code>{_pretty(schema)}</code>"
    return f"<code>{_safe(kind)}</code> {told}"


def _courtesies(text: str) -> str:
    name, colon, rest = text.partition(":")
    return f"<b>{_safe(name)}</b>{_safe(rest)}" if colon else _safe(text)


def _wall(at: str) -> str:
    """An instant as people in these offices read it."""
    return office_time(instant(at), OFFICE_OFFSET_H).strftime("%d/%m/%Y %H:%M")


def _office_row(say: Words, office: OfficeSummary) -> str:
    forked = f" <b class='bad'>{_safe(say.say('server.forked'))}: {office.forked}</b>" if office.forked else ""
    cells = (f"<td>{office.books}{forked}</td><td>{office.entries:,}</td>").replace(",", ".")
    return f"<tr><th scope='row'>{_safe(office.office_id)}</th>{cells}<td>{_wall(office.last_at)}</td></tr>"


def _note(title: str, text: str) -> str:
    return f"<div class='note' id='note' role='alert'><b>{_safe(title)}</b><br>{_safe(text)}</div>"


def _whole(say: Words, title: str, body: str, *, kind: str = "") -> str:
    return _file("page.html").substitute(
        language=say.language, title=f"{_safe(title)} · {BRAND}", body=body, kind=kind
    )  # fmt: skip


def _other(say: Words, address: str) -> str:
    other = say.other()
    name = _safe(say.say("common.other_language"))
    return f"<a class='language' lang='{other.language}' href='{_safe(address)}lang={other.language}'>{name}</a>"


def _words(language: str) -> Words:
    return words(language if language in LANGUAGES else "vi")


@cache
def _file(name: str) -> Template:
    return Template((STATIC / name).read_text(encoding="utf-8"))


def _variables(colors: Mapping[str, str]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colors.items())


def _pretty(value: object) -> str:
    return _safe(json.dumps(value, ensure_ascii=False, indent=2))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _query(text: str) -> str:
    return text.replace("%", "%25").replace("&", "%26").replace("#", "%23").replace("+", "%2B")


def _safe(text: object) -> str:
    return html.escape(str(text), quote=True)
