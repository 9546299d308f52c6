// Draws the panels, one after the other; a panel that cannot be drawn says so
// and does not take the others with it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

async function main() {
  startTheme();
  const draw = (panelOf, name) => {
    try { panelOf(); } catch (error) {
      console.error(name, error);
      document.getElementById('main').append(absent('The panel "' + name + '" could not be drawn: ' + error.message));
    }
  };
  draw(drawSummary, 'summary');
  draw(drawTables, 'code');
  draw(drawAnnotate, 'annotate');
  draw(drawFlame, 'flame');
  draw(drawRoofline, 'roofline');
  await loadArrays();
  draw(drawMesh, 'mesh');
  draw(drawTimeline, 'timeline');
  draw(drawEnergy, 'energy');
  draw(drawRegions, 'regions');
  draw(drawDetails, 'details');
  startMenu();
  document.documentElement.dataset.ready = 'true';
}
main().catch(error => {
  console.error(error);
  document.getElementById('main').append(h('p', {class: 'warning'},
    'This page could not be drawn: ' + error.message + '. It needs a browser of 2023 or later.'));
});
