// The words of the board, told by the page itself.

export const told = JSON.parse(document.getElementById("told").content.textContent);

function fill(text, places) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

export function say(name, places = {}) {
  return fill(told.words[name], places);
}

export function english(name, places = {}) {
  return told.english ? fill(told.english[name], places) : "";
}

// 1.486 in Vietnamese, 1,486 in English.
export function count(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, told.language === "vi" ? "." : ",");
}

// Words of the element of that id, touched only when they change: the page stands for weeks.
export function set(id, text) {
  const node = document.getElementById(id);
  if (node.textContent !== text) node.textContent = text;
}

export function show(id, shown) {
  document.getElementById(id).hidden = !shown;
}
