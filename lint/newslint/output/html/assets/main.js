// The page comes alive: data, address, filters, table and keys put together.

function begin(report) {
  const { search, prepare } = makeSearch(report);
  const sort = makeSort(report);
  const number = new Intl.NumberFormat("en");
  let state = readAddress(report);
  let rows = new Int32Array(0);
  let showsAll = false;

  const table = new Table(report, (row) => {
    state.open = state.open === row ? -1 : row;
    writeAddress(report, state, false);
    const place = rows.indexOf(row);
    table.show(rows, state.open, most());
    table.focus(place);
  });
  const most = () => (showsAll ? Math.min(rows.length, MOST_AT_ONCE) : 0);

  const barOf = (link) => [link.dataset.group,
    link.dataset.number !== undefined ? Number(link.dataset.number) : report.groups[link.dataset.group].indexOf(link.dataset.value)];

  function showBars(counts) {
    for (const section of document.querySelectorAll(".group")) {
      const group = section.dataset.group;
      const bars = Array.from(section.querySelectorAll("a[data-number]"));
      const peak = Math.max(1, ...report.total[group]);
      for (const link of bars) {
        const value = Number(link.dataset.number);
        const count = counts[group][value];
        link.querySelector(".number").textContent = number.format(count);
        link.querySelector(".fill").setAttribute("width", count ? `${Math.max((100 * count) / peak, 0.5)}%` : "0%");
        link.classList.toggle("is-empty", !count);
        if (state.chosen[group].has(value)) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }

  function showChips() {
    const chips = GROUPS.flatMap((group) => Array.from(state.chosen[group], (value) => {
      const name = report.groups[group][value] || "by hand";
      const label = group === "rule" ? `${name} ${report.rules[value].name}` : name;
      return make("button", { type: "button", class: "chip", "aria-label": visible(`Remove the filter ${group} ${label}`),
        onclick: () => choose(group, value) }, make("span", { class: "quiet" }, group), ` ${label} ×`);
    }));
    if (chips.length || state.words.trim()) {
      chips.push(make("button", { type: "button", class: "chip clear", onclick: clear }, "Clear all"));
    }
    byId("chips").replaceChildren(...chips);
    byId("chips").hidden = !chips.length;
  }

  function showSort() {
    for (const button of document.querySelectorAll("[data-sort]")) {
      const isUsed = button.dataset.sort === state.sort;
      button.dataset.order = isUsed ? (state.down ? "down" : "up") : "";
    }
    for (const head of document.querySelectorAll(".head > [role=columnheader]")) {
      const used = head.querySelector("[data-order=up], [data-order=down]");
      head.setAttribute("aria-sort", used ? (state.down ? "descending" : "ascending") : "none");
    }
  }

  function showView() {
    const isArchive = state.view === "archive" && byId("archive");
    document.documentElement.dataset.shown = isArchive ? "archive" : "findings";
    for (const link of document.querySelectorAll("a[data-view]")) {
      if (link.dataset.view === document.documentElement.dataset.shown) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  function show() {
    const { found, counts } = filter(report, state, search);
    report.total = report.total || counts;
    rows = sort(found, state.sort, state.down);
    if (state.open >= 0 && !rows.includes(state.open)) state.open = -1;
    const all = number.format(report.size);
    byId("count").textContent = found.length === report.size ? `${all} findings` : `${number.format(found.length)} of ${all} findings`;
    byId("table").hidden = !found.length;
    byId("empty").hidden = found.length > 0;
    const tooMany = found.length > MOST_AT_ONCE;
    byId("all").hidden = showsAll || tooMany || found.length < 30;
    showBars(counts);
    showChips();
    showSort();
    showView();
    table.show(rows, state.open, most());
  }

  function change(isStep) {
    showsAll = false;
    writeAddress(report, state, isStep);
    show();
  }

  function choose(group, value) {
    if (!state.chosen[group].delete(value)) state.chosen[group].add(value);
    change(true);
  }

  function clear() {
    const { sort: by, down } = state;
    state = { ...freshState(), sort: by, down };
    byId("search").value = "";
    change(true);
    byId("search").focus();
  }

  byId("search").value = state.words;
  byId("search").addEventListener("input", () => { state.words = byId("search").value; change(false); });
  byId("clear").addEventListener("click", clear);
  byId("csv").addEventListener("click", () => download("newslint-findings.csv", "text/csv", csvOf(report, rows)));
  byId("json").addEventListener("click", () => download("newslint-findings.json", "application/json", jsonOf(report, rows)));
  byId("all").addEventListener("click", () => { showsAll = true; byId("all").hidden = true; table.show(rows, state.open, most()); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-group], a[data-search], a[data-view], [data-sort]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.group) choose(...barOf(link));
    else if (link.dataset.search) { state = { ...freshState(), words: link.dataset.search }; byId("search").value = state.words; change(true); }
    else if (link.dataset.view) { state.view = link.dataset.view; change(true); }
    else { state.down = state.sort === link.dataset.sort && !state.down; state.sort = link.dataset.sort; change(true); }
    if (link.closest("#overview")) byId("findings").scrollIntoView();
  });

  addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input, textarea");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) { event.preventDefault(); byId("search").focus(); }
    if (event.key !== "Escape") return;
    if (state.open >= 0) { const place = rows.indexOf(state.open); state.open = -1; writeAddress(report, state, false); table.show(rows, -1, most()); table.focus(place); }
    else if (isTyping && state.words) { byId("search").value = state.words = ""; change(false); }
  });

  const again = () => { state = readAddress(report); byId("search").value = state.words; show(); };
  addEventListener("popstate", again);
  addEventListener("hashchange", again);
  addEventListener("beforeprint", () => {
    const printed = Math.min(rows.length, MOST_PRINTED);
    byId("printed").textContent = printed < rows.length ? `The first ${number.format(printed)} of ${number.format(rows.length)} findings` : "";
    table.show(rows, state.open, printed);
  });
  addEventListener("afterprint", () => table.show(rows, state.open, most()));

  byId("nav").hidden = !byId("archive");
  byId("tools").hidden = false;
  if (matchMedia("(max-width: 900px)").matches) byId("filters").open = false;
  // What is counted without a filter is what the bars are measured by.
  report.total = filter(report, freshState(), search).counts;
  show();
  if (state.open >= 0) table.focus(rows.indexOf(state.open));
  // Before the first key is pressed.
  setTimeout(prepare, 200);
}

readReport().then(begin).catch((error) => {
  byId("trouble").textContent = `This browser cannot show the list of findings: ${error.message}`;
  byId("trouble").hidden = false;
});
