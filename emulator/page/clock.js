// The clock above: runs by itself, is moved by its buttons, never goes back.

import { announce, ask, dayOf, find, hourOf } from "./dom.js";

let shown = Date.now();
let since = performance.now();

export const now = () => new Date(shown + performance.now() - since);

export function setClock(iso) {
  shown = Date.parse(iso);
  since = performance.now();
  draw();
}

export function openClock() {
  for (const button of document.querySelectorAll("[data-move]")) {
    button.addEventListener("click", () => move(button));
  }
  setInterval(draw, 1000);
}

async function move(button) {
  button.setAttribute("aria-busy", "true");
  try {
    setClock((await ask("/demo/clock", JSON.parse(button.dataset.move))).now);
    announce(`Ora è ${find("#now").textContent}`);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function draw() {
  const text = `${dayOf(now())}, ore ${hourOf(now())}`;
  if (find("#now").textContent !== text) find("#now").textContent = text;
}
