// The table: only the rows that can be seen are in the page, each at its place below the others.

const OVERSCAN = 8;
const MOST_AT_ONCE = 5000;
const MOST_PRINTED = 1000;

class Table {
  constructor(report, onToggle) {
    this.report = report;
    this.onToggle = onToggle;
    this.rows = new Int32Array(0);
    this.open = -1;
    this.most = 0;
    this.body = byId("rows");
    this.drawn = new Map();
    this.detail = null;
    this.detailHeight = 0;
    this.watcher = new ResizeObserver(() => this.measure());
    this.body.addEventListener("keydown", (event) => this.onKey(event));
    let isAsked = false;
    const later = () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => { isAsked = false; this.draw(); });
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", () => { this.forget(); later(); }, { passive: true });
  }

  get height() {
    return Number.parseFloat(getComputedStyle(this.body).getPropertyValue("--row")) || 48;
  }

  // Show other rows; most is how many are drawn whether they are seen or not.
  show(rows, open, most) {
    this.rows = rows;
    this.open = open;
    this.most = most;
    this.forget();
    byId("table").setAttribute("aria-rowcount", rows.length + 1);
    this.draw();
  }

  forget() {
    for (const element of this.drawn.values()) element.remove();
    this.drawn.clear();
    if (this.detail) { this.watcher.disconnect(); this.detail.remove(); this.detail = null; this.detailHeight = 0; }
  }

  get openPlace() {
    return this.open < 0 ? -1 : this.rows.indexOf(this.open);
  }

  top(place) {
    const open = this.openPlace;
    return place * this.height + (open >= 0 && place > open ? this.detailHeight : 0);
  }

  measure() {
    const height = this.detail ? this.detail.offsetHeight : 0;
    if (height !== this.detailHeight) { this.detailHeight = height; this.draw(); }
  }

  draw() {
    const height = this.height;
    const open = this.openPlace;
    const count = this.rows.length;
    const above = -this.body.getBoundingClientRect().top;
    let first = Math.floor(above / height) - OVERSCAN;
    let last = Math.ceil((above + innerHeight) / height) + OVERSCAN;
    if (open >= 0 && first + OVERSCAN > open) first -= Math.ceil(this.detailHeight / height);
    // Some rows are there even while all are out of sight: whoever moves by keys or hears the page comes to them.
    first = Math.max(0, Math.min(first, count - OVERSCAN));
    last = Math.min(count, Math.max(last, first + OVERSCAN));
    if (this.most) { first = 0; last = Math.min(count, this.most); }
    const hasFocus = document.activeElement?.closest?.(".row");
    for (const [place, element] of this.drawn) {
      if ((place < first || place >= last) && element !== hasFocus) { element.remove(); this.drawn.delete(place); }
    }
    for (let place = first; place < last; place++) if (!this.drawn.has(place)) this.drawn.set(place, this.rowNode(place));
    this.placeDetail(open, open >= first && open < last);
    const places = Array.from(this.drawn.keys()).sort((one, other) => one - other);
    let next = this.body.firstChild;
    for (const place of places) {
      const elements = place === open && this.detail ? [this.drawn.get(place), this.detail] : [this.drawn.get(place)];
      for (const element of elements) {
        if (element === next) next = next.nextSibling;
        else this.body.insertBefore(element, next);
      }
      this.drawn.get(place).style.transform = `translateY(${this.top(place)}px)`;
    }
    if (this.detail) {
      this.detail.style.transform = `translateY(${(open + 1) * height}px)`;
      const measured = this.detail.offsetHeight;
      if (measured !== this.detailHeight) { this.detailHeight = measured; this.draw(); return; }
    }
    this.body.style.height = `${count * height + (open >= 0 ? this.detailHeight : 0)}px`;
  }

  placeDetail(open, isSeen) {
    if (this.detail || open < 0 || !isSeen) return;
    this.detail = make("div", { class: "detail", role: "row", id: "detail" },
      make("div", { role: "cell", "aria-colspan": "3" }, detailNode(this.report, this.open)));
    this.watcher.observe(this.detail);
  }

  rowNode(place) {
    const report = this.report;
    const row = this.rows[place];
    const rule = report.rules[report.rule[row]];
    const severity = report.groups.severity[report.severity[row]];
    const path = pathOf(report, report.path[row]);
    const cut = path.lastIndexOf("/") + 1;
    const readable = report.texts[report.readable[row]];
    const isOpen = row === this.open;
    const button = make("button", { type: "button", class: "open", "aria-expanded": String(isOpen) },
      readable ? make("b", {}, readable) : null, readable ? " " : "", report.texts[report.message[row]]);
    const element = make("div", { class: isOpen ? "row is-open" : "row", role: "row", "aria-rowindex": place + 2 },
      make("div", { role: "cell", class: "c-rule" },
        make("span", { class: `level-word ${severity}` }, severity,
          report.fix[row] ? make("span", { class: "mendable" }, " · fixable") : null), " ",
        make("span", { class: "rule" }, `${rule.code} ${rule.name}`)),
      make("div", { role: "cell", class: "c-message" }, button),
      make("div", { role: "cell", class: "c-place", title: visible(`${path}:${report.line[row]}:${report.column[row]}`) },
        make("span", { class: "file" }, path.slice(cut)), make("span", { class: "line" }, `:${report.line[row]}`),
        make("span", { class: "folder" }, cut ? path.slice(0, cut - 1) : "")));
    element.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed && !event.target.closest("button")) return;
      this.onToggle(row);
    });
    element.dataset.place = place;
    return element;
  }

  // Bring a row into view and give it the focus.
  focus(place) {
    const target = Math.max(0, Math.min(place, this.rows.length - 1));
    const bar = byId("tools").getBoundingClientRect().height;
    const top = this.body.getBoundingClientRect().top + this.top(target);
    if (top < bar) scrollBy(0, top - bar);
    else if (top + this.height > innerHeight) scrollBy(0, top + this.height - innerHeight);
    this.draw();
    this.drawn.get(target)?.querySelector("button").focus({ preventScroll: true });
  }

  onKey(event) {
    const row = event.target.closest(".row");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = Number(row.dataset.place);
    const page = Math.max(1, Math.floor(innerHeight / this.height) - 3);
    const steps = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: this.rows.length - 1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.focus(steps[event.key]);
  }
}
