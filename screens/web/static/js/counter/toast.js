// Sentences that stay long enough to be read, and are spoken by screen readers. A note gives way to the next one;
// what went wrong stands in a list, so that of several refused presses each can be read.

import { $, icon, made } from "./made.js";
import { say, troubleWords } from "./words.js";

const STAYS_MS = 4000;
const TROUBLE_STAYS_MS = 10000;
const place = $("toast");
const timers = { note: 0, list: 0 };

// ``of``: what a trouble is about; told again, it stands in the list once.
export function tell(sentence, { hint = "", code = "", bad = false, of = sentence } = {}) {
  const words = made("p", {}, made("b", {}, sentence), hint && made("span", {}, hint));
  if (bad) list(of, made("li", {}, icon("warning-circle"), words, code && made("small", {}, code)));
  else note(words);
}

function note(words) {
  place.querySelector(".toast:not(.bad)")?.remove();
  place.append(made("div", { class: "toast" }, icon("check-circle"), words));
  stay("note", ".toast:not(.bad)", STAYS_MS);
}

function list(of, line) {
  const lines = place.querySelector("ul") ?? begun();
  [...lines.children].find((one) => one.dataset.of === of)?.remove();
  line.dataset.of = of;
  lines.append(line);
  stay("list", ".toast.bad", TROUBLE_STAYS_MS);
  line.scrollIntoView({ block: "nearest" });
}

function begun() {
  const lines = made("ul");
  const close = made("button", { type: "button", class: "second", onclick: () => take(".toast.bad") }, say("close"));
  close.append(made("kbd", {}, "Esc"));
  place.prepend(made("div", { class: "toast bad" }, lines, close));
  return lines;
}

function stay(which, selector, ms) {
  place.hidden = false;
  clearTimeout(timers[which]);
  // Behind a dialog nobody has read it.
  timers[which] = setTimeout(() => ($("dialog").open ? stay(which, selector, ms) : take(selector)), ms);
}

function take(selector) {
  place.querySelector(selector)?.remove();
  place.hidden = !place.children.length;
}

addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && !$("dialog").open && take(".toast.bad"));

// What the office said to a press it did not do.
export function tellRefused(what, answer, of = what) {
  const { sentence, hint } = troubleWords(answer.code, answer);
  tell(sentence, { hint: `${say("refused", { what })} ${hint}`, code: answer.code, bad: true, of });
}
