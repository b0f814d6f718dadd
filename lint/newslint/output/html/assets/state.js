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

// Each text is looked at once for a word, however many findings share it, and again only when the word changes.
function makeSearch(report) {
  let lower = null;
  let known = new Map();
  const prepare = () => {
    if (lower) return;
    lower = {
      texts: report.texts.map((text) => text.toLowerCase()),
      files: Array.from({ length: report.fileCount }, (_, file) => pathOf(report, file).toLowerCase()),
      providers: report.groups.provider.map((name) => name.toLowerCase()),
      topics: report.topics.map((list) => list.map((number) => report.groups.topic[number]).join("\n").toLowerCase()),
      rules: report.rules.map((rule) => `${rule.code} ${rule.name}`.toLowerCase()),
      severities: report.groups.severity,
    };
  };
  const hits = (texts, word) => {
    const found = new Uint8Array(texts.length);
    for (let number = 0; number < texts.length; number++) if (texts[number].includes(word)) found[number] = 1;
    return found;
  };
  const lookFor = (word) => {
    const files = hits(lower.files, word);
    const { provider, topic } = report.ofFile;
    const [providers, topics] = [hits(lower.providers, word), hits(lower.topics, word)];
    for (let file = 0; file < files.length; file++) files[file] |= providers[provider[file]] | topics[topic[file]];
    return { texts: hits(lower.texts, word), files, rules: hits(lower.rules, word), severities: hits(lower.severities, word) };
  };
  const search = (words) => {
    const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
    if (!asked.length) return () => true;
    prepare();
    known = new Map(asked.map((word) => [word, known.get(word) || lookFor(word)]));
    const found = Array.from(known.values());
    const { message, readable, source, path, rule, severity } = report;
    return (row) => {
      for (const { texts, files, rules, severities } of found) {
        if (!(texts[message[row]] || texts[readable[row]] || texts[source[row]] || files[path[row]] ||
          rules[rule[row]] || severities[severity[row]])) return false;
      }
      return true;
    };
  };
  return { search, prepare };
}

// The findings that answer, and for each group how many would answer whatever was chosen in that group.
function filter(report, state, search) {
  const answers = search(state.words);
  const used = GROUPS.map((group, bit) => ({ group, bit: 1 << bit, chosen: state.chosen[group] }))
    .filter((one) => one.chosen.size);
  const byFile = new Int32Array(report.fileCount);
  for (const one of used.filter((one) => FILE_GROUPS.includes(one.group))) {
    for (let file = 0; file < byFile.length; file++) {
      if (!valuesOf(report, one.group, file).some((number) => one.chosen.has(number))) byFile[file] |= one.bit;
    }
  }
  const byRow = used.filter((one) => !FILE_GROUPS.includes(one.group))
    .map((one) => ({ ...one, column: one.group === "fix" ? report.byFix : report[one.group] }));
  const counts = Object.fromEntries(GROUPS.map((group) => [group, new Int32Array(report.groups[group].length)]));
  // Of what a file is counted under, all its findings are counted at once.
  const whole = new Int32Array(report.fileCount);
  const partly = GROUPS.map((group) => (FILE_GROUPS.includes(group) ? new Int32Array(report.fileCount) : null));
  const columns = GROUPS.map((group) => (group === "fix" ? report.byFix : report[group]));
  const ofRows = GROUPS.flatMap((group, bit) => (partly[bit] ? [] : [{ column: columns[bit], into: counts[group] }]));
  const found = [];
  for (let row = 0; row < report.size; row++) {
    const file = report.path[row];
    let mask = byFile[file];
    for (const one of byRow) if (!one.chosen.has(one.column[row])) mask |= one.bit;
    if (mask & (mask - 1)) continue;
    if (!answers(row)) continue;
    if (mask === 0) {
      found.push(row);
      whole[file]++;
      for (const { column, into } of ofRows) into[column[row]]++;
    } else {
      const bit = 31 - Math.clz32(mask);
      if (partly[bit]) partly[bit][file]++;
      else counts[GROUPS[bit]][columns[bit][row]]++;
    }
  }
  partly.forEach((numbers, bit) => numbers?.forEach((number, file) => {
    const sum = number + whole[file];
    if (!sum) return;
    for (const value of valuesOf(report, GROUPS[bit], file)) counts[GROUPS[bit]][value] += sum;
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
    // Findings are put into a place for each key, in their order, so that equal keys stay as they were.
    const starts = new Int32Array(key.reduce((most, one) => Math.max(most, one), 0) + 2);
    for (const row of found) starts[key[row] + 1]++;
    for (let number = 1; number < starts.length; number++) starts[number] += starts[number - 1];
    const rows = new Int32Array(found.length);
    for (const row of found) rows[starts[key[row]]++] = row;
    return down ? rows.reverse() : rows;
  };
}
