// Who calls whom and what it costs: a graph as wide as the thread-cycles.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawFlame() {
  const section = panel('flame', 'Flame graph',
    'Width: thread-cycles of a function as called from the ones above it, with all that it calls. Click to zoom; arrow keys and Enter do the same.');
  if (!code.contexts.length) { section.append(absent('Calls were not recorded.')); return; }

  const root = {name: 'all', calls: 0, own: 0, all: 0, children: [], depth: 0, parent: null};
  const nodes = [];
  for (const [parent, name, calls, own] of code.contexts) {
    const above = parent < 0 ? root : nodes[parent];
    const same = parent < 0 ? root.children.find(child => child.name === code.names[name]) : null;
    const node = same || {name: code.names[name], calls: 0, own: 0, all: 0, children: [], depth: above.depth + 1, parent: above};
    if (!same) above.children.push(node);
    node.calls += calls;
    node.own += own;
    nodes.push(node);
  }
  const place = node => {
    node.all = node.own + node.children.reduce((sum, child) => sum + place(child), 0);
    node.children.sort((a, b) => b.all - a.all);
    return node.all;
  };
  place(root);
  if (!root.all) { section.append(absent('No cycles were counted in calls.')); return; }
  const layOut = (node, at) => {
    node.at = at;
    for (const child of node.children) { layOut(child, at); at += child.all; }
  };
  layOut(root, 0);

  const rowHeight = 20;
  let zoomed = root, focus = root, words = '';
  const chart = svg('svg', {id: 'flame-graph', tabindex: 0, role: 'application', 'aria-label': 'Flame graph; arrow keys move, Enter zooms, Escape resets'});
  const search = h('input', {type: 'search', id: 'flame-search', placeholder: 'search', 'aria-label': 'Search the flame graph',
                             oninput: () => { words = search.value.toLowerCase(); draw(); }, autocomplete: 'off', spellcheck: 'false'});
  const reset = h('button', {type: 'button', id: 'flame-reset', onclick: () => zoom(root)}, 'Reset');
  const status = h('span', {class: 'count', role: 'status'});
  section.append(h('div', {class: 'tools'}, search, reset, status), chart);

  const letter = 6.7; // Of the graph's font, wide enough for every system's.
  const tone = name => { let sum = 7; for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % 65521; return sum % 7; };
  const text = node => [node.name, ['with callees', whole(node.all)], ['of all', percent(node.all / root.all)],
                        ['itself', whole(node.own)], ['calls', whole(node.calls)]];

  function draw() {
    const width = chart.clientWidth || 1000;
    const scale = width / zoomed.all;
    const parts = [];
    let depth = 0, found = 0;
    const visit = (node, inFound) => {
      const isAbove = node.at <= zoomed.at && node.at + node.all >= zoomed.at + zoomed.all && node.depth < zoomed.depth;
      const x = isAbove ? 0 : (node.at - zoomed.at) * scale, wide = isAbove ? width : node.all * scale;
      if (x + wide <= 0 || x >= width || wide < 0.4) return;
      const matches = words && node.name.toLowerCase().includes(words);
      if (matches && !inFound) found += node.all;
      depth = Math.max(depth, node.depth);
      const room = Math.floor((wide - 6) / letter);
      const label = room < 3 ? '' : node.name.length <= room ? node.name : node.name.slice(0, room - 1) + '\u2026';
      const group = svg('g', {class: 'frame tone' + tone(node.name) + (isAbove ? ' above' : '') + (matches ? ' match' : '') +
                                     (node === focus ? ' focus' : ''),
                              transform: 'translate(' + x.toFixed(2) + ' ' + node.depth * rowHeight + ')'},
        svg('rect', {width: Math.max(wide - 0.6, 0.4).toFixed(2), height: rowHeight - 1, rx: 1.5}),
        label && svg('text', {x: 4, y: rowHeight - 6}, label));
      hint(group, () => text(node));
      group.addEventListener('click', () => { focus = node; zoom(node); });
      parts.push(group);
      for (const child of node.children) visit(child, inFound || matches);
    };
    visit(root, false);
    chart.setAttribute('height', (depth + 1) * rowHeight);
    chart.replaceChildren(...parts);
    reset.disabled = zoomed === root;
    status.textContent = words ? 'matches: ' + percent(found / root.all) + ' of the cycles' :
      zoomed === root ? whole(root.all) + ' thread-cycles' : zoomed.name + ': ' + percent(zoomed.all / root.all);
  }
  function zoom(node) { zoomed = node; focus = node; hideTip(); draw(); }

  chart.addEventListener('keydown', event => {
    const siblings = focus.parent ? focus.parent.children : [root];
    const index = siblings.indexOf(focus);
    const next = {ArrowDown: focus.children[0], ArrowUp: focus.parent, ArrowLeft: siblings[index - 1], ArrowRight: siblings[index + 1]};
    if (event.key === 'Enter') zoom(focus);
    else if (event.key === 'Escape') zoom(root);
    else if (event.key in next) {
      if (next[event.key]) focus = next[event.key];
      draw();
      const box = chart.getBoundingClientRect();
      showTip(text(focus), box.left + Math.max(0, (focus.at - zoomed.at) * box.width / zoomed.all) + 10, box.top + (focus.depth + 1) * rowHeight);
    } else return;
    event.preventDefault();
  });
  chart.addEventListener('blur', hideTip);
  new ResizeObserver(draw).observe(section);
  draw();
}
