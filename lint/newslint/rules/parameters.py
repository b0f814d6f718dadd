"""Parameters of URLs (NL308): what measures readers does not belong into the address of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from newslint.finding import Repair, Rewrite, Violation
from newslint.quote import quote
from newslint.record import Record
from newslint.rules.rule import WARNING, Option, Options, rule
from newslint.rules.values import urls
from newslint.tracking import TRACKING_PARAMETERS, is_tracking

if TYPE_CHECKING:
    from newslint.document.document import Document


class _Parameter(Record):
    """One parameter of a query: its decoded name, its place in the URL, and whether it only measures readers."""

    name: str
    start: int
    end: int
    tracks: bool


@rule(
    "NL308",
    "tracking-parameters",
    WARNING,
    fix="unsafe",
    options={
        "tracking-parameters": Option(
            list(TRACKING_PARAMETERS), "names of parameters that only measure readers; * stands for any characters"
        )
    },
    silent_after=("NL301",),
)
def tracking_parameters(document: Document, options: Options) -> Iterator[Violation]:
    """An article's URL carries parameters that only measure where readers come from.

    ## What it does
    Looks in every URL but those of images for parameters whose names are on a closed list, the option
    `tracking-parameters`: those of Google Analytics (`utm_*`), of advertisements and social networks (`fbclid`,
    `gclid`, `msclkid`, `igshid` ...), of newsletters (`mc_cid`, `mkt_tok`, `elq*`, `_mc` ...) and their like. Letter
    case does not count. A list in the configuration takes the place of the built-in one.

    ## Why is this bad?
    The same article has another address in every newsletter, so that it is taken for several; every reader who follows
    the link is counted for a campaign that never reached them; some of the values name the person who got the mail.

    ## Example
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451?page=1&utm_source=newsletter"
    ```

    Use instead:
    ```yaml
    webUrl: "https://news.met.police.uk/news/live-facial-recognition-used-in-croydon-478451?page=1"
    ```

    ## Fix safety
    The fix takes these parameters out and leaves all others as they are, to the character. It is unsafe: a site is free
    to choose its page by a parameter with such a name.
    """
    patterns: Sequence[str] = options["tracking-parameters"]
    images: set[object] | None = None
    for pointer, value, url in urls(document):
        if not url.query:
            continue
        parameters = _parameters(value, patterns)
        tracking = [parameter for parameter in parameters if parameter.tracks]
        if not tracking:
            continue
        if images is None:
            images = {image for image, _ in document.fields("image")}
        if pointer[:-1] in images:
            continue
        first = tracking[0]
        message = f"the parameter {quote(first.name)} only measures where readers come from"
        if len(tracking) > 1:
            others = list(dict.fromkeys(quote(parameter.name) for parameter in tracking[1:]))
            shown = ", ".join(others[:3]) + (" ..." if len(others) > 3 else "")
            message = f"{message}, and so {'do' if len(tracking) > 2 else 'does'} {len(tracking) - 1} more ({shown})"
        pieces = tuple((start, end, "") for start, end in _removals(value, parameters))
        repair = Repair("Take the tracking parameters out", (Rewrite(pointer, pieces),), safe=False)
        hint = f"Delete {'it' if len(tracking) == 1 else 'them'} from the URL"
        yield Violation(pointer, message, within=(first.start, first.end), hint=hint, repair=repair)


def _parameters(url: str, patterns: Sequence[str]) -> list[_Parameter]:
    """Return the parameters of a URL with a query, in their order."""
    start = url.index("?") + 1
    end = url.find("#")
    end = len(url) if end < 0 else end
    found: list[_Parameter] = []
    for part in url[start:end].split("&"):
        name = part.partition("=")[0]
        # Somebody copied the URL from the source of a page.
        name = unquote_plus(name.removeprefix("amp;"), errors="replace")
        found.append(_Parameter(name, start, start + len(part), is_tracking(name, patterns)))
        start += len(part) + 1
    return found


def _removals(url: str, parameters: Sequence[_Parameter]) -> Iterator[tuple[int, int]]:
    """Yield the ranges to delete, so that the other parameters stay as they are, and no ``?`` or ``&`` is left over."""
    if not any(not parameter.tracks and parameter.end > parameter.start for parameter in parameters):
        yield parameters[0].start - 1, parameters[-1].end
        return
    begun = False
    run: tuple[int, int] | None = None
    for parameter in parameters:
        if parameter.tracks:
            # Before the first that stays the ampersand behind goes along, after it the one in front.
            start, end = (parameter.start - 1, parameter.end) if begun else (parameter.start, parameter.end + 1)
            run = (run[0], end) if run else (start, end)
        else:
            begun = True
            if run:
                yield run
                run = None
    if run:
        yield run
