// Buzzing and sounding while the page is open. Browsers allow a sound only after a tap: switching it on is that tap.
const NOTES_HZ = [660, 880];
const NOTE_S = 0.22;
const BUZZ_MS = [200, 100, 200];

let sound = null;
let armed = false;

// Switches the alert, and gives what it is now.
export function arm(wanted) {
  armed = wanted;
  const Sound = window.AudioContext || window.webkitAudioContext;
  if (armed && !sound && Sound) sound = new Sound();
  if (armed && sound) sound.resume();
  return armed;
}

export function ring() {
  document.body.classList.toggle("rung", armed);
  if (!armed) return;
  if (navigator.vibrate) navigator.vibrate(BUZZ_MS);
  if (!sound) return;
  NOTES_HZ.forEach((hz, at) => {
    const from = sound.currentTime + at * NOTE_S;
    const [tone, loud] = [sound.createOscillator(), sound.createGain()];
    tone.frequency.value = hz;
    loud.gain.setValueAtTime(0.2, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S);
    tone.connect(loud).connect(sound.destination);
    tone.start(from);
    tone.stop(from + NOTE_S);
  });
}
