// Who arrives at another place stands at its top, whatever was scrolled before, and the next Tab leads into it.
let stood;

export default function rules({ data }) {
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
