// The run in figures, what bounds it, and where all its cycles went.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawSummary() {
  const section = panel('summary', 'Summary');
  const all = run.threads;
  const total = all.reduce((a, b) => a + b, 0);
  const started = all.map((value, i) => i === idleCause ? 0 : value);
  const startedTotal = started.reduce((a, b) => a + b, 0);

  const largest = mainCause(started);
  if (run.boundBy) section.append(h('p', {class: 'bound', id: 'bound-by'}, h('b', null, 'Bound by: '), run.boundBy.replace(/^bound by: /, '')));
  else if (largest) {
    const line = lineRows.reduce((best, row) => row.line && row.by[largest.index] > (best ? best.by[largest.index] : 0) ? row : best, null);
    section.append(h('p', {class: 'bound', id: 'bound-by'}, h('b', null, 'Largest loss: '), largest.name + ', ' +
      percent(started[largest.index] / startedTotal) + ' of the cycles of running threads' +
      (line ? '; most of it, ' + percent(line.by[largest.index] / started[largest.index]) + ', at ' + place(line.file, line.line) + ' in ' + line.name : '')));
  }
  for (const text of run.warnings) section.append(h('p', {class: 'warning', role: 'note'}, text));
  if (run.report) section.append(h('details', {class: 'warning'}, h('summary', null, 'The program did not end by itself'),
                                   h('pre', null, run.report)));

  const time = run.cycles / (run.clock * 1e9);
  section.append(definition(
    ['Machine', run.machine + (run.nodes > 1 ? ', ' + whole(run.nodes) + ' nodes' : ', 1 node')],
    ['Cycles', whole(run.cycles), 'of the node that took longest'],
    ['Simulated time', seconds(run.cycles) + ' at ' + run.clock + thinSpace + 'GHz'],
    ['Instructions', whole(run.instructions)],
    ['IPC', run.cycles ? (run.instructions / run.cycles / run.nodes).toFixed(2) : '\u2013', 'instructions per cycle and node'],
    ['Matrix units', percent(run.macs / (run.macsPerCycle * run.cycles * run.nodes)), 'share of their peak'],
    ['Achieved', time ? short(run.flops / time, 'FLOP/s') : '\u2013', 'floating-point operations of matrix and SIMD units'],
    run.mesh.packets ? ['Packets', whole(run.mesh.packets), 'handed to the mesh; a multicast counts once'] : null));

  const bars = h('div', {class: 'cause-bars'});
  const addBar = (title, by, sum) => bars.append(
    h('div', {class: 'bar-title'}, h('span', null, title), h('span', {class: 'num'}, whole(sum) + ' thread-cycles')),
    causeBar(by, 1, false));
  addBar('All threads', all, total);
  if (all[idleCause] && startedTotal) addBar('Without idle threads', started, startedTotal);
  section.append(h('h3', null, 'Where the cycles went'), bars);

  const rows = causes.filter(cause => all[cause.index]).sort((a, b) =>
    (a.index === 0 ? -1 : b.index === 0 ? 1 : all[b.index] - all[a.index]));
  section.append(h('table', {class: 'plain causes', id: 'cause-table'},
    h('thead', null, h('tr', null, h('th', {scope: 'col'}, 'Cause'), h('th', {scope: 'col', class: 'num'}, 'Thread-cycles'),
      h('th', {scope: 'col', class: 'num'}, 'Of all'), h('th', {scope: 'col', class: 'num'}, 'Without idle'),
      h('th', {scope: 'col'}, 'Meaning'))),
    h('tbody', null, rows.map(cause => h('tr', null,
      h('th', {scope: 'row'}, swatch(cause), cause.name),
      h('td', {class: 'num'}, whole(all[cause.index])),
      h('td', {class: 'num'}, percent(all[cause.index] / total)),
      h('td', {class: 'num'}, cause.index === idleCause ? '' : percent(all[cause.index] / startedTotal)),
      h('td', {class: 'about'}, cause.about)))),
    h('tfoot', null, h('tr', null, h('th', {scope: 'row'}, 'All'), h('td', {class: 'num'}, whole(total)),
      h('td', {class: 'num'}, percent(1)), h('td', {class: 'num'}, startedTotal ? percent(1) : ''), h('td')))));
}
