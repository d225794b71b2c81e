// What stands on the page, one card at a time, and asking the office: what it says, or a code, or LOST when
// nothing came back in time.
export const LOST = "lost";
const PATIENCE_MS = 8000;

export async function send(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      signal: stop.signal,
    });
    const told = await response.json();
    return response.ok ? { told } : { code: told.code || LOST };
  } catch {
    return { code: LOST };
  } finally {
    clearTimeout(timer);
  }
}

export const stage = document.getElementById("stage");

export function show(name) {
  stage.replaceChildren(document.getElementById(name).content.cloneNode(true));
  stage.focus({ preventScroll: true });
  scrollTo(0, 0);
}
