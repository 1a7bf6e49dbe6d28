// Opens the run that an address names, so that the table's links lead somewhere visible.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target && target.tagName === "DETAILS") {
    target.open = true;
    target.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();
document.documentElement.dataset.rendered = document.querySelectorAll("svg.ladder").length;
