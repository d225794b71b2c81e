// An hour booked on a phone. The code stays in this page: it goes out in the bodies of POSTs, never in an address.
"use strict";

const stage = document.getElementById("stage");
const told = JSON.parse(document.getElementById("told").content.textContent);
const other = document.getElementById("language");
const LOST = "lost";
let chosen = {};

function show(name) {
  stage.replaceChildren(document.getElementById(name).content.cloneNode(true));
  stage.focus({ preventScroll: true });
  scrollTo(0, 0);
}

const part = (selector) => stage.querySelector(selector);
const say = (name, values) =>
  told.words[name].replace(/\{(\w+)\}/g, (all, key) => (values && key in values ? values[key] : all));

// What the server says, or a code, or LOST when nothing came back.
async function send(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    return response.ok ? { answer } : { code: answer.code || LOST };
  } catch {
    return { code: LOST };
  }
}

async function ask(path, body, follow, again) {
  for (const key of stage.querySelectorAll("button")) key.disabled = true;
  const { answer, code } = await send(path, body);
  if (answer) return follow(answer);
  const known = told.troubles[code];
  show("trouble");
  part("h1").textContent = known ? known.sentence : say("offline");
  part(".hint").textContent = known ? known.hint : say("offline_sub");
  if (known) part(".code").textContent = code;
  else part(".code").remove();
  part(".again").onclick = known ? again : () => ask(path, body, follow, again);
}

function askService() {
  chosen = {};
  show("service");
  for (const key of stage.querySelectorAll("[data-service]")) {
    key.onclick = () => {
      chosen = { service: key.dataset.service, matter: key.textContent };
      findDays();
    };
  }
}

function findDays() {
  ask("/H/slots", { service: chosen.service }, askDay, askService);
}

function askDay(days) {
  show(days.length ? "day" : "none");
  part(".skip").onclick = askService;
  if (!days.length) return;
  part(".eyebrow").textContent = chosen.matter;
  for (const day of days) {
    const free = document.createElement("small");
    free.textContent = say("free_hours", { n: day.hours.filter((hour) => hour.free).length });
    part(".choices").append(key([day.short, free], () => askHour(days, day)));
  }
}

function askHour(days, day) {
  show("hour");
  part(".eyebrow").textContent = day.name;
  part(".skip").onclick = () => askDay(days);
  for (const hour of day.hours) {
    const full = document.createElement("small");
    full.textContent = say("full");
    const made = key(hour.free ? [hour.at] : [hour.at, full], () => confirm(days, day, hour.at));
    made.disabled = !hour.free;
    part(".hours").append(made);
  }
}

function confirm(days, day, at) {
  show("confirm");
  part(".hour").textContent = at;
  part(".when").textContent = day.name;
  part(".matter").textContent = chosen.matter;
  part(".skip").onclick = () => askHour(days, day);
  part(".again").onclick = () =>
    ask("/H/book", { service: chosen.service, day: day.day, at }, (answer) => keep(answer), findDays);
}

function key(inside, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.append(...inside);
  made.onclick = act;
  return made;
}

// The code goes behind the #, so that the page can be opened again, and a language chosen, without losing it.
function keep(answer) {
  history.replaceState(null, "", "#" + answer.code);
  other.hash = answer.code;
  draw(answer, "done");
}

function draw(answer, title) {
  const over = { cancelled: "cancelled", moved: "cancelled", used: "used", "handed-over": "handed_over" }[answer.state];
  if (over && !(answer.kind === "result" && answer.state === "used")) return end(answer, over);
  show("booked");
  const result = answer.kind === "result";
  part(".eyebrow").textContent = say(result ? "result" : title);
  part(".hour").textContent = answer.at;
  part(".when").textContent = answer.day + (answer.counter ? ", " + say("counter", { n: answer.counter }) : "");
  part(".matter").textContent = answer.matter;
  part(".qr").src = answer.picture;
  const label = document.createElement("span");
  label.textContent = say("code");
  part(".spelled").append(label, answer.code_spaced);
  if (result) part(".late").textContent = answer.promise ? say("ready") : "";
  else part(".late").textContent = say("late", { n: answer.late_min });
  if (result) part(".drop").remove();
  else part(".drop").onclick = () => askSure(answer, title);
}

function askSure(answer, title) {
  show("sure");
  part(".again").onclick = () => draw(answer, title);
  part(".skip").onclick = () =>
    ask("/H/cancel", { code: answer.code }, (next) => draw(next, title), () => draw(answer, title));
}

function end(answer, title) {
  show("over");
  part("h1").textContent = say(title);
  part(".when").textContent = say("at", { at: answer.at, day: answer.day });
  part(".again").onclick = () => {
    history.replaceState(null, "", location.pathname);
    other.hash = "";
    askService();
  };
}

function open() {
  const code = location.hash.slice(1);
  other.hash = code;
  if (!code) return askService();
  ask("/H/show", { code }, (answer) => draw(answer, "yours"), askService);
}

addEventListener("hashchange", open);
open();
