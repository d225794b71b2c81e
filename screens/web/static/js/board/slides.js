// The lowest line: notices, the order of calls and the office's promises take turns, by cutting.

import { set } from "./words.js";

const STAND_MS = 15000;
const SIZES = ["", "wrapped", "small", "smaller", "smallest"];
const slide = document.getElementById("slide");
const line = slide.parentElement;
let shown = -1;
let since = -Infinity;
let fitted = "";

// Once a second.
export function turn(slides) {
  const at = performance.now();
  if (slides.length && (shown < 0 || at - since >= STAND_MS)) {
    since = at;
    shown = (shown + 1) % slides.length;
    draw(slides[shown]);
  }
  fit();
}

function draw({ label, items, long }) {
  set("slide-label", label);
  slide.classList.toggle("long", long);
  const spans = items.flatMap((item, place) => (place ? [dot(), text(item)] : [text(item)]));
  document.getElementById("slide-items").replaceChildren(...spans);
  fitted = "";
}

// Long notices on a small line, or beside a key for the sound, stand in smaller letters rather than cut.
function fit() {
  const room = [line.clientWidth, line.clientHeight, slide.clientWidth, document.fonts.status].join();
  if (room === fitted) return;
  fitted = room;
  for (const size of SIZES) {
    slide.dataset.size = size;
    if (slide.scrollHeight <= line.clientHeight && slide.scrollWidth <= slide.clientWidth) return;
  }
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
