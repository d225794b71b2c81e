// Signing in at a counter: the password if this machine has not shown it, the counter, a name for the screen.

import { wall, today } from "./clock.js";
import { knock, showPassword } from "./doors.js";
import { readJson, write as keep } from "./kept.js";
import { $, icon, made, write } from "./made.js";
import { say, told, troubleWords } from "./words.js";

const SEAT = "thanthien.counter.seat";
const NAME = "thanthien.counter.name";
const form = $("sign-in-form");
let inside = () => {};
let staying = false;
let busy = false;

export const seat = () => readJson(SEAT, null);

export function setSeat(taken) {
  keep(SEAT, JSON.stringify(taken));
}

export function onSeatChange(hear) {
  addEventListener("storage", (event) => (event.key === SEAT || event.key === null) && hear(seat()));
}

export const displayName = () => readJson(NAME, "");

// Show the form; ``ended`` says why somebody is back here, ``undone`` names each
// press that was not done. Calls ``enter`` with the view of a new stay.
export function ask(enter, { ended = "", undone = [], password = false } = {}) {
  inside = enter;
  staying = password && Boolean(seat()?.sitting);
  $("opening").hidden = true;
  $("console").hidden = true;
  $("sign-in").hidden = false;
  document.body.classList.add("signing-in");
  if (password) $("password-field").hidden = false;
  const lines = [ended, ...undone].filter(Boolean).map((line) => made("span", {}, line));
  $("ended").hidden = !lines.length;
  $("ended").replaceChildren(...(lines.length ? [icon("warning-circle"), made("p", {}, ...lines)] : []));
  $("display-name").value = displayName();
  choose(seat()?.counter);
  sayNothing();
  firstField().focus();
}

function firstField() {
  if (!$("password-field").hidden) return $("password");
  return form.querySelector("[name=counter]:checked") ?? form.querySelector("[name=counter]");
}

function choose(counter) {
  for (const one of form.querySelectorAll("[name=counter]")) one.checked = one.value === counter;
  showServes();
}

const chosen = () => form.querySelector("[name=counter]:checked")?.value ?? "";

function showServes() {
  const counter = told.counters.find((one) => one.id === chosen());
  write($("seat-serves"), counter ? say("serves", { n: counter.id, services: counter.serves }) : "");
}

function note(title, text = "", ...more) {
  const words = made("p", {}, made("b", {}, title), text && made("span", {}, text));
  $("sign-in-note").replaceChildren(made("div", { class: "told" }, icon("warning-circle"), words, ...more));
}

function sayNothing() {
  $("sign-in-note").replaceChildren();
}

async function submit(takeOver) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  try {
    if (!(await passed())) return;
    if (staying && chosen() === seat().counter) goOn();
    else await enter(takeOver);
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
  }
}

async function passed() {
  if (!chosen()) {
    note(say("choose_counter"));
    form.querySelector("[name=counter]").focus();
    return false;
  }
  if ($("password-field").hidden) return true;
  const { became, waitS } = await showPassword($("password").value.trim());
  if (became === "ok") return true;
  const minutes = Math.max(1, Math.ceil(waitS / 60));
  if (became === "wrong") note(told.login.wrong_only, told.login.wrong_again);
  else if (became === "wait") note(told.login.wait, told.login.wait_sub.replace("{m}", minutes));
  else note(say("not_reached"));
  $("password").setAttribute("aria-invalid", String(became === "wrong"));
  $("password").select();
  return false;
}

async function enter(takeOver) {
  const counter = chosen();
  const name = $("display-name").value.trim();
  const { became, answer } = await knock("/counter/sign-in", { counter, name: "", take_over: takeOver });
  if (became === "ok") return arrive(counter, name, answer.view);
  if (became === "password") {
    $("password-field").hidden = false;
    return $("password").focus();
  }
  if (answer.code === "S-332") return inUse(counter);
  if (became === "later" && !answer.code) return note(say("not_reached"));
  const { sentence, hint } = troubleWords(answer.code, answer);
  note(sentence, hint, made("small", {}, answer.code));
}

function inUse(counter) {
  const over = made("button", { type: "button", class: "second", onclick: () => submit(true) }, say("take_over"));
  note(say("in_use", { n: counter }), say("in_use_sub"), over);
  over.focus();
}

function arrive(counter, name, view) {
  keep(NAME, JSON.stringify(name));
  setSeat({ counter, sitting: view.sitting });
  $("password").value = "";
  $("password-field").hidden = true;
  sayNothing();
  inside(view);
}

// The password was asked for again in the middle of a stay: the stay goes on.
function goOn() {
  $("password").value = "";
  $("password-field").hidden = true;
  sayNothing();
  inside(null);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(false);
});
form.addEventListener("change", () => {
  showServes();
  sayNothing();
});
$("show").addEventListener("click", () => {
  const shown = $("password").type === "text";
  $("password").type = shown ? "password" : "text";
  $("show").setAttribute("aria-pressed", String(!shown));
});

// The foot of the page: what day and time it is at the office.
export function tickSignIn() {
  const [year, month, day] = today().split("-");
  const weekday = told.weekdays[(new Date(`${today()}T00:00:00Z`).getUTCDay() + 6) % 7];
  write($("sign-in-clock"), `${weekday}, ${day}/${month}/${year} · ${wall()}`);
}
