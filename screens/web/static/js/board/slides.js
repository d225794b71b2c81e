// The lowest line: notices, the order of calls and the office's promises take turns, by cutting.

import { set } from "./words.js";

const STAND_MS = 15000;
let shown = -1;
let since = -Infinity;

export function turn(slides) {
  const at = performance.now();
  if (!slides.length || (shown >= 0 && at - since < STAND_MS)) return;
  since = at;
  shown = (shown + 1) % slides.length;
  const slide = slides[shown];
  set("slide-label", slide.label);
  document.getElementById("slide").classList.toggle("long", slide.long);
  const items = document.getElementById("slide-items");
  items.replaceChildren(...slide.items.flatMap((item, place) => (place ? [dot(), text(item)] : [text(item)])));
}

function text(words) {
  const made = document.createElement("span");
  made.textContent = words;
  return made;
}

function dot() {
  const made = document.createElement("i");
  made.setAttribute("aria-hidden", "true");
  return made;
}
