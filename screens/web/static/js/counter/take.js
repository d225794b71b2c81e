// The help desk: a number for a citizen who cannot take one herself.

import { wall, now } from "./clock.js";
import { answer, note, show } from "./dialogs.js";
import { knock } from "./doors.js";
import { randomName } from "./kept.js";
import { made } from "./made.js";
import { tell, tellRefused } from "./toast.js";
import { say, serviceName, told } from "./words.js";

export async function takeNumber() {
  const priority = made("input", { type: "checkbox", id: "take-priority" });
  const service = await askService(priority);
  if (!service) return;
  const asked = { service, priority: priority.checked, request: randomName() };
  let sent = await knock("/counter/take", asked);
  if (sent.became === "later") sent = await knock("/counter/take", asked); // the same request: never two numbers
  if (sent.became === "ok") return showNumber(service, sent.answer);
  if (sent.answer.code) tellRefused(say("take"), sent.answer);
  else tell(say("take_failed"), { bad: true });
}

function askService(priority) {
  const keys = told.services.map(({ id, name }, at) => {
    const key = made("button", { type: "button", class: "choice", onclick: () => answer(id) }, made("span", {}, name));
    if (at < 9) {
      key.dataset.digit = at + 1;
      key.append(made("kbd", {}, String(at + 1)));
    }
    return key;
  });
  const entitled = made("label", { class: "tick" }, priority, made("span", {}, say("take_priority")));
  return show(say("take_title"), note(say("take_sub")), entitled, made("div", { class: "choices two" }, ...keys));
}

async function showNumber(service, ticket) {
  const print = made("button", { type: "button", class: "first", autofocus: true, onclick: () => globalThis.print() }, say("take_print"));
  const again = made("button", { type: "button", class: "second", onclick: () => answer("again") }, say("take_again"));
  const drawn = ticket.qr ? await knock("/counter/code", { text: ticket.qr }) : { answer: {} };
  const picture = drawn.answer.picture;
  const slip = made("div", { class: "slip", id: "slip" },
    made("p", {}, say("take_ready")), made("p", { class: "number" }, ticket.number),
    made("p", {}, `${serviceName(service)} · ${wall(now())}`),
    picture && made("img", { src: picture, alt: "", width: 148, height: 148 }),
    ticket.qr && made("p", { class: "code" }, made("small", {}, say("take_code")), made("span", {}, ticket.qr)));
  const next = await show(say("take_title"), slip, made("p", { class: "dialog-keys" }, print, again));
  if (next === "again") await takeNumber();
}

