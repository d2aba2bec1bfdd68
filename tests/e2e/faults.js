// What is wrong with how a page lies in its window, as sentences: run by tests/e2e/test_every_page.py.
// Takes the identifiers of the data, which no page may show.
(identifiers) => {
    const SLACK = 1;
    const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const name = (element) => {
        const place = element.closest('[data-testid]')?.dataset.testid ?? '';
        return `${element.tagName.toLowerCase()} in ${place}: ${(element.innerText ?? '').trim().slice(0, 90)}`;
    };
    const faults = [];

    // 1. Nothing has to be pushed sideways but what is meant to be: tables and code.
    for (const selector of ['html', '[data-testid=stMain]', '[data-testid=stSidebarContent]']) {
        const element = document.querySelector(selector);
        if (element && !element.closest('[data-collapsed=true]') && element.scrollWidth > element.clientWidth + SLACK) {
            faults.push(`${selector} scrolls sideways: ${element.scrollWidth} of ${element.clientWidth} pixels`);
        }
    }

    // 2. No text is cut off: neither by an ellipsis nor by the edge of a box that hides what is outside it.
    const cut = (element) => {
        const style = getComputedStyle(element);
        const hides = (value) => value === 'hidden' || value === 'clip';
        if (style.clipPath !== 'none' || element.clientWidth < 2) return false;  // words for a screen reader alone
        return (hides(style.overflowX) && element.scrollWidth > element.clientWidth + SLACK)
            || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2 + SLACK
                && element.clientHeight > 0);
    };
    const folded = document.querySelector('[data-testid=stSidebar][data-collapsed=true]');
    const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const main = document.querySelectorAll('[data-testid=stMain] *, [data-testid=stSidebar] *, [data-testid=stBottom] *');
    for (const element of main) {
        if (!ownText(element) || !shown(element) || folded?.contains(element)) continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        for (let up = element, steps = 0; up && steps < 6; up = up.parentElement, steps += 1) {
            if (cut(up)) {
                const outer = up.getBoundingClientRect(), range = document.createRange();
                range.selectNodeContents(element);
                const text = range.getBoundingClientRect();
                if (text.right > outer.right + SLACK || text.bottom > outer.bottom + 3) {
                    faults.push(`cut off: ${name(element)}`);
                    break;
                }
            }
        }
    }

    // A name that a person typed may be longer than any window; the choice of an earlier assessment holds such names.
    const choices = '[data-testid=stMain] input[role=combobox]:not([aria-label="Earlier assessment"]):not([aria-label="Later assessment"])';
    for (const field of document.querySelectorAll(choices)) {
        if (shown(field) && field.scrollWidth > field.clientWidth + SLACK) faults.push(`cut off: the choice ${field.value}`);
    }

    // 3. No identifier of the data where a person reads. One that is also an English word counts where it stands alone in
    // brackets, as the symbol of a figure would.
    const words = document.querySelector('[data-testid=stMain]')?.innerText ?? '';
    const told = (word, at) => {
        const around = words.slice(Math.max(0, at - 50), at + 40).replace(/\s+/g, ' ');
        faults.push(`raw identifier ${word}: …${around}…`);
    };
    const found = new Map();
    for (const match of words.matchAll(/[A-Za-z]\w*(?:[.-]\w+)*/g)) found.set(match[0], match.index);
    for (const word of identifiers) {
        const plain = /^[a-z]+$/.test(word);
        if (!plain && found.has(word)) told(word, found.get(word));
        if (plain && words.includes(`(${word})`)) told(word, words.indexOf(`(${word})`));
    }

    // 4. Nothing holds up the wheel: a table that scrolls sideways, and by a few pixels up and down with it, would.
    for (const element of document.querySelectorAll('[data-testid=stMain] *')) {
        const wheeled = /auto|scroll/.test(getComputedStyle(element).overflowY);
        if (wheeled && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + SLACK && shown(element)
            && element.querySelector('table')) {
            faults.push(`holds up the wheel: ${name(element)}`);
        }
    }

    // 5. The options of a question stand apart: a text of several lines is not read on into the next one.
    for (const group of document.querySelectorAll('[data-testid=stRadioGroup]')) {
        const [first, second] = group.querySelectorAll('[data-testid=stRadioOption]');
        const below = (option) => option.getBoundingClientRect();
        if (!second || !shown(second) || below(second).top <= below(first).top) continue;
        if (below(second).top - below(first).bottom < 4) faults.push(`runs into the next: ${name(first)}`);
    }
    return faults;
}
