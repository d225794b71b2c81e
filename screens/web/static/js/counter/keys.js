// Which key does what. The keys of the house can be changed by the person at this machine; the keypad is fixed.

import { readJson, write, drop } from "./kept.js";
import { say } from "./words.js";

const KEPT = "thanthien.counter.keys";
const HOLD_OFF_MS = 500;

export const FIRST_KEYS = {
  next: "Enter", recall: "r", start: "s", finish: "f", miss: "v", park: "p", transfer: "c", call_number: "g",
  pause: "b", undo: "z", coming: "d", take: "n", appointments: "i", keys: "?",
};
const PAD = {
  recall: "1", start: "2", finish: "3", miss: "4", park: "5", transfer: "6", call_number: "7", pause: "8",
  undo: "9", coming: "0", next: "Enter",
};
const NAMES = {
  next: "next", recall: "recall", start: "start", finish: "finish", miss: "absent", park: "park",
  transfer: "transfer", call_number: "by_number", pause: "pause", undo: "undo", coming: "coming", take: "take",
  appointments: "appointments", keys: "help",
};

export const actionName = (action) => say(NAMES[action] ?? action);
export const padKey = (action) => PAD[action] ?? "";

export function keyMap() {
  return { ...FIRST_KEYS, ...readJson(KEPT, {}) };
}

// Give an action another key; the name of the action that has it already, or "".
export function giveKey(action, key) {
  const holder = Object.entries(keyMap()).find(([other, held]) => held === key && other !== action);
  if (holder || key === " ") return holder ? holder[0] : "next";
  write(KEPT, JSON.stringify({ ...readJson(KEPT, {}), [action]: key }));
  return "";
}

export const resetKeys = () => drop(KEPT);

export function keyLabel(key) {
  if (key === " ") return say("space");
  return key.length === 1 ? key.toUpperCase() : key;
}

// The key a hand meant: letters by what they write, or by their place where the keyboard writes other letters.
export function meant(event) {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return "";
  if (["Process", "Dead", "Unidentified"].includes(event.key)) return "";
  if (/^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(event.key)) return event.code[3].toLowerCase();
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

function actionOf(event) {
  const key = meant(event);
  if (key === "") return "";
  if (/^Numpad[0-9]$/.test(event.code)) {
    return Object.keys(PAD).find((action) => PAD[action] === event.code.slice(6)) ?? "";
  }
  if (key === " ") return "next";
  return Object.entries(keyMap()).find(([, held]) => held === key)?.[0] ?? "";
}

// Somebody is typing: her letters are text.
export function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

// A key the browser itself presses: a button or link somebody walked to with Tab.
function isOnKey(event) {
  const key = meant(event);
  const held = document.activeElement;
  return (key === "Enter" || key === " ") && held?.matches("button:focus-visible, a[href]:focus-visible") === true;
}

// Tell ``act`` of every action a key asks for. A held key counts once, two quick strokes of one key count once.
export function listen(act, isFree) {
  let before = { action: "", at: 0 };
  addEventListener("keydown", (event) => {
    if (!isFree() || isTyping(event.target) || isOnKey(event)) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    const again = action === before.action && event.timeStamp - before.at < HOLD_OFF_MS;
    if (event.repeat || again) return;
    before = { action, at: event.timeStamp };
    act(action);
  });
}

// Write the keys on the buttons.
export function showKeys() {
  const keys = keyMap();
  for (const cap of document.querySelectorAll("kbd[data-key]")) cap.textContent = keyLabel(keys[cap.dataset.key]);
}
