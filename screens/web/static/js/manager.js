// Keeps the page of a running day true: fetches it again and puts in what changed, unless somebody is busy in it.
"use strict";

const figures = document.getElementById("figures");
const every = Number(figures.dataset.refreshS) * 1000;

function busy() {
  const inside = document.activeElement && figures.contains(document.activeElement);
  return document.hidden || inside || document.querySelector("details[open]") || !getSelection().isCollapsed;
}

async function refresh() {
  if (busy()) return;
  try {
    const response = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("figures");
    if (fresh && !busy()) figures.replaceChildren(...fresh.childNodes);
  } catch {
    // Without the network the page stays as it is; its own clock says how old it is.
  }
}

if (every > 0) setInterval(refresh, every);
