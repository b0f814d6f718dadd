"""The schema (NL1): one code for each kind of keyword.

``schema/violations.py`` speaks with them; here are their pages.
"""

from __future__ import annotations

from newslint.rules.rule import ERROR, SAFE, UNSAFE, WARNING, spoken_elsewhere


@spoken_elsewhere("NL101", "missing-field", ERROR)
def missing_field() -> None:
    """A field that the schema requires is not there.

    ## What it does
    Reports each required field that is absent from the article, from an image, from a provider or from a related
    article. Where an unknown field looks like a misspelling of the missing one, the hint names it.

    ## Why is this bad?
    Nothing complains on the site: Jekyll prints an empty text where `provider.name` should stand, and makes up a title
    from the file's name where the title is missing. The first to see it is a reader.

    ## Example
    ```yaml
    provider:
      name: Metropolitan Police Service
    ```

    Use instead:
    ```yaml
    provider:
      name: Metropolitan Police Service
      domain: police.uk
    ```
    """


@spoken_elsewhere("NL102", "wrong-type", ERROR, fix=SAFE, final=True)
def wrong_type() -> None:
    """A value is of another type than the schema expects, such as a number in place of text.

    ## What it does
    Compares the type of each value, as YAML 1.1 reads it, with the types that the schema allows. YAML decides by the
    look of a value without quotes: `2024`, `012` and `1:30` are numbers, `No`, `yes`, `on` and `off` are true or false,
    `null` and nothing at all are no value. In quotes everything is text. After this finding nothing else is said of the
    value.

    ## Why is this bad?
    The site shows something else than what was written. `title: No` is false, and Jekyll puts a title made from the
    file's name in its place; `title: 012` becomes 10, and `title: 1:30` becomes 5400 in Jekyll and 90 in Python. With
    `published: "false"` Jekyll publishes the article, because a text is not false, and a template that compares
    `quality: "39"` with a number stops the build.

    ## Example
    ```yaml
    title: 2024
    ```

    Use instead:
    ```yaml
    title: "2024"
    ```

    ## Fix safety
    There is a fix where only the quotes are wrong: a number or a boolean where text is expected is put in quotes as it
    is written, and one in its usual writing (`39`, `true`) loses the quotes where no text is expected. Nobody knows
    what was meant by `quality: "012"`, so that stays.
    """


@spoken_elsewhere("NL103", "value-not-allowed", ERROR, fix=UNSAFE)
def value_not_allowed() -> None:
    """A value is none of those that the schema lists for the field.

    ## What it does
    Compares the value with the schema's list, letter by letter: `Article` is not `article`.

    ## Why is this bad?
    Templates and scripts ask for the exact value. An item of the type `artcle` is neither an article nor a video to
    them, and drops out of every list that asks for one of the two.

    ## Example
    ```yaml
    type: artcle
    ```

    Use instead:
    ```yaml
    type: article
    ```

    ## Fix safety
    The fix is unsafe, and there only where one allowed value is close: that it was meant is likely, no more.
    """


@spoken_elsewhere("NL104", "unknown-field", WARNING, fix=UNSAFE)
def unknown_field() -> None:
    """A field is not known to the schema at this place.

    ## What it does
    Reports each field that the schema does not have in this mapping. Where the name is close to one that it has, the
    hint says which.

    ## Why is this bad?
    No template reads such a field, so what stands in it is lost without a word. Mostly a known field is misspelt
    (`imges`), or a line is indented wrongly and has got into the mapping above or below its own.

    ## Example
    ```yaml
    feature: true
    ```

    Use instead:
    ```yaml
    removed: true
    ```

    ## Fix safety
    The fix is unsafe, and there only where one known name is close and no field has it yet: the field gets this name.
    """


@spoken_elsewhere("NL105", "out-of-range", ERROR)
def out_of_range() -> None:
    """A number is outside the bounds that the schema sets, or is one that programs cannot work with.

    ## What it does
    Checks numbers against the schema's least and greatest value and against `multipleOf`. Whatever the schema says, an
    integer of more than 20 digits, an exponent of more than three digits, infinity (`.inf`) and "not a number" (`.nan`)
    are refused. For the scores and the sides of an image, rules of their own report the bounds and say more.

    ## Why is this bad?
    A number that a program cannot hold breaks it or is changed in silence: Python refuses an integer of 5,000 digits,
    and no JSON can hold `.nan`, so that a Jekyll page which writes the article as JSON stops the build.

    ## Example
    ```yaml
    quality: .nan
    ```

    Use instead:
    ```yaml
    quality: 39
    ```
    """


@spoken_elsewhere("NL106", "wrong-length", ERROR)
def wrong_length() -> None:
    """A text, a list or a mapping is longer or shorter than the schema allows.

    ## What it does
    Checks the number of characters of a text, of entries of a list and of fields of a mapping. Whatever the schema
    says, a text has at most 10,000 characters.

    ## Why is this bad?
    A headline of more than 300 characters is no headline: mostly a quote was closed too late, or a scraper took the
    whole page. An article with an empty list of topics stands on no topic's page, so nobody finds it there.

    ## Example
    ```yaml
    topics: []
    ```

    Use instead:
    ```yaml
    topics:
      - AI
    ```
    """


@spoken_elsewhere("NL107", "pattern-mismatch", ERROR)
def pattern_mismatch() -> None:
    """A text does not have the form that the schema prescribes with a pattern.

    ## What it does
    Compares the text with the regular expression that the schema gives for the field. The article's schema has one for
    `secured` alone, and there NL801, while it is selected, stands in and says more.

    ## Why is this bad?
    A text of a fixed form is read by a program, which finds nothing where the form is broken. In `secured`, for one,
    the text before the semicolon cannot be deciphered without the one behind it.

    ## Example
    ```files
    newslint.toml
    ignore = ["NL801"]
    article.md
    secured: "AAAAAAAAAAAAAAAAAAAAAA=="
    ```

    Use instead:
    ```yaml
    secured: "AAAAAAAAAAAAAAAAAAAAAA==;AAAAAAAAAAAAAAAAAAAAAA=="
    ```
    """


@spoken_elsewhere("NL108", "invalid-format", ERROR)
def invalid_format() -> None:
    """A text is not of the format that the schema names, such as an e-mail address.

    ## What it does
    Checks the formats of JSON Schema (`email`, `date`, `uuid` and others) in schemas of your own. The article's schema
    has none of them: its timestamps, URLs and domains are checked by rules that say more (NL201, NL301, NL304).

    ## Why is this bad?
    The schema's author relies on the format: a program reads the value without asking again, and fails or goes astray.
    """


@spoken_elsewhere("NL109", "repeated-item", ERROR)
def repeated_item() -> None:
    """An entry stands twice in a list in which the schema allows it only once.

    ## What it does
    Reports each entry that is equal to one before it. Texts that differ in letter case alone are not equal. For topics
    NL703, while it is selected, stands in and says more.

    ## Why is this bad?
    A list is shown as it stands: the page has the topic twice, and programs that count topics count the article twice.

    ## Example
    ```files
    newslint.toml
    ignore = ["NL703"]
    article.md
    topics:
      - AI
      - Computer Vision
      - AI
    ```

    Use instead:
    ```yaml
    topics:
      - AI
      - Computer Vision
    ```
    """


@spoken_elsewhere("NL110", "schema-violation", ERROR)
def schema_violation() -> None:
    """A value breaks a rule of the schema that has no code of its own.

    ## What it does
    Reports the keywords of JSON Schema that no other code of NL1 stands for, such as `not`, `contains`, and `oneOf`
    where more than one form fits. Where no form of `anyOf` or `oneOf` fits, the one that was meant is reported with the
    code of its own fault. The article's schema uses none of these keywords.

    ## Why is this bad?
    The schema's author has ruled the value out, mostly because a combination of fields makes no sense.
    """
