// The soft bell of a call for help: two notes, again and again until somebody goes. A browser lets a page sound only
// after its first key or click; a call that came before rings then.

import { read, write } from "./kept.js";

const OFF = "thanthien.counter.silent";
const AGAIN_MS = 8000;
const NOTES = [659.3, 523.3];
let audio = null;
let rung = new Set();
let beat = 0;

export const silent = () => read(OFF) === "1";
export const setSilent = (wish) => write(OFF, wish ? "1" : "0");

for (const gesture of ["keydown", "pointerdown"]) addEventListener(gesture, unlock, { capture: true });

function unlock() {
  if (audio || !globalThis.AudioContext) return;
  audio = new AudioContext();
  if (rung.size) begin();
}

// Ring for these calls: at once for one that is new, and on until there is none. Gives the new ones.
export function ring(ids) {
  const fresh = ids.filter((id) => !rung.has(id));
  rung = new Set(ids);
  if (fresh.length) begin();
  else if (!ids.length) clearInterval(beat);
  return fresh;
}

function begin() {
  clearInterval(beat);
  beat = setInterval(sound, AGAIN_MS);
  sound();
}

function sound() {
  if (audio && !silent()) NOTES.forEach((pitch, at) => note(pitch, audio.currentTime + at * 0.28));
}

function note(pitch, from) {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, from);
  loudness.gain.linearRampToValueAtTime(0.18, from + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
  tone.connect(loudness).connect(audio.destination);
  tone.start(from);
  tone.stop(from + 0.65);
}
