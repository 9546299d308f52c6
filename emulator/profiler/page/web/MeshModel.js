// The mesh in figures: shares of nodes and links, whole or in an interval, and
// which way packets take.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

const directions = [{name: 'north', dx: 0, dy: -1}, {name: 'east', dx: 1, dy: 0},
                    {name: 'south', dx: 0, dy: 1}, {name: 'west', dx: -1, dy: 0}];

function meshModel() {
  const mesh = data.mesh, columns = mesh.columns, rows = mesh.rows;
  const nodes = array(mesh.nodes), byCause = array(mesh.counts), figures = array(mesh.figures);
  const linkPackets = array(mesh.linkPackets), linkStalls = array(mesh.linkStalls);
  const placeOf = new Map();
  nodes.forEach((node, index) => placeOf.set(node, index));
  const dead = new Set(mesh.dead);

  let series = null;
  if (mesh.series) {
    const used = array(mesh.series.used);
    const usedPlace = new Map();
    used.forEach((link, index) => usedPlace.set(link, index));
    series = {...mesh.series, usedPlace, issued: array(mesh.series.issued), waiting: array(mesh.series.waiting),
              macs: array(mesh.series.macs), links: array(mesh.series.links)};
  }
  const waitingFrom = causes.findIndex(cause => cause.key === 'mesh_credit');
  const stride = causes.length;
  const threadCycles = run.cycles * 4;
  const cause = (place, index) => byCause[place * stride + index];

  // What a node can be coloured by: [name, share in the whole run, series or null].
  const metrics = [
    {name: 'Issued', whole: place => cause(place, 0) / threadCycles, series: 'issued',
     about: 'thread-cycles in which an instruction issued'},
    {name: 'Waiting outside', series: 'waiting', about: 'thread-cycles lost to mesh, semaphores, barriers, lists, other threads, host',
     whole: place => {
       let sum = 0;
       for (let i = waitingFrom; i < stride; ++i) if (i !== idleCause) sum += cause(place, i);
       return sum / threadCycles;
     }},
    {name: 'Matrix unit', whole: place => figures[place * 6 + 2] / (run.macsPerCycle * run.cycles), series: 'macs',
     about: 'multiply-accumulates, of the unit\u2019s peak'},
  ];
  for (const c of causes)
    if (c.index && run.threads[c.index])
      metrics.push({name: c.name, whole: place => cause(place, c.index) / threadCycles, series: null, about: 'thread-cycles lost: ' + c.about});

  const at = link => { const node = link >> 2; return {x: node % columns, y: Math.floor(node / columns), d: link & 3}; };
  const isInside = (x, y) => x >= 0 && y >= 0 && x < columns && y < rows;

  const links = [];
  for (let link = 0; link < columns * rows * 4; ++link) {
    const {x, y, d} = at(link);
    if (isInside(x + directions[d].dx, y + directions[d].dy) || linkPackets[link]) links.push(link);
  }

  const model = {
    columns, rows, nodes, placeOf, dead, series, metrics, links, at, isInside, figures, linkPackets, linkStalls, cause,
    dieColumns: mesh.dieColumns || columns, dieRows: mesh.dieRows || rows,
    // time: an interval, or -1 for the whole run.
    nodeShare: (metric, place, time) => time < 0 || !metric.series ? metric.whole(place)
      : series[metric.series][place * series.count + time] / 1000,
    linkShare: (link, time) => {
      if (time < 0) return linkPackets[link] / (run.cycles * mesh.linkRate);
      const place = series.usedPlace.get(link);
      return place === undefined ? 0 : series.links[place * series.count + time] / 1000;
    },
    linkPeak: link => {
      const place = series ? series.usedPlace.get(link) : undefined;
      let peak = 0;
      if (place !== undefined)
        for (let t = 0; t < series.count; ++t) peak = Math.max(peak, series.links[place * series.count + t]);
      return peak / 1000;
    },
    linkName: link => {
      const {x, y, d} = at(link);
      const to = isInside(x + directions[d].dx, y + directions[d].dy)
        ? '(' + (x + directions[d].dx) + ', ' + (y + directions[d].dy) + ')' : 'the interface processor';
      return '(' + x + ', ' + y + ') \u2192 ' + to;
    },
    // What the colours end at: the highest share, of a single node all.
    highest: (metric, time) => {
      if (nodes.length === 1) return {node: 1, link: 1};
      let node = 0, link = 0;
      const times = time < 0 ? [-1] : [...Array(series.count).keys()];
      for (const t of times) {
        for (let place = 0; place < nodes.length; ++place) node = Math.max(node, model.nodeShare(metric, place, t));
      }
      if (time < 0) for (const l of links) link = Math.max(link, model.linkShare(l, -1));
      else for (const value of series.links) link = Math.max(link, value / 1000);
      return {node, link};
    },
  };

  // ---- flows: dimension order, x first; a rectangle gets a tree ----
  const f = mesh.flows;
  const source = array(f.source), rect = array(f.rect), replies = array(f.replies), packets = array(f.packets);
  model.flow = index => ({index, source: source[index], x0: rect[index * 4], y0: rect[index * 4 + 1], x1: rect[index * 4 + 2],
                          y1: rect[index * 4 + 3], isReply: replies[index] === 1, packets: packets[index]});
  model.flowCount = source.length;
  model.crosses = (flow, x, y, d) => {
    if (flow.source >= columns * rows) return false;
    const sx = flow.source % columns, sy = Math.floor(flow.source / columns);
    if (d === 1) return y === sy && x >= sx && x < flow.x1;
    if (d === 3) return y === sy && x <= sx && x > flow.x0;
    if (x < flow.x0 || x > flow.x1) return false;
    return d === 2 ? y >= sy && y < flow.y1 : y <= sy && y > flow.y0;
  };
  model.flowsOver = link => {
    const {x, y, d} = at(link);
    const found = [];
    for (let i = 0; i < source.length; ++i) {
      const flow = model.flow(i);
      if (model.crosses(flow, x, y, d)) found.push(flow);
    }
    return found;
  };
  model.route = flow => links.filter(link => { const {x, y, d} = at(link); return model.crosses(flow, x, y, d); });
  model.nodeName = node => node < columns * rows ? '(' + node % columns + ', ' + Math.floor(node / columns) + ')'
    : 'interface processor ' + (node - columns * rows);
  model.targetName = flow => flow.x0 === flow.x1 && flow.y0 === flow.y1 ? '(' + flow.x0 + ', ' + flow.y0 + ')'
    : '(' + flow.x0 + ', ' + flow.y0 + ') to (' + flow.x1 + ', ' + flow.y1 + ')';
  return model;
}
