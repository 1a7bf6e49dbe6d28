// Opens the run that an address names, so that the table's links lead somewhere visible.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
    target.scrollIntoView();
  }
}
// In a table of verdicts the arrow keys go from cell to cell, beside Tab.
const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
addEventListener("keydown", (event) => {
  const step = steps[event.key];
  const cell = step && event.target.closest && event.target.closest("td");
  const row = cell && cell.parentElement;
  const next = row && row.parentElement.rows[row.sectionRowIndex + step[0]];
  const link = next && next.cells[cell.cellIndex + step[1]] && next.cells[cell.cellIndex + step[1]].querySelector("a");
  if (link) {
    link.focus();
    event.preventDefault();
  }
});
addEventListener("hashchange", reveal);
reveal();
document.documentElement.dataset.rendered = document.querySelectorAll("svg.ladder").length;
