// Tables that can be sorted and filtered; functions, lines and instructions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// columns: {name, title, number (sorts descending first), value(row), cell(row)};
// text(row): what the filter looks in. Draws `step` rows, more on request.
function sortedTable({id, columns, rows, text, sort, step = 20, caption, full}) {
  let order = {column: sort, down: true}, filter = '', shown = step;
  const body = h('tbody');
  const more = h('button', {type: 'button', class: 'more'});
  const count = h('span', {class: 'count', role: 'status'});
  const input = h('input', {type: 'search', id: id + '-filter', placeholder: 'filter', 'aria-label': 'Filter ' + caption,
                            autocomplete: 'off', spellcheck: 'false'});
  const headers = columns.map((column, index) => h('th', {scope: 'col', class: column.number && 'num', title: column.title},
    h('button', {type: 'button', onclick: () => {
      order = {column: index, down: order.column === index ? !order.down : !!column.number};
      draw();
    }}, column.name)));
  const table = h('table', {id, class: full ? 'sorted full' : 'sorted'}, h('caption', {class: 'hidden'}, caption),
                  h('thead', null, h('tr', null, headers)), body);

  function draw() {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = rows.filter(row => words.every(word => text(row).toLowerCase().includes(word)));
    const value = columns[order.column].value;
    const sign = order.down ? -1 : 1;
    chosen.sort((a, b) => {
      const x = value(a), y = value(b);
      return sign * (typeof x === 'string' ? x.localeCompare(y) : x - y);
    });
    headers.forEach((header, index) =>
      header.setAttribute('aria-sort', index !== order.column ? 'none' : order.down ? 'descending' : 'ascending'));
    body.replaceChildren(...chosen.slice(0, shown).map(row => h('tr', null, columns.map(column =>
      h('td', {class: [column.number ? 'num' : '', column.css || ''].join(' ').trim() || null}, column.cell ? column.cell(row) : whole(column.value(row)))))));
    if (!chosen.length) body.append(h('tr', null, h('td', {colspan: columns.length, class: 'absent'}, 'nothing matches')));
    more.hidden = chosen.length <= shown;
    more.textContent = 'Show ' + Math.min(chosen.length - shown, 500) + ' more';
    count.textContent = words.length ? whole(chosen.length) + ' of ' + whole(rows.length) : whole(rows.length);
  }
  more.addEventListener('click', () => { shown += 500; draw(); });
  input.addEventListener('input', () => { filter = input.value; shown = step; draw(); });
  draw();
  return h('div', {class: 'table-box'}, h('div', {class: 'tools'}, input, count), h('div', {class: 'scroll'}, table), more);
}

// Buttons of which one is pressed; shows the part that belongs to it.
function tabs(label, parts) {
  const buttons = parts.map(([name], index) => h('button', {type: 'button', role: 'tab', onclick: () => choose(index),
    onkeydown: event => {
      const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (move) { choose((index + move + parts.length) % parts.length); buttons.find(b => b.tabIndex === 0).focus(); }
    }}, name));
  const body = h('div', {role: 'tabpanel'});
  const made = [];
  function choose(index) {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', i === index);
      button.tabIndex = i === index ? 0 : -1;
    });
    made[index] = made[index] || parts[index][1]();
    body.replaceChildren(made[index]);
  }
  choose(0);
  return h('div', {class: 'tabs'}, h('div', {role: 'tablist', 'aria-label': label}, buttons), body);
}

const baseName = path => path.slice(path.lastIndexOf('/') + 1);
function place(file, line) { return file ? baseName(file) + (line ? ':' + line : '') : '\u2013'; }

function rowColumns(total, most) {
  return [
    {name: 'Cycles', number: true, title: 'thread-cycles, issued and lost', value: row => row.cycles},
    {name: 'Share', number: true, title: 'of the cycles of all threads, without idle', value: row => row.cycles,
     cell: row => percent(row.cycles / total)},
    {name: 'Where they go', css: 'wide-bar', title: 'issued and lost cycles; colours as in the summary', value: row => row.by[0] / row.cycles,
     cell: row => causeBar(row.by, Math.max(0.01, row.cycles / most))},
    {name: 'Largest loss', css: 'cause', value: row => (mainCause(row.by) || {name: ''}).name, cell: row => {
      const cause = mainCause(row.by);
      return cause ? [swatch(cause), cause.name, ' ', h('span', {class: 'dim'}, percent(row.by[cause.index] / row.cycles, 0))] : '';
    }},
    {name: 'Executed', number: true, title: 'instructions', value: row => row.executed},
  ];
}

const functionRows = code.functions.map(row => ({name: code.names[row[0]], number: row[0], file: code.files[row[1]],
  line: row[2], inclusive: row[3], ...counts(row, 4)}));
const lineRows = code.lines.map(row => ({file: code.files[row[0]], fileNumber: row[0], line: row[1], name: code.names[row[2]],
  number: row[2], ...counts(row, 3)}));
const instructionRows = code.instructions.map(row => ({pc: row[0], text: row[1], chain: code.chains[row[2]], ...counts(row, 3)}));
const codeCycles = run.threads.reduce((a, b) => a + b, 0) - run.threads[idleCause];

function drawTables() {
  const section = panel('code', 'Functions, lines, instructions',
    'Cycles belong to the innermost function that an instruction was written in, inlined ones included. Click a name to see its source and assembly.');
  const link = (number, text, more) => h('a', {href: '#annotate', class: 'code', title: more || text,
                                               onclick: () => annotate(number)}, text);
  const most = rows => rows.reduce((a, row) => Math.max(a, row.cycles), 1);
  const table = (id, caption, rows, first, more = [], at = 2) => {
    const columns = rowColumns(codeCycles, most(rows));
    columns.splice(at, 0, ...more);
    return sortedTable({id, caption, rows, sort: first.length, full: true, columns: [...first, ...columns],
                        // What a row shows: the folder of a checkout would match every row.
                        text: row => [row.name, row.file && place(row.file, row.line), row.text,
                                      row.pc !== undefined ? hex(row.pc) : ''].filter(Boolean).join(' ')});
  };
  const inclusive = {name: 'With callees', number: true, title: 'thread-cycles with all that it calls', value: row => row.inclusive,
                     cell: row => row.inclusive ? percent(row.inclusive / codeCycles) : '\u2013'};
  section.append(tabs('Level', [
    ['Functions', () => table('functions', 'functions', functionRows,
      [{name: 'Function', css: 'name', value: row => row.name, cell: row => link(row.number, row.name)},
       {name: 'Hottest line', css: 'where', value: row => row.file + row.line,
        cell: row => h('span', {title: row.file}, place(row.file, row.line))}],
      functionRows.some(row => row.inclusive) ? [inclusive] : [])],
    ['Lines', () => table('lines', 'lines', lineRows,
      [{name: 'Line', css: 'where', value: row => row.file + ':' + String(row.line).padStart(7),
        cell: row => h('span', {title: row.file}, place(row.file, row.line))},
       {name: 'Function', css: 'name', value: row => row.name, cell: row => link(row.number, row.name)}])],
    ['Instructions', () => table('instructions', 'instructions', instructionRows.filter(row => row.cycles || row.executed),
      [{name: 'Address', css: 'code', value: row => row.pc, cell: row => hex(row.pc)},
       {name: 'Instruction', css: 'code', value: row => row.text, cell: row => row.text},
       {name: 'Where', css: 'where', value: row => code.names[row.chain[0][0]],
        cell: row => link(row.chain[0][0], place(code.files[row.chain[0][1]], row.chain[0][2]), code.names[row.chain[0][0]])}])],
  ]));
  const omitted = Object.entries(code.omitted).filter(([, value]) => value);
  if (omitted.length)
    section.append(note('Left out, the coldest: ' + omitted.map(([what, value]) => whole(value) + ' ' + what).join(', ') +
                        '. tatami-prof report has all.'));
}
