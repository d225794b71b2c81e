// The office's time. A machine at a counter may be wrong; every view says what time it is at the server.

import { say, told } from "./words.js";

const HOUR_MS = 3600000;
let ahead = 0;

// Learn the server's time from the instant of a view.
export function learn(asOf) {
  const at = Date.parse(asOf);
  if (!Number.isNaN(at)) ahead = at - Date.now();
}

export const now = () => Date.now() + ahead;

const shifted = (at) => new Date(at + told.utc_offset_h * HOUR_MS).toISOString();

// "10:38", of milliseconds or of an instant's text.
export function wall(at = now()) {
  return shifted(typeof at === "string" ? Date.parse(at) : at).slice(11, 16);
}

// The office's day: "2026-11-23".
export const today = () => shifted(now()).slice(0, 10);

export const seconds = (since) => Math.max(0, Math.floor((now() - Date.parse(since)) / 1000));

export function minuteWords(wholeSeconds) {
  const minutes = Math.floor(wholeSeconds / 60);
  return minutes < 1 ? say("minute_none") : say("minutes", { n: minutes });
}

// "02:10", from an hour on "1:02:10".
export function stopwatch(since) {
  const all = seconds(since);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(all / 3600);
  const rest = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
