// The line, live. Read from a stream by hand and not with EventSource, because that tells neither the status of a
// refusal (password? counter taken over?) nor the server's heartbeats, which are comments.

import { became, FROM_PAGE } from "./doors.js";

const SILENCE_MS = 10000;
const WAITS_MS = [250, 500, 1000, 2000, 3000];

// hears: {opened(), view(view), heard(), lost(), ended(status, answer)}.
export class Live {
  constructor(address, hears) {
    this.address = address;
    this.hears = hears;
    this.going = false;
    this.connected = false;
    this.round = 0;
    this.tries = 0;
    addEventListener("online", () => this.hurry());
  }

  async start() {
    this.stop();
    this.going = true;
    const round = ++this.round;
    while (this.going && round === this.round) {
      await this.once();
      if (!this.going || round !== this.round) return;
      this.hears.lost();
      await this.rest(WAITS_MS[Math.min(this.tries++, WAITS_MS.length - 1)]);
    }
  }

  stop() {
    this.going = false;
    this.cut?.abort();
    this.hurry();
  }

  hurry() {
    this.wake?.();
  }

  // One connection, until it ends or nothing was heard for too long.
  async once() {
    const cut = new AbortController();
    this.cut = cut;
    this.heardAt = Date.now();
    const watch = setInterval(() => Date.now() - this.heardAt > SILENCE_MS && cut.abort(), 1000);
    try {
      const response = await fetch(this.address, {
        headers: { ...FROM_PAGE, Accept: "text/event-stream" },
        cache: "no-store",
        signal: cut.signal,
      });
      if (!response.ok) return await this.refused(response);
      this.hears.opened();
      this.connected = true;
      await this.listen(response.body.getReader());
    } catch {
      // Lost: the caller says so and tries again.
    } finally {
      clearInterval(watch);
      this.connected = false;
    }
  }

  async refused(response) {
    const answer = await response.json().catch(() => ({}));
    if (became(response.status) === "later") return;
    this.going = false;
    this.hears.ended(response.status, answer);
  }

  async listen(reader) {
    const text = new TextDecoder();
    let open = "";
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.heardAt = Date.now();
      this.tries = 0;
      open = (open + text.decode(piece.value, { stream: true })).replaceAll("\r\n", "\n");
      const blocks = open.split("\n\n");
      open = blocks.pop();
      const views = blocks.map(dataOf).filter(Boolean);
      if (views.length) this.hears.view(JSON.parse(views.at(-1))); // each view is whole: the last one counts
      this.hears.heard();
    }
  }

  rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

function dataOf(block) {
  const lines = block.split("\n");
  if (!lines.some((line) => line.replace(": ", ":") === "event:view")) return "";
  return lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart()).join("\n");
}
