-- What the test does in Neovim: each step says what it saw; the test compares. Waits have limits, and errors are told.
local said = {}
local function say(name, value)
  table.insert(said, name .. "\t" .. (type(value) == "string" and value or vim.inspect(value, { newline = "", indent = "" })))
end

local function wait(what, is_so)
  if not vim.wait(20000, is_so, 20) then
    say("too late", what)
  end
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

local function diagnostics()
  return vim.diagnostic.get(0)
end

local function line_of(pattern)
  return vim.fn.search(pattern, "nw")
end

local function go(pattern, more)
  vim.fn.cursor(line_of(pattern), 1)
  vim.fn.search(pattern, "c")
  vim.api.nvim_win_set_cursor(0, { vim.fn.line("."), vim.fn.col(".") - 1 + (more or 0) })
end

local function encoding()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return clients[1].offset_encoding
end

local function run()
  vim.cmd("edit article.md")
  wait("diagnostics", function() return #diagnostics() > 0 end)
  for _, one in ipairs(diagnostics()) do
    local line = vim.fn.getline(one.lnum + 1)
    say("finding", one.code .. " " .. line:sub(one.col + 1, one.end_col))
  end

  go("&amp;")
  local params = vim.lsp.util.make_range_params(0, encoding())
  params.context = { diagnostics = {} }
  for _, action in ipairs(ask("textDocument/codeAction", params)) do
    if action.isPreferred then
      say("fix", action.title)
      vim.lsp.util.apply_workspace_edit(action.edit, encoding())
    end
  end
  say("after the fix", vim.fn.getline(line_of("^title")))

  go("^type")
  local hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0, encoding()))
  say("hover", vim.split(hover.contents.value, "\n")[1])

  go("^exerpt", 6)
  local list = ask("textDocument/completion", vim.lsp.util.make_position_params(0, encoding()))
  table.sort(list.items, function(a, b) return a.sortText < b.sortText end)
  say("field", list.items[1].label)
  vim.lsp.util.apply_text_edits({ list.items[1].textEdit }, 0, encoding())

  go("- Comp", 6)
  list = ask("textDocument/completion", vim.lsp.util.make_position_params(0, encoding()))
  for _, item in ipairs(list.items) do
    say("topic", item.label)
  end
  vim.lsp.util.apply_text_edits({ list.items[1].textEdit }, 0, encoding())

  wait("an end of the findings", function() return #diagnostics() == 0 end)
  say("findings left", #diagnostics())
  -- What is saved is mended first.
  vim.fn.setline(line_of("^title"), 'title: "😀 Q&A  saved"')
  vim.cmd("write")
end

local fine, problem = xpcall(run, debug.traceback)
if not fine then
  say("error", problem)
end
vim.fn.writefile(vim.split(table.concat(said, "\n"), "\n"), "said.txt")
vim.cmd("qall!")
