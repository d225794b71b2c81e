// Help: what each key does, other keys for this machine, the bell, light and language.

import { setSilent, silent } from "./bell.js";
import { show, note } from "./dialogs.js";
import { actionName, FIRST_KEYS, giveKey, keyLabel, keyMap, meant, padKey, resetKeys, showKeys } from "./keys.js";
import { made, write } from "./made.js";
import { say, told } from "./words.js";

const NO_KEYS = ["Escape", "Tab", "Shift", "CapsLock", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", ""];

export function showHelp() {
  const heard = made("p", { class: "key-told", role: "alert" });
  const bodies = [made("tbody"), made("tbody")];
  const drawAll = () => bodies.forEach((body, at) => body.replaceChildren(...half(at).map((action) => row(action, heard, drawAll))));
  drawAll();
  const reset = made("button", { type: "button", class: "second", onclick: () => {
    resetKeys();
    write(heard, "");
    drawAll();
    showKeys();
  } }, say("keys_reset"));
  return show(say("keys_title"), note(say("keys_sub")), made("div", { class: "key-place" }, ...bodies.map(table)), heard,
    made("p", { class: "dialog-keys" }, reset, bell(), ...links()));
}

function half(at) {
  const actions = Object.keys(FIRST_KEYS);
  const middle = Math.ceil(actions.length / 2);
  return at ? actions.slice(middle) : actions.slice(0, middle);
}

const table = (body) => made("table", { class: "key-table" }, head(), body);

function head() {
  const cell = (name) => made("th", { scope: "col" }, say(name));
  return made("thead", {}, made("tr", {}, cell("keys_what"), cell("keys_key"), cell("keys_pad"), made("td")));
}

function row(action, told, drawAll) {
  const cap = made("kbd", {}, keyLabel(keyMap()[action]));
  const name = actionName(action);
  const change = made("button", { type: "button", class: "second", "aria-label": `${say("change")}: ${name}` }, say("change"));
  change.addEventListener("click", () => hearKey(change, action, told, drawAll));
  const pad = padKey(action);
  return made("tr", {}, made("th", { scope: "row" }, name), made("td", {}, cap),
    made("td", {}, pad ? made("kbd", {}, pad) : ""), made("td", {}, change));
}

// The next key is the new one; Escape leaves the old.
function hearKey(change, action, told, drawAll) {
  write(change, say("press_key"));
  change.addEventListener("keydown", function heard(event) {
    const key = meant(event);
    event.preventDefault();
    event.stopPropagation();
    if (NO_KEYS.includes(key) && key !== "Escape") return;
    change.removeEventListener("keydown", heard);
    const holder = key === "Escape" ? "" : giveKey(action, key);
    write(told, holder ? say("key_taken", { key: keyLabel(key), what: actionName(holder) }) : "");
    drawAll();
    showKeys();
  });
  change.focus();
}

function bell() {
  const key = made("button", { type: "button", class: "second" }, say(silent() ? "sound_off" : "sound_on"));
  key.addEventListener("click", () => {
    setSilent(!silent());
    write(key, say(silent() ? "sound_off" : "sound_on"));
  });
  return key;
}

function links() {
  const language = made("a", { href: `/counter?lang=${told.other_language.id}`, lang: told.other_language.id }, told.other_language.name);
  return [language, made("a", { href: "/counter?look=dark" }, say("dark")), made("a", { href: "/counter?look=light" }, say("light"))];
}
