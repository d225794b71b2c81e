// A slip on a phone: its place in line, and when its time has come the rating.
// The ballot stays in this page: it goes out in the bodies of POSTs, never in an address.
import { lineHash, readBallot } from "./line_hash.js";
import { show, stage } from "./page.js";
import { follow } from "./place.js";

const text = location.hash.slice(1);
const ballot = readBallot(text);

// Fetched when it is needed: most of the time a phone only waits.
async function rate() {
  try {
    const rating = await import("./rating.js");
    await rating.rate(text);
  } catch {
    show("offline");
    stage.querySelector(".again").onclick = () => location.reload();
  }
}

document.getElementById("language").href += location.hash;
addEventListener("hashchange", () => location.reload());
if (ballot) follow(lineHash(ballot), rate);
else show(text ? "unknown" : "no_code");
