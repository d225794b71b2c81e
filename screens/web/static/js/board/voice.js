// The voice of a TV with loudspeakers (?sound=1): each call once, in order; what is too old is not said any more.

import { show } from "./words.js";

const STALE_MS = 20000;
const GAP_MS = 400;

export class Voice {
  constructor() {
    this.waiting = [];
    this.speaking = false;
    this.audio = new AudioContext();
    this.key = document.getElementById("unlock");
    this.key.onclick = () => this.audio.resume();
    this.audio.onstatechange = () => this.locked();
    this.locked();
  }

  // A browser that wants one press first is given a key for it.
  locked() {
    this.key.hidden = this.audio.state === "running";
  }

  take(calls) {
    const at = performance.now();
    for (const { call } of calls) this.waiting.push({ call, at });
    if (!this.speaking) this.go();
  }

  async go() {
    this.speaking = true;
    while (this.waiting.length) {
      const oldest = performance.now() - STALE_MS;
      this.waiting = this.waiting.filter((one, place) => one.at >= oldest || place === this.waiting.length - 1);
      const { call } = this.waiting.shift();
      try {
        await this.speak(call, this.waiting.length > 0);
      } catch {
        // no link: the board shows the call, and says that the link is lost
      }
    }
    this.speaking = false;
  }

  async speak(call, rushed) {
    if (this.audio.state !== "running") return;
    const answer = await fetch(`/board/voice/${call}.wav${rushed ? "?once=1" : ""}`);
    show("mute", !answer.ok && answer.status !== 404);
    if (answer.status !== 200) return;
    const source = this.audio.createBufferSource();
    source.buffer = await this.audio.decodeAudioData(await answer.arrayBuffer());
    source.connect(this.audio.destination);
    document.body.dataset.spoken = call;
    await new Promise((done) => {
      source.onended = done;
      setTimeout(done, source.buffer.duration * 1000 + 2000); // a sound card that is gone ends nothing
      source.start();
    });
    source.disconnect();
    await new Promise((done) => setTimeout(done, GAP_MS));
  }
}

