// Named regions of the program, and how the run was made.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawRegions() {
  const section = panel('regions', 'Regions');
  if (!run.regions.length) {
    section.append(absent('The program named no regions. tatami_region_begin("name") and tatami_region_end() around a part of it put it here.'));
    return;
  }
  const energy = data.energy ? data.energy.regions : [], energyOf = new Map(energy.map(row => [row[0], row]));
  const joules = row => (energyOf.get(row.name) || [0, 0])[1];
  const rows = run.regions.map(row => ({name: row[0], nodes: row[1], entries: row[2], wallCycles: row[3], ...counts(row, 4)}));
  section.append(sortedTable({id: 'region-table', caption: 'regions', rows, sort: 1, full: true, text: row => row.name, columns: [
    {name: 'Region', css: 'name', value: row => row.name, cell: row => h('span', {title: row.name}, row.name)},
    {name: 'Cycles', number: true, title: 'of the node that spent most in it', value: row => row.wallCycles},
    {name: 'Of the run', number: true, value: row => row.wallCycles, cell: row => percent(row.wallCycles / run.cycles)},
    {name: 'Nodes', number: true, value: row => row.nodes},
    {name: 'Entries', number: true, value: row => row.entries},
    {name: 'Instructions', number: true, value: row => row.executed, cell: row => short(row.executed)},
    {name: 'Matrix units', number: true, title: 'share of their peak', value: row => row.macs / (run.macsPerCycle * row.wallCycles * row.nodes),
     cell: row => percent(row.macs / (run.macsPerCycle * row.wallCycles * row.nodes))},
    {name: 'FLOP/s', number: true, value: row => row.flops / row.wallCycles, cell: row => short(row.flops / row.wallCycles * run.clock * 1e9)},
    ...(energy.length ? [
      {name: 'Energy', number: true, title: 'while it was the last one opened on a node', value: joules,
       cell: row => energyOf.has(row.name) ? short(joules(row), 'J') : '\u2013'},
      {name: 'Power', number: true, title: 'of all of its nodes, while they were in it', value: row => (energyOf.get(row.name) || [])[2] || 0,
       cell: row => energyOf.has(row.name) ? short(energyOf.get(row.name)[2], 'W') : '\u2013'},
      {name: 'FLOP/J', number: true, title: 'FLOP/s per watt, which are operations per joule', value: row => (energyOf.get(row.name) || [])[3] || 0,
       cell: row => energyOf.has(row.name) && row.flops ? short(energyOf.get(row.name)[3]) : '\u2013'}] : []),
    {name: 'Thread-cycles by cause', css: 'wide-bar', value: row => row.by[0] / row.cycles, cell: row => causeBar(row.by)},
  ]}));
  if (energy.length) {
    const [outside, mesh] = energy.filter(row => row[0] === null);
    section.append(note('Energy counts once: for the region that a node opened last and has not closed. Outside of all regions: ' + short(outside[1], 'J') +
      (mesh[1] > 0 ? '; lists, replies and memory of the mesh, of no region: ' + short(mesh[1], 'J') : '') + '.' +
      (data.energy.regionsOverlap ? ' Threads of a node had different regions open at once: what all of them did then counts for the one opened last.' : '')));
  }
}

function drawDetails() {
  const section = panel('details', 'Run details');
  const quoted = word => /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'";
  const rows = [
    ['Command', h('code', {id: 'command'}, ['tatami-run', ...run.options, run.program, ...run.arguments].map(quoted).join(' '))],
    ['Image', h('code', null, run.program)], ['Hash of the image', h('code', null, run.imageHash)],
    ['Machine', run.machine], ['Timing', run.timing + (run.estimate ? ', estimated by the fast mesh' : '')],
    ['Grid', run.columns + ' \u00d7 ' + run.rows + ', ' + whole(run.nodes) + ' nodes enabled'],
    ['Exit status', run.exitStatus], ['Time on the host', run.hostSeconds.toFixed(2) + thinSpace + 's'],
    ['Profile', h('code', null, run.profile)], ['Written by', run.generator]];
  section.append(h('table', {class: 'plain details', id: 'detail-table'},
    h('tbody', null, rows.map(([name, value]) => h('tr', null, h('th', {scope: 'row'}, name), h('td', null, value))))));
  section.append(h('h3', null, 'How cycles are counted'),
    h('p', null, 'Every cycle of every hardware thread is one in which it issued, or is lost to exactly one cause; both together are all cycles: ' +
      'threads \u00d7 cycles of the node. A cycle in which several instructions issue belongs to the first of them, a lost one to the instruction that waited. ' +
      'Recording costs the simulated program nothing: its cycles are the same without it.'),
    h('dl', {class: 'legend', id: 'cause-legend'}, causes.map(cause =>
      h('div', null, h('dt', null, swatch(cause), cause.name), h('dd', null, cause.about)))));
}
