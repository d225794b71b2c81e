// Sends kept presses one after another, each until the office has answered it.

import { alone } from "./alone.js";
import { knock } from "./doors.js";
import { all, forget } from "./outbox.js";

const WAITS_MS = [300, 600, 1200, 2500, 5000];

// hears: {done(press, answer), refused(press, answer), later(answer), password(), seated(), over(press, answer),
// mine(press)}.
// seated(): whether somebody sits here; over(press, answer): true where the stay has ended, and its presses with it.
// Those stay kept: the sign-in page names them, and the next stay drops them.
// mine(press): false for a press of an earlier stay, which the office must not get in the name of this one.
export class Sender {
  constructor(hears) {
    this.hears = hears;
    this.running = false;
    this.wake = () => {};
  }

  // Begin, or try again at once: something was kept, or the link is back.
  kick() {
    this.wake();
    if (!this.running && all().length && this.hears.seated()) this.run();
  }

  async run() {
    this.running = true;
    try {
      await alone(() => this.empty());
    } finally {
      this.running = false;
    }
    if (all().length && !this.held) this.kick();
  }

  async empty() {
    this.held = false;
    for (let tries = 0, press = all()[0]; press && !this.held; press = all()[0]) {
      if (!this.hears.seated()) {
        this.held = true;
        return;
      }
      if (!this.hears.mine(press)) {
        forget([press.id]);
        continue;
      }
      tries = (await this.send(press)) ? 0 : tries + 1;
      if (tries) await this.rest(WAITS_MS[Math.min(tries, WAITS_MS.length) - 1]);
    }
  }

  // Whether the press was answered.
  async send(press) {
    const { id, action, number, service, reason, undoes } = press;
    const { became, answer } = await knock("/counter/press", { id, action, number, service, reason, undoes });
    if (became === "later") {
      this.hears.later(answer);
      return false;
    }
    if (became === "password") {
      this.held = true; // the next sign-in kicks
      this.hears.password();
      return false;
    }
    if (became === "refused" && this.hears.over(press, answer)) {
      this.held = true;
      return false;
    }
    forget([id]);
    if (became === "ok") this.hears.done(press, answer);
    else this.hears.refused(press, answer);
    return true;
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
