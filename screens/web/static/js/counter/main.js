// The counter's console: puts its parts together.

import { ACTIONS, firstAction, pressWords, rowMenu, why } from "./actions.js";
import { learn, now } from "./clock.js";
import { choose, isOpen } from "./dialogs.js";
import { became, knock } from "./doors.js";
import { draw, quiet, tick } from "./draw.js";
import { actionName, listen, showKeys } from "./keys.js";
import { showHelp } from "./keys_dialog.js";
import { drawLink, isLost, lose, restore } from "./link.js";
import { Live } from "./live.js";
import { $, write } from "./made.js";
import { all, keep, onChange } from "./outbox.js";
import { Sender } from "./sender.js";
import { ask, displayName, onSeatChange, seat, setSeat, tickSignIn } from "./sign_in.js";
import { takeNumber } from "./take.js";
import { tell, tellRefused } from "./toast.js";
import { placeName, say, told } from "./words.js";

const ENDED = ["S-332", "S-343"];
let view = null;
let anew = true;
let sitting = seat()?.sitting ?? "";
const does = { row: (row) => rowMenu(row, context()), back: giveBack, coming };
const context = () => ({ view, press, lost: isLost() });

// Other tabs of this browser hear what became of a press this one sent.
const tabs = globalThis.BroadcastChannel ? new BroadcastChannel("thanthien.counter") : { postMessage() {} };
tabs.onmessage = ({ data }) => data.refused && (isOver(data.refused, data.answer) || refusedHere(data.refused, data.answer));

const sender = new Sender({
  done: (_, answer) => answer.view && take(answer.view),
  refused(press, answer) {
    tabs.postMessage({ refused: press, answer });
    refusedHere(press, answer);
  },
  later: (answer) => lose(Boolean(answer.code?.startsWith("M-") || answer.code?.startsWith("J-"))),
  password: () => comeBack({ ended: say("password_again"), password: true }),
  seated: () => Boolean(seat()?.sitting),
  over(press, answer) {
    if (!ENDED.includes(answer.code)) return false;
    tabs.postMessage({ refused: press, answer });
    return isOver(press, answer);
  },
  mine(press) {
    if (press.sitting === seat()?.sitting) return true;
    tell(undone(press), { bad: true, of: press.id });
    return false;
  },
});

const live = new Live("/counter/live", {
  opened: () => (anew = true),
  heard() {
    if (all().length) sender.kick(); // the stream lives, though a press may have failed
    else if (view?.sound === false) lose(true); // the office hears us but cannot record
    else restore();
  },
  view(fresh) {
    if (anew) view = null; // a server that began anew counts its versions anew
    anew = false;
    take(fresh);
  },
  lost: () => lose(),
  ended(status, answer) {
    if (became(status) === "password") return comeBack({ ended: say("password_again"), password: true });
    return comeBack({ ended: endedWords(answer.code) });
  },
});

function endedWords(code) {
  const counter = seat()?.counter;
  if (!counter || !ENDED.includes(code)) return "";
  return say(code === "S-332" ? "taken_over" : "closed_sitting", { n: counter });
}

// Whether the stay of a press has ended.
function isOver(press, answer) {
  if (!ENDED.includes(answer.code)) return false;
  if (press.sitting === seat()?.sitting) comeBack({ ended: endedWords(answer.code) }); // or the stream told it first
  return true;
}

const undone = (press) => say("old_sitting", { what: pressWords(press) });

function refusedHere(press, answer) {
  tellRefused(pressWords(press), answer, press.id);
}

// A view of the office: the newest counts.
function take(fresh) {
  if (view && fresh.version < view.version) return;
  const own = seat();
  if (own && fresh.sitting !== own.sitting) {
    comeBack({ ended: say(fresh.sitting ? "taken_over" : "closed_sitting", { n: own.counter }) });
    return;
  }
  learn(fresh.as_of);
  view = fresh;
  draw(view, does);
  drawKeys();
}

// Which keys make sense now. One that does not can still be pressed: then it says why.
function drawKeys() {
  const first = firstAction(view);
  const name = { finish_next: "next", next: "call_next", resume: "resume" }[first];
  write(document.querySelector(".first-key span"), say(name));
  write(document.querySelector(".board-key[data-action=pause] span"), say(view?.paused ? "resume" : "pause"));
  for (const key of document.querySelectorAll(".key[data-action]")) {
    const hindrance = why(key.dataset.action, view, isLost());
    key.setAttribute("aria-disabled", String(hindrance !== ""));
    key.title = hindrance;
  }
}

// Keep a press and send it.
function press(asked) {
  const own = seat();
  if (!own) return;
  keep({ ...asked, sitting: own.sitting, at: now() });
  sender.kick();
}

function act(action) {
  if (action === "keys") return showHelp();
  if (action === "take") return takeNumber();
  if (action === "appointments") return location.assign("/counter/appointments");
  if (action === "coming") return view?.help.length ? coming(view.help[0]) : null;
  const hindrance = why(action, view, isLost());
  if (hindrance) return tell(hindrance);
  return ACTIONS[action](context());
}

function giveBack(row) {
  press({ action: "returned", number: row.number });
}

async function coming(call) {
  const { became, answer } = await knock("/counter/help", { help_id: call.help_id });
  if (became === "ok") tell(say("coming_told", { place: placeName(call.place) }));
  else if (answer.code) tellRefused(say("coming"), answer);
  else tell(say("not_reached"), { bad: true });
}

async function leave() {
  const held = view?.current ? say("sign_out_held", { n: view.current.row.number }) : "";
  const sure = [{ id: "yes", words: say("sign_out") }];
  if ((await choose(say("sign_out_sure", { n: seat().counter }), sure, held)) !== "yes") return;
  const { became, answer } = await knock("/counter/sign-out", {});
  if (became === "ok" || became === "refused") comeBack({});
  else tell(say("not_reached"), { hint: answer.code ?? "", bad: true });
}

function comeBack(options) {
  live.stop();
  view = null;
  quiet();
  if (isOpen()) $("dialog").close("");
  if (!options.password) setSeat({ counter: seat()?.counter ?? "", sitting: "" });
  sitting = seat()?.sitting ?? "";
  ask(enter, { ...options, undone: options.password ? [] : all().map(undone) });
}

function enter(fresh) {
  $("opening").hidden = true;
  $("sign-in").hidden = true;
  $("console").hidden = false;
  document.body.classList.remove("signing-in");
  const own = told.counters.find((one) => one.id === seat().counter);
  write($("seat"), say("counter", { n: seat().counter }));
  write($("serves"), own?.serves ?? "");
  write($("name"), displayName());
  sitting = seat().sitting;
  document.title = `${say("counter", { n: seat().counter })} · Thân Thiện`;
  if (fresh) take(fresh);
  $("act").focus({ preventScroll: true }); // a field of the form that is gone must not keep the keys
  live.start();
  sender.kick();
}

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-action]");
  if (key && !key.matches("a")) act(key.dataset.action);
  if (event.detail > 0 && !isOpen()) event.target.closest("button")?.blur(); // so that Enter means the line again
});
$("leave").addEventListener("click", leave);
listen(act, () => !$("console").hidden && !isOpen());
onChange(() => {
  if (live.connected && !all().length) restore();
  drawLink();
  sender.kick();
});
onSeatChange((changed) => (changed?.sitting ?? "") !== sitting && location.reload()); // another tab sat down elsewhere
setInterval(() => {
  tickSignIn();
  tick(view);
  drawLink();
}, 1000);
showKeys();
tickSignIn();
if (sitting) enter(null);
else ask(enter, { undone: all().map(undone) });
