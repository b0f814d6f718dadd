"""Which parameters of a URL only measure readers and never select the page: a closed list, and its matcher."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

TRACKING_PARAMETERS: Final[tuple[str, ...]] = (
    # Campaigns, as Google Analytics and Matomo document them (Matomo takes the old names pk_ and piwik_ as well).
    "utm_*",
    "mtm_*",
    "pk_campaign",
    "pk_cid",
    "pk_content",
    "pk_keyword",
    "pk_kwd",
    "pk_medium",
    "pk_source",
    "piwik_campaign",
    "piwik_keyword",
    "piwik_kwd",
    "itm_campaign",
    "itm_content",
    "itm_medium",
    "itm_source",
    "itm_term",
    # Clicks on advertisements and on links of social networks, one identifier for each click.
    "dclid",
    "fbclid",
    "gad_campaignid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "irclickid",
    "li_fat_id",
    "msclkid",
    "rb_clickid",
    "rdt_cid",
    "sccid",
    "srsltid",
    "tblci",
    "ttclid",
    "twclid",
    "wbraid",
    "wickedid",
    "yclid",
    "ymclid",
    "ysclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "action_object_map",
    "action_ref_map",
    "action_type_map",
    "__twitter_impression",
    "_branch_match_id",
    "_branch_referrer",
    "_openstat",
    # Newsletters: the campaign, or the reader that it was sent to.
    "__s",
    "_bhlid",
    "_hsenc",
    "_hsmi",
    "_kx",
    "_mc",
    "bsft_clkid",
    "bsft_uid",
    "ck_subscriber_id",
    "elq*",
    "et_rid",
    "mc_cid",
    "mc_eid",
    "mc_tc",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "oly_anon_id",
    "oly_enc_id",
    "sfmc_activityid",
    "sfmc_id",
    "ss_email_id",
    "vero_conv",
    "vero_id",
    "vgo_ee",
    # Analytics: HubSpot, Google's linker, Adobe, Piano (AT Internet), Webtrekk, Webtrends, Yahoo, Echobox.
    "__hsfp",
    "__hssc",
    "__hstc",
    "hsa_*",
    "hsctatracking",
    "_ga",
    "_gl",
    "s_cid",
    "at_campaign",
    "at_campaign_type",
    "at_custom*",
    "at_medium",
    "at_recipient_id",
    "at_recipient_list",
    "xtor",
    "wt_mc",
    "wt_zmc",
    "wt.mc_*",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "echobox",
)
"""Names of parameters that measure readers; ``*`` stands for any characters, letter case does not count.

Taken from what browsers and link cleaners strip on every site (Firefox's query stripping, Brave's query filter, the
global rules of ClearURLs) and what the vendors document, and of that only names that one product coined. Words that a
site may well use to select what it shows are left out, however often they track: ``ref``, ``source``, ``cid``,
``cmpid``, ``spm``, ``s``, ``t``.
"""


def is_tracking(name: str, patterns: Sequence[str] = TRACKING_PARAMETERS) -> bool:
    """Tell whether the parameter ``name`` (decoded, without its value) fits one of the patterns.

    A pattern is a whole name in which ``*`` stands for any run of characters, or none; letter case does not count.
    """
    names, globs = _prepared(tuple(patterns))
    lowered = name.lower()
    return lowered in names or any(_fits(lowered, pieces) for pieces in globs)


@lru_cache(maxsize=16)
def _prepared(patterns: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """Return the patterns in lower case: those without a ``*``, and the others cut at it."""
    lowered = [pattern.lower() for pattern in patterns]
    return (
        frozenset(pattern for pattern in lowered if "*" not in pattern),
        tuple(tuple(pattern.split("*")) for pattern in lowered if "*" in pattern),
    )


def _fits(name: str, pieces: tuple[str, ...]) -> bool:
    """Tell whether the pieces of a pattern follow each other in a name, the first at its start, the last at its end."""
    first, *middle, last = pieces
    if not name.startswith(first) or not name.endswith(last) or len(name) < len(first) + len(last):
        return False
    at, end = len(first), len(name) - len(last)
    for piece in middle:
        at = name.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True
