// The soft bell of a call for help: two notes, once a call. A browser lets a page sound only after its first key or click.

import { read, write } from "./kept.js";

const OFF = "thanthien.counter.silent";
const NOTES = [659.3, 523.3];
let audio = null;
let rung = new Set();

export const silent = () => read(OFF) === "1";
export const setSilent = (wish) => write(OFF, wish ? "1" : "0");

for (const gesture of ["keydown", "pointerdown"]) addEventListener(gesture, unlock, { capture: true });

function unlock() {
  if (audio || !globalThis.AudioContext) return;
  audio = new AudioContext();
}

// Ring for those calls that were not rung for yet.
export function ring(ids) {
  const fresh = ids.filter((id) => !rung.has(id));
  rung = new Set(ids);
  if (fresh.length && audio && !silent()) NOTES.forEach((pitch, at) => note(pitch, audio.currentTime + at * 0.28));
  return fresh;
}

function note(pitch, from) {
  const sound = audio.createOscillator();
  const loudness = audio.createGain();
  sound.type = "sine";
  sound.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, from);
  loudness.gain.linearRampToValueAtTime(0.18, from + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
  sound.connect(loudness).connect(audio.destination);
  sound.start(from);
  sound.stop(from + 0.65);
}
