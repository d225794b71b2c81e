// The waiting list and what is parked.

import { wall } from "./clock.js";
import { $, icon, made } from "./made.js";
import { say, serviceName } from "./words.js";

const MOST_BADGES = 2;
let shown = "";

// Draw the rows again only if they changed, and keep the hand where it was.
export function drawRows(view, does) {
  const now = JSON.stringify([view.rows, view.parked, view.next]);
  if (now === shown) return;
  shown = now;
  const held = document.activeElement?.dataset?.menu;
  $("rows").replaceChildren(...view.rows.map((row) => line(row, row.number === view.next?.number, does)));
  $("parked").hidden = view.parked.length === 0;
  $("parked-rows").replaceChildren(...view.parked.map((row) => parkedLine(row, does)));
  if (held) document.querySelector(`[data-menu="${CSS.escape(held)}"]`)?.focus();
}

export const forgetRows = () => (shown = "");

function line(row, isNext, does) {
  const number = made("th", { scope: "row" }, row.number);
  if (isNext) number.append(made("span", { class: "unseen" }, ` (${say("next_mark")})`));
  const ring = made("i", { class: "ring", title: say("long_wait") });
  const waited = made("td", { class: "n waited", "data-issued": row.issued_at }, ring, made("span"));
  return made("tr", isNext ? { class: "next", "aria-current": "true" } : {}, number,
    made("td", { class: "what" }, serviceName(row.service)), made("td", {}, wall(row.issued_at)), waited,
    made("td", { class: "badges" }, made("span", {}, ...badges(row))), made("td", { class: "more-cell" }, menu(row, does)));
}

function menu(row, does) {
  return made("button", {
    type: "button", class: "menu", "data-menu": row.number, "aria-label": say("row_menu", { n: row.number }),
    "aria-haspopup": "dialog", onclick: () => does.row(row),
  }, icon("dots-three"));
}

function badges(row) {
  const all = [
    row.appointment_at && say("appointment", { time: row.appointment_at }),
    row.lane === "priority" && say("lane_priority"),
    row.lane === "returned" && say("lane_returned"),
    row.from_counter && say("from_counter", { n: row.from_counter }),
    row.missed_count > 0 && say("missed_times", { n: row.missed_count }),
    row.present && say("present"),
    row.assisted && say("assisted"),
  ].filter(Boolean);
  return all.slice(0, MOST_BADGES).map((text) => made("b", { class: "badge", title: all.join(" · ") }, text));
}

function parkedLine(row, does) {
  const back = made("button", { type: "button", class: "second", onclick: () => does.back(row) }, icon("arrow-u-up-left"), say("back"));
  return made("li", {}, made("b", {}, row.number), made("span", {}, serviceName(row.service)), back, menu(row, does));
}

// Up and down walk along the menus of the rows.
$("rows").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menus = [...$("rows").querySelectorAll(".menu")];
  const at = menus.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  menus[Math.max(0, Math.min(menus.length - 1, at + step))].focus();
});
