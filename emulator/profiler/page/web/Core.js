// What all panels use: data, numbers as text, elements, hints, menu, colours.
// Texts of the program only ever become text nodes: nothing here parses HTML.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const run = data.run, code = data.code;

// ---- numbers ----
const thinSpace = '\u202f';

// 1234567 -> "1 234 567", with thin spaces that do not break.
function whole(value) {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return value < 0 ? '\u2212' + grouped : grouped;
}
// A share as percents; something that is not nothing never reads 0.
function percent(share, digits = 1) {
  if (!isFinite(share)) return '\u2013';
  const least = Math.pow(10, -digits);
  if (share > 0 && share * 100 < least) return '<' + least.toFixed(digits) + thinSpace + '%';
  return (share * 100).toFixed(digits) + thinSpace + '%';
}
// 1234567 -> "1.23 M"
function short(value, unit = '') {
  const steps = [[1e18, 'E'], [1e15, 'P'], [1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k'], [1, ''],
                 [1e-3, 'm'], [1e-6, '\u00b5'], [1e-9, 'n'], [1e-12, 'p'], [1e-15, 'f']];
  if (!isFinite(value)) return '\u2013';
  if (value === 0) return '0' + (unit && thinSpace + unit);
  const step = steps.find(([size]) => Math.abs(value) >= size * 0.9995) || steps[steps.length - 1];
  const scaled = value / step[0];
  const suffix = step[1] + unit;
  const exact = step[0] === 1 && Number.isInteger(value);
  const digits = exact || Math.abs(scaled) >= 99.95 ? 0 : Math.abs(scaled) >= 9.995 ? 1 : 2;
  return scaled.toFixed(digits) + (suffix && thinSpace + suffix);
}
// A ratio, in three digits.
function ratio(value) {
  return value >= 1000 ? short(value) : String(Number(value.toPrecision(3)));
}
const hex = value => '0x' + value.toString(16);
function seconds(cycles) { return short(cycles / (run.clock * 1e9), 's'); }

// ---- elements ----
function fill(element, properties, children) {
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style') Object.assign(element.style, value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}
function h(tag, properties, ...children) { return fill(document.createElement(tag), properties, children); }
function svg(tag, properties, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), properties, children);
}

// A section of the page and its entry in the menu.
function panel(id, title, lead) {
  const heading = h('h2', {id: id + '-title'}, title);
  const section = h('section', {id, 'aria-labelledby': id + '-title'}, heading,
                    lead && h('p', {class: 'lead'}, lead));
  document.getElementById('main').append(section);
  document.getElementById('sections').append(h('li', null, h('a', {href: '#' + id}, title)));
  return section;
}
function note(...text) { return h('p', {class: 'note'}, ...text); }
// What a panel says that has nothing to show.
function absent(...text) { return h('p', {class: 'absent'}, ...text); }
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
function definition(...pairs) {
  return h('dl', {class: 'facts'}, pairs.filter(Boolean).map(([name, value, hint]) =>
    h('div', {title: hint}, h('dt', null, name), h('dd', null, value))));
}

// ---- hints ----
const tip = document.getElementById('tip');
// `lines`: texts, or [name, value] pairs.
function showTip(lines, x, y) {
  tip.replaceChildren(...lines.map(line => Array.isArray(line)
    ? h('div', {class: 'pair'}, h('span', null, line[0]), h('b', null, line[1])) : h('div', null, line)));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const left = x + 14 + box.width > innerWidth ? Math.max(4, x - 14 - box.width) : x + 14;
  const top = y + 14 + box.height > innerHeight ? Math.max(4, y - 14 - box.height) : y + 14;
  tip.style.left = left + 'px';
  tip.style.top = top + 'px';
}
function hideTip() { tip.hidden = true; }
addEventListener('scroll', hideTip, {passive: true});
// Shows `lines()` while the pointer or the focus is on `element`. There are too
// many such elements for listeners of their own.
const hints = new WeakMap();
let hinted = null;
function hint(element, lines) {
  hints.set(element, lines);
  return element;
}
function hintedBy(target) {
  for (let element = target; element; element = element.parentElement)
    if (hints.has(element)) return element;
  return null;
}
document.addEventListener('pointermove', event => {
  const element = hintedBy(event.target);
  if (element) showTip(hints.get(element)(), event.clientX, event.clientY);
  else if (hinted) hideTip();
  hinted = element;
});
document.addEventListener('focusin', event => {
  const element = hintedBy(event.target);
  if (!element || !event.target.matches(':focus-visible')) return;
  const box = event.target.getBoundingClientRect();
  showTip(hints.get(element)(), box.left + Math.min(box.width, 60), box.bottom - 10);
});
document.addEventListener('focusout', hideTip);

// ---- colours ----
const themeListeners = [];
function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim(); }
function isDark() { return getComputedStyle(document.documentElement).getPropertyValue('--dark').trim() === '1'; }
function startTheme() {
  const choice = document.getElementById('theme');
  const keep = value => { try { localStorage.setItem('tatami-theme', value); } catch (error) { /* a file may have none */ } };
  const apply = () => {
    if (choice.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice.value;
    themeListeners.forEach(listen => listen());
  };
  try { choice.value = localStorage.getItem('tatami-theme') || 'auto'; } catch (error) { choice.value = 'auto'; }
  if (!choice.value) choice.value = 'auto';
  choice.addEventListener('change', () => { keep(choice.value); apply(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', apply);
  apply();
}

// ---- arrays ----
const arrayTypes = {u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array};
let arrayBuffer = null;
async function loadArrays() {
  const text = atob(document.getElementById('arrays').textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  arrayBuffer = await new Response(stream).arrayBuffer();
}
function array([type, offset, length]) { return new arrayTypes[type](arrayBuffer, offset, length); }

// ---- menu ----
function startMenu() {
  document.getElementById('program').textContent = run.program;
  const links = new Map([...document.querySelectorAll('#sections a')].map(a => [a.hash.slice(1), a]));
  const visible = new Set();
  const observer = new IntersectionObserver(entries => {
    entries.forEach(entry => entry.isIntersecting ? visible.add(entry.target.id) : visible.delete(entry.target.id));
    const first = [...links.keys()].find(id => visible.has(id));
    links.forEach((a, id) => id === first ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
  }, {rootMargin: '-10% 0px -60% 0px'});
  document.querySelectorAll('main > section').forEach(section => observer.observe(section));
}
