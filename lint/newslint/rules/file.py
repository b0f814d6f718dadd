"""The file and its YAML (NL0): what keeps a file from being read as plain, unambiguous data.

All but comment-in-value are said by the reader itself (``document/``, ``run/reading.py``); here are their pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.document.comments import continues_text
from newslint.finding import Repair, Replace, Span, Violation
from newslint.quote import quote
from newslint.rules.rule import ERROR, SAFE, UNSAFE, WARNING, Options, rule, spoken_elsewhere
from newslint.rules.values import texts

if TYPE_CHECKING:
    from newslint.document.document import Document


@spoken_elsewhere("NL001", "unreadable-file", ERROR, mandatory=True)
def unreadable_file() -> None:
    """A file cannot be read, is no regular file, or is too large to be an article.

    ## What it does
    Reports a file that is to be checked but that the system does not let newslint open, that is a folder, a pipe or a
    device under the name of a file, or that is larger than the setting `max-file-size` (1 MiB). Nothing else is said of
    the file.

    ## Why is this bad?
    A file that nobody could read is a file that nobody has checked, and a run that passed over it in silence would call
    it good. The longest real article is under 20 kB: one of a megabyte is a video, a dump or an accident.
    """


@spoken_elsewhere("NL002", "invalid-encoding", ERROR, mandatory=True)
def invalid_encoding() -> None:
    r"""A file is not written in UTF-8.

    ## What it does
    Reads the whole file as UTF-8 and reports the first byte that does not fit. Nothing else is said of the file.

    ## Why is this bad?
    Both readers give up: python-frontmatter raises a UnicodeDecodeError, and one such file in a collection stops the
    whole build of a Jekyll site. Mostly an old editor or a spreadsheet has saved the file as Windows-1252, where an
    `é` or a curly quote is one byte that is no character in UTF-8.

    ## Example
    ```bytes
    ---
    category: news
    title: "Robots in the caf\xe9"
    ---
    ```

    Use instead:
    ```bytes
    ---
    category: news
    title: "Robots in the caf\xc3\xa9"
    excerpt: "A caf\xc3\xa9 in Croydon has its orders taken by a robot."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/robots-in-the-cafe-478451"
    webUrl: "https://news.met.police.uk/news/robots-in-the-cafe-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@spoken_elsewhere("NL003", "missing-front-matter", ERROR, mandatory=True)
def missing_front_matter() -> None:
    """A file that is to be checked does not begin with a line of three dashes.

    ## What it does
    Checks that the first line of the file is `---`; blanks behind the dashes do no harm.

    ## Why is this bad?
    Without that line no reader sees a field. Jekyll makes no page of the file but copies it to the site as it is, for
    everybody to download; python-frontmatter returns no fields, without a word, and takes the YAML for the text of the
    article. A blank line above the dashes, or a fourth dash, is enough to lose the page in Jekyll.

    ## Example
    ```markdown
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    type: article
    ---
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@spoken_elsewhere("NL004", "unclosed-front-matter", ERROR, mandatory=True)
def unclosed_front_matter() -> None:
    """The front matter is not closed by a line of exactly three dashes.

    ## What it does
    Looks for the line `---` that ends the front matter; blanks behind the dashes do no harm. Reported too are a line
    `...`, which Jekyll alone takes for the end, and a line of four or more dashes, which python-frontmatter alone takes
    for it.

    ## Why is this bad?
    A reader that sees no end sees no front matter. Jekyll then publishes the article with all its YAML as the text and
    a title made from the file's name; python-frontmatter returns no fields, without a word.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    type: article
    ...
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@spoken_elsewhere("NL005", "yaml-syntax", ERROR, mandatory=True)
def yaml_syntax() -> None:
    """The front matter is not valid YAML, so that no field of it can be read.

    ## What it does
    Reads the front matter with libyaml, the parser that Jekyll and python-frontmatter read it with, and reports the
    place where it gives up. The usual causes are a colon in a value without quotes, a quote that is never closed, a tab
    used for indentation, and a line that is indented differently from its neighbours. A key of more than 1,024
    characters is reported here as well. Nothing below the place can be checked.

    ## Why is this bad?
    python-frontmatter raises an exception. Jekyll writes a line to its log and goes on: the page is built without a
    title and without any other field.

    ## Example
    ```yaml
    title: Live facial recognition: eight arrested in Croydon
    ```

    Use instead:
    ```yaml
    title: "Live facial recognition: eight arrested in Croydon"
    ```
    """


@spoken_elsewhere("NL006", "duplicate-key", ERROR)
def duplicate_key() -> None:
    """A field is written twice in the same place, so that one of its two values is lost.

    ## What it does
    Reports a key that stands a second time in one mapping, at the top level or below it, however the two are quoted:
    `title` and `"title"` are the same key. The rest of the file is checked with the last of the two.

    ## Why is this bad?
    YAML does not allow it, but PyYAML and Jekyll both take it in silence and keep the last value. Whoever corrects the
    first one sees no change on the site and does not learn why.

    ## Example
    ```yaml
    title: "Live facial recognition helps deliver justice in Croydon"
    title: "Eight arrested in Croydon"
    ```

    Use instead:
    ```yaml
    title: "Eight arrested in Croydon"
    ```
    """


@spoken_elsewhere("NL007", "yaml-feature", ERROR)
def yaml_feature() -> None:
    """A feature of YAML that has no place in plain data is used, such as an anchor, an alias or a tag.

    ## What it does
    Reports anchors (`&name`), aliases (`*name`), merge keys (`<<`), tags (`!name`, `!!str`), directives (`%YAML 1.1`)
    and further documents. The value concerned is not judged further; the rest of the file is.

    ## Why is this bad?
    Readers disagree about these. On `title: !headline "..."` python-frontmatter raises an exception and Jekyll ignores
    the tag; after a directive python-frontmatter raises an exception and Jekyll finds no field at all. An alias means
    that who changes one field changes another, out of sight, and 500 characters of aliases can stand for 80 million
    values, which a program unfolds one day.

    ## Example
    ```yaml
    topics: &topics
      - Computer Vision
      - AI
    ```

    Use instead:
    ```yaml
    topics:
      - Computer Vision
      - AI
    ```
    """


@spoken_elsewhere("NL008", "not-a-mapping", ERROR, mandatory=True)
def not_a_mapping() -> None:
    """The front matter is empty, a list or a single value, where fields are expected.

    ## What it does
    Checks that what stands between the two `---` lines is a mapping: fields, each written `key: value`.

    ## Why is this bad?
    There is no article without fields. python-frontmatter returns none, as if the file had no front matter. Jekyll
    builds a page all the same: of an empty front matter with a title made from the file's name, of a list or a single
    value with no title at all.

    ## Example
    ```markdown
    ---
    - category: news
    - title: "Live facial recognition helps deliver justice in Croydon"
    ---
    ```

    Use instead:
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@spoken_elsewhere("NL009", "non-string-key", ERROR)
def non_string_key() -> None:
    """A key is not text for a YAML reader, but a boolean, a number, a list or nothing.

    ## What it does
    Reports a key that YAML 1.1 reads as something other than text: `yes`, `no`, `on` and `off` are booleans, `2024` is
    a number, `~` is nothing, and `? [a]` makes a list the key. The key and its value are left out of the other checks.

    ## Why is this bad?
    No template can ask for such a field: in Jekyll `on: today` becomes a field named by the value true. For
    python-frontmatter a single one at the top level is enough to fail on the whole file, with
    `TypeError: keywords must be strings`.

    ## Example
    ```yaml
    no: 7
    ```

    Use instead:
    ```yaml
    title: "No 7"
    ```
    """


@spoken_elsewhere("NL010", "byte-order-mark", ERROR, fix=SAFE)
def byte_order_mark() -> None:
    r"""The file begins with a byte order mark, an invisible character in front of the opening dashes.

    ## What it does
    Reports the three bytes EF BB BF at the very beginning of the file. The rest of the file is checked as if they were
    not there.

    ## Why is this bad?
    With the mark in front, the first line is no longer `---`. python-frontmatter finds no front matter at all. Jekyll
    makes no page of a file in a collection but copies it to the site as it is. Nothing shows it: editors hide the mark,
    which some Windows programs write when they save a file as "UTF-8 with BOM".

    ## Example
    ```bytes
    \xef\xbb\xbf---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```bytes
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@spoken_elsewhere("NL011", "mixed-line-endings", WARNING, fix=SAFE)
def mixed_line_endings() -> None:
    r"""The lines of one file end in different ways.

    ## What it does
    Checks that all lines end in LF, or all in CRLF: both are fine, a mixture is not. The kind that most lines have is
    taken for the intended one, and the first line that ends differently is reported. A lone CR (`\r`) is never right.

    ## Why is this bad?
    Two programs have written to the file, and the next one that saves it evens out all its line ends: the diff then
    shows every line as changed, and nobody finds the one that was. About a lone CR programs do not even agree whether
    it ends a line: for YAML and most editors it does, for Git and for Jekyll's search for the front matter it does not.

    ## Example
    ```bytes
    ---
    category: news\r
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```

    Use instead:
    ```bytes
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "For the second time in five days, the Met deployed live facial recognition technology in Croydon."
    publishedDateTime: 2024-01-24T15:00:00Z
    originalUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451"
    type: article
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    topics:
      - AI
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ---
    ```
    """


@rule("NL012", "comment-in-value", WARNING, fix=UNSAFE)
def comment_in_value(document: Document, options: Options) -> Iterator[Violation]:
    """A text without quotes is cut off at a `#`, where YAML begins a comment.

    ## What it does
    Reports a text for people to read (title, excerpt, provider.name, topics and so on, in related articles too) that
    stands without quotes and is followed by a `#` with a word right behind it, as in `title: Sharp reply #AI`. With a
    blank behind the `#`, as in `- AI # main topic`, it is an honest comment; one that begins with `newslint:` is too.

    ## Why is this bad?
    For YAML a blank and a `#` begin a comment in any value without quotes. Jekyll and python-frontmatter both read
    `Sharp reply`, and the rest of the headline never reaches the site, without a word.

    ## Example
    ```yaml
    title: Sharp reply to critics of facial recognition #AI
    ```

    Use instead:
    ```yaml
    title: "Sharp reply to critics of facial recognition #AI"
    ```

    ## Fix safety
    The fix puts text and comment in quotes together. It is unsafe, because the comment may be one after all.
    """
    source, fences = document.source, document.fences
    if source is None or fences is None or not _has_comment(source.text, fences.yaml):
        return
    for pointer, value in texts(document):
        # A value that is all comment is no text: the schema says that it is missing (NL102).
        if document.style(pointer) != "plain":
            continue
        comment = document.trailing_comment(pointer)
        if comment is None:
            continue
        written = source.text[comment.start : comment.end].rstrip()
        if continues_text(written):
            message = f"YAML takes {quote(written)} for a comment, so the text ends before it"
            hint = "Put the whole text in quotes, this part too; if it is a comment, write a blank after the #"
            place = Span(comment.start, comment.start + len(written))
            whole = value + source.text[document.span(pointer).end : place.end]
            repair = Repair("Put text and comment in quotes", (Replace(pointer, whole, comment=True),), safe=False)
            yield Violation(pointer, message, span=place, hint=hint, repair=repair)


def _has_comment(text: str, yaml: Span) -> bool:
    """Tell whether a comment may stand behind a value: a ``#`` after a blank."""
    return text.find(" #", yaml.start, yaml.end) >= 0 or text.find("\t#", yaml.start, yaml.end) >= 0


@spoken_elsewhere("NL013", "nesting-too-deep", ERROR, mandatory=True)
def nesting_too_deep() -> None:
    """Values are nested more than 32 levels deep.

    ## What it does
    Counts the levels of mappings and lists while the YAML is read, the front matter itself being the first. The reading
    ends at the first value that is too deep, and nothing else is said of the file's fields.

    ## Why is this bad?
    No article needs more than five levels: a deeper structure comes from a program that ran wild, or from somebody who
    wishes to stop one. libyaml refuses 1,000 levels and more, and at 2,000 the build of a Jekyll site ends with
    `stack level too deep`.

    ## Example
    ```yaml
    topics: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[AI]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
    ```

    Use instead:
    ```yaml
    topics: [AI]
    ```
    """


@spoken_elsewhere("NL014", "too-many-nodes", ERROR, mandatory=True)
def too_many_nodes() -> None:
    """The front matter has more than 50,000 values.

    ## What it does
    Counts every value, list and mapping (keys too) while the YAML is read. The reading ends at number 50,001, and
    nothing else is said of the file's fields.

    ## Why is this bad?
    Real articles have about fifty, the longest a little over a hundred. A file with so many was written by a program
    that did not stop, and whatever reads it (the site's build, an editor, this check) slows down or runs out of memory.
    """


@spoken_elsewhere("NL999", "internal-error", ERROR, mandatory=True)
def internal_error() -> None:
    """A rule of newslint failed on this file, which is a fault of newslint.

    ## What it does
    Reports that a rule, or the check against the schema, ended with an error of its own instead of an answer. All other
    rules have checked the file, and the command exits with 3.

    ## Why is this bad?
    What that rule would have found is not known, so the file must not pass for good. Such a file is mostly odd in some
    way, but it is newslint that has to be corrected: report it, with the file.
    """
