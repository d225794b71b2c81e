// The lobby board: what was heard, and once a second what time has changed of it.

import { announce, captioned, drawCall, settle } from "./call.js";
import { Link } from "./link.js";
import { drawPanels, trusted, whyTold } from "./panels.js";
import { turn } from "./slides.js";
import { clock, date, day, heard, now } from "./time.js";
import { Voice } from "./voice.js";
import { say, set, told } from "./words.js";

const AROUND_MS = 30000;
const CLOSED_AFTER_MS = 10 * 60000;
const RECENT = 5;

const version = told.around.version;
const voice = "sound" in document.body.dataset ? new Voice() : null;
let around = told.around;
let aroundAt = performance.now();
let view = null;
let heardMs = 0;
const newest = { day: "", call: 0 };

heard(around.now);

const link = new Link("/board/live", {
  view(newer) {
    heard(newer.as_of);
    heardMs = now();
    const first = !view;
    const calls = newCalls(newer);
    const again = view?.now?.number === newer.now?.number && view?.now?.counter === newer.now?.counter;
    view = trusted(newer);
    draw();
    if (first || !calls.length) return; // the first view of a page is no news
    announce(newer.now, again);
    voice?.take(calls);
  },
  beat(beat) {
    heard(beat.as_of);
    heardMs = now();
    draw();
  },
});

// Calls that were not seen before, oldest first. They are counted from 1 each day of the office, which is not UTC's.
function newCalls({ now: last, recent }) {
  if (!last) return [];
  const calledOn = day(Date.parse(last.at));
  if (calledOn !== newest.day) Object.assign(newest, { day: calledOn, call: 0 });
  const calls = [last, ...recent].filter((call) => call.call > newest.call);
  newest.call = Math.max(newest.call, ...calls.map((call) => call.call));
  return [...new Map(calls.map((call) => [call.call, call])).values()].sort((one, other) => one.call - other.call);
}

function order() {
  return around.slides.find((slide) => slide.label === say("order")) ?? { label: "", items: [] };
}

// The order of calls takes no turn below while it stands in the panel.
function turning() {
  return view && (link.lost || !whyTold(view)) ? around.slides.filter((slide) => slide !== order()) : around.slides;
}

function state() {
  if (!view) return "loading";
  const calledAt = view.now ? Date.parse(view.now.at) : 0;
  if (!view.open && (!view.now || now() - calledAt > CLOSED_AFTER_MS)) return "closed";
  return view.now ? "called" : "quiet";
}

function draw() {
  set("clock", clock(now()));
  set("date", date(now()));
  const lost = link.lost;
  document.body.dataset.link = lost ? "lost" : "held";
  const is = state();
  document.body.dataset.state = is;
  document.body.dataset.version = view?.version ?? "";
  if (is === "called") drawCall(view.now);
  else drawRest(is);
  drawRecent();
  drawPanels(view, heardMs, lost ? heardMs || now() : 0, order());
}

function drawRest(is) {
  const closed = is === "closed" ? around.closed : null;
  set("eyebrow", closed ? closed.eyebrow : "");
  set("rest-title", { loading: say("loading"), quiet: say("quiet"), closed: closed?.title ?? say("closed") }[is]);
  set("hours", closed ? closed.hours.join("   ") : "");
  set("rest-sub", is === "quiet" ? say("quiet_sub") : closed ? [closed.days, closed.holiday].filter(Boolean).join("\n") : "");
}

function drawRecent() {
  const calls = view ? view.recent.filter((call) => call.call !== view.now?.call).slice(0, RECENT) : [];
  const list = document.getElementById("recent");
  const key = calls.map((call) => `${call.call} ${call.number} ${call.counter}`).join();
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...calls.map(row));
}

function row(call) {
  const made = document.createElement("li");
  const [number, name, counter] = ["b", "span", "b"].map((kind) => made.appendChild(document.createElement(kind)));
  number.textContent = call.number;
  name.textContent = say("counter");
  counter.textContent = call.counter;
  return made;
}

// What stands around the numbers, twice a minute. A server with a newer page has this one loaded again.
async function askAround() {
  aroundAt = performance.now();
  try {
    const answer = await fetch(`/board/around?lang=${told.language}`);
    if (!answer.ok) return;
    const newer = await answer.json();
    if (newer.version !== version) return location.reload();
    around = newer;
    heard(around.now);
  } catch {
    // no link: the live stream says so
  }
}

setInterval(() => {
  link.tick();
  settle();
  if (!captioned()) turn(turning());
  if (performance.now() - aroundAt > AROUND_MS) askAround();
  draw();
}, 1000);
turn(turning());
draw();
