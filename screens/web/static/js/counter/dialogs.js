// Questions in a dialog: reasons, services, a number. Digits choose; Escape leaves everything as it was.

import { $, made } from "./made.js";
import { say } from "./words.js";

const dialog = $("dialog");
let settle = () => {};

export const isOpen = () => dialog.open;

dialog.addEventListener("close", () => {
  if (dialog.open) return; // told late: the next question is asked already
  settle(dialog.returnValue || null);
  dialog.replaceChildren();
});
dialog.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input:not([type=checkbox])")) return;
  const key = /^[1-9]$/.test(event.key) ? dialog.querySelector(`[data-digit="${event.key}"]`) : null;
  if (!key) return;
  event.preventDefault();
  key.click();
});

// Show a dialog; what was chosen when it closes, null if nothing was.
export function show(title, ...parts) {
  if (dialog.open) dialog.close("");
  settle(dialog.returnValue || null);
  dialog.returnValue = "";
  const heading = made("h2", { id: "dialog-title" }, title);
  const leave = made("button", { type: "button", class: "second", onclick: () => dialog.close("") }, say("close"));
  leave.append(made("kbd", {}, "Esc"));
  dialog.replaceChildren(heading, ...parts.filter(Boolean), made("p", { class: "leave-dialog" }, leave));
  return new Promise((done) => {
    settle = done;
    dialog.showModal();
    (dialog.querySelector("[autofocus], .choice") ?? leave).focus();
  });
}

export const note = (text) => made("p", { class: "dialog-note" }, text);

export const answer = (value) => dialog.close(value);

// One of several: [{id, words}].
export function choose(title, options, sub = "") {
  const keys = options.map(({ id, words }, at) => {
    const key = made("button", { type: "button", class: "choice", onclick: () => answer(id) }, made("span", {}, words));
    if (at < 9) {
      key.dataset.digit = at + 1;
      key.append(made("kbd", {}, String(at + 1)));
    }
    return key;
  });
  return show(title, sub && note(sub), made("div", { class: keys.length > 5 ? "choices two" : "choices" }, ...keys));
}

// A number somebody types.
export function askNumber() {
  const field = made("input", {
    class: "number-field", maxlength: 8, autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    "aria-describedby": "number-hint", "aria-labelledby": "dialog-title", autofocus: true,
  });
  const form = made("form", { method: "dialog", onsubmit: (event) => {
    event.preventDefault();
    if (field.value.trim()) answer(field.value);
    else field.focus();
  } }, field, made("p", { id: "number-hint", class: "dialog-note" }, say("number_hint")),
  made("button", { class: "first" }, say("go_on"), made("kbd", {}, "Enter")));
  return show(say("choose_number"), form);
}
