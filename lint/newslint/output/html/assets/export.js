// The findings in the table as a file: CSV for a spreadsheet, JSON for a program.

function findingObject(report, row) {
  const rule = report.rules[report.rule[row]];
  const texts = report.texts;
  const repair = report.fix[row] ? report.repairs[report.fix[row] - 1] : null;
  const line = report.line[row];
  const column = report.column[row];
  return {
    path: pathOf(report, report.path[row]), line, column,
    end_line: report.end_line[row], end_column: report.end_column[row],
    field: texts[report.field[row]], code: rule.code, name: rule.name,
    severity: report.groups.severity[report.severity[row]],
    message: texts[report.message[row]], hint: texts[report.hint[row]] || null,
    related: (report.related[row] ? report.others[report.related[row] - 1] : []).map((other) => ({
      path: texts[other[0]], line: other[1], column: other[2], field: texts[other[3]], message: texts[other[4]] })),
    fix: repair && { applicability: repair[0], title: texts[repair[1]], edits: repair[2] && repair[2].map((edit) => ({
      line: line + edit[0], column: column + edit[1], end_line: line + edit[2], end_column: column + edit[3],
      text: texts[edit[4]] })) },
  };
}

const CSV_FIELDS = ["path", "line", "column", "end_line", "end_column", "field", "code", "name", "severity", "message", "hint", "fix"];

// RFC 4180; a spreadsheet takes what begins with one of these signs for a formula, so that it gets a quotation mark.
function csvCell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? "'" + value : String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function csvOf(report, rows) {
  const lines = [CSV_FIELDS.join(",")];
  for (const row of rows) {
    const finding = findingObject(report, row);
    const cells = { ...finding, fix: finding.fix && finding.fix.applicability };
    lines.push(CSV_FIELDS.map((name) => csvCell(cells[name])).join(","));
  }
  // The byte order mark tells a spreadsheet that this is UTF-8.
  return "\ufeff" + lines.join("\r\n") + "\r\n";
}

function jsonOf(report, rows) {
  return JSON.stringify(Array.from(rows, (row) => findingObject(report, row)), null, 2) + "\n";
}

function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
