// The hash that a phone asks its place with: SHA-256 of "line" and the sixteen bytes of the ballot, in hex.
// Browsers keep crypto.subtle from pages without TLS, and an office's own wifi has none: so it is worked out here.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const READ_AS = { I: "1", L: "1", O: "0" };
const LETTERS = 26;
const BYTES = 16;

// The bytes of a ballot in Crockford's base 32, or null if these letters are none.
export function readBallot(text) {
  const letters = [...text.trim().toUpperCase()].map((letter) => READ_AS[letter] || letter);
  if (letters.length !== LETTERS || letters.some((letter) => !ALPHABET.includes(letter))) return null;
  let value = 0n;
  for (const letter of letters) value = (value << 5n) | BigInt(ALPHABET.indexOf(letter));
  if (value >> BigInt(8 * BYTES)) return null;
  return Uint8Array.from({ length: BYTES }, (_, at) => Number((value >> BigInt(8 * (BYTES - 1 - at))) & 255n));
}

export function lineHash(ballot) {
  return sha256([...new TextEncoder().encode("line"), ...ballot]);
}

// FIPS 180-4 for a message of one block, at most 55 bytes.
function sha256(message) {
  const { roots, cubes } = constants();
  const block = new Uint8Array(64);
  block.set(message);
  block[message.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(60, message.length * 8);
  const words = Array.from({ length: 16 }, (_, at) => view.getUint32(4 * at));
  for (let at = 16; at < 64; at += 1) {
    const [near, far] = [words[at - 15], words[at - 2]];
    const first = turn(near, 7) ^ turn(near, 18) ^ (near >>> 3);
    const second = turn(far, 17) ^ turn(far, 19) ^ (far >>> 10);
    words[at] = (words[at - 16] + first + words[at - 7] + second) >>> 0;
  }
  let [a, b, c, d, e, f, g, h] = roots;
  for (let at = 0; at < 64; at += 1) {
    const up = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + cubes[at] + words[at];
    const down = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + up) >>> 0, c, b, a, (up + down) >>> 0];
  }
  const sums = [a, b, c, d, e, f, g, h].map((word, at) => (word + roots[at]) >>> 0);
  return sums.map((word) => word.toString(16).padStart(8, "0")).join("");
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

// The first 32 bits behind the point of the roots of the first primes.
function constants() {
  const primes = [];
  for (let one = 2; primes.length < 64; one += 1) if (primes.every((prime) => one % prime)) primes.push(one);
  const behindPoint = (value) => Math.floor((value % 1) * 2 ** 32);
  return {
    roots: primes.slice(0, 8).map((prime) => behindPoint(Math.sqrt(prime))),
    cubes: primes.map((prime) => behindPoint(Math.cbrt(prime))),
  };
}
