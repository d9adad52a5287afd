// Keys for reading without a mouse. Nothing on the pages needs this script.
"use strict";

const box = document.getElementById("q");
const keys = document.getElementById("keys");
const hits = [...document.querySelectorAll(".hit h3 a")];

// step moves the focus to the next hit in the given direction.
function step(by) {
  const at = hits.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : hits.length - 1) : at + by;
  if (next < 0 || next >= hits.length) return;
  hits[next].focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  hits[next].closest(".hit").scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing && event.key === "Escape") event.target.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || (keys && keys.open)) return;
  const onHit = hits.includes(document.activeElement);
  switch (event.key) {
    case "/":
      if (!box) return;
      box.focus();
      box.select();
      break;
    case "j":
      step(1);
      break;
    case "k":
      step(-1);
      break;
    case "ArrowDown": // scrolls as always unless a hit has the focus
      if (!onHit) return;
      step(1);
      break;
    case "ArrowUp":
      if (!onHit) return;
      step(-1);
      break;
    case "?":
      if (!keys) return;
      keys.showModal();
      break;
    default:
      return;
  }
  event.preventDefault();
});
