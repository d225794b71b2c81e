// What this browser keeps. Where it keeps nothing (storage switched off), a page still works until it is closed.

const memory = new Map();

export function read(key) {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function write(key, value) {
  try {
    localStorage.setItem(key, value);
    memory.delete(key);
  } catch {
    memory.set(key, value);
  }
}

export function drop(key) {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Then it was never in there.
  }
}

export function keysFrom(beginning) {
  let stored = [];
  try {
    stored = Object.keys(localStorage);
  } catch {
    // Then memory has all there is.
  }
  return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(beginning));
}

export function readJson(key, otherwise) {
  try {
    return JSON.parse(read(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

// 128 random bits; crypto.randomUUID is missing on an office's plain http address.
export function randomName() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
