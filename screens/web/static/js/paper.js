// A page to be printed by this browser: it prints, and tells the office that it was handed to a printer.
"use strict";

const id = document.body.dataset.id;

// Whether the office took it down.
async function tell(what) {
  try {
    const path = `/counter/appointments/${id}/${what}`;
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const response = await fetch(path, { method: "POST", headers, body: "{}" });
    return response.ok;
  } catch {
    return false;
  }
}

const print = document.getElementById("print");
print.onclick = async () => {
  if (print.dataset.tell) await tell(print.dataset.tell);
  window.print();
};

const done = document.getElementById("done");
if (done) {
  done.onclick = async () => {
    done.disabled = await tell("apologised");
    document.getElementById(done.disabled ? "told" : "not-told").hidden = false;
  };
}

// In a letter: a passage may be left out, or changed for its other wording.
for (const passage of document.querySelectorAll("[data-maybe]")) {
  passage.onclick = () => passage.classList.toggle("out");
}
for (const passage of document.querySelectorAll("[data-either]")) {
  passage.onclick = () => {
    for (const way of passage.querySelectorAll("[data-way]")) way.hidden = !way.hidden;
  };
}
// What is typed into one blank stands in all blanks of its name.
for (const blank of document.querySelectorAll("[data-blank]")) {
  blank.oninput = () => {
    for (const other of document.querySelectorAll(`[data-blank="${blank.dataset.blank}"]`)) {
      if (other !== blank) other.textContent = blank.textContent;
    }
  };
}
