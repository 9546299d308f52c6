// Source and assembly of one function side by side, with cycles and cause.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

let annotate = () => {}; // Shows the function with that number of a name.

function drawAnnotate() {
  const section = panel('annotate', 'Source and assembly',
    'Click a line to mark what it became, or an instruction to mark where it came from.');
  if (!functionRows.length) { section.append(absent('No instruction was counted.')); return; }
  const choice = h('select', {id: 'annotate-function', onchange: () => draw(Number(choice.value))},
    functionRows.map(row => h('option', {value: row.number},
                              percent(row.cycles / codeCycles) + '  ' + row.name)));
  const body = h('div', {class: 'annotate'});
  section.append(h('div', {class: 'tools'}, h('label', {for: 'annotate-function'}, 'Function'), choice), body);

  annotate = number => {
    if (![...choice.options].some(option => Number(option.value) === number))
      choice.append(h('option', {value: number}, code.names[number]));
    choice.value = number;
    draw(number);
  };

  const costCells = (by, cycles, most) => {
    const cause = mainCause(by);
    return [h('td', {class: 'num'}, cycles ? percent(cycles / codeCycles) : ''),
            h('td', {class: 'heat'}, cycles ? causeBar(by, Math.max(0.04, cycles / most)) : ''),
            h('td', {class: 'why', title: cause && cycles ? 'lost most by: ' + cause.name : null},
              cause && cycles ? [swatch(cause), h('span', null, cause.name)] : '')];
  };

  function draw(number) {
    const rows = instructionRows.filter(row => row.chain.some(frame => frame[0] === number));
    const lines = new Map(); // "file:line" -> cycles of the innermost place
    const files = new Map(); // file -> its lines
    for (const row of rows) {
      for (const [, file, line] of row.chain) {
        if (!line) continue;
        if (!files.has(file)) files.set(file, new Set());
        files.get(file).add(line);
        if (row.chain[0][0] === number || row.chain.length === 1) break;
      }
      const [, file, line] = row.chain[0];
      if (!line) continue;
      const key = file + ':' + line;
      if (!lines.has(key)) lines.set(key, {by: new Array(causes.length).fill(0), cycles: 0});
      const sum = lines.get(key);
      row.by.forEach((value, i) => { sum.by[i] += value; });
      sum.cycles += row.cycles;
    }
    if (!rows.length) {
      body.replaceChildren(absent('None of its instructions was counted.'));
      return;
    }
    const most = [...lines.values()].reduce((a, line) => Math.max(a, line.cycles), 1);
    const mark = key => body.querySelectorAll('tr[data-place]').forEach(row =>
      row.classList.toggle('marked', row.dataset.place === key));
    const markable = (row, key, other) => {
      const act = () => {
        mark(key);
        const target = body.querySelector('.' + other + ' tr.marked');
        if (target) target.closest('.scroll').scrollTo({top: target.offsetTop - 60, behavior: 'smooth'});
      };
      row.dataset.place = key;
      row.tabIndex = 0;
      row.addEventListener('click', act);
      row.addEventListener('keydown', event => { if (event.key === 'Enter') act(); });
      return row;
    };

    // The function's own file first, then what was inlined, the hottest first.
    const cyclesOf = file => [...files.get(file)].reduce((a, line) => a + (lines.get(file + ':' + line) || {cycles: 0}).cycles, 0);
    const own = (rows.flatMap(row => row.chain).find(frame => frame[0] === number) || [])[1];
    const order = [...files.keys()].sort((a, b) => (b === own) - (a === own) || cyclesOf(b) - cyclesOf(a));
    const source = h('tbody');
    for (const file of order) {
      const texts = new Map();
      const list = code.sources[file] || [];
      for (let i = 1; i < list.length; i += 2) texts.set(list[i], list[i + 1]);
      source.append(h('tr', {class: 'file'}, h('th', {colspan: 5, title: code.files[file]}, baseName(code.files[file]) || 'unknown file',
        list.length > 1 ? '' : h('span', {class: 'dim'}, list[0] === 'changed' ? ' (has changed since it was compiled)' : ' (was not there when the page was made)'))));
      const near = new Set();
      for (const line of files.get(file))
        for (let i = Math.max(1, line - 4); i <= line + 4; ++i)
          if (texts.has(i) || files.get(file).has(i)) near.add(i);
      let before = 0;
      for (const line of [...near].sort((a, b) => a - b)) {
        if (before && line !== before + 1) source.append(h('tr', {class: 'gap'}, h('td', {colspan: 5}, '\u22ef')));
        before = line;
        const sum = lines.get(file + ':' + line) || {by: [], cycles: 0};
        const row = h('tr', null, costCells(sum.by, sum.cycles, most), h('td', {class: 'line'}, line),
                      h('td', {class: 'text'}, texts.get(line) || ''));
        source.append(files.get(file).has(line) ? markable(row, file + ':' + line, 'assembly') : row);
      }
    }

    const mostOfOne = rows.reduce((a, row) => Math.max(a, row.cycles), 1);
    const assembly = h('tbody');
    let last = null;
    for (const row of rows) {
      const outer = row.chain[row.chain.length - 1][0];
      if (!last || outer !== last.chain[last.chain.length - 1][0])
        assembly.append(h('tr', {class: 'file'}, h('th', {colspan: 5}, code.names[outer])));
      else if (row.pc !== last.pc + 4) assembly.append(h('tr', {class: 'gap'}, h('td', {colspan: 5}, '\u22ef')));
      last = row;
      const line = h('tr', {title: row.chain.map(frame => code.names[frame[0]] + ' ' + place(code.files[frame[1]], frame[2])).join('\n') +
                                   '\nexecuted ' + whole(row.executed)},
                     costCells(row.by, row.cycles, mostOfOne), h('td', {class: 'line'}, row.pc.toString(16)),
                     h('td', {class: 'text'}, row.text));
      assembly.append(markable(line, row.chain[0][1] + ':' + row.chain[0][2], 'source'));
    }
    const half = (css, title, content) => h('div', {class: 'half ' + css}, h('h3', null, title),
      h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title}, h('table', {class: 'listing'}, content)));
    body.replaceChildren(half('source', 'Source', source), half('assembly', 'Assembly', assembly));
    const hottest = list => [...list.querySelectorAll('tr[data-place]')].reduce((best, row) => {
      const value = parseFloat(row.cells[0].textContent.replace('<', '')) || 0;
      return value > best.value ? {value, row} : best;
    }, {value: 0, row: null}).row;
    for (const list of body.querySelectorAll('.half')) {
      const row = hottest(list);
      if (row) list.querySelector('.scroll').scrollTop = row.offsetTop - 100;
    }
  }
  draw(functionRows[0].number);
}
