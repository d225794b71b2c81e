// Appointments for the staff. What is shown comes whole from the server; nothing is kept in this browser.
"use strict";

const told = JSON.parse(document.getElementById("told").content.textContent);
const base = "/counter/appointments";
const form = document.getElementById("book-form");
const hours = document.getElementById("hours");
const dialog = document.getElementById("dialog");
const listDay = document.getElementById("list-day");
const REFRESH_MS = 20000;
let hour = "";
let asking = 0;

const say = (name, values) =>
  told.words[name].replace(/\{(\w+)\}/g, (all, key) => (values && key in values ? values[key] : all));

function made(tag, classes, ...inside) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.append(...inside);
  return element;
}

const sign = (name) => document.getElementById(`sign-${name}`).content.cloneNode(true);

// The answer, or a sentence that says what is wrong.
async function send(path, body) {
  const options = { headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.method = "POST";
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(base + path, options);
    if (response.status === 401) location.reload();
    const answer = await response.json();
    if (response.ok) return { answer };
    const known = told.troubles[answer.code];
    const text = known ? `${known.sentence} ${known.hint}` : `${answer.sentence}. ${answer.hint}.`;
    return { wrong: `${text} (${answer.code})` };
  } catch {
    return { wrong: say("offline") };
  }
}

function complain(place, text) {
  const note = place.querySelector(".told");
  note.hidden = !text;
  note.textContent = text || "";
}

// --- booking ---------------------------------------------------------------------------------

const kind = () => form.elements.kind.value;

function shape() {
  form.dataset.kind = kind();
  for (const option of form.elements.service.options) {
    option.hidden = option.disabled = kind() === "visit" && "resultOnly" in option.dataset;
  }
  complain(form, "");
  if (kind() === "visit") showHours();
}

async function showHours() {
  const mine = ++asking;
  hour = "";
  const { service, day } = form.elements;
  const { answer, wrong } = await send(`/free?service=${encodeURIComponent(service.value)}&day=${day.value}`);
  if (mine !== asking) return;
  complain(form, wrong);
  hours.replaceChildren(...(answer || []).map(hourKey));
  if (answer && !answer.length) hours.append(made("p", "note", say("no_hours")));
}

function hourKey(one) {
  const left = made("small", "", one.free ? say("left", { n: one.free }) : say("full"));
  const key = made("button", "", one.at, left);
  key.type = "button";
  key.disabled = !one.free;
  key.setAttribute("role", "radio");
  key.setAttribute("aria-checked", "false");
  key.onclick = () => {
    hour = one.at;
    for (const other of hours.querySelectorAll("button")) other.setAttribute("aria-checked", String(other === key));
  };
  return key;
}

async function showLimit() {
  const days = form.elements.limit.value;
  if (days === "") return;
  const { answer, wrong } = await send(`/limit?days=${encodeURIComponent(days)}`);
  complain(form, wrong);
  if (!answer) return;
  form.elements.day.value = answer.day;
  form.elements.at.value = answer.at;
  const note = document.getElementById("limit-told");
  note.textContent = say("limit_told", { from: answer.counts_from, day: answer.name });
}

async function book(event) {
  event.preventDefault();
  const { service, day, at, counter, dossier } = form.elements;
  const time = kind() === "visit" ? hour : at.value;
  if (!time || !day.value) return complain(form, say("choose_hour"));
  const body = { kind: kind(), service: service.value, day: day.value, at: time, counter: counter.value };
  const key = form.querySelector("button:not([type])");
  key.disabled = true;
  const { answer, wrong } = await send("/book", { ...body, dossier: dossier.value.trim() });
  key.disabled = false;
  complain(form, wrong);
  if (kind() === "visit") showHours();
  if (!answer) return;
  dossier.value = "";
  showBooked(answer);
  refresh();
}

function showBooked(row) {
  const place = document.getElementById("booked");
  const title = made("b", "", say("booked", { at: row.at, day: row.day }));
  const notes = row.dossier_odd ? [made("p", "told", say("dossier_odd"))] : [];
  place.replaceChildren(title, ...notes, printKeys(row, true));
  place.hidden = false;
}

function printKeys(row, large) {
  const keys = made("p", "keys");
  const kiosk = made("button", large ? "" : "plain", sign("print"), say("print_kiosk"));
  kiosk.type = "button";
  const here = made("button", "plain", say("print_here"));
  here.type = "button";
  here.onclick = () => location.assign(`${base}/${row.id}/reminder`);
  kiosk.onclick = async () => {
    kiosk.disabled = true;
    const { wrong } = await send(`/${row.id}/print`, {});
    kiosk.disabled = false;
    for (const old of keys.querySelectorAll(".told")) old.remove();
    keys.append(made("span", wrong ? "told bad" : "told", wrong || say("sent")));
  };
  keys.append(kiosk, here);
  return keys;
}

// --- lists -----------------------------------------------------------------------------------

async function refresh() {
  const { answer, wrong } = await send(`/lists?day=${listDay.value}`);
  const asOf = document.getElementById("as-of");
  asOf.textContent = wrong || say("as_of", { time: answer.as_of });
  if (!answer) return;
  draw("day", answer.day, false);
  draw("due", answer.due, true);
  draw("ready", answer.ready, true);
  document.getElementById("due-count").textContent = answer.due.length || "";
  document.getElementById("due-sub").textContent = say("due_sub", { day: answer.next_day });
}

function draw(name, rows, dated) {
  const list = document.getElementById(`rows-${name}`);
  if (list.contains(document.activeElement) && list.dataset.shown === JSON.stringify(rows)) return;
  list.dataset.shown = JSON.stringify(rows);
  const none = made("li", "nothing", say(list.dataset.none));
  list.replaceChildren(...(rows.length ? rows.map((row) => line(row, dated)) : [none]));
}

function line(row, dated) {
  const over = ["cancelled", "moved", "handed-over"].includes(row.state);
  const text = made("div", "", made("p", "matter", row.matter));
  const where = row.counter ? say("counter_n", { n: row.counter }) : "";
  const parts = [dated ? row.day : "", say(`kind_${row.kind}`), where, row.dossier].filter(Boolean);
  const sub = parts.flatMap((part, at) => (at ? [" · ", made("span", "", part)] : [made("span", "", part)]));
  text.append(made("p", "sub", ...sub), badges(row));
  const item = made("li", over ? "over" : "", made("span", "at", row.at), text);
  if (!over) item.append(keys(row));
  return item;
}

function badges(row) {
  const place = made("p", "badges");
  const add = (words, look) => place.append(made("span", `badge ${look || ""}`, words));
  if (row.state === "used") add(say("state_used", { n: row.number }), "good");
  else if (row.state !== "booked") add(say(`state_${row.state.replace("-", "_")}`));
  if (row.promise) {
    const look = row.promise === "late" ? "bad" : "good";
    add(say(`promise_${row.promise.replace("-", "_")}`), look);
  } else if (row.kind === "result" && row.overdue) add(say("overdue"), "bad");
  if (row.moved) add(say("moved_once", { day: row.first_day }));
  if (row.by === "citizen") add(say("by_citizen"));
  if (row.printed_count) add(say("printed", { n: row.printed_count }));
  if (row.dossier_odd) add(say("dossier_odd"), "warn");
  if (row.apology_due) add(say("apology_due", { day: row.last_apology }), "warn");
  else if (row.apology !== null) add(say(row.apology ? "apology_in_time" : "apology_late"), row.apology ? "good" : "warn");
  return place;
}

function keys(row) {
  const place = made("p", "keys");
  const add = (name, act, classes) => {
    const key = made("button", classes || "", say(name));
    key.type = "button";
    key.onclick = act;
    place.append(key);
  };
  if (row.kind === "result") {
    if (!row.promise) add("do_ready", () => act(row, "ready"), "main");
    else add("do_hand_over", () => act(row, "handed-over"), "main");
  }
  if (row.can_print) add("do_print", () => choosePrint(row, place));
  if (!row.moved && !row.promise && (row.kind === "result" || row.state === "booked")) add("do_move", () => move(row));
  if (row.state === "booked" && !row.promise) add("do_cancel", () => cancel(row));
  if (row.apology_due) place.append(made("a", "main", say("do_apology")));
  for (const link of place.querySelectorAll("a")) link.href = `${base}/${row.id}/apology`;
  return place;
}

function choosePrint(row, place) {
  place.replaceChildren(...printKeys(row, false).childNodes);
}

async function act(row, what) {
  const { wrong } = await send(`/${row.id}/${what}`, {});
  if (wrong) ask({ title: wrong, no: say("close") });
  refresh();
}

// --- questions -------------------------------------------------------------------------------

function ask({ title, note, yes, no, dated, act: doing }) {
  const part = (selector) => dialog.querySelector(selector);
  part("h2").textContent = title;
  part(".note").textContent = note || "";
  part(".pair").hidden = !dated;
  part(".yes").hidden = !yes;
  part(".yes").textContent = yes || "";
  part(".no").textContent = no;
  part(".no").onclick = () => dialog.close();
  complain(dialog, "");
  part("form").onsubmit = async (event) => {
    event.preventDefault();
    const { wrong } = await doing(part("[name=day]").value, part("[name=at]").value);
    complain(dialog, wrong);
    if (wrong) return;
    dialog.close();
    refresh();
  };
  if (!dialog.open) dialog.showModal();
}

function move(row) {
  dialog.querySelector("[name=day]").value = row.on_day;
  dialog.querySelector("[name=at]").value = row.at;
  const late = row.kind === "result" ? ` ${say("move_apology", { day: row.last_apology })}` : "";
  ask({
    title: say("move_title", { matter: row.matter }),
    note: say("move_sub") + late,
    yes: say("do_move"),
    no: say("close"),
    dated: true,
    act: (day, at) => send(`/${row.id}/move`, { day, at, counter: row.counter }),
  });
}

function cancel(row) {
  ask({
    title: say("cancel_sure", { at: row.at, day: row.day }),
    yes: say("do_cancel"),
    no: say("keep"),
    act: () => send(`/${row.id}/cancel`, {}),
  });
}

for (const one of form.querySelectorAll("[name=kind]")) one.onchange = shape;
for (const name of ["service", "day"]) {
  form.elements[name].onchange = () => kind() === "visit" && showHours();
}
form.elements.limit.oninput = showLimit;
form.onsubmit = book;
// A scanner ends what it types with Enter: that must not book.
form.elements.dossier.onkeydown = (event) => {
  if (event.key === "Enter") event.preventDefault();
};
listDay.onchange = refresh;
shape();
refresh();
setInterval(refresh, REFRESH_MS);
