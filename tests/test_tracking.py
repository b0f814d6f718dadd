"""Tracking parameters: what is on the list, what never may be, and how a pattern is read."""

from __future__ import annotations

import pytest

from newslint.tracking import TRACKING_PARAMETERS, is_tracking


@pytest.mark.parametrize(
    "name",
    [
        *("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "UTM_Source"),
        *(
            "fbclid",
            "gclid",
            "dclid",
            "msclkid",
            "gbraid",
            "wbraid",
            "yclid",
            "twclid",
            "ttclid",
            "igshid",
            "li_fat_id",
        ),
        *("mc_cid", "mc_eid", "_mc", "mkt_tok", "_hsenc", "_hsmi", "vero_id", "oly_anon_id", "__s", "li_fat_id"),
        *("elqTrackId", "elq", "elq_mid", "elq_cid", "hsCtaTracking", "WT.mc_id", "wt_zmc", "ScCid", "at_custom1"),
    ],
)
def test_what_measures_readers_is_on_the_list(name: str) -> None:
    assert is_tracking(name)


@pytest.mark.parametrize(
    "name",
    [
        # They select what the page shows, or may do so somewhere.
        *("", "v", "id", "p", "page", "q", "t", "s", "ref", "ref_src", "source", "src", "cid", "cmpid", "ncid", "spm"),
        *("tag", "lang", "mid", "sid", "story_id", "article", "format", "width", "w", "h", "fit", "auto", "list"),
        # They look like one of the list.
        *("utm", "utmost_", "xutm_source", "gclid2", "mc", "mc_id", "el", "mcid", "at", "at_home", "wt", "hsa"),
    ],
)
def test_what_may_select_content_is_not(name: str) -> None:
    assert not is_tracking(name)


def test_the_list_has_no_entry_twice_and_none_that_another_covers() -> None:
    lowered = [pattern.lower() for pattern in TRACKING_PARAMETERS]
    assert len(set(lowered)) == len(lowered)
    for pattern in TRACKING_PARAMETERS:
        others = [other for other in TRACKING_PARAMETERS if other != pattern]
        assert not is_tracking(pattern.replace("*", "x"), others), pattern


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("x", ["x", "X"], ["xx", "", "y"]),
        ("x*", ["x", "xy", "X-1"], ["", "yx"]),
        ("*id", ["id", "clid"], ["idx", "i"]),
        ("a*b*c", ["abc", "a-b-c", "aabbcc", "abbc"], ["ac", "acb", "ab", "bc", "abcd"]),
        ("a*a", ["aa", "aba"], ["a", "ab"]),
        ("*", ["", "anything"], []),
        ("a.c", ["a.c"], ["abc"]),
        ("[ab]", ["[ab]"], ["a"]),
        ("a**b", ["ab", "axb"], ["a"]),
    ],
)
def test_a_star_stands_for_any_characters(pattern: str, fitting: list[str], others: list[str]) -> None:
    assert all(is_tracking(name, [pattern]) for name in fitting)
    assert not any(is_tracking(name, [pattern]) for name in others)


def test_no_patterns_fit_nothing() -> None:
    assert not is_tracking("utm_source", [])
