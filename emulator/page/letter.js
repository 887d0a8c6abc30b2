// One letter: its headers, its body in a frame where nothing runs, and the answer to it.

import { ask, dayOf, find, hourOf, make, walkable } from "./dom.js";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const LOOK = `html { overflow-x: auto; overflow-y: hidden }
  body { margin: 8px 0; color: #17302e; font: 16px/1.45 system-ui, sans-serif; overflow-wrap: break-word }`;
let quickReplies = [];

export function setQuickReplies(texts) {
  quickReplies = texts;
}

export function showLetter(letter) {
  const article = find("#letter").content.cloneNode(true).firstElementChild;
  find(".subject", article).textContent = letter.subject || "(senza oggetto)";
  find(".headers", article).append(...headers(letter));
  const pane = find("#reading");
  pane.replaceChildren(article);
  pane.scrollTop = 0;
  showBody(article, letter, letter.html ? "html" : "text");
  openReply(article, letter);
  find(".subject", article).focus({ preventScroll: true });
}

function headers(letter) {
  const at = new Date(letter.received_at);
  const rows = [["Da", letter.from], ["A", letter.to], ["Cc", letter.cc], ["Il", `${dayOf(at)}, ore ${hourOf(at)}`]];
  if (letter.attachments.length) rows.push(["Allegati", letter.attachments.join(", ")]);
  return rows.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
}

// ---- the body

function showBody(article, letter, version) {
  const versions = find(".versions", article);
  versions.hidden = !letter.html;
  for (const button of versions.children) {
    button.setAttribute("aria-pressed", String(button.dataset.version === version));
    button.onclick = () => showBody(article, letter, button.dataset.version);
  }
  const body = version === "html" ? framed(article, letter) : make("pre", { className: "plain" }, letter.text);
  find(".body", article).replaceChildren(body);
}

/** The HTML in a sandbox without scripts, forms or network; links to write a mail fill the answer instead. */
function framed(article, letter) {
  const frame = make("iframe", { title: "Testo del messaggio" });
  frame.setAttribute("sandbox", "allow-same-origin");
  const page = new DOMParser().parseFromString(letter.html, "text/html");
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = POLICY;
  page.head.prepend(policy, make("style", {}, LOOK));
  frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  frame.addEventListener("load", () => {
    const inside = frame.contentDocument;
    inside.addEventListener("click", (event) => followed(event, article));
    const fit = () => (frame.style.height = `${inside.body.getBoundingClientRect().bottom + 24}px`);
    new ResizeObserver(fit).observe(inside.body);
    fit();
  });
  return frame;
}

function followed(event, article) {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  if (href.toLowerCase().startsWith("mailto:")) prefill(article, new URL(href.replaceAll("+", "%2B")));
  else if (/^https?:/i.test(href)) window.open(href, "_blank", "noopener,noreferrer");
}

// ---- the answer

function openReply(article, letter) {
  const form = find(".reply", article);
  addressed(form, letter.answer_to);
  find(".quick", form).append(...fitting(letter).map((text) => quick(form, text)));
  walkable(find(".quick", form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, letter);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}

/** The ready answers that the letter itself names in capitals, or else all of them. */
function fitting(letter) {
  const named = quickReplies.filter((text) => letter.text.includes(text.toUpperCase()));
  return named.length ? named : quickReplies;
}

function quick(form, text) {
  const button = make("button", { type: "button" }, text);
  button.addEventListener("click", () => {
    find("textarea", form).value = text;
    find("textarea", form).focus();
  });
  return button;
}

function addressed(form, to, subject = "") {
  form.dataset.to = to;
  form.dataset.subject = subject;
  find(".to", form).textContent = subject ? `A ${to}, oggetto: ${subject}` : `Rispondi a ${to}`;
}

function prefill(article, url) {
  const form = find(".reply", article);
  addressed(form, decodeURIComponent(url.pathname) || form.dataset.to, url.searchParams.get("subject") ?? "");
  find("textarea", form).value = (url.searchParams.get("body") ?? "").replaceAll("\r\n", "\n");
  form.scrollIntoView({ block: "nearest" });
  find("textarea", form).focus();
}

async function send(form, letter) {
  const text = find("textarea", form).value.trim();
  if (!text) {
    find(".sent", form).textContent = "Scrivi prima la risposta.";
    find("textarea", form).focus();
    return;
  }
  await ask(`/demo/letters/${letter.number}/reply`, { text, to: form.dataset.to, subject: form.dataset.subject });
  find("textarea", form).value = "";
  find(".sent", form).textContent = "Risposta inviata.";
  addressed(form, letter.answer_to);
}
