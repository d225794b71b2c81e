// The live stream of the board. Whatever comes, a view or a beat, says that the link holds; silence says it does not.

const SILENT_MS = 10000;
const GIVEN_UP_MS = 16000;
const AGAIN_MS = 2000;

export class Link {
  // hears: view(view), beat(beat).
  constructor(address, hears) {
    this.address = address;
    this.hears = hears;
    this.heardAt = performance.now();
    this.openedAt = 0;
    this.open();
  }

  get lost() {
    return performance.now() - this.heardAt > SILENT_MS;
  }

  open() {
    this.stream?.close();
    this.openedAt = performance.now();
    this.stream = new EventSource(this.address);
    this.stream.addEventListener("view", (event) => this.take("view", event));
    this.stream.addEventListener("beat", (event) => this.take("beat", event));
  }

  take(kind, event) {
    this.heardAt = performance.now();
    this.hears[kind](JSON.parse(event.data));
  }

  // Once a second: a stream that was refused is closed for good, and one whose cable was pulled says nothing.
  tick() {
    const at = performance.now();
    const refused = this.stream.readyState === EventSource.CLOSED && at - this.openedAt > AGAIN_MS;
    const mute = at - Math.max(this.heardAt, this.openedAt) > GIVEN_UP_MS;
    if (refused || mute) this.open();
  }
}
