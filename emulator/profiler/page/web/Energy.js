// Joules and watts: by part, by function, over time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawEnergy() {
  const section = panel('energy', 'Energy', 'A model: work counted by the run times the machine file\u2019s energy table, whose numbers each say where they come from.');
  const energy = data.energy;
  if (!energy) { section.append(absent('There is no energy table for this machine.')); return; }
  const sum = values => values.reduce((a, b) => a + b, 0);
  const total = sum(energy.total);
  const parts = energy.parts.map(([key, title], i) => ({key, title, i, css: 'var(--e-' + key.replaceAll('_', '-') + ', var(--c-other))'}));
  const used = parts.filter(part => energy.total[part.i] > 0);
  section.append(definition(['Energy', short(total, 'J')], ['Mean power', short(energy.watts, 'W')],
    ['FLOP/s per watt', short(energy.flopsPerWatt), 'which are operations per joule'],
    ...energy.checks.map(([what, watts, published]) => ['Per ' + what.replace(/^an? /, ''), short(watts, 'W') + ' of ' + short(published, 'W'), 'the second figure is published'])));

  const bar = (values, share, small) => {
    const all = sum(values) || 1;
    return h('div', {class: small ? 'bar small' : 'bar', style: {width: share * 100 + '%'}, role: 'img',
                     'aria-label': used.filter(p => values[p.i]).map(p => p.title + ' ' + percent(values[p.i] / all)).join(', ')},
      used.filter(part => values[part.i] > 0).map(part => hint(h('span', {style: {flexGrow: values[part.i] / all, background: part.css}}),
        () => [part.title, [percent(values[part.i] / all), short(values[part.i], 'J')]])));
  };
  section.append(h('h3', null, 'By part'), bar(energy.total, 1, false),
    h('div', {class: 'keys energy-keys'}, used.map(part => h('span', null, h('span', {class: 'swatch', style: {background: part.css}}),
      capital(part.title) + ' ' + percent(energy.total[part.i] / total)))));

  drawWatts();
  const rows = [...energy.functions.map(([name, flops, joules]) => ({name, flops, joules, all: sum(joules)})),
    {name: 'mesh, lists and memory', other: true, flops: 0, joules: energy.mesh, all: sum(energy.mesh)},
    {name: 'threads that do not run, dies', other: true, flops: 0, joules: energy.idle, all: sum(energy.idle)}].filter(row => row.all > 0);
  const most = Math.max(...rows.map(row => row.all), 1e-30);
  section.append(h('h3', null, 'By function'), sortedTable({id: 'energy-table', caption: 'functions by energy', rows, sort: 1, step: 12, text: row => row.name,
    columns: [
      {name: 'Function', css: 'name', value: row => row.name, cell: row => h('span', {class: row.other ? 'dim' : 'code', title: row.name}, row.name)},
      {name: 'Energy', number: true, value: row => row.all, cell: row => short(row.all, 'J')},
      {name: 'Share', number: true, value: row => row.all, cell: row => percent(row.all / total)},
      {name: 'By part', css: 'wide-bar', value: row => row.all, cell: row => bar(row.joules, Math.max(0.01, row.all / most), true)},
      {name: 'FLOP per joule', number: true, value: row => row.flops / row.all, cell: row => row.flops ? short(row.flops / row.all) : '\u2013'},
    ]}));
  if (energy.omitted) section.append(note(whole(energy.omitted) + ' functions with less are left out.'));

  function drawWatts() {
    const values = array(energy.over), stride = parts.length, n = values.length / stride;
    if (!energy.interval || n < 2) return;
    const wide = 1000, high = 230, left = 60, right = 12, top = 14, bottom = 34;
    const sums = Array.from({length: n}, (_, t) => { let s = 0; for (let i = 0; i < stride; ++i) s += values[t * stride + i]; return s; });
    const peak = Math.max(...sums);
    // The published figure of as many dies or tiles as the machine has.
    const limits = energy.checks.filter(check => check[1] > 0).map(([what, watts, published]) => {
      const count = Math.round(energy.watts / watts);
      return {watts: published * count, name: count === 1 ? what : whole(count) + ' ' + what.replace(/^an? /, '') + 's'};
    }).filter((limit, i, all) => i + 1 === all.length || Math.abs(all[i + 1].watts / limit.watts - 1) > 0.05);
    const most = Math.max(peak, ...limits.map(limit => limit.watts).filter(watts => watts < peak * 4)) * 1.08;
    const px = t => left + t / (n - 1) * (wide - left - right), py = watts => high - bottom - watts / most * (high - top - bottom);
    const chart = svg('svg', {class: 'chart', id: 'watts', viewBox: '0 0 ' + wide + ' ' + high, role: 'img', 'aria-label': 'Watts over time'});
    const step = [1, 2, 5].flatMap(k => [k, k * 10]).map(k => k * 10 ** Math.floor(Math.log10(most / 10))).find(s => most / s <= 5) || most;
    for (let watts = 0; watts <= most; watts += step)
      chart.append(svg('line', {class: 'grid', x1: left, x2: wide - right, y1: py(watts), y2: py(watts)}),
                   svg('text', {x: left - 6, y: py(watts) + 4, 'text-anchor': 'end'}, short(watts, 'W')));
    const base = new Array(n).fill(0);
    for (const part of [...used].reverse()) {
      const upper = base.map((b, t) => b + values[t * stride + part.i]);
      const line = list => list.map((v, t) => px(t).toFixed(1) + ' ' + py(v).toFixed(1));
      const area = svg('path', {d: 'M' + line(upper).join('L') + 'L' + line(base).reverse().join('L') + 'Z'});
      area.style.fill = part.css;
      chart.append(area);
      upper.forEach((v, t) => { base[t] = v; });
    }
    for (const limit of limits) {
      if (limit.watts > most) continue;
      chart.append(svg('line', {class: 'limit', x1: left, x2: wide - right, y1: py(limit.watts), y2: py(limit.watts)}),
                   svg('text', {class: 'name', x: wide - right - 4, y: py(limit.watts) - 5, 'text-anchor': 'end'}, 'published for ' + limit.name + ': ' + short(limit.watts, 'W')));
    }
    for (let i = 0; i <= 4; ++i)
      chart.append(svg('text', {x: left + i / 4 * (wide - left - right), y: high - 12, 'text-anchor': i === 0 ? 'start' : i === 4 ? 'end' : 'middle'}, seconds(run.cycles * i / 4)));
    chart.addEventListener('pointermove', event => {
      const box = chart.getBoundingClientRect();
      const t = Math.round(((event.clientX - box.left) / box.width * wide - left) / (wide - left - right) * (n - 1));
      if (t < 0 || t >= n) { hideTip(); return; }
      showTip(['from cycle ' + whole(t * energy.interval), ['all', short(sums[t], 'W')],
               ...used.map(part => [part.title, short(values[t * stride + part.i], 'W')])], event.clientX, event.clientY);
    });
    chart.addEventListener('pointerleave', hideTip);
    section.append(h('h3', null, 'Over time'), chart);
  }
}
