// The console as the last view says it is.

import { minuteWords, seconds, stopwatch, today, wall, now } from "./clock.js";
import { ring } from "./bell.js";
import { keyLabel, keyMap } from "./keys.js";
import { $, icon, made, write } from "./made.js";
import { drawRows } from "./rows.js";
import { fill, placeName, reasonWords, say, serviceName, told } from "./words.js";

const RINGS = "(!) ";
let announced = null;

// All of it. ``does``: {row(row), back(row), coming(help)}.
export function draw(view, does) {
  drawCurrent(view);
  drawLine(view, does);
  drawDay(view.day);
  drawHelp(view.help, does.coming);
  tick(view);
}

function drawCurrent({ current, paused }) {
  const resting = Boolean(paused) && !current;
  const eyebrow = current ? (current.state === "serving" ? "serving" : "calling") : resting ? "on_break" : "free";
  write($("eyebrow"), say(eyebrow));
  write($("number"), current ? current.row.number : "");
  write($("resting"), current ? "" : resting ? reasonWords(paused) : say("nobody"));
  $("act").dataset.state = current ? current.state : resting ? "paused" : "free";
  $("facts").hidden = !current;
  if (current) {
    write($("fact-service"), serviceName(current.row.service));
    write($("fact-taken"), wall(current.row.issued_at));
    const waited = Math.max(0, Math.floor((Date.parse(current.since) - Date.parse(current.row.issued_at)) / 1000));
    write($("fact-waited"), minuteWords(waited));
    const recalled = current.recalled_count ? ` · ${say("recalled", { n: current.recalled_count })}` : "";
    write($("fact-for-name"), current.state === "serving" ? say("working") : say("called_for") + recalled);
  }
  const saying = `${say(eyebrow)} ${current?.row.number ?? ""}`.trim();
  if (announced !== null && announced !== saying) write($("said"), saying);
  announced = saying;
}

function drawLine(view, does) {
  write($("waiting-count"), count(view.waiting_count));
  const rule = $("rule");
  rule.replaceChildren(...ruleWords(view.next));
  drawRows(view, does);
  $("empty").hidden = view.waiting_count > 0;
  const behind = view.waiting_count - view.rows.length;
  $("more").hidden = behind <= 0;
  write($("more"), behind > 0 ? say("more", { n: count(behind) }) : "");
}

// 10.010 in Vietnamese, 10,010 in English.
const count = (n) => n.toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB");

// Who is next and why, her number standing out.
function ruleWords(next) {
  if (!next) return [];
  const name = next.rule === "interleave" ? (told.normal_share === 2 ? "rule" : "rule_k") : `rule_${next.rule}`;
  const [before, after] = fill(say(name), { k: told.normal_share }).split("{n}");
  return [before, made("b", {}, next.number), after];
}

function drawDay(day) {
  write($("day-finished"), String(day.finished_count));
  write($("day-missed"), String(day.missed_count));
  write($("day-out"), String(day.out_of_order_count));
  const median = day.median_service_s;
  write($("day-median"), median === null ? say("not_yet") : String(Math.max(1, Math.round(median / 60))));
  $("day-median").classList.toggle("none", median === null);
}

function drawHelp(calls, coming) {
  const fresh = ring(calls.map((call) => call.help_id));
  document.title = (calls.length ? RINGS : "") + document.title.replace(RINGS, "");
  const place = $("ringing");
  const shown = [...place.children].map((card) => card.dataset.help).join();
  if (shown === calls.map((call) => call.help_id).join()) return;
  place.hidden = calls.length === 0;
  place.replaceChildren(...calls.map((call) => helpCard(call, fresh.includes(call.help_id), coming)));
}

// Nobody sits here any more: no call rings here.
export const quiet = () => drawHelp([]);

function helpCard(call, isFresh, coming) {
  const key = made("button", { type: "button", onclick: () => coming(call) }, say("coming"), made("kbd", { "data-key": "coming" }, keyLabel(keyMap().coming)));
  const since = made("small", { "data-help-since": call.at });
  const words = made("p", {}, made("b", {}, say("help_rings", { place: placeName(call.place) })), since);
  return made("div", { class: isFresh ? "help fresh" : "help", "data-help": call.help_id }, icon("bell-ringing"), words, key);
}

// What grows by itself, once a second.
export function tick(view) {
  write($("clock"), wall());
  if (!view) return;
  if (view.current) write($("fact-for"), stopwatch(view.current.since));
  for (const cell of document.querySelectorAll("[data-issued]")) {
    const waited = seconds(cell.dataset.issued);
    write(cell.lastElementChild, minuteWords(waited));
    cell.classList.toggle("long", waited >= told.long_wait_s);
  }
  for (const since of document.querySelectorAll("[data-help-since]")) {
    const minutes = Math.floor(seconds(since.dataset.helpSince) / 60);
    write(since, minutes ? say("help_since", { n: minutes }) : say("help_now"));
  }
  const longest = view.longest_wait_s === null ? null : view.longest_wait_s + seconds(view.as_of);
  write($("longest"), longest === null ? "" : say("longest", { m: Math.floor(longest / 60) }));
  drawUndo(view.undo);
  drawHoliday();
}

function drawUndo(undo) {
  const left = undo ? Math.ceil((Date.parse(undo.until) - now()) / 1000) : 0;
  $("undo").hidden = left <= 0;
  if (left > 0) write($("undo").querySelector("span"), say(`undo_${undo.what}`, { n: undo.number, s: left }));
}

function drawHoliday() {
  const text = told.holiday_notes[today()];
  $("holiday").hidden = !text;
  if (text) write($("holiday").querySelector("span"), text);
}
