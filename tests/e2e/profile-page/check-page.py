#!/usr/bin/env python3
"""Opens a page that tatami-prof has written in a headless Chromium and uses it as
a person would: every panel is filled, works, and can be read.
usage: check-page.py PAGE.html [--pictures FOLDER] [--no-mesh-traffic] [--timeline] [--shows TEXT]...
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"""
import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
from browser import Browser  # noqa: E402

failures = []


def check(condition, message):
    if not condition:
        failures.append(message)
        print("FAILED: " + message, file=sys.stderr)


def count(browser, selector):
    return browser.js("return document.querySelectorAll(arguments[0]).length", selector)


def text(browser, selector):
    return browser.js("const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", selector)


def number(string):
    return int(re.sub(r"[^\d]", "", string) or 0)


def click(browser, selector, index=0):
    browser.js("const e = document.querySelectorAll(arguments[0])[arguments[1]];"
               "if (e.click) e.click(); else e.dispatchEvent(new MouseEvent('click', {bubbles: true}))", selector, index)


def panels(browser, traffic):
    """What each panel must hold at least: marks and rows."""
    least = {"summary": {".bar > span": 2, "#cause-table tbody tr": 2, ".facts dt": 5, "#bound-by": 1},
             "code": {"#functions tbody tr": 3, ".bar.small > span": 3},
             "annotate": {".source tr[data-place]": 1, ".assembly tr[data-place]": 3, "option": 3},
             "flame": {"g.frame": 3, "g.frame text": 2},
             "roofline": {".ceiling": 4, ".spot": 1, "#roofline-table tbody tr": 1},
             "mesh": {"canvas": 1, "#mesh-metric option": 3, ".course polyline": 3},
             "energy": {".bar > span": 3, "#energy-table tbody tr": 2, "#watts path": 2, "#watts .limit": 1},
             "regions": {"#region-table tbody tr": 1, "#region-table th": 12, ".note": 1, ".bar > span": 1},
             "details": {"#detail-table tr": 8, "#cause-legend dt": 19}}
    if "--timeline" in sys.argv:
        least["timeline"] = {"#path-kinds > span": 1, "#path-table tbody tr": 2, "#path-course rect": 2, "#timeline-canvas": 1}
    if traffic:
        least["mesh"].update({"#links tbody tr": 2, "#flows tbody tr": 1})
    there = browser.js("return [...document.querySelectorAll('main > section')].map(s => s.id)")
    for section, marks in least.items():
        check(section in there, f"there is no panel {section}")
        for selector, at_least in marks.items():
            found = count(browser, f"#{section} {selector}")
            check(found >= at_least, f"{section}: {found} of {selector}, at least {at_least} are needed")
    links = browser.js("return [...document.querySelectorAll('#sections a')].map(a => a.hash.slice(1))")
    check(links == there, f"the menu has {links}, the page {there}")
    check(count(browser, "main > p") == 0, "a panel could not be drawn: " + text(browser, "main > p"))


def sums(browser):
    rows = browser.js("return [...document.querySelectorAll('#cause-table tbody td:nth-child(2)')].map(e => e.textContent)")
    all_cycles = number(text(browser, "#cause-table tfoot td"))
    check(sum(map(number, rows)) == all_cycles, f"causes come to {sum(map(number, rows))}, all cycles are {all_cycles}")
    widths = browser.js("return [...document.querySelectorAll('#summary .cause-bars .bar')].map(bar => "
                        "[bar.clientWidth, [...bar.children].reduce((sum, part) => sum + part.getBoundingClientRect().width, 0)])")
    for bar, parts in widths:
        check(abs(bar - parts) < 2, f"a bar is {bar} wide, its parts {parts}")


def tables(browser):
    column = "return [...document.querySelectorAll('#functions tbody tr')].map(row => row.cells[arguments[0]].textContent)"
    cycles = browser.js("return [...document.querySelectorAll('#functions th')].findIndex(e => e.textContent === 'Cycles')")
    values = [number(v) for v in browser.js(column, cycles)]
    check(values == sorted(values, reverse=True) and values[0] > values[-1], "functions are not sorted by cycles")
    click(browser, "#functions th button", cycles)
    check(browser.js("return document.querySelectorAll('#functions th')[arguments[0]].ariaSort", cycles) == "ascending", "the column is not marked as ascending")
    values = [number(v) for v in browser.js(column, cycles)]
    check(values == sorted(values), "a second click does not turn the order round")
    click(browser, "#functions th button", 0)
    names = browser.js(column, 0)
    check(names == browser.js("return arguments[0].toSorted((a, b) => a.localeCompare(b))", names), "functions are not sorted by name")
    click(browser, "#functions th button", cycles)
    name = browser.js(column, 0)[0]
    total = count(browser, "#functions tbody tr")
    typed = "const e = document.getElementById('functions-filter'); e.value = arguments[0]; e.dispatchEvent(new Event('input'))"
    shown = "return [...document.querySelectorAll('#functions tbody tr')].map(row => row.textContent)"
    browser.js(typed, name)
    left = browser.js(shown)
    check(0 < len(left) < total and all(name.lower() in row.lower() for row in left), f"the filter '{name}' leaves {left}")
    # The folder is not shown, and may be called as anything.
    folder = os.path.dirname(browser.js("return document.querySelector('#functions .where [title*=\"/\"]').title"))
    browser.js(typed, folder)
    left = browser.js(shown)
    check(left == ["nothing matches"], f"the filter '{folder}' leaves {left}")
    browser.js(typed, "")
    for tab, rows in (("lines", 3), ("instructions", 5)):
        click(browser, "#code [role=tab]", 1 if tab == "lines" else 2)
        check(count(browser, f"#{tab} tbody tr") >= rows, f"the table of {tab} is empty")
    click(browser, "#code [role=tab]", 0)


def annotate(browser):
    click(browser, "#functions tbody a", 1)
    number_of_name = browser.js("return document.getElementById('annotate-function').selectedOptions[0].textContent")
    check(text(browser, "#functions tbody a") not in number_of_name, "a click on another function does not show it")
    browser.js("const e = document.getElementById('annotate-function'); e.selectedIndex = 0; e.dispatchEvent(new Event('change'))")
    click(browser, "#annotate .assembly tr[data-place]")
    check(count(browser, "#annotate .assembly tr.marked") >= 1, "a click on an instruction marks nothing")
    check(text(browser, "#annotate .assembly .text") != "", "there is no disassembly")
    if count(browser, "#annotate .source tr[data-place]"):
        click(browser, "#annotate .source tr[data-place]")
        check(count(browser, "#annotate .source tr.marked") >= 1, "a click on a line marks nothing")


def flame(browser):
    widths = "return [...document.querySelectorAll('g.frame rect')].map(r => Number(r.getAttribute('width')))"
    before = browser.js(widths)
    narrow = next(i for i, w in enumerate(before) if w < before[0] * 0.9)
    click(browser, "g.frame", narrow)
    after = browser.js(widths)
    check(after != before and max(after) > before[0] * 0.99, "a click does not zoom the flame graph")
    check(count(browser, "g.frame.above") >= 1, "a zoomed flame graph does not show what is above")
    click(browser, "#flame-reset")
    check(browser.js(widths) == before, "reset does not undo the zoom")
    name = text(browser, "g.frame:nth-of-type(2) text").rstrip("\u2026")
    browser.js("const e = document.getElementById('flame-search'); e.value = arguments[0]; e.dispatchEvent(new Event('input'))", name)
    check(count(browser, "g.frame.match") >= 1 and "matches" in text(browser, "#flame .count"), "the search marks nothing")
    browser.js("const e = document.getElementById('flame-search'); e.value = ''; e.dispatchEvent(new Event('input'))")
    browser.js("document.getElementById('flame-graph').focus()")
    browser.press("ArrowDown")
    browser.press("ArrowDown")
    browser.press("Enter")
    check(browser.js("return !document.getElementById('flame-reset').disabled"), "the keyboard does not zoom the flame graph")
    browser.press("Escape")
    check(browser.js(widths) == before, "Escape does not undo the zoom")


def mesh(browser, traffic):
    picture = "return document.getElementById('mesh-canvas').toDataURL()"
    slide = "const e = document.getElementById('mesh-time'); e.value = arguments[0]; e.dispatchEvent(new Event('input'))"
    colours = browser.js("const c = document.getElementById('mesh-canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                         "const all = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255) all.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);"
                         "return all.size")
    check(colours >= (4 if traffic else 1), f"the mesh has only {colours} colours")
    whole = browser.js(picture)
    last = int(browser.js("return document.getElementById('mesh-time').max"))
    check(last >= 2, "the slider has no way to go")
    browser.js(slide, 0)
    first = browser.js(picture)
    label = text(browser, "#mesh-when")
    browser.js(slide, last // 2)
    check(browser.js(picture) != first, "the slider does not change the picture")
    check(text(browser, "#mesh-when") != label, "the slider does not change the time that is shown")
    click(browser, "#mesh-play")
    browser.wait(f"Number(document.getElementById('mesh-time').value) !== {last // 2}", "play does not move the slider")
    click(browser, "#mesh-play")
    click(browser, "#mesh-whole")
    check(browser.js(picture) == whole, "the whole run does not come back")
    browser.js("const e = document.getElementById('mesh-metric'); e.selectedIndex = 1; e.dispatchEvent(new Event('change'))")
    check(browser.js(picture) != whole, "another figure does not change the picture")
    browser.js("const e = document.getElementById('mesh-metric'); e.selectedIndex = 0; e.dispatchEvent(new Event('change'))")
    if traffic:
        packets = number(text(browser, "#links tbody td:nth-child(2)"))
        if count(browser, "#mesh-flows .more:not([hidden])"):
            click(browser, "#mesh-flows .more")
        flows = sum(map(number, browser.js("return [...document.querySelectorAll('#flows tbody td:nth-child(3)')].map(e => e.textContent)")))
        check(flows == packets, f"flows over the hottest link carry {flows} packets, the link {packets}")
        before = browser.js(picture)
        click(browser, "#links tbody button", 1)
        check(browser.js(picture) != before, "choosing a link does not mark it")
        # The hint of a node.
        browser.js("const c = document.getElementById('mesh-canvas'), r = c.getBoundingClientRect();"
                   ""
                   "const half = Number.parseFloat(c.style.height) / data.mesh.rows / 2;"
                   "c.dispatchEvent(new PointerEvent('pointermove', {clientX: r.left + half, clientY: r.top + half}))")
        check("Node 0" in text(browser, "#tip"), "hovering over a node does not show its figures: " + text(browser, "#tip"))


def timeline(browser):
    picture = "return document.getElementById('timeline-canvas').toDataURL()"
    whole = browser.js(picture)
    click(browser, "#timeline-in")
    check(browser.js(picture) != whole, "zooming does not change the timeline")
    click(browser, "#timeline-all")
    check(browser.js(picture) == whole, "the whole timeline does not come back")
    count = browser.js("return data.timeline.arrows.from[2]")
    check(count > 0 and text(browser, "#timeline-arrow-count") == f"{count:,} arrow{'s' if count > 1 else ''}",
          f"it does not say that it draws {count} arrows: " + text(browser, "#timeline-arrow-count"))
    click(browser, "#timeline-arrows")
    check(browser.js(picture) != whole and text(browser, "#timeline-arrow-count") == "", "arrows cannot be hidden")
    click(browser, "#timeline-arrows")
    check(browser.js(picture) == whole, "hidden arrows do not come back")
    # Over the middle of the first arrow.
    browser.js("const a = data.timeline.arrows, c = document.getElementById('timeline-canvas'), r = c.getBoundingClientRect(), at = k => array(a[k])[0];"
               "const t = data.timeline, x = cycle => 150 + (cycle - t.from) / (t.to - t.from) * (r.width - 150), y = row => row * 16 + 8;"
               "c.dispatchEvent(new PointerEvent('pointermove', {clientX: r.left + (x(at('from')) + x(at('to'))) / 2,"
               "  clientY: r.top + (y(at('source')) + y(at('target'))) / 2}))")
    check("under way" in text(browser, "#tip"), "hovering over an arrow does not show it: " + text(browser, "#tip"))


# Every visible piece of text: its size, and its contrast against what is behind.
readable = r"""
const parse = value => {
  const n = (value.match(/[\d.]+/g) || []).map(Number);
  const scale = value.startsWith('color(srgb') ? 255 : 1;
  return {c: n.slice(0, 3).map(v => v * scale), a: value === 'none' || value === 'transparent' ? 0 : n.length > 3 ? n[3] : 1};
};
const light = c => { const l = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
                     return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
const ratio = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const rect = e instanceof SVGGElement && e.querySelector(':scope > rect');
    const colour = parse(rect ? getComputedStyle(rect).fill : getComputedStyle(e).backgroundColor);
    if (colour.a > 0.99) return colour.c;
  }
  return [255, 255, 255];
};
const bad = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const e = node.parentElement;
  if (!node.textContent.trim() || e.closest('script, style, noscript, [hidden], .skip, .hidden, option, optgroup')) continue;
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height) continue;
  const style = getComputedStyle(e);
  ++seen;
  const contrast = ratio(parse(e instanceof SVGElement ? style.fill : style.color).c, behind(e));
  const size = parseFloat(style.fontSize);
  if (contrast < 4.5 || size < 11) bad.push(node.textContent.trim().slice(0, 40) + ' (' + contrast.toFixed(1) + ':1, ' + size + ' px)');
}
return {seen, bad: [...new Set(bad)].slice(0, 10)};
"""

# Pieces of text in one picture, or in one row, that lie on one another.
overlaps = r"""
const bad = [];
for (const chart of document.querySelectorAll('svg.chart, #flame-graph')) {
  const texts = [...chart.querySelectorAll('text')].map(t => ({t, b: t.getBoundingClientRect()}));
  texts.forEach((x, i) => texts.slice(i + 1).forEach(y => {
    if (x.b.left < y.b.right - 1 && y.b.left < x.b.right - 1 && x.b.top < y.b.bottom - 3 && y.b.top < x.b.bottom - 3)
      bad.push(x.t.textContent + ' / ' + y.t.textContent);
  }));
}
for (const cell of document.querySelectorAll('td, th, dd, dt, .scale > *, #sections a'))
  if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth && !['hidden', 'clip'].includes(getComputedStyle(cell).overflowX))
    bad.push('too wide: ' + cell.textContent.slice(0, 40));
return bad.slice(0, 10);
"""


def legible(browser, theme):
    browser.js("const e = document.getElementById('theme'); e.value = arguments[0]; e.dispatchEvent(new Event('change'))", theme)
    result = browser.js(readable)
    check(result["seen"] > 200, f"{theme}: only {result['seen']} texts were found")
    check(not result["bad"], f"{theme}: hard to read: " + "; ".join(result["bad"]))
    overlapping = browser.js(overlaps)
    check(not overlapping, f"{theme}: texts overlap: " + "; ".join(overlapping))
    check(browser.js("return document.documentElement.scrollWidth") <= browser.width, f"{theme}: the page is wider than {browser.width} px")


def system_colours(browser):
    browser.js("const e = document.getElementById('theme'); e.value = 'auto'; e.dispatchEvent(new Event('change'))")
    seen = []
    for scheme in ("light", "dark"):
        browser.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        seen.append(browser.js("return getComputedStyle(document.body).backgroundColor"))
    check(seen[0] == "rgb(255, 255, 255)" and seen[1] != seen[0], f"the page does not follow the system's colours: {seen}")


def quiet(browser):
    errors = [entry["message"] for entry in browser.logs("browser")]
    check(not errors, f"the console says {errors[:3]}")
    requests = []
    for entry in browser.logs("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            requests.append(message["params"]["request"]["url"][:80])
    other = [url for url in requests if not url.startswith("file://")]
    check(len(requests) == 1 and not other, f"the page asks for more than itself: {requests[:5]}")
    check(count(browser, "img, iframe, object, link, base") == 0, "a text of the program has become an element")
    check("broken" not in browser.js("return document.title.slice(0, 6)"), "a text of the program was executed")


def main():
    page = sys.argv[1]
    traffic = "--no-mesh-traffic" not in sys.argv
    pictures = sys.argv[sys.argv.index("--pictures") + 1] if "--pictures" in sys.argv else None
    size = os.path.getsize(page)
    check(size < 5 << 20, f"the page has {size} bytes, more than 5 MB")
    with Browser() as browser:
        browser.open(page)
        panels(browser, traffic)
        sums(browser)
        tables(browser)
        annotate(browser)
        flame(browser)
        mesh(browser, traffic)
        if "--timeline" in sys.argv:
            timeline(browser)
        for theme in ("light", "dark"):
            legible(browser, theme)
            if pictures:
                os.makedirs(pictures, exist_ok=True)
                for section in browser.js("return [...document.querySelectorAll('main > section')].map(s => s.id)"):
                    browser.picture(section, os.path.join(pictures, f"{section}-{theme}.png"))
        for i, argument in enumerate(sys.argv):
            if argument == "--shows":
                check(browser.js("return document.getElementById('main').textContent.includes(arguments[0])", sys.argv[i + 1]),
                      f"the page does not show '{sys.argv[i + 1]}'")
        system_colours(browser)
        time.sleep(0.1)
        quiet(browser)
    if failures:
        sys.exit(f"{len(failures)} checks failed")
    print(f"{page}: {size} bytes, every panel works")


main()
