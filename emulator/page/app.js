// Opens the page: the first picture from /demo/state, then every change as it happens.

import { openClock, setClock } from "./clock.js";
import { ask, find } from "./dom.js";
import * as mail from "./mail.js";
import * as phone from "./phone.js";

async function draw() {
  const state = await ask("/demo/state");
  setClock(state.now);
  phone.setPeople(state.people);
  mail.setBoxes(state.mailboxes, state.quick_replies, state.service_address);
}

const reactions = { ...phone.heard, ...mail.heard, clock: ({ now }) => setClock(now), reset: draw };

function listen() {
  const news = new EventSource("/demo/events");
  let wasDown = false;
  news.onopen = () => {
    find("#offline").hidden = true;
    if (wasDown) draw();
    wasDown = false;
  };
  news.onerror = () => {
    find("#offline").hidden = false;
    wasDown = true;
  };
  news.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    reactions[event.kind]?.(event);
  };
}

/** Two tabs on a narrow screen; side by side they are only labels for the eye. */
function openTabs() {
  const tabs = [...document.querySelectorAll("[data-show]")];
  const show = (tab) => {
    document.body.dataset.view = tab.dataset.show;
    for (const each of tabs) {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
    }
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
      const other = tabs.find((each) => each !== tab);
      show(other);
      other.focus();
    });
  }
}

openClock();
openTabs();
phone.openPhone();
mail.openMail();
listen();
await draw();
