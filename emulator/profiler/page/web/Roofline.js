// What functions do a second against what the machine would allow.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawRoofline() {
  const section = panel('roofline', 'Roofline',
    'Each function stands once for every path over which it moves data, at its operations per byte of that path, under that path\u2019s ceiling.');
  const roofline = data.roofline;
  if (!roofline) { section.append(absent('There is no roofline for this run.')); return; }
  const point = row => ({name: row[0], flops: row[1], bytes: row[2], seconds: row[3], rate: row[4], attainable: row[5],
                         bound: row[6] < roofline.paths.length ? roofline.paths[row[6]] : 'peak of ' + roofline.formats[row[7]],
                         format: roofline.formats[row[7]], most: row[8]});
  const scopes = [['One node', roofline.node], ['Whole machine', roofline.machine]].map(([title, scope]) => ({title, ...scope,
    run: {...point(scope.run), name: 'whole run'}, functions: scope.functions.map(point).filter(p => p.rate > 0)}));
  if (!scopes[0].functions.length) { section.append(absent('No function of this run calculates with floating-point numbers.')); return; }

  const colours = ['series-1', 'series-2', 'series-3', 'series-4'];
  const hidden = new Set();
  const boxes = h('div', {class: 'rooflines'});
  const present = roofline.paths.map((_, path) => scopes.some(scope => scope.bandwidths[path] > 0));
  section.append(h('div', {class: 'tools', role: 'group', 'aria-label': 'Paths'}, roofline.paths.map((title, path) => !present[path] ? null :
    h('label', {class: 'check'}, h('input', {type: 'checkbox', checked: true, onchange: event => {
      if (event.target.checked) hidden.delete(path); else hidden.add(path);
      draw();
    }}), svg('svg', {width: 14, height: 14, 'aria-hidden': 'true'}, mark(path, 7, 7, 5)), capital(title)))), boxes);

  // Shapes as well as colours tell the paths apart.
  function mark(path, x, y, r) {
    const colour = 'var(--' + colours[path] + ')';
    const shape = [() => svg('circle', {cx: x, cy: y, r}), () => svg('rect', {x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8}),
      () => svg('polygon', {points: [x, y - r * 1.15, x + r * 1.1, y + r * 0.85, x - r * 1.1, y + r * 0.85].join(' ')}),
      () => svg('polygon', {points: [x, y - r * 1.25, x + r * 1.25, y, x, y + r * 1.25, x - r * 1.25, y].join(' ')})][path]();
    shape.setAttribute('fill', colour);
    return shape;
  }

  function chart(scope) {
    const wide = 500, high = 380, left = 52, right = 12, top = 12, bottom = 40;
    const paths = roofline.paths.map((_, i) => i).filter(i => scope.bandwidths[i] > 0 && !hidden.has(i));
    const best = Math.max(...scope.peaks);
    const shown = [...scope.functions.slice(0, 40), scope.run].flatMap(p => paths.filter(path => p.bytes[path] > 0)
      .map(path => ({p, path, x: p.flops / p.bytes[path]}))).filter(spot => spot.x > 0 && spot.p.rate > 0);
    const xs = [...shown.map(spot => spot.x), ...paths.map(path => best / scope.bandwidths[path])];
    const ys = [...shown.flatMap(spot => [spot.p.rate, spot.p.most]), ...scope.peaks];
    const decade = (values, low) => low ? Math.floor(Math.log10(Math.min(...values) / 2)) : Math.ceil(Math.log10(Math.max(...values) * 1.5));
    const x0 = xs.length ? decade(xs, true) : -1, x1 = xs.length ? decade(xs, false) : 3;
    const y0 = Math.max(decade(ys, true), decade([best], false) - 9), y1 = decade(ys, false);
    const px = value => left + (Math.log10(value) - x0) / (x1 - x0) * (wide - left - right);
    const py = value => high - bottom - (Math.log10(value) - y0) / (y1 - y0) * (high - top - bottom);
    const clip = 'roof-' + scope.title.replace(' ', '-');
    const picture = svg('svg', {class: 'chart', viewBox: '0 0 ' + wide + ' ' + high, role: 'img', 'aria-label': 'Roofline of ' + scope.title.toLowerCase()},
      svg('clipPath', {id: clip}, svg('rect', {x: left, y: top, width: wide - left - right, height: high - top - bottom})));
    const every = Math.ceil((x1 - x0) / 8);
    for (let e = x0; e <= x1; ++e) {
      picture.append(svg('line', {class: 'grid', x1: px(10 ** e), x2: px(10 ** e), y1: top, y2: high - bottom}));
      if ((e - x0) % every === 0) picture.append(svg('text', {x: px(10 ** e), y: high - bottom + 16, 'text-anchor': e === x1 ? 'end' : 'middle'},
        e < 0 ? (10 ** e).toFixed(-e) : short(10 ** e)));
    }
    for (let e = y0; e <= y1; ++e) {
      picture.append(svg('line', {class: 'grid', x1: left, x2: wide - right, y1: py(10 ** e), y2: py(10 ** e)}),
                     svg('text', {x: left - 6, y: py(10 ** e) + 4, 'text-anchor': 'end'}, short(10 ** e)));
    }
    picture.append(svg('text', {x: (left + wide - right) / 2, y: high - 6, 'text-anchor': 'middle'}, 'FLOP per byte'),
                   svg('text', {x: left + 4, y: top + 12}, 'FLOP/s'));
    // Peaks; formats with the same one share a line.
    const peaks = new Map();
    scope.peaks.forEach((peak, i) => peaks.set(peak, [...(peaks.get(peak) || []), roofline.formats[i]]));
    const body = svg('g', {'clip-path': 'url(#' + clip + ')'});
    const reach = paths.length ? Math.max(...paths.map(path => scope.bandwidths[path])) : 0;
    for (const [peak, names] of peaks) {
      const from = reach ? Math.max(10 ** x0, peak / reach) : 10 ** x0;
      body.append(svg('line', {class: 'ceiling', x1: px(from), x2: px(10 ** x1), y1: py(peak), y2: py(peak)}));
      picture.append(svg('text', {class: 'name', x: wide - right - 4, y: py(peak) - 5, 'text-anchor': 'end'}, names.join(', ') + ' ' + short(peak)));
    }
    paths.forEach(path => {
      const speed = scope.bandwidths[path], ridge = best / speed;
      const line = svg('line', {class: 'ceiling path', x1: px(10 ** x0), x2: px(ridge), y1: py(speed * 10 ** x0), y2: py(best)});
      line.style.stroke = 'var(--' + colours[path] + ')';
      body.append(line);
    });
    picture.append(svg('path', {class: 'axis', d: 'M' + left + ' ' + top + 'V' + (high - bottom) + 'H' + (wide - right)}), body);
    const longest = Math.max(...scope.functions.map(p => p.seconds), 1e-30);
    for (const {p, path, x} of shown) {
      const isRun = p === scope.run;
      // Up to where it would be if all threads were in it at the same time.
      if (p.most > p.rate * 1.001) {
        const range = svg('line', {class: 'range', x1: px(x), x2: px(x), y1: py(Math.max(p.rate, 10 ** y0)), y2: py(p.most)});
        range.style.stroke = 'var(--' + colours[path] + ')';
        body.append(range);
      }
      const spot = mark(path, px(x), py(Math.max(p.rate, 10 ** y0)), isRun ? 6 : 3.5 + 3 * Math.sqrt(p.seconds / longest));
      spot.setAttribute('class', isRun ? 'spot run' : 'spot');
      spot.setAttribute('tabindex', 0);
      spot.setAttribute('aria-label', p.name);
      if (isRun) { spot.style.fill = 'var(--page)'; spot.style.stroke = 'var(--' + colours[path] + ')'; spot.style.strokeWidth = 2.5; }
      body.append(hint(spot, () => [p.name, ['does', short(p.rate, 'FLOP/s')], p.most > p.rate * 1.001 && ['all threads at once', short(p.most, 'FLOP/s')], ['could do', short(p.attainable, 'FLOP/s')], ['bound by', p.bound],
        ['FLOP per byte, ' + roofline.paths[path], ratio(x)], ['mostly', p.format]].filter(Boolean)));
    }
    return h('figure', null, h('figcaption', null, h('b', null, scope.title), paths.map(path =>
      h('span', null, h('span', {class: 'stroke', style: {background: 'var(--' + colours[path] + ')'}}), roofline.paths[path] + ' ' + short(scope.bandwidths[path], 'B/s')))), picture);
  }
  function draw() { boxes.replaceChildren(...scopes.map(chart)); }
  draw();
  section.append(h('p', {class: 'keys'}, 'Open marks: the whole run. Larger marks: more time.' + (scopes[0].threads > 1 ?
    ' A mark is what a node does at least, as if never two of its threads were in the function at the same time; the line above it ends where it would be if all ' +
    scopes[0].threads + ' always were.' : '')));
  const scope = scopes[0];
  section.append(h('h3', null, 'Per function, one node'), sortedTable({id: 'roofline-table', caption: 'functions under the roofline',
    rows: [...scope.functions], sort: 1, step: 10, full: true, text: p => p.name, columns: [
      {name: 'Function', css: 'name code', value: p => p.name, cell: p => p.name},
      {name: 'FLOP', number: true, value: p => p.flops, cell: p => short(p.flops)},
      {name: 'FLOP/s', number: true, value: p => p.rate, cell: p => short(p.rate)},
      scope.threads > 1 && {name: 'At most', number: true, title: 'if all threads were in it at the same time', value: p => p.most, cell: p => short(p.most)},
      {name: 'Could do', number: true, title: 'the lowest ceiling at its intensities', value: p => p.attainable, cell: p => short(p.attainable)},
      {name: 'Reached', number: true, value: p => p.rate / p.attainable, cell: p => percent(p.rate / p.attainable) + (p.most > p.rate * 1.001 ? '\u2013' + percent(p.most / p.attainable) : '')},
      {name: 'Lowest ceiling', value: p => p.bound, cell: p => capital(p.bound)},
      ...roofline.paths.map((title, path) => present[path] && {name: capital(title), number: true, title: 'FLOP per byte over it',
        value: p => p.bytes[path] ? p.flops / p.bytes[path] : 1e300, cell: p => p.bytes[path] ? ratio(p.flops / p.bytes[path]) : '\u2013'})].filter(Boolean)}));
}
