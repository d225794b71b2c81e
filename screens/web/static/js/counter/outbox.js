// Presses that the office has not acknowledged yet, in the order they were made. Each stands under a key of its own,
// so that two tabs that keep one at the same moment never overwrite each other.

import { drop, keysFrom, randomName, readJson, write } from "./kept.js";

const BEGINNING = "thanthien.counter.press.";
const changes = new EventTarget();
let last = 0;

// When two are made in one millisecond, or the clock goes back, they still stand in the order of the hand.
function place() {
  const newest = all().at(-1)?.place ?? 0;
  last = Math.max(last + 1, newest + 1, Date.now());
  return last;
}

// Keep a press; it is told apart from all others by its random id, however often it is sent.
export function keep(press) {
  const made = { number: "", service: "", reason: "", undoes: "", ...press, id: randomName(), place: place() };
  write(BEGINNING + made.id, JSON.stringify(made));
  changed();
  return made;
}

export function all() {
  const found = keysFrom(BEGINNING).map((key) => readJson(key, null));
  return found.filter((press) => press?.id && press.action).sort((one, other) => one.place - other.place);
}

// Forget presses the office has acknowledged, or a person took back.
export function forget(ids) {
  const held = ids.filter((id) => readJson(BEGINNING + id, null));
  for (const id of held) drop(BEGINNING + id);
  if (held.length) changed();
  return held.length;
}

export function onChange(hear) {
  changes.addEventListener("change", hear);
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(BEGINNING)) hear();
  });
}

function changed() {
  changes.dispatchEvent(new Event("change"));
}
