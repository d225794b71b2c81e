// What each key does: a press at once, or a question first. Where it cannot be done now, a sentence says why.

import { now } from "./clock.js";
import { askNumber, choose } from "./dialogs.js";
import { actionName } from "./keys.js";
import { numberOf } from "./numbers.js";
import { tell } from "./toast.js";
import { reasonWords, say, serviceName, told } from "./words.js";

const NEEDS_CALLED = ["recall", "start", "miss"];
const NEEDS_CURRENT = ["finish", "park", "transfer"];
const ON_BREAK = ["finish", "undo", "pause", "next", "keys"];

// Why an action makes no sense at what is seen; "" if it does. A link that is lost refuses nothing: what is
// seen may be old, and the office has the last word.
export function why(action, view, lost) {
  if (!view || lost) return "";
  const { current, paused } = view;
  if (paused && !ON_BREAK.includes(action)) return say("needs_work");
  if (NEEDS_CALLED.includes(action) && current?.state !== "called") return say(current ? "needs_called" : "needs_current");
  if (NEEDS_CURRENT.includes(action) && !current) return say("needs_current");
  if (action === "call_number" && current) return say("needs_free", { n: current.row.number });
  return "";
}

// The press behind the first key: work again, finish and call, or call.
export function firstAction(view) {
  if (view?.paused) return "resume";
  return view?.current ? "finish_next" : "next";
}

export const reasons = (kind) => told.reasons[kind].map((id) => ({ id, words: reasonWords(id) }));

// Actions by name, each given {view, press}: ``press`` keeps and sends one.
const number = (view) => view?.current?.row.number ?? "";
export const ACTIONS = {
  next: ({ view, press }) => press({ action: firstAction(view), number: view?.paused ? "" : number(view) }),
  recall: ({ view, press }) => press({ action: "recall", number: number(view) }),
  start: ({ view, press }) => press({ action: "start", number: number(view) }),
  finish: ({ view, press }) => press({ action: "finish", number: number(view) }),
  miss: ({ view, press }) => press({ action: "miss", number: number(view) }),
  undo,
  park,
  transfer,
  call_number: callNumber,
  pause,
};

function undo({ view, press }) {
  const open = view?.undo;
  if (!open || Date.parse(open.until) <= now()) return tell(say("nothing_to_undo"));
  return press({ action: "undo", number: open.number, undoes: open.press });
}

async function park({ view, press }) {
  const held = number(view);
  const reason = await choose(say("choose_park", { n: held }), reasons("park"));
  if (reason) press({ action: "park", number: held, reason });
}

async function transfer({ view, press }) {
  const held = number(view);
  const others = told.services.filter((one) => one.id !== view?.current?.row.service);
  const options = others.map(({ id }) => ({ id, words: serviceName(id) }));
  const service = await choose(say("choose_transfer", { n: held }), options, say("keeps_time"));
  if (service) press({ action: "transfer", number: held, service });
}

async function callNumber({ view, press }) {
  const typed = await askNumber();
  const inSight = [...(view?.rows ?? []), ...(view?.parked ?? [])].map((row) => row.number);
  if (typed) await callThis(numberOf(typed, inSight), press);
}

async function callThis(called, press) {
  const reason = await choose(say("choose_reason", { n: called }), reasons("out_of_order"), say("reason_public"));
  if (reason) press({ action: "call_number", number: called, reason });
}

async function pause({ view, press }) {
  if (view?.paused) return press({ action: "resume" });
  const reason = await choose(say("choose_pause"), reasons("pause"));
  if (reason) press({ action: "pause", reason });
  return null;
}

// The menu of a waiting number.
export async function rowMenu(row, { view, press, lost }) {
  const options = [
    { id: "call", words: say("row_call") },
    row.lane !== "priority" && row.state !== "parked" && { id: "priority", words: say("row_priority") },
    { id: "cancel", words: say("row_cancel") },
  ].filter(Boolean);
  const chosen = await choose(say("row_title", { n: row.number }), options);
  const hindrance = chosen === "call" ? why("call_number", view, lost) : "";
  if (hindrance) tell(hindrance, { bad: true });
  else if (chosen === "call") await callThis(row.number, press);
  else if (chosen === "priority") await givePriority(row.number, press);
  else if (chosen === "cancel") await cancel(row.number, press);
}

async function givePriority(given, press) {
  const reason = await choose(say("choose_priority", { n: given }), reasons("priority"));
  if (reason) press({ action: "give_priority", number: given, reason });
}

async function cancel(given, press) {
  const sure = [{ id: "no", words: say("cancel_no") }, { id: "yes", words: say("cancel_yes") }];
  if ((await choose(say("cancel_sure", { n: given }), sure)) === "yes") press({ action: "cancel", number: given });
}

const PRESS_NAMES = {
  finish_next: "next", next: "call_next", resume: "resume", returned: "back", give_priority: "row_priority",
  cancel: "row_cancel",
};

// A press in words: "Vắng mặt B042".
export function pressWords(press) {
  const name = PRESS_NAMES[press.action] ? say(PRESS_NAMES[press.action]) : actionName(press.action);
  return press.number ? `${name} · ${press.number}` : name;
}
