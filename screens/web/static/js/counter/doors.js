// The doors of the office server, knocked at from here.

const PATIENCE_MS = 8000;

// Says that a page asks: the office then answers 401 without having the browser ask for a password of its own.
export const FROM_PAGE = { "X-Requested-With": "page" };

// What became of a knock: "ok" with the answer, "later" (no network, or the server cannot now), "password",
// or "refused" with the trouble it told.
export async function knock(path, body) {
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { ...FROM_PAGE, "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: stop.signal,
    });
    const answer = response.status === 204 ? {} : await response.json();
    return { became: became(response.status), status: response.status, answer: answer ?? {} };
  } catch {
    return { became: "later", status: 0, answer: {} };
  } finally {
    clearTimeout(patience);
  }
}

export function became(status) {
  if (status >= 200 && status < 300) return "ok";
  if (status === 401) return "password";
  return status >= 500 || status === 429 || status === 408 ? "later" : "refused";
}

// The staff password, at the office's own login: "ok", "wrong", "wait" or "later".
export async function showPassword(password) {
  try {
    const response = await fetch("/login", {
      method: "POST",
      body: new URLSearchParams({ password, next: "/counter" }),
      redirect: "manual",
    });
    if (response.type === "opaqueredirect" || response.ok) return { became: "ok", waitS: 0 };
    const waitS = Number(response.headers.get("Retry-After")) || 0;
    return { became: response.status === 429 ? "wait" : response.status === 401 ? "wrong" : "later", waitS };
  } catch {
    return { became: "later", waitS: 0 };
  }
}
