// The call itself: the card with number and counter, its edge that blinks once, and its words for who cannot hear.

import { english, say, set, show, told } from "./words.js";

const BLINK_MS = 6000;
const BLINK_APART_MS = 700;
const CAPTION_MS = 14000;

const card = document.getElementById("card");
let blinkedAt = -Infinity;
let blinkEnds = 0;
let captionEnds = 0;

export function drawCall(call) {
  set("number", call.number);
  set("counter", call.counter);
  card.dataset.letters = Math.min(call.number.length, 8);
  document.getElementById("counter").dataset.letters = Math.min(call.counter.length, 4);
  if (told.english) set("english", english("call", { n: call.number, q: call.counter }));
}

// Calls that come fast share a blink: never three a second.
export function announce(call, again) {
  const at = performance.now();
  const words = say(again ? "again" : "call", { n: call.number, q: call.counter });
  const other = english(again ? "again" : "call", { n: call.number, q: call.counter });
  set("caption-words", other ? `${words} · ${other}` : words);
  captionEnds = at + CAPTION_MS;
  show("caption", true);
  show("slide", false);
  if (at - blinkedAt < BLINK_APART_MS) return;
  blinkedAt = at;
  blinkEnds = at + BLINK_MS;
  card.classList.remove("blink");
  void card.offsetWidth; // so that the edge begins anew
  card.classList.add("blink");
}

// Once a second.
export function settle() {
  const at = performance.now();
  if (blinkEnds && at > blinkEnds) {
    blinkEnds = 0;
    card.classList.remove("blink");
  }
  if (captionEnds && at > captionEnds) {
    captionEnds = 0;
    show("caption", false);
    show("slide", true);
  }
}

export function captioned() {
  return captionEnds > 0;
}
