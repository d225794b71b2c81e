// A number's place in line, asked for every few seconds. What is old is never shown as if it were new:
// cut off from the office the page keeps the number, drops the counts and says since when.
import { send, show, stage } from "./page.js";

const EVERY_MS = 5000;
const UNKNOWN_EVERY_MS = 15000;
const LOST_AFTER = 2; // askings in a row without an answer
const NEAR = 2; // people left when the alert sounds
const CIRCLES = 6;
const ENDED = ["finished", "cancelled", "expired"];
const WHY = ["waiting", "cancelled", "second", "missed", "expired", "unissued", "reserve"];

const { place: words, why: whyWords, services, presence_ahead, utc_offset_h } = JSON.parse(
  document.getElementById("told").content.textContent,
);

let line = "";
let otherwise = null;
let view = null;
let lost = 0;
let timer = 0;
let alerts = null; // fetched at the tap that switches them on

// Shows the slip of this hash from now on. `rate` opens its rating: when it is served, or when the office does not
// know it as one of today.
export function follow(hash, rate) {
  line = hash;
  otherwise = rate;
  document.addEventListener("visibilitychange", () => document.hidden || (timer && look()));
  look();
}

async function look(path = "/V/place") {
  clearTimeout(timer);
  const { told, code } = await send(path, { line });
  if (told) return take(told);
  if (code === "S-333") return look(); // it was called in this very moment
  if (code === "S-315" || code === "S-337") return notToday(code);
  lost += 1;
  if (view) tellLost();
  else {
    show("offline");
    stage.querySelector(".again").onclick = () => look();
  }
  later(EVERY_MS);
}

// A slip of another day may still be rated; one of a kiosk that is cut off will be known as soon as it comes through.
async function notToday(code) {
  timer = 0;
  if (code === "S-337") {
    show("other_day");
    stage.querySelector(".again").onclick = otherwise;
    return;
  }
  await otherwise();
  if (stage.querySelector(".code")) later(UNKNOWN_EVERY_MS);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(look, wait);
}

function take(told) {
  if (told.state === "finished") return leave();
  const before = view || told;
  view = told;
  lost = 0;
  if (!stage.querySelector(".number")) begin();
  draw();
  const turned = isNear(view) ? !isNear(before) : view.state === "called" && before.state !== "called";
  if (alerts && turned) alerts.ring();
  if (ENDED.includes(view.state)) timer = 0;
  else later(EVERY_MS);
}

function leave() {
  clearTimeout(timer);
  timer = 0;
  delete stage.dataset.state;
  return otherwise();
}

function isNear(told) {
  return told.ahead_count !== null && told.ahead_count <= NEAR;
}

function say(name, values = {}) {
  return fill(words[name], values);
}

function fill(text, values) {
  return text.replace(/{(\w+)}/g, (_, name) => values[name]);
}

function put(selector, text) {
  const found = stage.querySelector(selector);
  if (found.textContent !== text) found.textContent = text;
  found.hidden = text === "";
}

function begin() {
  show("place");
  stage.querySelector(".alert").onclick = toggle;
  stage.querySelector(".still").onclick = () => look("/V/present");
  const sure = stage.querySelector(".sure");
  stage.querySelector(".drop").onclick = () => sure.showModal();
  stage.querySelector(".no").onclick = () => sure.close();
  stage.querySelector(".yes").onclick = () => sure.close() || look("/V/drop");
  stage.querySelector(".rate").onclick = leave;
}

async function toggle() {
  const alert = stage.querySelector(".alert");
  try {
    alerts = await import("./alert.js");
    alert.setAttribute("aria-checked", alerts.arm(alert.getAttribute("aria-checked") !== "true"));
  } catch {
    tellLost(); // it stays off
  }
}

function draw() {
  const ended = ENDED.includes(view.state);
  const waits = view.ahead_count !== null && !ended;
  stage.dataset.state = view.state;
  put(".number", view.number);
  put(".service", services[view.service] || view.service);
  put(".state", stateWords());
  put(".state_sub", words[`${view.state === "serving" ? "at_counter" : view.state}_sub`] || "");
  drawCounts(waits);
  put(".serving", view.serving && !ended && view.state !== "called" && view.state !== "serving"
    ? say("serving", { n: view.serving.number, q: view.serving.counter }) : "");
  drawWhy();
  const here = view.state === "parked" || waits;
  const asked = waits && view.ahead_count <= presence_ahead;
  put(".still_ask", asked ? words[view.present ? "still_done" : "still_ask"] : "");
  stage.querySelector(".still").hidden = !asked || view.present;
  stage.querySelector(".drop").hidden = !here;
  stage.querySelector(".alert").hidden = !waits;
  put(".sure p", say("drop_sure", { n: view.number }));
  const rate = stage.querySelector(".rate");
  rate.disabled = !view.rating_open;
  rate.hidden = ended && !view.rating_open;
  const open = view.rating_open ? "rate_now" : "rate_later";
  put(".rate b", words[open]);
  put(".rate small", words[`${open}_sub`]);
  stage.querySelector(".rows").hidden = ![...stage.querySelectorAll(".rows > *")].some((row) => !row.hidden);
  put(".updated", say("updated", { time: clock() }));
  put(".lost", "");
}

function stateWords() {
  if (view.state === "called") return say("called", { q: view.counter });
  if (view.state === "serving") return say("at_counter", { q: view.counter });
  if (view.ahead_count === 0 && view.state === "waiting") return words.next;
  return words[view.state] || "";
}

function drawCounts(known) {
  const ahead = known ? view.ahead_count : 0;
  stage.querySelector(".counts").hidden = !ahead;
  stage.querySelector(".range").hidden = !view.minutes;
  put(".ahead", ahead ? say(ahead === 1 ? "person" : "people", { n: ahead }) : "");
  const circles = stage.querySelector(".circles");
  circles.replaceChildren(...Array.from({ length: Math.min(ahead, CIRCLES) }, () => document.createElement("i")));
  if (!view.minutes) return;
  put(".minutes", say("minutes", { a: view.minutes[0], b: view.minutes[1] }));
  put(".basis", view.counters === 1 ? words.basis_one : say("basis", { k: view.counters }));
}

function drawWhy() {
  const why = view.why;
  stage.querySelector(".why").hidden = !why;
  if (!why) return;
  put(".why b", say("why", { n: why.number }));
  const told = WHY.filter((name) => why[`${name}_count`]).map((name) => fill(whyWords[name], { n: why[`${name}_count`] }));
  const lines = [fill(whyWords.of, { n: why.of_count, letter: why.letter }), ...(told.length ? told : [whyWords.nothing])];
  const list = stage.querySelector(".why ul");
  if (list.textContent === lines.join("")) return;
  list.replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

// The number stands on paper and stays; what nobody can know now goes.
function tellLost() {
  if (lost < LOST_AFTER || !stage.querySelector(".number")) return;
  drawCounts(false);
  if (view.state === "waiting") put(".state", ""); // "you are next" was a count too
  put(".serving", "");
  put(".still_ask", "");
  for (const name of [".still", ".drop", ".why"]) stage.querySelector(name).hidden = true;
  put(".lost", say("lost", { time: clock(), n: view.number }));
}

// The hour of the last answer, at the office, whatever the phone's own zone.
function clock() {
  return new Date(Date.parse(view.as_of) + utc_offset_h * 3600e3).toISOString().slice(11, 16);
}
