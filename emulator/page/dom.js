// What the other modules need of the browser: elements, Italian dates, calls to the demo.

export const find = (selector, inside = document) => inside.querySelector(selector);

/** A new element: `make("p", {className: "x"}, "text", child)`; text is always text, never markup. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export async function ask(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  if (!answer.ok && answer.status !== 409) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

const inRome = (options) => new Intl.DateTimeFormat("it-IT", { timeZone: "Europe/Rome", ...options });
const HOUR = inRome({ hour: "2-digit", minute: "2-digit" });
const DAY = inRome({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT = inRome({ weekday: "short", day: "numeric", month: "short" });

export const hourOf = (moment) => HOUR.format(moment);
export const dayOf = (moment) => DAY.format(moment);
export const shortDayOf = (moment) => SHORT.format(moment);

/** Tell a screen reader. */
export function announce(text) {
  find("#said").textContent = text;
}

/** Show a number of new things, or nothing. */
export function badge(element, count, what) {
  element.hidden = !count;
  element.textContent = count || "";
  element.setAttribute("aria-label", `${count} ${what}`);
}

/** Arrow keys walk over the buttons of a group; Tab goes on as always. */
export function walkable(group, selector = "button") {
  group.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const buttons = [...group.querySelectorAll(selector)];
    const at = buttons.indexOf(event.target.closest(selector));
    if (!step || at < 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
}
