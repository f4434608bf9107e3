// The filter and the sortable columns of a page, which is complete without them.
"use strict";
(() => {
  const table = document.querySelector("table.list");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  if (rows.length < 2) return;

  // As chrono folds words: no case, no accents, no apostrophes.
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f'’‘ʼʿʾ`]/g, "").toLowerCase();

  const bar = document.createElement("div");
  bar.className = "search";
  bar.setAttribute("role", "search");
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Filter: words, all must be found";
  field.setAttribute("aria-label", field.placeholder);
  const shown = document.createElement("output");
  bar.append(field, shown);
  table.before(bar);

  let texts = null;
  const count = (n) => {
    shown.textContent = `${n} of ${rows.length} ${table.dataset.noun || "rows"}`;
  };
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
  const folds = Array.from(body.querySelectorAll("details"));
  if (folds.length) {
    const unfold = document.createElement("button");
    unfold.type = "button";
    unfold.textContent = "Open all";
    unfold.addEventListener("click", () => {
      const open = unfold.textContent === "Open all";
      folds.forEach((folded) => { folded.open = open; });
      unfold.textContent = open ? "Close all" : "Open all";
    });
    bar.append(unfold);
  }

  // Up, down (numbers down, up), and as it was. A cell sorts by data-k where it has one; empty cells stay at the end.
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const heads = Array.from(table.tHead.rows[0].cells);
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.k === undefined ? cell.textContent.trim() : cell.dataset.k;
  };
  const sort = (column, direction) => {
    const keyed = rows.map((row, i) => ({ row, i, key: key(row, column) }));
    if (direction) {
      keyed.sort((a, b) => (a.key === "") - (b.key === "") || direction * collator.compare(a.key, b.key) || a.i - b.i);
    }
    body.append(...keyed.map((entry) => entry.row));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    const turns = head.classList.contains("right") ? ["descending", "ascending"] : ["ascending", "descending"];
    button.addEventListener("click", () => {
      const turn = turns[turns.indexOf(head.getAttribute("aria-sort")) + 1];
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (turn) head.setAttribute("aria-sort", turn);
      sort(column, { ascending: 1, descending: -1 }[turn] || 0);
    });
  });

  // What is linked to is shown: unfolded, and never hidden by the filter.
  const visit = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !body.contains(target)) return;
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
