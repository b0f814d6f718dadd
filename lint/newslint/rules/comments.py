"""NL998: what is wrong with the comments that are written for newslint itself."""

from __future__ import annotations

from newslint.rules.rule import SAFE, WARNING, spoken_elsewhere


@spoken_elsewhere("NL998", "unused-suppression", WARNING, fix=SAFE)
def unused_suppression() -> None:
    """A newslint comment ignores nothing, or newslint does not understand it.

    ## What it does
    A comment in the front matter can excuse findings:

    ```yaml
    title: "Facts  and figures" # newslint: ignore[NL603] the blanks are meant
    # newslint: ignore[html-entity, NL602] the source writes it so
    excerpt: " Q&amp;A "
    # newslint: ignore-file[NL9] a second edition
    ```

    `ignore[...]` is about its own line or, alone on a line, about the line below; several such lines may follow each
    other. A value of several lines counts as one line together with its key: the comment stands above the key, on the
    header (`|`, `>`) of a block, or behind the closing quote. What is found at the opening `---` (a missing field) is
    excused on the first field's line or above it. `ignore-file[...]` is about the whole file, wherever it stands in
    the front matter. In the brackets are codes, names, families (`NL6`) or ALL, with commas between; what follows is
    the reason, in any words. Only real YAML comments count: a `#` in quotes or in a block is text.

    Reported is each entry that excuses nothing although its rule has run, each that names no rule or names one twice,
    one of a rule that cannot be suppressed (after NL005 the file is not read), and a comment that is written wrongly.
    To excuse that, write `NL998` itself: ALL and NL9 leave it out.

    ## Why is this bad?
    A comment that ignores nothing today will hide the next mistake on its line, and one that is written wrongly does
    not do what its author believes.

    ## Example
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon" # newslint: ignore[NL604] sic
    excerpt: "The Met deployed live facial recognition technology in Croydon."
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
    ```markdown
    ---
    category: news
    title: "Live facial recognition helps deliver justice in Croydon"
    excerpt: "The Met deployed live facial recognition technology in Croydon."
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

    ## Fix safety
    Deletes the entry, or the comment where it has no other. There is no fix for a comment that is not understood: only
    its author knows what it should say.
    """
