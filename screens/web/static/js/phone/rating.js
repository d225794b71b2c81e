// A rating on a phone: the overall question, then what the office deals.
import { send, show, stage } from "./page.js";

const STATES = { "S-315": "unknown", "S-316": "used" };
let ballot = "";
let ratingId = "";
let channels = false;
let asked = 0;

export function rate(text) {
  ballot = text;
  return deliver("/V/ballot", { ballot });
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
  document.getElementById("language").hidden = ratingId !== ""; // the page would come back to a slip that is used by now
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
