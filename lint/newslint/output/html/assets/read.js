// What the page knows: the findings, read from the data that the page holds.

const byId = (id) => document.getElementById(id);

// Control characters, what turns a line around and what nobody sees: shown as escapes, as in a terminal.
const UNSEEN = new RegExp(
  "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u200b\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2060\\u2066-\\u2069" +
    "\\ufeff\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]", "g");

function escapeUnseen(character) {
  const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
  if (named) return named;
  const code = character.charCodeAt(0);
  if (code >= 0xdc80 && code <= 0xdcff) return "\\x" + (code - 0xdc00).toString(16);
  return code < 0x100 ? "\\x" + code.toString(16).padStart(2, "0") : "\\u" + code.toString(16).padStart(4, "0");
}

const visible = (text) => text.replace(UNSEEN, escapeUnseen);

// The one way to make an element: texts become text, never markup.
function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined) element.append(typeof child === "string" ? visible(child) : child);
  }
  return element;
}

const FILE_GROUPS = ["kind", "folder", "provider", "topic", "month"];

async function readReport() {
  const binary = atob(byId("data").textContent);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const raw = JSON.parse(await new Response(stream).text());
  const report = { groups: raw.groups, rules: raw.rules, link: raw.link, texts: raw.texts, repairs: raw.repairs };
  report.others = raw.others;
  report.topics = raw.topics;
  report.fileCount = raw.file_name.length;
  report.ofFile = Object.fromEntries(["name", ...FILE_GROUPS].map((group) => [group, new Int32Array(raw["file_" + group])]));
  report.size = raw.line.length;
  for (const name of ["rule", "severity", "line", "column", "end_column", "field", "readable", "message", "hint",
    "offset", "fix", "related"]) report[name] = new Int32Array(raw[name]);
  for (const name of ["path", "source"]) {
    const column = new Int32Array(raw[name]);
    for (let row = 1; row < report.size; row++) column[row] += column[row - 1];
    report[name] = column;
  }
  report.end_line = new Int32Array(raw.end_line);
  for (let row = 0; row < report.size; row++) report.end_line[row] += report.line[row];
  const fixes = [raw.groups.fix.indexOf(""), ...raw.repairs.map((repair) => raw.groups.fix.indexOf(repair[0]))];
  report.byFix = report.fix.map((number) => fixes[number]);
  return report;
}

// A name without a folder is all of the path, and so is one with a slash in it.
function pathOf(report, file) {
  const name = report.texts[report.ofFile.name[file]];
  const folder = report.groups.folder[report.ofFile.folder[file]];
  return folder === "." || name.includes("/") ? name : `${folder}/${name}`;
}

// The numbers of the values of a group that a file is counted under.
function valuesOf(report, group, file) {
  const number = report.ofFile[group][file];
  return group === "topic" ? report.topics[number] : [number];
}
