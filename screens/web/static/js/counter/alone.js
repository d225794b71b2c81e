// One tab of this browser at a time. Web Locks where the browser offers them; on a plain http address of the office
// it does not, so there a lease in the storage does the same. A press that slips through both is still done once:
// the office knows it by its id.

import { drop, randomName, readJson, write } from "./kept.js";

const LOCK = "thanthien.counter.sender";
const LEASE_MS = 4000;
const SETTLE_MS = 60;
const me = randomName();

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function alone(work) {
  return navigator.locks ? navigator.locks.request(LOCK, work) : leased(work);
}

async function leased(work) {
  while (!(await taken())) await pause(LEASE_MS / 4 + Math.random() * SETTLE_MS);
  const beat = setInterval(() => write(LOCK, lease()), LEASE_MS / 4);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (readJson(LOCK, {}).who === me) drop(LOCK);
  }
}

const lease = () => JSON.stringify({ who: me, until: Date.now() + LEASE_MS });

async function taken() {
  const held = readJson(LOCK, {});
  const fresh = held.until > Date.now() && held.until < Date.now() + 2 * LEASE_MS;
  if (held.who !== me && fresh) return false;
  write(LOCK, lease());
  await pause(SETTLE_MS); // two that wrote at once: the later one stands
  return readJson(LOCK, {}).who === me;
}
