// The mailboxes at the right: whose they are, what lies in them, one letter open.

import { announce, ask, badge, find, hourOf, make, shortDayOf, walkable } from "./dom.js";
import { setQuickReplies, showLetter } from "./letter.js";

const boxes = new Map(); // address → {address, label, letters: Map of number → summary}
let current = null;
let service = ""; // its own mailbox is read by the service alone
let open = null; // number of the open letter

export function setBoxes(list, quickReplies, serviceAddress) {
  service = serviceAddress.toLowerCase();
  const kept = current?.address;
  boxes.clear();
  for (const box of list) boxes.set(box.address, { ...box, letters: new Map(box.letters.reverse().map((l) => [l.number, l])) });
  current = boxes.get(kept) ?? busiest();
  setQuickReplies(quickReplies);
  draw();
}

export function openMail() {
  walkable(find("#boxes"));
  walkable(find("#letters"));
  find("#mail").addEventListener("click", (event) => {
    const back = event.target.closest("[data-back]")?.dataset.back;
    if (back) goBack(back);
  });
}

export const heard = {
  letter(letter) {
    if (letter.mailbox === service) return;
    box(letter.mailbox).letters.set(letter.number, letter);
    announce(`Nuova posta per ${box(letter.mailbox).label}: ${letter.subject}`);
    draw();
  },
  flags(letter) {
    if (letter.mailbox === service) return;
    box(letter.mailbox).letters.set(letter.number, letter);
    draw();
  },
};

/** The mailbox of an address; one that nobody announced appears at the end. */
function box(address) {
  if (!boxes.has(address)) boxes.set(address, { address, label: address, letters: new Map() });
  return boxes.get(address);
}

const unread = (of) => [...of.letters.values()].filter((letter) => letter.unread).length;
const busiest = () => [...boxes.values()].find(unread) ?? boxes.values().next().value ?? null;

function draw() {
  const focused = document.activeElement?.dataset?.key;
  find("#boxes").replaceChildren(...[...boxes.values()].map(boxLine));
  find("#box-name").textContent = current?.label ?? "";
  find("#box-address").textContent = current && current.label !== current.address ? current.address : "";
  const letters = [...(current?.letters.values() ?? [])].reverse();
  const nothing = make("li", { className: "nothing" }, "Nessun messaggio, per ora.");
  find("#letters").replaceChildren(...(letters.length ? letters.map(letterLine) : [nothing]));
  badge(find("#mail-news"), [...boxes.values()].reduce((sum, each) => sum + unread(each), 0), "messaggi da leggere");
  if (focused) find(`#mail [data-key="${CSS.escape(focused)}"]`)?.focus();
}

function boxLine(of) {
  const count = make("span", { className: "badge" });
  badge(count, unread(of), "da leggere");
  const button = make("button", { type: "button" }, make("span", {}, of.label), count);
  button.dataset.key = of.address;
  button.setAttribute("aria-current", String(of === current));
  button.addEventListener("click", () => {
    current = of;
    step("letters");
    draw();
    find("#letters button")?.focus();
  });
  return make("li", {}, button);
}

function letterLine(letter) {
  const at = new Date(letter.received_at);
  const button = make(
    "button",
    { type: "button", className: letter.unread ? "unread" : "" },
    make("span", { className: "from" }, nameOf(letter.from)),
    make("time", { dateTime: letter.received_at }, `${shortDayOf(at)}, ${hourOf(at)}`),
    make("span", { className: "line" }, letter.subject || "(senza oggetto)"),
  );
  if (letter.unread) button.prepend(make("span", { className: "unseen" }, "Da leggere. "));
  button.dataset.key = letter.number;
  button.setAttribute("aria-current", String(letter.number === open));
  button.addEventListener("click", () => read(letter.number));
  return make("li", {}, button);
}

const nameOf = (from) => from.replace(/\s*<[^>]*>$/, "").replaceAll('"', "") || from;

async function read(number) {
  open = number;
  const letter = await ask(`/demo/letters/${number}`);
  box(letter.mailbox).letters.get(number).unread = false;
  step("letter");
  draw();
  showLetter(letter);
}

function step(name) {
  find("#mail").dataset.step = name;
}

function goBack(to) {
  step(to);
  const line = to === "boxes" ? current?.address : open;
  find(`#mail [data-key="${CSS.escape(String(line))}"]`)?.focus();
}
