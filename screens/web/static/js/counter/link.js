// The state of the link, in the head of the page: connected, sending, or lost since when with what is kept.

import { now, wall } from "./clock.js";
import { note, show } from "./dialogs.js";
import { $, icon, made, write } from "./made.js";
import { all, forget } from "./outbox.js";
import { pressWords } from "./actions.js";
import { tell } from "./toast.js";
import { say } from "./words.js";

const SHOW_SENDING_MS = 400;
let state = "connecting";
let since = 0;
let disk = false;

export const isLost = () => state === "lost";

// The link is lost, or the server cannot record (``onDisk``).
export function lose(onDisk = false) {
  if (state !== "lost") since = now();
  state = "lost";
  disk = onDisk;
  drawLink();
}

// The link is back. What the office refused meanwhile stays to be read.
export function restore() {
  const was = state;
  state = "ok";
  drawLink();
  if (was !== "lost") return;
  write($("said"), say("caught_up"));
}

export function drawLink() {
  const held = all();
  const waiting = held.filter((press) => Date.now() - press.place > SHOW_SENDING_MS).length;
  const lost = state === "lost";
  const words = lost ? (disk ? say("disk") : say("offline", { time: wall(since) })) : state === "ok" ? say("online") : say("connecting");
  document.body.classList.toggle("cut-off", lost);
  $("link").className = `link ${state}`;
  write($("link").querySelector("span"), state === "ok" && waiting ? say("sending") : words);
  const shown = lost && held.length > 0;
  $("kept").hidden = !shown;
  if (shown) $("kept").replaceChildren(icon("hourglass-high"), say("kept", { n: held.length }));
}

// What is kept, in order, each to be taken back.
$("kept").addEventListener("click", showKept);

function showKept() {
  const list = made("ol", { class: "kept-list" });
  const drawAll = () => list.replaceChildren(...all().map((press) => line(press, drawAll)));
  drawAll();
  return show(say("kept_title"), note(say("kept_sub")), list);
}

function line(press, drawAll) {
  const drop = made("button", { type: "button", class: "second", onclick: () => {
    takeBack(press);
    drawAll();
  } }, say("drop"));
  return made("li", {}, made("span", {}, pressWords(press)), made("time", {}, wall(press.at)), drop);
}

export function takeBack(press) {
  if (forget([press.id])) tell(say("dropped"));
}
