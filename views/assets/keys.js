// Listens for the keys of a page and hands them to the server, each once and in the order in which they were pressed.
// A press stays in the queue, and the whole queue is sent, until the server says how far it has come: nothing is lost
// when keys are pressed faster than the page is drawn.
// The page may draw the listener anew at any time, as when it loads a kind of field for the first time. A desk outlives
// that, and goes on listening until nothing has taken its place for a while.
const desks = new Map();
const GONE_AFTER = 3000;
const TYPED = ["checkbox", "radio", "button", "submit", "range", "file"];
const OVERLAYS = '[role="listbox"], [role="menu"], [role="dialog"], [role="combobox"]';
const OPERATED = 'a, button, summary, input, [role="button"]';

const typing = (at) =>
  at.isContentEditable ||
  ["TEXTAREA", "SELECT"].includes(at.tagName) ||
  (at.tagName === "INPUT" && !TYPED.includes(at.type)) ||
  Boolean(at.closest?.(OVERLAYS));

// The digits of the top row by their place, since some keyboards need Shift for them.
const named = (event) => {
  const digit = /^Digit(\d)$/.exec(event.code);
  return digit && !event.shiftKey ? digit[1] : event.key.length === 1 ? event.key.toLowerCase() : event.key;
};

function listen(desk) {
  const field = () => desk.data.field && document.querySelector(`[class*="st-key-${desk.data.field}"] input`);

  const off = () => document.querySelector(`.st-key-${desk.data.switch} input`)?.checked === false;

  const push = (press) => {
    desk.number += 1;
    desk.queue.push({ page: desk.page, number: desk.number, token: desk.data.token, ...press });
    desk.send("presses", desk.queue);
    clearTimeout(desk.slow);
    desk.slow = setTimeout(() => { desk.state.textContent = desk.queue.length ? "Saving…" : ""; }, 300);
  };

  const inField = (event, at) => {
    if (event.key === "Escape") at.blur();
    if (event.key !== "Enter" || at !== field() || at.value === "") return;
    push({ key: "Figure", figure: at.value, question: desk.data.here });
    at.blur();
  };

  const onKey = (event) => {
    const at = event.composedPath()[0];
    if (location.pathname !== desk.path) return;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !at.closest) return;
    if (typing(at)) return inField(event, at);
    const key = named(event);
    const moves = key.startsWith("Arrow");
    if (!desk.data.keys.includes(key) || desk.leaving || off() || (event.repeat && !moves)) return;
    if ((key === "Enter" && at.closest(OPERATED)) || (moves && at.type === "radio")) return;
    event.preventDefault();
    if (key === "f") field()?.focus();
    else push({ key });
  };

  // The second half of a double click would answer the next question, which nobody has read.
  const onClick = (event) => {
    if (event.detail > 1 && event.target.closest?.('[class*="st-key-choose-"]')) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };

  const onBack = () => { desk.leaving = true; };

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick, true);
  window.addEventListener("popstate", onBack);
  desk.end = () => {
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("click", onClick, true);
    window.removeEventListener("popstate", onBack);
    clearTimeout(desk.slow);
    desk.end = null;
  };
}

const begun = () => ({ page: crypto.getRandomValues(new Uint32Array(2)).join("-"), number: 0, queue: [] });

// Brings the question that has come up into view, where a part of it would stand under the foot or above the window.
// The page may be drawn a little later than the listener is told: it waits for the heading, but not for ever.
function show(desk, frames = 120) {
  const main = document.querySelector('[data-testid="stMain"]');
  const heading = main?.querySelector("h1");
  const drawn = heading && desk.data.said.includes(heading.textContent.replaceAll("\u2060", "").trim());
  if (frames && !drawn) return requestAnimationFrame(() => show(desk, frames - 1));
  const line = main?.querySelector(".st-key-quick-progress");
  if (!line || !heading) return;
  const last = [...main.querySelectorAll('[class*="st-key-choose-"]')].at(-1) ?? heading;
  const header = document.querySelector('[data-testid="stHeader"]')?.getBoundingClientRect().bottom ?? 0;
  const foot = document.querySelector('[data-testid="stBottom"]')?.getBoundingClientRect().top ?? window.innerHeight;
  const top = line.getBoundingClientRect().top - header;
  if (top < 0 || last.getBoundingClientRect().bottom > foot) main.scrollBy({ top, behavior: "instant" });
}

export default function keys({ parentElement, data, setStateValue }) {
  const desk = desks.get(data.name) ?? begun();
  desks.set(data.name, desk);
  desk.said = parentElement.querySelector('[role="status"]');
  desk.state = parentElement.querySelector(".state");
  clearTimeout(desk.gone);
  desk.path = location.pathname;
  const moved = desk.data && desk.data.here !== data.here;
  desk.data = data;
  if (moved) show(desk);
  desk.send = setStateValue;
  desk.leaving = false;
  const done = data.done[desk.page] ?? 0;
  desk.queue = desk.queue.filter((press) => press.number > done && press.token === data.token);
  if (!desk.queue.length) desk.state.textContent = "";
  if (desk.said.textContent !== data.said) desk.said.textContent = data.said;
  if (!desk.end) listen(desk);
  return () => {
    desk.gone = setTimeout(() => desk.end?.(), GONE_AFTER);
  };
}
