// What is asked for, kept in the page's address, and which findings answer it.

const GROUPS = ["severity", "rule", "fix", ...FILE_GROUPS];
const SORTS = ["severity", "rule", "message", "place"];

const freshState = () => ({
  words: "", chosen: Object.fromEntries(GROUPS.map((group) => [group, new Set()])),
  sort: "severity", down: false, open: -1, view: "findings",
});

function readAddress(report) {
  const state = freshState();
  const given = new URLSearchParams(location.hash.slice(1));
  state.words = given.get("q") || "";
  for (const group of GROUPS) {
    for (const value of given.getAll(group)) {
      const number = report.groups[group].indexOf(value);
      if (number >= 0) state.chosen[group].add(number);
    }
  }
  if (SORTS.includes(given.get("sort"))) state.sort = given.get("sort");
  state.down = given.get("order") === "down";
  const open = Number.parseInt(given.get("open") || "", 10);
  if (open >= 1 && open <= report.size) state.open = open - 1;
  if (given.get("view") === "archive" || location.hash === "#archive") state.view = "archive";
  return state;
}

function writeAddress(report, state, isStep) {
  const given = new URLSearchParams();
  if (state.words.trim()) given.set("q", state.words.trim());
  for (const group of GROUPS) for (const number of state.chosen[group]) given.append(group, report.groups[group][number]);
  if (state.sort !== "severity" || state.down) given.set("sort", state.sort);
  if (state.down) given.set("order", "down");
  if (state.open >= 0) given.set("open", state.open + 1);
  if (state.view !== "findings") given.set("view", state.view);
  const address = "#" + given.toString();
  if (address === (location.hash || "#")) return;
  if (isStep) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

// Each text is looked at once for a word, however many findings share it.
function makeSearch(report) {
  let lower = null;
  const prepare = () => {
    if (lower) return;
    lower = report.texts.map((text) => text.toLowerCase());
    report.lowerFiles = report.files.map((file) => [file[0], ...["provider", "topic"].flatMap((group) =>
      file[1 + FILE_GROUPS.indexOf(group)].map((number) => report.groups[group][number]))].join("\n").toLowerCase());
    report.lowerRules = report.rules.map((rule) => `${rule.code} ${rule.name}`.toLowerCase());
  };
  const hits = (texts, word) => Uint8Array.from(texts, (text) => (text.includes(word) ? 1 : 0));
  return (words) => {
    prepare();
    return words.toLowerCase().split(/\s+/).filter(Boolean).map((word) => {
      const texts = hits(lower, word);
      const files = hits(report.lowerFiles, word);
      const rules = hits(report.lowerRules, word);
      const severities = hits(report.groups.severity, word);
      return (row) => texts[report.message[row]] || texts[report.readable[row]] || texts[report.source[row]] ||
        files[report.path[row]] || rules[report.rule[row]] || severities[report.severity[row]];
    });
  };
}

// The findings that answer, and for each group how many would answer whatever was chosen in that group.
function filter(report, state, search) {
  const tests = search(state.words);
  const used = GROUPS.map((group, bit) => ({ group, bit: 1 << bit, chosen: state.chosen[group] }))
    .filter((one) => one.chosen.size);
  const byFile = report.files.map((file) => used.reduce((mask, one) => {
    const at = FILE_GROUPS.indexOf(one.group);
    return at < 0 || file[1 + at].some((number) => one.chosen.has(number)) ? mask : mask | one.bit;
  }, 0));
  const byRow = used.filter((one) => !FILE_GROUPS.includes(one.group))
    .map((one) => ({ ...one, column: one.group === "fix" ? report.byFix : report[one.group] }));
  const counts = Object.fromEntries(GROUPS.map((group) => [group, new Int32Array(report.groups[group].length)]));
  // Of what a file is counted under, all its findings are counted at once.
  const ofFiles = GROUPS.map((group) => (FILE_GROUPS.includes(group) ? new Int32Array(report.files.length) : null));
  const columns = GROUPS.map((group) => (group === "fix" ? report.byFix : report[group]));
  const found = [];
  for (let row = 0; row < report.size; row++) {
    const file = report.path[row];
    let mask = byFile[file];
    for (const one of byRow) if (!one.chosen.has(one.column[row])) mask |= one.bit;
    if (mask & (mask - 1)) continue;
    if (!tests.every((test) => test(row))) continue;
    if (mask === 0) found.push(row);
    for (let bit = 0; bit < GROUPS.length; bit++) {
      if (mask !== 0 && mask !== 1 << bit) continue;
      if (ofFiles[bit]) ofFiles[bit][file]++;
      else counts[GROUPS[bit]][columns[bit][row]]++;
    }
  }
  ofFiles.forEach((numbers, bit) => numbers?.forEach((number, file) => {
    if (!number) return;
    for (const value of report.files[file][1 + FILE_GROUPS.indexOf(GROUPS[bit])]) counts[GROUPS[bit]][value] += number;
  }));
  return { found, counts };
}

function ranks(values) {
  const compare = new Intl.Collator("en").compare;
  const order = Array.from(values.keys()).sort((one, other) => compare(values[one], values[other]));
  const rank = new Int32Array(values.length);
  order.forEach((number, place) => (rank[number] = place));
  return rank;
}

function makeSort(report) {
  const known = {};
  const keys = (sort) => (known[sort] = known[sort] || {
    severity: () => report.severity,
    rule: () => { const rank = ranks(report.rules.map((rule) => rule.code)); return report.rule.map((rule) => rank[rule]); },
    message: () => { const rank = ranks(report.texts); return report.message.map((text) => rank[text]); },
    place: () => new Int32Array(report.size),
  }[sort]());
  return (found, sort, down) => {
    const key = keys(sort);
    // A key and the place in the report in one number: these sort fast, and equal keys stay in their order.
    const sorted = Float64Array.from(found, (row) => key[row] * report.size + row).sort();
    const rows = Int32Array.from(sorted, (number) => number % report.size);
    return down ? rows.reverse() : rows;
  };
}
