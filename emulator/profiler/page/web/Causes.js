// Why cycles are lost: names, what they mean, one colour each everywhere.
// Causes of one kind share a hue, so that the few hues stay apart for everybody.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

const causeTexts = {
  issued: ['Issued', 'at least one instruction of the thread issued'],
  operand_scalar: ['Operand: scalar', 'waits for the result of an ALU, a multiply or a divide'],
  operand_load: ['Operand: load', 'waits for the result of a load'],
  operand_simd: ['Operand: SIMD', 'waits for a result of the SIMD unit'],
  operand_matrix: ['Operand: matrix', 'waits for an accumulator'],
  issue_slot: ['Issue slot', 'the thread itself has taken the ALUs or the SIMD unit'],
  sram_port: ['SRAM port', 'the thread itself has taken the memory ports'],
  matrix_unit: ['Matrix unit busy', 'the thread itself has taken the matrix unit'],
  vector_queue: ['Vector queue full', 'no room in the vector queue, whose head waits in order only'],
  fetch: ['Fetch', 'the bubble of a taken branch, or no decode slot'],
  mispredict: ['Mispredicted branch', 'the right instructions after a wrong guess'],
  mesh_credit: ['Mesh credit or link', 'the mesh takes no packet: port, link or buffer is full'],
  remote_load: ['Remote load', 'waits for the reply to a remote load, or for acknowledgements'],
  semaphore: ['Semaphore', 'waits for a semaphore'],
  barrier: ['Barrier', 'waits for the other nodes of a barrier'],
  list_engine: ['List engine', 'waits for the end of a list'],
  other_thread: ['Other thread', 'another thread has the unit or the slot, or its end is waited for'],
  host: ['Host call', 'the fixed time of a host call'],
  idle: ['Idle', 'the thread was not started, or has ended'],
};

// causes[0] is what issued, causes[i + 1] the emulator's cause i.
const causes = ['issued', ...data.causes].map((key, index) => {
  const text = causeTexts[key] || [key.replaceAll('_', ' '), ''];
  return {key, index, name: text[0], about: text[1], css: 'var(--c-' + key.replaceAll('_', '-') + ', var(--c-other))'};
});
const idleCause = causes.findIndex(cause => cause.key === 'idle');

// A row of counts as the page's data has it: see countsData().
function counts(row, from) {
  const cycles = new Array(causes.length).fill(0);
  const lost = row[from + 2] || [];
  cycles[0] = row[from + 1];
  for (let i = 0; i < lost.length; i += 2) cycles[lost[i] + 1] = lost[i + 1];
  const rest = i => row[from + i] || 0;
  return {executed: row[from], by: cycles, cycles: cycles.reduce((a, b) => a + b, 0),
          macs: rest(3), flops: rest(4), sram: rest(5), packets: rest(6), hops: rest(7), crossings: rest(8)};
}
// What a row lost most by; null if it lost nothing.
function mainCause(by) {
  let best = 0;
  for (let i = 1; i < by.length; ++i)
    if (by[i] > (best ? by[best] : 0)) best = i;
  return best ? causes[best] : null;
}
function swatch(cause) { return h('span', {class: 'swatch', style: {background: cause.css}, 'aria-hidden': 'true'}); }

// Cycles by cause as one bar of full width, or of `share` of it.
function causeBar(by, share = 1, small = true) {
  const total = by.reduce((a, b) => a + b, 0);
  // Small ones stand beside their figures.
  const bar = h('div', {class: small ? 'bar small' : 'bar', role: small ? null : 'img', 'aria-hidden': small && 'true', style: {width: share * 100 + '%'},
                        'aria-label': small ? null : total ? causes.filter(c => by[c.index]).map(c => c.name + ' ' +
                          percent(by[c.index] / total)).join(', ') : 'no cycles'});
  for (const cause of causes) {
    if (!by[cause.index]) continue;
    const part = h('span', {style: {flexGrow: by[cause.index] / total, background: cause.css}, 'data-cause': cause.key});
    hint(part, () => [cause.name, [percent(by[cause.index] / total), whole(by[cause.index])], cause.about]);
    bar.append(part);
  }
  return bar;
}
