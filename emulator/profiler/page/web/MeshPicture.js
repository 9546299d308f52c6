// Draws nodes and links of the mesh, and finds what is under the pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// 256 colours between the stops that the style sheet names.
function ramp(name) {
  const stops = [0, 1, 2].map(i => colour(name + '-' + i).match(/[0-9a-f]{2}/gi).map(part => parseInt(part, 16)));
  return Array.from({length: 256}, (_, i) => {
    const at = i / 255 * 2, low = Math.min(1, Math.floor(at)), part = at - low;
    return 'rgb(' + stops[low].map((from, k) => Math.round(from + (stops[low + 1][k] - from) * part)).join(',') + ')';
  });
}

function meshPicture(model, width) {
  const canvas = h('canvas', {id: 'mesh-canvas', role: 'img', 'aria-label': 'Heat map of the mesh; the tables beside it hold the figures'});
  const context = canvas.getContext('2d');
  let cell = 0, edge = 0;
  const nodePart = 0.54; // Of a cell; the rest is for links.

  function size() {
    edge = 0;
    const hasRim = model.links.some(link => {
      const {x, y, d} = model.at(link);
      return !model.isInside(x + directions[d].dx, y + directions[d].dy);
    });
    cell = Math.min(width() / (model.columns + (hasRim ? 1 : 0)), 64, Math.max(10.5, 720 / model.rows));
    edge = hasRim ? cell / 2 : 0;
    const wide = cell * model.columns + 2 * edge, high = cell * model.rows + 2 * edge;
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.ceil(wide * ratio);
    canvas.height = Math.ceil(high * ratio);
    canvas.style.width = wide + 'px';
    canvas.style.height = high + 'px';
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  // The rectangle of a link: [x, y, width, height].
  function linkBox(link) {
    const {x, y, d} = model.at(link);
    const centreX = edge + (x + 0.5) * cell, centreY = edge + (y + 0.5) * cell;
    const half = cell * nodePart / 2, long = cell - 2 * half, wide = Math.max(0.9, cell * 0.13), apart = cell * 0.03;
    if (d === 1) return [centreX + half, centreY - apart - wide, long, wide];
    if (d === 3) return [centreX - half - long, centreY + apart, long, wide];
    if (d === 2) return [centreX + apart, centreY + half, wide, long];
    return [centreX - apart - wide, centreY - half - long, wide, long];
  }
  function nodeBox(x, y) {
    const side = cell * nodePart;
    return [edge + (x + 0.5) * cell - side / 2, edge + (y + 0.5) * cell - side / 2, side, side];
  }

  function draw({metric, time, scale, chosen, route, flow}) {
    const nodeRamp = ramp('node'), linkRamp = ramp('link');
    const pick = (colours, share, most) => colours[Math.max(0, Math.min(255, Math.round(share / (most || 1) * 255)))];
    context.clearRect(0, 0, canvas.width, canvas.height);
    for (const link of model.links) {
      context.fillStyle = pick(linkRamp, model.linkShare(link, time), scale.link);
      context.fillRect(...linkBox(link));
    }
    const off = colour('off');
    context.lineWidth = 1;
    for (let y = 0; y < model.rows; ++y)
      for (let x = 0; x < model.columns; ++x) {
        const box = nodeBox(x, y), place = model.placeOf.get(y * model.columns + x);
        if (place !== undefined) {
          context.fillStyle = pick(nodeRamp, model.nodeShare(metric, place, time), scale.node);
          context.fillRect(...box);
        } else {
          context.strokeStyle = off;
          context.strokeRect(box[0] + 0.5, box[1] + 0.5, box[2] - 1, box[3] - 1);
          context.beginPath();
          context.moveTo(box[0], box[1]);
          context.lineTo(box[0] + box[2], box[1] + box[3]);
          if (model.dead.has(y * model.columns + x)) {
            context.moveTo(box[0] + box[2], box[1]);
            context.lineTo(box[0], box[1] + box[3]);
          }
          context.stroke();
        }
      }
    context.strokeStyle = off;
    context.setLineDash([3, 3]);
    context.beginPath();
    for (let x = model.dieColumns; x < model.columns; x += model.dieColumns) {
      context.moveTo(edge + x * cell, edge); context.lineTo(edge + x * cell, edge + model.rows * cell);
    }
    for (let y = model.dieRows; y < model.rows; y += model.dieRows) {
      context.moveTo(edge, edge + y * cell); context.lineTo(edge + model.columns * cell, edge + y * cell);
    }
    context.stroke();
    context.setLineDash([]);
    context.strokeStyle = context.fillStyle = colour('accent');
    context.lineWidth = 2;
    for (const link of route || []) context.fillRect(...linkBox(link));
    if (flow) {
      const from = nodeBox(flow.source % model.columns, Math.floor(flow.source / model.columns));
      const to = nodeBox(flow.x0, flow.y0), end = nodeBox(flow.x1, flow.y1);
      context.beginPath();
      context.arc(from[0] + from[2] / 2, from[1] + from[3] / 2, from[2] * 0.75, 0, 7);
      context.stroke();
      context.strokeRect(to[0] - 2, to[1] - 2, end[0] + end[2] - to[0] + 4, end[1] + end[3] - to[1] + 4);
    }
    if (chosen !== null) {
      const box = linkBox(chosen);
      context.strokeRect(box[0] - 2, box[1] - 2, box[2] + 4, box[3] + 4);
    }
  }

  // {node} or {link} under a place of the canvas; null beside both.
  function find(left, top) {
    const x = Math.floor((left - edge) / cell), y = Math.floor((top - edge) / cell);
    const isIn = ([bx, by, bw, bh], extra) => left >= bx - extra && left <= bx + bw + extra && top >= by - extra && top <= by + bh + extra;
    if (model.isInside(x, y) && isIn(nodeBox(x, y), 0)) return {node: y * model.columns + x};
    for (const extra of [0, 2])
      for (let dy = -1; dy <= 1; ++dy)
        for (let dx = -1; dx <= 1; ++dx)
          for (let d = 0; d < 4; ++d) {
            if (!model.isInside(x + dx, y + dy)) continue;
            const link = ((y + dy) * model.columns + x + dx) * 4 + d;
            const {x: lx, y: ly} = model.at(link);
            if (!model.isInside(lx + directions[d].dx, ly + directions[d].dy) && !model.linkPackets[link]) continue;
            if (isIn(linkBox(link), extra)) return {link};
          }
    return null;
  }
  size();
  return {canvas, size, draw, find};
}
