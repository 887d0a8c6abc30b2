// The phone at the left: who holds it, the chat, what can be tapped and typed.

import { announce, ask, badge, dayOf, find, make, walkable } from "./dom.js";
import { bubble } from "./bubbles.js";

const PATIENCE = 8000; // milliseconds that a tap waits for its answer
const people = new Map(); // user_id → person with {messages: Map, keyboard, started, blocked, unread}
let current = null;
let toastTimer, typingTimer;
let refocused = -Infinity; // when the buttons under the keyboard went away
let byKeys = false; // the last hand on the page was on the keyboard

export function setPeople(list) {
  const kept = current?.user_id ?? Number(localStorage.getItem("person"));
  people.clear();
  for (const person of list) {
    const messages = new Map(person.messages.map((m) => [m.message_id, m]));
    people.set(person.user_id, { ...person, messages, unread: 0 });
  }
  current = people.get(kept) ?? people.values().next().value ?? null;
  drawPeople();
  drawChat();
}

export function openPhone() {
  find("#person").addEventListener("change", (event) => choose(Number(event.target.value)));
  find("#say").addEventListener("submit", say);
  find("#start").addEventListener("click", () => act("start", {}));
  find("#photo").addEventListener("click", () => act("photo", {}));
  find("#menu").addEventListener("click", () => showCommands(find("#commands").hidden));
  find("#write").addEventListener("keydown", (event) => event.key === "Escape" && showCommands(false));
  document.addEventListener("keydown", () => (byKeys = true), true);
  document.addEventListener("pointerdown", () => (byKeys = false), true);
  walkable(find("#keys"));
  walkable(find("#commands"));
}

/** News about a chat. */
export const heard = {
  message({ user_id, message }) {
    const person = people.get(user_id);
    if (!person) return;
    const isNew = !person.messages.has(message.message_id);
    message.deleted ? person.messages.delete(message.message_id) : person.messages.set(message.message_id, message);
    if (person === current) drawMessage(message);
    else if (isNew && message.from_bot) person.unread += 1;
    if (!message.from_bot) person.started = true;
    drawPeople();
  },
  chat({ user_id, keyboard, blocked, started }) {
    const person = people.get(user_id);
    if (!person) return;
    Object.assign(person, { keyboard, blocked, started });
    if (person === current) drawWriting();
  },
  answer({ user_id, text, alert }) {
    if (user_id !== current?.user_id) return;
    for (const busy of document.querySelectorAll("#chat [aria-busy]")) busy.removeAttribute("aria-busy");
    if (alert && text) showAlert(text);
    else if (text) showToast(text);
  },
  typing({ user_id }) {
    if (user_id !== current?.user_id) return;
    find("#typing").hidden = false;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => (find("#typing").hidden = true), 5000);
  },
};

// ---- what the person does

async function act(verb, body) {
  const answer = await ask(`/demo/phones/${current.user_id}/${verb}`, body);
  if (!answer.ok) showToast("Questo tasto non c’è più.");
}

async function say(event) {
  event.preventDefault();
  const text = find("#text").value.trim();
  if (!text) return;
  find("#text").value = "";
  showCommands(false);
  await act("say", { text });
}

async function tap(messageId, button, data) {
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), PATIENCE);
  await act("tap", { message_id: messageId, data });
}

function choose(userId) {
  current = people.get(userId);
  current.unread = 0;
  hideToast();
  localStorage.setItem("person", userId);
  drawPeople();
  drawChat();
}

// ---- who holds it

function drawPeople() {
  const options = [...people.values()].map((person) => {
    const news = person.unread ? ` (${person.unread} nuovi)` : "";
    return make("option", { value: person.user_id, selected: person === current }, `${person.name}${news}`);
  });
  find("#person").replaceChildren(...options);
  const about = [current?.roles.join(", "), current?.note].filter(Boolean).join(". ");
  find("#roles").textContent = about;
  const waiting = [...people.values()].filter((person) => person.unread);
  find("#elsewhere").replaceChildren(...waiting.map(knock));
  badge(find("#phone-news"), waiting.reduce((sum, person) => sum + person.unread, 0), "messaggi nuovi");
}

function knock(person) {
  const button = make("button", { type: "button" }, `${person.name}: ${person.unread} ${person.unread === 1 ? "nuovo" : "nuovi"}`);
  button.addEventListener("click", () => {
    choose(person.user_id);
    find("#person").focus();
  });
  return button;
}

// ---- the chat

function drawChat() {
  find("#chat").replaceChildren();
  find("#typing").hidden = true;
  let day = "";
  for (const message of current?.messages.values() ?? []) {
    const its = dayOf(new Date(message.date * 1000));
    if (its !== day) find("#chat").append(make("p", { className: "day" }, (day = its)));
    find("#chat").append(drawn(message));
  }
  place(find("#chat").lastElementChild);
  drawWriting();
}

/** As a telephone does: the end of the chat, but a message taller than the screen from its beginning. */
function place(element) {
  const chat = find("#chat");
  chat.scrollTop = chat.scrollHeight;
  if (!element || element.offsetHeight <= chat.clientHeight) return;
  chat.scrollTop += element.getBoundingClientRect().top - chat.getBoundingClientRect().top - 8;
}

const drawn = (message) =>
  bubble(message, current.messages.get(message.reply_to), (button, data) => tap(message.message_id, button, data));

function drawMessage(message) {
  const chat = find("#chat");
  const old = find(`[data-id="${message.message_id}"]`, chat);
  const focused = chat.contains(document.activeElement) && document.activeElement !== chat;
  if (message.from_bot) find("#typing").hidden = true;
  if (message.deleted) old?.remove();
  else if (old) redraw(old, drawn(message));
  else {
    separate(message);
    chat.append(drawn(message));
    place(chat.lastElementChild);
  }
  const brings = message.from_bot && !old && message.buttons.length && performance.now() - refocused < PATIENCE;
  if (focused && (brings || !chat.contains(document.activeElement))) refocus(brings);
  drawWriting();
}

/** An edited message: another question is put in sight, the same one with a choice more or less stays put. */
function redraw(old, element) {
  const words = (of) => find(".words", of)?.textContent;
  const isNew = words(old) !== words(element);
  const isLast = old === find("#chat").lastElementChild;
  const { scrollTop } = find("#chat");
  old.replaceWith(element);
  if (isNew && isLast) place(element);
  else find("#chat").scrollTop = scrollTop;
}

/** A line with the day, when the message is the first of its day. */
function separate(message) {
  const before = [...current.messages.values()].filter((m) => m.message_id < message.message_id).pop();
  const day = dayOf(new Date(message.date * 1000));
  if (!before || dayOf(new Date(before.date * 1000)) !== day) find("#chat").append(make("p", { className: "day" }, day));
}

/** Who taps with the keyboard finds herself on the newest choices, or in the text box. */
function refocus(settled) {
  refocused = settled ? -Infinity : performance.now();
  const groups = document.querySelectorAll("#chat .inline");
  const target = groups.length ? find("button, a", groups[groups.length - 1]) : find("#text");
  target?.focus({ preventScroll: !byKeys });
}

// ---- below the chat

function drawWriting() {
  const away = !current || !current.started || current.blocked;
  find("#first").hidden = !away;
  find("#write").hidden = away;
  find("#description").textContent = current?.blocked
    ? `${current.name} ha bloccato l’assistente.`
    : current?.description || "L’assistente aspetta il primo messaggio.";
  const rows = current?.keyboard?.keyboard ?? [];
  find("#keys").hidden = !rows.length;
  find("#keys").replaceChildren(...rows.map((row) => make("div", { className: "row" }, ...row.map(replyKey))));
  find("#commands").replaceChildren(...(current?.commands ?? []).map(command));
}

function replyKey(button) {
  const element = make("button", { type: "button" }, button.text);
  element.addEventListener("click", () => act("press", { text: button.text }));
  return element;
}

function command({ command: name, description }) {
  const element = make("button", { type: "button" }, make("code", {}, `/${name}`), ` ${description}`);
  element.addEventListener("click", () => {
    showCommands(false);
    find("#text").focus();
    act("say", { text: `/${name}` });
  });
  return element;
}

async function showCommands(open) {
  if (open) {
    const fresh = (await ask("/demo/state")).people.find((person) => person.user_id === current.user_id);
    current.commands = fresh.commands;
    drawWriting();
  }
  find("#commands").hidden = !open;
  find("#menu").setAttribute("aria-expanded", String(open));
  if (open) find("#commands button")?.focus();
}

function showToast(text) {
  const toast = find("#toast");
  toast.textContent = text;
  toast.classList.add("up");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(hideToast, 5000);
}

function hideToast() {
  find("#toast").classList.remove("up");
  find("#toast").textContent = "";
}

function showAlert(text) {
  find("#alert-text").textContent = text;
  find("#alert").showModal();
  announce(text);
}
