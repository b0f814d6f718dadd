// One finding, opened: its source line, what to do, the fix as a small diff, the rule's page.

function copyButton(text, label) {
  const button = make("button", { type: "button", class: "copy", "aria-label": label }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      // Without the right to the clipboard the text is at least chosen.
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = "Press Ctrl+C";
    }
  });
  return button;
}

// A place in {path}:{line} as an address; each part of the path is escaped by itself.
function linkTo(report, path, line) {
  if (!report.link || /[\ud800-\udfff]/.test(path.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) return null;
  const parts = path.split("/").map(encodeURIComponent).join("/");
  return report.link.replaceAll("{path}", () => parts).replaceAll("{line}", String(line));
}

function placeNode(report, path, line, column) {
  const shown = `${path}:${line}:${column}`;
  const address = linkTo(report, path, line);
  return address ? make("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, shown) : make("span", {}, shown);
}

// The source line in three parts by code points, as columns count them, and whether it goes on at its ends.
function sourceOf(report, row) {
  const points = Array.from(report.texts[report.source[row]]);
  const offset = report.offset[row] >> 1;
  const start = Math.min(Math.max(report.column[row] - 1 - offset, 0), points.length);
  const isOne = report.end_line[row] === report.line[row];
  const end = isOne ? Math.min(Math.max(report.end_column[row] - 1 - offset, start), points.length) : points.length;
  return { points, offset, start, end, goesOn: (report.offset[row] & 1) === 1 };
}

function sourceNode(report, row) {
  const { points, offset, start, end, goesOn } = sourceOf(report, row);
  if (!points.join("").trim()) return null;
  const marked = points.slice(start, end).join("");
  return make("pre", { class: "source", tabindex: "0", "aria-label": `Line ${report.line[row]} of the file` },
    make("span", { class: "at" }, String(report.line[row])),
    make("code", {}, offset ? "…" : "", points.slice(0, start).join(""),
      make("mark", { class: report.groups.severity[report.severity[row]] }, marked || "\u2038"),
      points.slice(end).join(""), goesOn ? "…" : ""));
}

const quoted = (text) => "'" + text.replaceAll("'", "'\\''") + "'";

function commandFor(report, row, applicability) {
  const path = pathOf(report, report.path[row]);
  const isPlain = /^[\w@%+=:,./-]+$/.test(path);
  const named = path.startsWith("-") ? "./" + path : path;
  const option = applicability === "unsafe" ? "--fix --unsafe-fixes" : "--fix";
  return `newslint check ${option} --select ${report.rules[report.rule[row]].code} ${isPlain ? named : quoted(named)}`;
}

// The line as it is and as it would be, where all edits are in the part of it that is here; else null.
function changedLine(report, row, edits) {
  const { points, offset } = sourceOf(report, row);
  const parts = [];
  let at = 0;
  for (const [line, column, endLine, endColumn, text] of edits) {
    const start = report.column[row] + column - 1 - offset;
    const end = report.column[row] + endColumn - 1 - offset;
    const replaced = report.texts[text];
    if (line || endLine || start < at || end > points.length || /[\r\n]/.test(replaced)) return null;
    parts.push({ kept: points.slice(at, start).join(""), gone: points.slice(start, end).join(""), come: replaced });
    at = end;
  }
  return { parts, rest: points.slice(at).join("") };
}

function diffNode(report, row, edits) {
  if (edits === null) return make("p", { class: "quiet" }, "The change is too long to be shown here.");
  const inOrder = [...edits].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const changed = changedLine(report, row, inOrder);
  if (changed) {
    const side = (sign, key, kind) => make("code", { class: kind }, sign + " ",
      changed.parts.flatMap((part) => [part.kept, part[key] ? make(sign === "-" ? "del" : "ins", {}, part[key]) : null]),
      changed.rest);
    return make("pre", { class: "diff", tabindex: "0", "aria-label": "The line before and after" },
      side("-", "gone", "minus"), side("+", "come", "plus"));
  }
  const lines = inOrder.slice(0, 20).map(([line, column, endLine, endColumn, text]) => {
    const replaced = report.texts[text];
    const from = `${report.line[row] + line}:${report.column[row] + column}`;
    const to = `${report.line[row] + endLine}:${report.column[row] + endColumn}`;
    const place = from === to ? `at ${from}` : `${from} to ${to}`;
    if (!replaced) return make("code", { class: "minus" }, `- ${place} is deleted`);
    const shown = replaced.length > 300 ? replaced.slice(0, 300) + "…" : replaced;
    return make("code", { class: "plus" }, `+ ${place}: `, make("ins", {}, shown));
  });
  if (edits.length > lines.length) lines.push(make("code", {}, `  and ${edits.length - lines.length} more`));
  return make("pre", { class: "diff", tabindex: "0", "aria-label": "What would change" }, lines);
}

function fixNode(report, row) {
  if (!report.fix[row]) return null;
  const [applicability, title, edits] = report.repairs[report.fix[row] - 1];
  const command = commandFor(report, row, applicability);
  const meaning = applicability === "safe" ? "the meaning stays" : "the meaning may change: look at it";
  return make("section", { class: "fix" },
    make("h3", {}, "Fix"),
    make("p", {}, report.texts[title], " ", make("span", { class: "quiet" }, `(${meaning})`)),
    diffNode(report, row, edits),
    UNSEEN_ONCE.test(command) ? null : make("p", { class: "run" }, make("code", {}, command), copyButton(command, "Copy the command")));
}

const UNSEEN_ONCE = new RegExp(UNSEEN.source);

// The few signs of Markdown that the rules' pages use.
function inline(text) {
  return text.split(/(`[^`]+`)/).map((part) =>
    part.length > 2 && part.startsWith("`") && part.endsWith("`") ? make("code", {}, part.slice(1, -1)) : part);
}

function markdown(text) {
  const nodes = [];
  let lines = [];
  let items = null;
  let code = null;
  const flush = () => {
    if (lines.length) nodes.push(make("p", {}, inline(lines.join(" "))));
    if (items) nodes.push(make("ul", {}, items.map((item) => make("li", {}, inline(item)))));
    lines = [];
    items = null;
  };
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) {
      flush();
      if (code !== null) {
        const pre = make("pre", { tabindex: "0", "aria-label": "Example" });
        pre.append(code.map((one) => one.split("\t").map(visible).join("\t")).join("\n"));
        nodes.push(pre);
      }
      code = code === null ? [] : null;
    } else if (code !== null) code.push(line);
    else if (line.startsWith("## ")) { flush(); nodes.push(make("h4", {}, line.slice(3))); }
    else if (line.startsWith("- ")) { if (!items) flush(); (items = items || []).push(line.slice(2)); }
    else if (items && line.startsWith("  ")) items[items.length - 1] += " " + line.trim();
    else if (!line.trim()) flush();
    else { if (items) flush(); lines.push(line.trim()); }
  }
  flush();
  return nodes;
}

function ruleNode(report, row) {
  const rule = report.rules[report.rule[row]];
  if (!rule.page) return null;
  const details = make("details", { class: "page" }, make("summary", {}, `About ${rule.code} ${rule.name}`));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...markdown(rule.page));
  });
  return details;
}

function othersNode(report, row) {
  if (!report.related[row]) return null;
  return make("ul", { class: "others" }, report.others[report.related[row] - 1].map(([path, line, column, , message]) =>
    make("li", {}, placeNode(report, report.texts[path], line, column), " ", report.texts[message])));
}

function detailNode(report, row) {
  const readable = report.texts[report.readable[row]];
  const hint = report.texts[report.hint[row]];
  return make("div", { class: "detail-body" },
    make("p", { class: "what" }, readable ? make("b", {}, readable) : null, readable ? " " : "", report.texts[report.message[row]]),
    make("p", { class: "where" }, placeNode(report, pathOf(report, report.path[row]), report.line[row], report.column[row])),
    sourceNode(report, row),
    othersNode(report, row),
    hint ? make("p", { class: "hint" }, make("b", {}, "What to do: "), hint) : null,
    fixNode(report, row),
    ruleNode(report, row));
}
