// Heat map of nodes and links, whole or over time; the hottest links and the
// flows over them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

function drawMesh() {
  const section = panel('mesh', 'Mesh',
    'Squares: nodes. Bars between them: links, one for each direction. Click a link to see which flows cross it.');
  const model = meshModel(), series = model.series;
  const isWide = model.columns > 40;
  let metric = model.metrics[0], time = -1, chosen = null, flow = null, timer = 0;
  const scales = new Map();

  // ---- controls ----
  const metricChoice = h('select', {id: 'mesh-metric', onchange: () => {
    metric = model.metrics[metricChoice.value];
    if (!metric.series) time = -1;
    update();
  }}, [true, false].map(inTime => h('optgroup', {label: inTime ? 'Nodes by share of' : 'Whole run only'},
    model.metrics.map((m, i) => !!m.series === inTime ? h('option', {value: i, title: m.about}, m.name) : null))));
  const wholeButton = h('button', {type: 'button', id: 'mesh-whole', onclick: () => { stop(); time = -1; update(); }}, 'Whole run');
  const slider = h('input', {type: 'range', id: 'mesh-time', min: 0, max: series ? series.count - 1 : 0, value: 0, step: 1,
    'aria-label': 'Interval of time', oninput: () => { stop(); goTo(Number(slider.value)); }});
  const play = h('button', {type: 'button', id: 'mesh-play', onclick: () => timer ? stop() : start()}, 'Play');
  const when = h('span', {id: 'mesh-when', class: 'count num'});
  function goTo(interval) {
    if (!metric.series) { metric = model.metrics[0]; metricChoice.value = 0; }
    time = interval;
    update();
  }
  function stop() { clearInterval(timer); timer = 0; play.textContent = 'Play'; }
  function start() {
    if (time < 0 || time === series.count - 1) goTo(0);
    play.textContent = 'Pause';
    timer = setInterval(() => time === series.count - 1 ? stop() : goTo(time + 1), Math.max(60, Math.min(200, 12000 / series.count)));
  }

  const picture = meshPicture(model, () => (isWide ? section.clientWidth : Math.min(640, section.clientWidth)) - 4);
  const scaleBox = h('div', {class: 'scales'});
  const side = h('div', {class: 'side'});
  section.append(h('div', {class: 'tools'}, h('label', {for: 'mesh-metric'}, 'Nodes'), metricChoice,
    series ? [wholeButton, play, slider, when] : null));
  if (series) section.append(course());
  section.append(h('div', {class: isWide ? 'mesh wide' : 'mesh'}, h('div', null, picture.canvas, scaleBox), side));
  if (!series) section.append(note('The course over time was not recorded.'));
  else if (series.coarser > 1)
    section.append(note('To keep this page small, ' + series.coarser + ' recorded intervals are shown as one.'));
  if (model.dead.size)
    section.append(note('Crossed squares have dead routers. Packets that would meet one take a detour; flows are listed by the way that they would take without.'));

  // ---- means over time, above which the slider moves ----
  function course() {
    const mean = values => Array.from({length: series.count}, (_, t) => {
      let sum = 0;
      for (let i = t; i < values.length; i += series.count) sum += values[i];
      return sum / (values.length / series.count || 1) / 1000;
    });
    const curves = [['issued', mean(series.issued), 'node-2'], ['waiting outside', mean(series.waiting), 'off'],
                    ['links', mean(series.links), 'link-2']];
    const high = 44, most = Math.max(...curves.flatMap(curve => curve[1]), 0.001);
    const chart = svg('svg', {class: 'course', viewBox: '0 0 1000 ' + high, preserveAspectRatio: 'none', role: 'img',
                              'aria-label': 'Mean shares over time'},
      curves.map(([name, values, css]) => svg('polyline', {points: values.map((value, t) =>
        (values.length > 1 ? t / (values.length - 1) * 1000 : 0).toFixed(1) + ',' + (high - 2 - value / most * (high - 4)).toFixed(1)).join(' '),
        fill: 'none', stroke: 'var(--' + css + ')', 'stroke-width': 1.5, 'vector-effect': 'non-scaling-stroke'})),
      svg('line', {id: 'mesh-cursor', x1: 0, x2: 0, y1: 0, y2: high, stroke: 'var(--text)', 'vector-effect': 'non-scaling-stroke'}));
    chart.addEventListener('click', event => {
      const box = chart.getBoundingClientRect();
      stop();
      goTo(Math.max(0, Math.min(series.count - 1, Math.round((event.clientX - box.left) / box.width * (series.count - 1)))));
    });
    return h('div', {class: 'course-box'}, chart, h('div', {class: 'keys'}, 'mean over all nodes and used links: ',
      curves.map(([name, , css]) => h('span', null, h('span', {class: 'swatch', style: {background: 'var(--' + css + ')'}}), name)),
      h('span', {class: 'dim'}, 'full height: ' + percent(most))));
  }

  // ---- tables beside the picture ----
  const hottest = [...model.links].filter(link => model.linkPackets[link])
    .sort((a, b) => model.linkPackets[b] - model.linkPackets[a] || a - b).slice(0, 200)
    .map(link => ({link, packets: model.linkPackets[link], mean: model.linkShare(link, -1), peak: model.linkPeak(link),
                   stalls: model.linkStalls[link]}));
  const flowBox = h('div', {id: 'mesh-flows', 'aria-live': 'polite'});
  side.append(h('div', null, h('h3', null, 'Hottest links'), hottest.length ? sortedTable({id: 'links', caption: 'links', rows: hottest, sort: 1, step: 12, full: true,
    text: row => model.linkName(row.link), columns: [
      {name: 'Link', css: 'nowrap', value: row => row.link, cell: row => h('button', {type: 'button', class: 'as-link', onclick: () => choose(row.link)}, model.linkName(row.link))},
      {name: 'Packets', number: true, value: row => row.packets},
      {name: 'Used', number: true, title: 'share of what the link could carry in the run', value: row => row.mean, cell: row => percent(row.mean)},
      {name: 'Peak', number: true, title: 'in the busiest interval', value: row => row.peak, cell: row => series ? percent(row.peak, 0) : '\u2013'},
      {name: 'Stalled', number: true, title: 'cycles that packets waited for room behind the link', value: row => row.stalls, cell: row => short(row.stalls)},
    ]}) : absent('No packet was sent.')), flowBox);

  function choose(link) {
    chosen = link;
    flow = null;
    const flows = model.flowsOver(link).sort((a, b) => b.packets - a.packets);
    const most = model.linkPackets[link] || 1;
    const show = which => { flow = which; draw(); };
    const known = flows.reduce((sum, f) => sum + f.packets, 0);
    flowBox.replaceChildren(h('h3', null, 'Flows over ' + model.linkName(link)),
      flows.length ? sortedTable({id: 'flows', caption: 'flows', rows: flows, sort: 2, step: 12, full: true,
        text: f => model.nodeName(f.source) + ' ' + model.targetName(f), columns: [
          {name: 'From', css: 'nowrap', value: f => f.source, cell: f => h('button', {type: 'button', class: 'as-link', onclick: () => show(f), onfocus: () => show(f),
            onpointerenter: () => show(f)}, model.nodeName(f.source))},
          {name: 'To', css: 'nowrap', value: f => f.y0 * model.columns + f.x0, cell: f => [model.targetName(f), f.isReply ? h('span', {class: 'dim'}, ' reply') : '']},
          {name: 'Packets', number: true, value: f => f.packets},
          {name: 'Of the link', number: true, value: f => f.packets, cell: f => percent(Math.min(1, f.packets / most))}]})
        : absent('No recorded flow crosses it.'));
    const missing = data.mesh.flows.unknown + data.mesh.flows.omitted;
    if (missing) flowBox.append(note('Of ' + whole(missing) + ' packets in the whole run the way is not known: their senders had more destinations than are kept.'));
    if (known > most * 1.001 && model.dead.size === 0)
      flowBox.append(note('Flows count what was handed to the mesh; what was still on its way at the end is not counted by the link.'));
    draw();
  }

  // ---- drawing ----
  function scale() {
    const key = metric.name + (time < 0 ? '' : ' in time');
    if (!scales.has(key)) scales.set(key, model.highest(metric, time));
    return scales.get(key);
  }
  function draw() {
    picture.draw({metric, time, scale: scale(), chosen, flow, route: flow ? model.route(flow) : null});
  }
  function update() {
    draw();
    wholeButton.setAttribute('aria-pressed', time < 0);
    if (series) {
      if (time >= 0) slider.value = time;
      when.textContent = time < 0 ? 'cycles 0 \u2013 ' + whole(run.cycles)
        : 'cycles ' + whole(time * series.interval) + ' \u2013 ' + whole(Math.min(run.cycles, (time + 1) * series.interval));
      const cursor = document.getElementById('mesh-cursor');
      const x = series.count > 1 ? time / (series.count - 1) * 1000 : 0;
      cursor.setAttribute('x1', x);
      cursor.setAttribute('x2', x);
      cursor.setAttribute('visibility', time < 0 ? 'hidden' : 'visible');
    }
    const bar = (name, css, most) => h('div', {class: 'scale'}, h('span', null, name), h('span', {class: 'num'}, '0'),
      h('span', {class: 'gradient', style: {background: 'linear-gradient(to right, ' + [0, 1, 2].map(i => 'var(--' + css + '-' + i + ')').join(', ') + ')'}}),
      h('span', {class: 'num'}, percent(most)));
    scaleBox.replaceChildren(bar('Nodes: ' + metric.name.toLowerCase(), 'node', scale().node), bar('Links: used', 'link', scale().link),
      model.nodes.length < model.columns * model.rows ? h('div', null, h('span', {class: 'off-key', 'aria-hidden': 'true'}), 'disabled node') : '');
  }
  const under = event => {
    const box = picture.canvas.getBoundingClientRect();
    return picture.find(event.clientX - box.left, event.clientY - box.top);
  };
  picture.canvas.addEventListener('pointermove', event => {
    const found = under(event);
    picture.canvas.style.cursor = found && found.link !== undefined ? 'pointer' : 'default';
    if (!found) { hideTip(); return; }
    if (found.link !== undefined)
      showTip(['Link ' + model.linkName(found.link), ['used' + (time < 0 ? '' : ' now'), percent(model.linkShare(found.link, time))],
               ['packets in the run', whole(model.linkPackets[found.link])], ['peak', series ? percent(model.linkPeak(found.link), 0) : '\u2013'],
               ['stalled cycles', whole(model.linkStalls[found.link])]], event.clientX, event.clientY);
    else {
      const place = model.placeOf.get(found.node);
      const figure = i => model.figures[place * 6 + i];
      showTip(place === undefined ? ['Node ' + model.nodeName(found.node), model.dead.has(found.node) ? 'dead router' : 'disabled; its router works'] :
        ['Node ' + found.node + ' at ' + model.nodeName(found.node),
         ...model.metrics.slice(0, 3).map(m => [m.name.toLowerCase() + (time < 0 ? '' : ' now'), percent(model.nodeShare(m, place, time))]),
         ...(metric.series ? [] : [[metric.name.toLowerCase(), percent(metric.whole(place))]]),
         ['instructions in the run', whole(figure(1))], ['packets sent', whole(figure(4))], ['packets received', whole(figure(5))]],
        event.clientX, event.clientY);
    }
  });
  picture.canvas.addEventListener('pointerleave', hideTip);
  picture.canvas.addEventListener('click', event => { const found = under(event); if (found && found.link !== undefined) choose(found.link); });
  themeListeners.push(draw);
  let width = section.clientWidth;
  new ResizeObserver(() => {
    if (section.clientWidth === width) return;
    width = section.clientWidth;
    picture.size();
    draw();
  }).observe(section);
  if (hottest.length) choose(hottest[0].link);
  update();
}
