// The counts of the day and why a number stands where it stands. What is not known is said, and never a zero.

import { clock } from "./time.js";
import { count, say, set, show } from "./words.js";

const FIGURES = ["called", "priority", "out_of_order", "unused"];
const PARTS = ["cancelled", "missed", "second", "expired", "waiting", "unissued"];
const NAMED = 2;
const LONG = 116;
const MANY = 8;

// A count below zero is a fault somewhere, and as good as none.
export function trusted(view) {
  return { ...view, counts: sound(view.counts), why: sound(view.why) };
}

function sound(counts) {
  return counts && Object.values(counts).some((one) => one < 0) ? null : counts;
}

// lost: since when nothing was heard, in ms, or 0.
export function drawPanels(view, heardMs, lost, order) {
  const counts = lost ? null : view?.counts;
  show("counts", Boolean(counts));
  show("untold", Boolean(view) && !counts);
  if (counts) drawCounts(view, counts, heardMs);
  else if (view) drawUntold(lost);
  show("why", Boolean(view));
  if (view) drawWhy(view, lost ? "" : whyTold(view), order);
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

function drawWhy(view, told, order) {
  const panel = document.getElementById("why");
  const words = told || order.items.join(" ");
  set("why-title", told ? say("why", { n: view.why.number }) : order.label);
  set("why-told", words);
  panel.classList.toggle("long", words.length > LONG);
}

// What became of the numbers nobody sees, or "". While a machine is not heard, only what is certain without it.
export function whyTold({ why, unheard }) {
  if (!why) return "";
  const all = !unheard.length;
  const about = { t: count(why.of_count), l: why.letter };
  const parts = PARTS.filter((name) => why[`${name}_count`] > 0 && (all || name !== "unissued"));
  const told = parts.map((name) => say(`why_${name}`, { n: count(why[`${name}_count`]) }).replaceAll(" ", "\u00a0"));
  const sentences = [];
  if (told.length) sentences.push(say("why_of", { ...about, parts: told.join(", ") }));
  else if (all && why.of_count) sentences.push(say(why.of_count === 1 ? "why_first" : "why_all", about));
  if (why.reserve_count) sentences.push(say("why_reserve", { ...about, n: count(why.reserve_count) }));
  if (!all) return sentences.length ? [...sentences, say("why_heard")].join(" ") : "";
  if (!why.unissued_count && !why.reserve_count) sentences.push(say("why_not_held"));
  return sentences.join(" ");
}
