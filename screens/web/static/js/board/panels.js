// The counts of the day and why a number stands where it stands. What is not known is said, and never a zero.

import { clock } from "./time.js";
import { count, say, set, show } from "./words.js";

const FIGURES = ["called", "priority", "out_of_order", "unused"];
const PARTS = ["cancelled", "missed", "second", "expired", "waiting", "unissued"];
const NAMED = 2;
const LONG = 116;
const MANY = 8;

// lost: since when nothing was heard, in ms, or 0.
export function drawPanels(view, heardMs, lost, order) {
  const counts = lost ? null : view?.counts;
  show("counts", Boolean(counts));
  show("untold", Boolean(view) && !counts);
  if (counts) drawCounts(view, counts, heardMs);
  else if (view) drawUntold(lost);
  show("why", Boolean(view));
  if (view) drawWhy(lost ? null : view.why, order);
}

function drawCounts(view, counts, heardMs) {
  const time = clock(heardMs);
  const places = view.unheard;
  set("today", places.length ? say("today_without", { time, places: named(places) }) : say("today", { time }));
  for (const name of FIGURES) set(name, count(counts[`${name}_count`]));
  const digits = FIGURES.map((name) => count(counts[`${name}_count`])).join("").length;
  document.getElementById("counts").classList.toggle("many", digits > MANY);
}

// kiosk-2 is "Máy 2"; more than a line can name are counted.
function named(places) {
  if (places.length > NAMED) return say("machines", { n: places.length });
  return places.map((id) => say("machine", { n: id.replace(/^kiosk-/, "") })).join(", ");
}

function drawUntold(lost) {
  set("untold-title", say(lost ? "lost" : "uncounted"));
  set("untold-sub", lost ? say("lost_sub", { time: clock(lost) }) : say("uncounted_sub"));
}

function drawWhy(why, order) {
  const panel = document.getElementById("why");
  const words = why ? whyWords(why) : order.items.join(" ");
  set("why-title", why ? say("why", { n: why.number }) : order.label);
  set("why-told", words);
  panel.classList.toggle("long", words.length > LONG);
}

export function whyWords(why) {
  const about = { t: count(why.of_count), l: why.letter };
  const parts = PARTS.filter((name) => why[`${name}_count`] > 0);
  const told = parts.map((name) => say(`why_${name}`, { n: count(why[`${name}_count`]) }).replaceAll(" ", "\u00a0"));
  const sentences = [];
  const all = why.of_count === 1 ? "why_first" : "why_all";
  if (why.of_count) sentences.push(told.length ? say("why_of", { ...about, parts: told.join(", ") }) : say(all, about));
  if (why.reserve_count) sentences.push(say("why_reserve", { ...about, n: count(why.reserve_count) }));
  if (!why.unissued_count && !why.reserve_count) sentences.push(say("why_not_held"));
  return sentences.join(" ");
}
