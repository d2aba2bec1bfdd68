// What axe finds on a page beyond what is allowed: run by tests/e2e/test_every_page.py once axe itself is loaded.
// Takes the allowed rules with their selectors, and which part of the rules to run. Returns sentences, and the places in
// the list of what was allowed and found.
async ([allowed, part]) => {
    const COLOURS = ['color-contrast', 'link-in-text-block'];
    const options = { resultTypes: ['violations'], elementRef: true, preload: false };
    if (part === 'none') return [[], []];
    if (part === 'colours') options.runOnly = { type: 'rule', values: COLOURS };
    if (part === 'structure') options.rules = Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }]));
    const result = await axe.run(document, options);
    const faults = [], used = new Set();
    for (const rule of result.violations) {
        for (const node of rule.nodes) {
            const place = allowed.findIndex((one) => one.rule === rule.id && node.element?.matches(one.selector));
            if (place >= 0) used.add(place);
            else faults.push(`${rule.id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? rule.help})`);
        }
    }
    return [faults, [...used]];
}
