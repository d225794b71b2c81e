// A rating on a phone. The ballot stays in this page: it goes out in the bodies of POSTs, never in an address.
"use strict";

const stage = document.getElementById("stage");
const ballot = location.hash.slice(1);
let ratingId = "";
let channels = false;
let asked = 0;

const LOST = "lost";
const STATES = { "S-315": "unknown", "S-316": "used" };

function show(name) {
  const copy = document.getElementById(name).content.cloneNode(true);
  stage.replaceChildren(copy);
  stage.focus({ preventScroll: true });
  scrollTo(0, 0);
}

// What the server says, or a code, or LOST when nothing came back.
async function send(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    const told = await response.json();
    return response.ok ? { told } : { code: told.code || LOST };
  } catch {
    return { code: LOST };
  }
}

// Sends until it arrives. An overall answer whose first sending got lost may well have been recorded:
// then the ballot is used by this very rating.
async function deliver(path, body, repeated = false) {
  const { told, code } = await send(path, body);
  if (told) return follow(told);
  if (code === "S-316" && repeated && path.endsWith("rating")) return thank();
  if (STATES[code]) return show(STATES[code]);
  show("offline");
  stage.querySelector(".again").onclick = () => deliver(path, body, true);
}

function follow(told) {
  ratingId = told.rating_id || ratingId;
  other.hidden = ratingId !== ""; // the page would come back to a slip that is used by now
  channels = channels || Boolean(told.channels);
  if (told.question) ask(told);
  else thank();
}

function thank() {
  show("thanks");
  if (!channels) stage.querySelector(".channels").remove();
}

function ask(told) {
  asked += 1;
  show("asking");
  const overall = ratingId === "";
  stage.querySelector(".eyebrow").textContent = told.eyebrow;
  stage.querySelector("h1").textContent = told.question;
  stage.querySelector(".step").textContent = document.getElementById("step").textContent.replace("{n}", asked);
  const answers = stage.querySelector(".answers");
  answers.dataset.count = told.answers.length;
  answers.setAttribute("role", "group");
  for (const answer of told.answers) answers.append(key(answer, told, overall));
  const skip = stage.querySelector(".skip");
  if (overall) {
    skip.remove();
    stage.querySelector(".optional").remove();
  } else {
    skip.onclick = () => give(told, null, overall);
  }
}

function key(answer, told, overall) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.answer = answer.id;
  const picture = document.getElementById("pictures").content.querySelector(`[data-picture="${answer.picture}"] svg`);
  if (picture) made.append(picture.cloneNode(true));
  const words = document.createElement("span");
  words.textContent = answer.words;
  made.append(words);
  made.onclick = () => give(told, answer.id, overall);
  return made;
}

function give(told, answer, overall) {
  for (const made of stage.querySelectorAll("button")) made.disabled = true;
  if (overall) return deliver("/V/rating", { ballot, answer });
  return deliver("/V/answer", { rating_id: ratingId, criterion: told.criterion, answer });
}

const other = document.getElementById("language");
other.href += location.hash;
addEventListener("hashchange", () => location.reload());
if (ballot) deliver("/V/ballot", { ballot });
else show("no_code");
