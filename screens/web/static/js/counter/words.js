// What the server put into this page: its words, the counters and services, the set reasons, the days off.

export const told = JSON.parse(document.getElementById("told").content.textContent);

// A text of the page with its {places} filled in.
export function say(name, places = {}) {
  return fill(told.words[name] ?? name, places);
}

export function fill(text, places) {
  return Object.entries(places).reduce((made, [place, value]) => made.replaceAll(`{${place}}`, value), text);
}

// The sentence and the next step of a trouble code, in the language of the page; English of the server if unknown here.
export function troubleWords(code, answer = {}) {
  const known = told.troubles[code];
  return known ?? { sentence: answer.sentence ?? say("take_failed"), hint: answer.hint ?? "" };
}

export function reasonWords(id) {
  return told.reason_words[id] ?? id;
}

export function serviceName(id) {
  return told.services.find((one) => one.id === id)?.name ?? id;
}

// A kiosk's id as people here call it: "kiosk-1" is "Máy 1".
export function placeName(id) {
  const number = /(\d+)$/.exec(id);
  return number ? say("place", { n: number[1] }) : id;
}
