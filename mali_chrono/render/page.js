// The filter and the sortable columns of a page, which is complete without them.
"use strict";
(() => {
  const tables = Array.from(document.querySelectorAll("table.list"));
  const rows = tables.flatMap((table) => Array.from(table.tBodies[0].rows));
  if (rows.length < 2) return;
  const noun = tables.length === 1 ? tables[0].dataset.noun : "rows";

  // As chrono folds words: no case, no accents, no apostrophes.
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’‘ʼʿʾ`]/g, "").toLowerCase();

  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const bar = make("div", { className: "search" });
  bar.setAttribute("role", "search");
  const field = make("input", { type: "search", placeholder: "Filter: words, all must be found" });
  field.setAttribute("aria-label", field.placeholder);
  const shown = make("output");
  bar.append(field, shown);
  tables[0].before(bar);

  const count = (number) => {
    shown.textContent = `${number} of ${rows.length} ${noun}`;
  };
  let texts = null;
  const filter = () => {
    texts = texts || rows.map((row) => fold(row.textContent));
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, i) => {
      const hidden = !words.every((word) => texts[i].includes(word));
      if (row.hidden !== hidden) row.hidden = hidden;
      found += !hidden;
    });
    count(found);
  };
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, rows.length > 1000 ? 250 : 60);
  });
  count(rows.length);

  // A button that opens all that is folded, or closes it.
  const folds = rows.flatMap((row) => Array.from(row.querySelectorAll("details")));
  if (folds.length) {
    const unfold = make("button", { type: "button", textContent: "Open all" });
    unfold.addEventListener("click", () => {
      const open = unfold.textContent === "Open all";
      folds.forEach((folded) => { folded.open = open; });
      unfold.textContent = open ? "Close all" : "Open all";
    });
    bar.append(unfold);
  }

  // Up, down (numbers down, up), and as it was. A cell sorts by data-k where it has one; empty cells stay at the end.
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const keyOf = (cell) => (cell.dataset.k === undefined ? cell.textContent.trim() : cell.dataset.k);
  const makeSortable = (table) => {
    const body = table.tBodies[0];
    const order = Array.from(body.rows);
    const heads = Array.from(table.tHead.rows[0].cells);
    const sort = (column, direction) => {
      const keyed = order.map((row, i) => ({ row, i, key: direction ? keyOf(row.cells[column]) : "" }));
      keyed.sort((a, b) => (a.key === "") - (b.key === "") || direction * collator.compare(a.key, b.key) || a.i - b.i);
      body.append(...keyed.map((entry) => entry.row));
    };
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", textContent: head.textContent });
      head.replaceChildren(button);
      const turns = head.classList.contains("right") ? ["descending", "ascending"] : ["ascending", "descending"];
      button.addEventListener("click", () => {
        const turn = turns[turns.indexOf(head.getAttribute("aria-sort")) + 1];
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        if (turn) head.setAttribute("aria-sort", turn);
        sort(column, { ascending: 1, descending: -1 }[turn] || 0);
      });
    });
  };
  tables.forEach(makeSortable);

  // What is linked to is shown: unfolded, and never hidden by the filter.
  const visit = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("table.list")) return;
    if (target.hidden) {
      field.value = "";
      filter();
    }
    target.querySelectorAll("details").forEach((folded) => { folded.open = true; });
    target.scrollIntoView();
  };
  const measure = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  addEventListener("resize", measure);
  addEventListener("hashchange", visit);
  measure();
  visit();
})();
