// Elements, made without a word of HTML in text, so that nothing a person typed is ever read as a page.

const icons = document.getElementById("icons").content;

export const $ = (id) => document.getElementById(id);

export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child || child === 0));
  return element;
}

export function icon(name) {
  return icons.querySelector(`[data-icon="${name}"] svg`).cloneNode(true);
}

// Write a text only where it changed: a screen reader speaks what is written.
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
