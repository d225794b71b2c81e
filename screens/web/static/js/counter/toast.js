// A sentence that stays long enough to be read, and is spoken by screen readers.

import { $, icon, made } from "./made.js";
import { say, troubleWords } from "./words.js";

const STAYS_MS = 4000;
const TROUBLE_STAYS_MS = 10000;
let timer = 0;

export function tell(sentence, { hint = "", code = "", bad = false } = {}) {
  const toast = $("toast");
  const words = made("p", {}, made("b", {}, sentence), hint && made("span", {}, hint));
  toast.className = bad ? "toast bad" : "toast";
  toast.replaceChildren(icon(bad ? "warning-circle" : "check-circle"), words);
  if (code) toast.append(made("small", {}, code));
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hush, bad ? TROUBLE_STAYS_MS : STAYS_MS);
}

export function hush() {
  $("toast").hidden = true;
}

// What the office said to a press it did not do.
export function tellRefused(what, answer) {
  const { sentence, hint } = troubleWords(answer.code, answer);
  tell(sentence, { hint: `${say("refused", { what })} ${hint}`, code: answer.code, bad: true });
}
