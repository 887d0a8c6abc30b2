// How one message of the chat is drawn: text with its entities, buttons, photo or document.

import { hourOf, make, walkable } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span", bot_command: "span",
};

/** A message as an element; `tap(button, data)` is called for its buttons. */
export function bubble(message, replied, tap) {
  const side = message.from_bot ? "theirs" : "mine";
  const element = make("article", { className: `bubble ${side}` });
  element.dataset.id = message.message_id;
  element.setAttribute("aria-label", message.from_bot ? "Dopovisita" : "Tu");
  const sheet = make("div", { className: "sheet" });
  if (replied) sheet.append(make("p", { className: "replied" }, replied.text));
  sheet.append(...media(message.media));
  if (isStart(message)) sheet.append(make("div", { className: "words" }, "/start"));
  else if (message.text) sheet.append(make("div", { className: "words" }, ...formatted(message.text, message.entities)));
  sheet.append(stamp(message));
  element.append(sheet);
  if (message.buttons.length) element.append(keyboard(message, tap));
  return element;
}

/** Telegram does not show what an invitation link adds to /start. */
const isStart = (message) => !message.from_bot && message.text.startsWith("/start ");

function stamp(message) {
  const date = new Date((message.date || 0) * 1000);
  const words = [message.silent ? "senza suono" : "", message.edited ? "modificato" : "", hourOf(date)];
  return make("time", { dateTime: date.toISOString() }, words.filter(Boolean).join(" · "));
}

function keyboard(message, tap) {
  const rows = message.buttons.map((row) => make("div", { className: "row" }, ...row.map((b) => key(b, tap))));
  const group = make("div", { className: "inline" }, ...rows);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Scelte");
  walkable(group, "button, a");
  return group;
}

function key(button, tap) {
  if (button.url) return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  const element = make("button", { type: "button" }, button.text);
  element.addEventListener("click", () => tap(element, button.callback_data));
  return element;
}

function media(found) {
  if (found.photo) {
    return [make("img", { className: "picture", alt: "Foto", src: `/demo/files/${found.photo[0].file_id}` })];
  }
  if (found.document) {
    const link = make("a", { href: `/demo/files/${found.document.file_id}`, download: found.document.file_name });
    link.append(`Documento: ${found.document.file_name}`);
    return [make("p", { className: "document" }, link)];
  }
  return found.voice ? [make("p", { className: "document" }, "Messaggio vocale")] : [];
}

/** The text as nodes; entities nest, offsets are UTF-16 units as in every string here. */
function formatted(text, entities, from = 0, to = text.length) {
  const nodes = [];
  let at = from;
  let rest = entities.filter((e) => e.offset >= from && e.offset + e.length <= to);
  while (rest.length) {
    const [entity, ...others] = rest;
    const end = entity.offset + entity.length;
    nodes.push(text.slice(at, entity.offset));
    const inner = others.filter((e) => e.offset + e.length <= end);
    nodes.push(wrapped(entity, formatted(text, inner, entity.offset, end)));
    at = end;
    rest = others.filter((e) => e.offset >= end);
  }
  nodes.push(text.slice(at, to));
  return nodes;
}

function wrapped(entity, children) {
  if (entity.type === "text_link") {
    return make("a", { href: entity.url, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }
  return make(TAGS[entity.type] || "span", { className: `is-${entity.type}` }, ...children);
}
