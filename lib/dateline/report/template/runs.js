"use strict";
// Sorting and searching; without script the page is read as it stands.
const table = document.getElementById("all");
if (table) {
  const body = table.tBodies[0], rows = [...body.rows];
  const value = (row, i) => row.cells[i].dataset.sort || row.cells[i].textContent;
  const order = new Intl.Collator("en", { numeric: true });
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    button.onclick = () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      rows.sort((a, b) => (up ? 1 : -1) * order.compare(value(a, i), value(b, i)));
      body.append(...rows);
    };
  });
  const label = document.createElement("label"), field = document.createElement("input");
  const told = document.createElement("span");
  field.type = "search";
  told.setAttribute("role", "status");
  label.append("Search ", field);
  const bar = document.createElement("p");
  bar.className = "search";
  bar.append(label, told);
  table.parentNode.before(bar);
  field.oninput = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += !row.hidden;
    }
    told.textContent = words.length ? ` ${shown} of ${rows.length} runs` : "";
  };
}
