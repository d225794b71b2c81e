// The office's time: the server's, whatever the TV believes, in the office's own offset.

import { told } from "./words.js";

let ahead = 0;

// The server says what time it is.
export function heard(instant) {
  const at = Date.parse(instant);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

export function now() {
  return Date.now() + ahead;
}

function office(ms) {
  return new Date(ms + told.utc_offset_h * 3600000);
}

const two = (n) => String(n).padStart(2, "0");

export function clock(ms) {
  const at = office(ms);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

// 2026-11-23, as the office counts its days.
export function day(ms) {
  return office(ms).toISOString().slice(0, 10);
}

export function date(ms) {
  const at = office(ms);
  const weekday = told.weekdays[(at.getUTCDay() + 6) % 7];
  return `${weekday}, ${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}
