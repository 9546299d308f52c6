// What threads and lists of the recorded nodes did when, and the chain of waits
// that determined when the run ended.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

const stepKinds = {compute: ['Compute', 'series-1'], message: ['Message under way', 'series-2'], round_trip: ['Own load or fence', 'c-remote-load'],
  barrier: ['Barrier', 'series-3'], credit: ['Room in the mesh', 'c-mesh-credit'], list: ['List moves data', 'c-list-engine'],
  host: ['Host call', 'c-host'], unknown: ['Not recorded', 'c-idle']};
const stepName = kind => (stepKinds[kind] || [kind])[0];
const stepColour = kind => (stepKinds[kind] || [0, 'c-other'])[1];

function drawTimeline() {
  const section = panel('timeline', 'Timeline and critical path');
  const path = data.path, timeline = data.timeline;
  if (!path && !timeline) {
    section.append(absent('Neither was recorded. ', h('code', null, 'tatami-prof run --timeline'), ' records what threads, lists and messages of some nodes do when.'));
    return;
  }
  if (path) drawPath(section, path);
  if (timeline) drawTracks(section, timeline, path);
  else section.append(note('Single events were not recorded: ', h('code', null, 'tatami-prof run --timeline'), ' does, and they are drawn here.'));
}

function drawPath(section, path) {
  const total = path.cycles || 1;
  section.append(h('h3', null, 'Critical path'), h('p', {class: 'lead'},
    'The chain of work and waits from the end of the run back to its start: a run gets shorter only if something on it does.'));
  const used = path.kinds.filter(([, cycles]) => cycles);
  section.append(h('div', {class: 'bar', id: 'path-kinds', role: 'img', 'aria-label': used.map(([kind, cycles]) => stepName(kind) + ' ' + percent(cycles / total)).join(', ')},
    used.map(([kind, cycles]) => hint(h('span', {style: {flexGrow: cycles / total, background: 'var(--' + stepColour(kind) + ')'}}),
      () => [stepName(kind), [percent(cycles / total), whole(cycles)]]))),
    h('div', {class: 'keys'}, used.map(([kind, cycles]) => h('span', null, h('span', {class: 'swatch', style: {background: 'var(--' + stepColour(kind) + ')'}}),
      stepName(kind) + ' ' + percent(cycles / total)))));

  const rows = path.shares.map(row => ({kind: row[0], name: row[1], file: row[2], line: row[3], lastLine: row[4], cycles: row[5], steps: row[6], nodes: row[7]}));
  const nodes = list => list.slice(0, 6).join(', ') + (list.length > 6 ? ' and ' + (list.length - 6) + ' more' : '');
  section.append(sortedTable({id: 'path-table', caption: 'parts of the critical path', rows, sort: 3, step: 10, full: true,
    text: row => [stepName(row.kind), row.name, row.file].join(' '), columns: [
      {name: 'What', css: 'nowrap', value: row => row.kind, cell: row => [h('span', {class: 'swatch', style: {background: 'var(--' + stepColour(row.kind) + ')'}}), stepName(row.kind)]},
      {name: 'Function', css: 'name code', value: row => row.name, cell: row => row.name || '\u2013'},
      {name: 'Lines', css: 'where', value: row => row.file + row.line, cell: row => !row.line ? '\u2013' : place(row.file, row.line) + (row.lastLine > row.line ? '\u2013' + row.lastLine : '')},
      {name: 'Cycles', number: true, value: row => row.cycles},
      {name: 'Of the run', number: true, value: row => row.cycles, cell: row => percent(row.cycles / total)},
      {name: 'Steps', number: true, value: row => row.steps},
      {name: 'Nodes', css: 'where', value: row => row.nodes[0], cell: row => h('span', {title: row.nodes.join(', ')}, nodes(row.nodes))}]}));

  // The stretches in time, each a bar.
  const high = 34;
  const chart = svg('svg', {class: 'course', id: 'path-course', viewBox: '0 0 1000 ' + high, preserveAspectRatio: 'none', role: 'img', 'aria-label': 'The critical path over time'});
  for (const [from, to, kind, node, agent, name, line] of path.stretches) {
    const bar = svg('rect', {x: (from / total * 1000).toFixed(2), width: Math.max((to - from) / total * 1000, 0.4).toFixed(2), y: 2, height: high - 4});
    bar.style.fill = 'var(--' + stepColour(kind) + ')';
    chart.append(hint(bar, () => [stepName(kind), ['node ' + node, agent], ['cycles', whole(from) + ' \u2013 ' + whole(to)], name ? [name, line || ''] : ''].filter(Boolean)));
  }
  section.append(h('h3', null, 'Critical path over time'), chart,
    h('div', {class: 'ends num'}, h('span', null, 'cycle 0'), h('span', null, whole(total))));
  if (path.omitted) section.append(note('The ' + whole(path.stretches.length) + ' longest stretches are drawn; ' + whole(path.omitted) + ' shorter ones are left out.'));
}

// One row for every thread and list; drag or use the buttons to see a part.
function drawTracks(section, timeline, path) {
  const spans = timeline.spans, from = array(spans.from), to = array(spans.to), track = array(spans.track), what = array(spans.what), placeOf = array(spans.place);
  const arrows = Object.fromEntries(Object.entries(timeline.arrows).map(([key, place]) => [key, array(place)]));
  const maxArrows = 1500; // Chosen: more are a carpet, and slow.
  let drawn = [], hasArrows = true;
  const end = run.cycles, rowHeight = 16, left = 150;
  let begin = Math.max(0, timeline.from), stop = Math.min(end, timeline.to);
  const all = [begin, stop];
  const canvas = h('canvas', {id: 'timeline-canvas', tabindex: 0, role: 'img', 'aria-label': 'Timeline; arrow keys move, plus and minus zoom'});
  const context = canvas.getContext('2d');
  const when = h('span', {class: 'count num', id: 'timeline-when'});
  const arrowCount = h('span', {class: 'count num', id: 'timeline-arrow-count'});
  const button = (id, text, act) => h('button', {type: 'button', id, onclick: act}, text);
  const zoom = (factor, at = (begin + stop) / 2) => {
    const wide = Math.min(all[1] - all[0], Math.max(32, (stop - begin) * factor));
    const share = (at - begin) / (stop - begin);
    begin = Math.max(all[0], Math.min(all[1] - wide, at - share * wide));
    stop = begin + wide;
    draw();
  };
  const pan = share => {
    const step = Math.max(all[0] - begin, Math.min(all[1] - stop, share * (stop - begin)));
    begin += step;
    stop += step;
    draw();
  };
  section.append(h('h3', null, 'Threads and lists of ' + whole(new Set(timeline.tracks.map(t => t[0])).size) + ' nodes'),
    h('div', {class: 'tools'}, button('timeline-in', 'Zoom in', () => zoom(0.5)), button('timeline-out', 'Zoom out', () => zoom(2)),
      button('timeline-all', 'All', () => { [begin, stop] = all; draw(); }),
      arrows.from.length ? h('button', {type: 'button', id: 'timeline-arrows', 'aria-pressed': 'true', onclick: event => {
        hasArrows = !hasArrows;
        event.currentTarget.setAttribute('aria-pressed', hasArrows);
        draw();
      }}, 'Arrows') : null, when, arrowCount), h('div', {class: 'scroll tracks'}, canvas),
    h('div', {class: 'keys'}, [...new Set(what)].sort((a, b) => a - b).map(kind => h('span', null, swatch(looks(kind)), looks(kind).name)),
      path ? h('span', null, h('span', {class: 'stroke', style: {background: 'var(--text)'}}), 'on the critical path') : null,
      arrows.from.length ? [h('span', null, h('span', {class: 'stroke', style: {background: 'var(--series-2)'}}), 'from who ended a wait'),
        h('span', null, h('span', {class: 'stroke', style: {background: 'var(--series-3)'}}), 'from who came last to a barrier')] : null));
  if (timeline.sampled) section.append(note('The nodes are a sample: ' + whole(timeline.nodes) + ' of ' + whole(run.nodes) + '.'));
  if (timeline.moreArrows) section.append(note('Only the first ' + whole(arrows.from.length) + ' arrows are here; tatami-prof trace has all.'));
  if (timeline.cut) section.append(note('Only the first ' + whole(from.length) + ' stretches are drawn; tatami-prof trace has all.'));

  // A cause by its number, and a running thread or list.
  function looks(kind) { return kind === 255 ? {name: 'Runs', css: causes[0].css} : kind === 254 ? {name: 'List moves data', css: 'var(--c-issued)'} : causes[kind + 1]; }

  function draw() {
    const wide = canvas.parentElement.clientWidth || 1000, high = timeline.tracks.length * rowHeight + 22, ratio = devicePixelRatio || 1;
    canvas.width = wide * ratio;
    canvas.height = high * ratio;
    canvas.style.width = wide + 'px';
    canvas.style.height = high + 'px';
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = '12px system-ui, sans-serif';
    const px = cycle => left + (cycle - begin) / (stop - begin) * (wide - left);
    const resolved = new Map();
    const fill = css => {
      if (!resolved.has(css)) resolved.set(css, colour(css.match(/--([\w-]+)/)[1]));
      return resolved.get(css);
    };
    context.fillStyle = colour('side');
    timeline.tracks.forEach((_, i) => { if (i % 2) context.fillRect(0, i * rowHeight, wide, rowHeight); });
    for (let i = 0; i < from.length; ++i) {
      if (to[i] <= begin || from[i] >= stop) continue;
      const x = Math.max(left, px(from[i]));
      context.fillStyle = fill(looks(what[i]).css);
      context.fillRect(x, track[i] * rowHeight + 2, Math.max(0.5, Math.min(wide, px(to[i])) - x), rowHeight - 5);
    }
    if (path) {
      const rows = new Map(timeline.tracks.map((t, i) => [t[0] + ' ' + t[1], i]));
      context.fillStyle = colour('text');
      for (const [at, until, , node, agent] of path.stretches) {
        const row = rows.get(node + ' ' + agent);
        if (row === undefined || until <= begin || at >= stop) continue;
        const x = Math.max(left, px(at));
        context.fillRect(x, row * rowHeight + rowHeight - 3, Math.max(1, Math.min(wide, px(until)) - x), 2);
      }
    }
    drawArrows(px);
    context.fillStyle = colour('text');
    context.textAlign = 'left';
    timeline.tracks.forEach(([node, agent], i) => context.fillText('node ' + node + ', ' + agent, 4, i * rowHeight + 12));
    context.fillStyle = colour('dim');
    for (let i = 0; i <= 4; ++i) {
      context.textAlign = i === 0 ? 'left' : i === 4 ? 'right' : 'center';
      context.fillText(whole(begin + (stop - begin) * i / 4), left + (wide - left) * i / 4, high - 6);
    }
    when.textContent = 'cycles ' + whole(begin) + ' \u2013 ' + whole(stop);
  }
  function drawArrows(px) {
    drawn = [];
    const shown = [], row = i => i * rowHeight + rowHeight / 2;
    if (hasArrows)
      for (let i = 0; i < arrows.from.length; ++i)
        if (arrows.to[i] >= begin && arrows.from[i] <= stop) shown.push(i);
    const every = Math.ceil(shown.length / maxArrows) || 1;
    for (let i = 0; i < shown.length; i += every) {
      const n = shown[i];
      drawn.push({n, x0: px(arrows.from[n]), y0: row(arrows.source[n]), x1: px(arrows.to[n]), y1: row(arrows.target[n])});
    }
    context.save();
    context.beginPath();
    context.rect(left, 0, canvas.clientWidth - left, timeline.tracks.length * rowHeight);
    context.clip();
    // First what sets them off from the bars.
    for (const [css, width] of [[() => colour('page'), 3], [a => colour(arrows.barrier[a.n] ? 'series-3' : 'series-2'), 1.2]])
      for (const kind of [0, 1]) {
        const some = drawn.filter(a => arrows.barrier[a.n] === kind);
        if (!some.length) continue;
        context.strokeStyle = context.fillStyle = css(some[0]);
        context.lineWidth = width;
        context.beginPath();
        for (const {x0, y0, x1, y1} of some) {
          context.moveTo(x0, y0);
          context.lineTo(x1, y1);
        }
        context.stroke();
        context.beginPath();
        for (const {x0, y0, x1, y1} of some) {
          const angle = Math.atan2(y1 - y0, x1 - x0), size = 4 + width;
          context.moveTo(x1, y1);
          context.lineTo(x1 - size * Math.cos(angle - 0.45), y1 - size * Math.sin(angle - 0.45));
          context.lineTo(x1 - size * Math.cos(angle + 0.45), y1 - size * Math.sin(angle + 0.45));
        }
        context.fill();
      }
    context.restore();
    arrowCount.textContent = !shown.length ? '' : every === 1 ? whole(shown.length) + (shown.length > 1 ? ' arrows' : ' arrow')
      : whole(drawn.length) + ' of ' + whole(shown.length) + ' arrows: zoom in for the others';
  }
  // The arrow at a place of the canvas.
  function arrowAt(x, y) {
    let best = null, least = 4;
    for (const arrow of drawn) {
      const {x0, y0, x1, y1} = arrow, dx = x1 - x0, dy = y1 - y0;
      const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
      const distance = Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
      if (distance < least) [best, least] = [arrow.n, distance];
    }
    return best;
  }
  const trackName = i => 'node ' + timeline.tracks[i][0] + ', ' + timeline.tracks[i][1];
  const cycleAt = event => begin + (event.clientX - canvas.getBoundingClientRect().left - left) / (canvas.clientWidth - left) * (stop - begin);
  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.3 : 1 / 1.3, cycleAt(event));
  }, {passive: false});
  let dragged = null;
  canvas.addEventListener('pointerdown', event => { dragged = event.clientX; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener('pointerup', () => { dragged = null; });
  canvas.addEventListener('pointermove', event => {
    if (dragged !== null) { pan((dragged - event.clientX) / (canvas.clientWidth - left)); dragged = event.clientX; return; }
    const box = canvas.getBoundingClientRect(), row = Math.floor((event.clientY - box.top) / rowHeight), at = cycleAt(event);
    const arrow = arrowAt(event.clientX - box.left, event.clientY - box.top);
    if (arrow !== null) {
      const name = timeline.places[arrows.place[arrow]];
      showTip([arrows.barrier[arrow] ? 'Barrier' : timeline.tracks[arrows.source[arrow]][0] === timeline.tracks[arrows.target[arrow]][0] ? 'Wake' : 'Message', ['from', trackName(arrows.source[arrow])],
        ['to', trackName(arrows.target[arrow])], ['sent', whole(arrows.from[arrow])], ['under way', whole(arrows.to[arrow] - arrows.from[arrow])],
        name ? ['waited at', name] : ''].filter(Boolean), event.clientX, event.clientY);
      return;
    }
    for (let i = 0; i < from.length; ++i)
      if (track[i] === row && from[i] <= at && at < to[i]) {
        const name = timeline.places[placeOf[i]];
        showTip([looks(what[i]).name, ['cycles', whole(to[i] - from[i])], ['from', whole(from[i])], name ? ['at', name] : ''].filter(Boolean), event.clientX, event.clientY);
        return;
      }
    hideTip();
  });
  canvas.addEventListener('pointerleave', hideTip);
  canvas.addEventListener('keydown', event => {
    const act = {ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2), '+': () => zoom(0.5), '-': () => zoom(2), Escape: () => { [begin, stop] = all; draw(); }}[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  themeListeners.push(draw);
  new ResizeObserver(draw).observe(section);
  draw();
}
