"""The language server: what ``newslint check`` knows, in the editor, while one writes (extra ``lsp``)."""
