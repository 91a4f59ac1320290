"use strict";
// A click on a column's heading, or Enter on it, sorts the table by that column; a second one turns the order round.
for (const button of document.querySelectorAll("th button")) {
  button.addEventListener("click", () => {
    const heading = button.closest("th");
    const body = heading.closest("table").tBodies[0];
    const down = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = (row) => {
      const cell = row.cells[heading.cellIndex];
      return cell.dataset.value ?? cell.textContent.trim();
    };
    const rows = [...body.rows];
    const numbers = rows.every((row) => !Number.isNaN(Number(value(row))));
    const order = (x, y) => (numbers ? Number(x) - Number(y) : x.localeCompare(y)) * (down ? -1 : 1);
    rows.sort((a, b) => (value(a) === "") - (value(b) === "") || order(value(a), value(b))); // the empty ones last
    body.append(...rows);
  });
}
