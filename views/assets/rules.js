// Who arrives at another place stands at its top, whatever was scrolled before, and the next Tab leads into it.
let stood;
// The server draws charts for the light or the dark scheme, and hears of another one with the next run only: ask for it.
const MOST = 3; // a server that goes on saying another one is not asked for ever
let watched, ask, drawn, asked, waiting, times = 0;

function agree() {
  const shown = getComputedStyle(watched).colorScheme;
  if (shown === drawn || waiting) return;
  times = shown === asked ? times + 1 : 1;
  asked = shown;
  if (times > MOST) return;
  // what the browser says of itself follows what it shows
  waiting = setTimeout(() => { waiting = undefined; ask("scheme", shown); }, 200 * times);
}

function watch() {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app === watched) return;
  watched = app;
  new MutationObserver(agree).observe(app, { attributes: true, attributeFilter: ["class"] });
}

export default function rules({ data, setTriggerValue }) {
  ask = setTriggerValue;
  if (drawn !== data.scheme) asked = undefined;
  drawn = data.scheme;
  watch();
  if (watched) agree();
  if (stood !== undefined && stood !== data.place) {
    document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0, behavior: "instant" });
    // What was clicked to come here may be gone, and the focus with it; where it is still there it stays.
    const heading = document.querySelector('[data-testid="stMain"] h1');
    if (heading && document.activeElement === document.body) {
      heading.tabIndex = -1;
      heading.style.outline = "none"; // nothing can be done to it: it only is where reading goes on
      heading.focus({ preventScroll: true });
    }
  }
  stood = data.place;
}
