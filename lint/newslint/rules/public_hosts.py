"""Public hosts (NL309): a URL or a domain that no reader can reach is a leftover of a test or of a local network."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from newslint.finding import Violation
from newslint.quote import quote
from newslint.rules.hosts import why_no_domain
from newslint.rules.rule import ERROR, Options, rule
from newslint.rules.values import urls
from newslint.url import URL, ascii_host, is_address, is_under, parse_url

if TYPE_CHECKING:
    from newslint.document.document import Document

_PUBLIC_HINT = "Write the address at which everybody finds it"

SPECIAL_NAMES: Final = {
    "test": "tests (RFC 6761)",
    "invalid": "names that are none (RFC 6761)",
    "example": "examples (RFC 6761)",
    "local": "local networks (RFC 6762)",
    "home.arpa": "home networks (RFC 8375)",
    "internal": "private networks (ICANN resolution 2024.07.29.06)",
}
"""Names under which no public site can stand, and what they are reserved for (IANA: Special-Use Domain Names).

``example.com`` and its like are reserved too, but they are public sites that answer.
"""

_SPECIAL_ENDS: Final = frozenset(name.rpartition(".")[2] for name in SPECIAL_NAMES)


@rule("NL309", "non-public-host", ERROR, silent_after=("NL301",))
def non_public_host(document: Document, options: Options) -> Iterator[Violation]:
    """A host cannot be reached by everybody, or a URL tells a user name.

    ## What it does
    Checks the host of every URL and every domain. Refused are `localhost`, a host without a dot, names that are
    reserved for local networks or for tests (`.local`, `.internal`, `.home.arpa`, `.test`, `.invalid`, `.example`), IP
    addresses that are private, link-local or otherwise reserved, however they are written (`0x7f.1` is 127.0.0.1), and
    user information in a URL (`https://user:password@host/`). Which addresses are public says IANA's registry of
    special-purpose addresses, as Python's `ipaddress` has it; which names are reserved say RFC 6761, RFC 6762, RFC 8375
    and, for `.internal`, ICANN.

    ## Why is this bad?
    Such an address comes from a test system or from somebody's own network: readers get an error, or a page of their
    own computer. User information in a URL gives away a password, or makes `https://bbc.com@elsewhere.net/` look like a
    page of the BBC.

    ## Example
    ```yaml
    images:
      - url: "https://192.168.1.20/uploads/croydon.jpg"
        width: 1782
        height: 1002
        isCached: true
    ```

    Use instead:
    ```yaml
    images:
      - url: "https://resources.mynewsdesk.com/image/upload/croydon.jpg"
        width: 1782
        height: 1002
        isCached: true
    ```
    """
    for pointer, value, url in urls(document):
        if url.user_range is None and _fault(url.host) is None:
            continue
        reason = why_not_public(url.host, value[slice(*url.host_range)])
        if url.user_range is not None:
            user = value[slice(*url.user_range)].rstrip("@").partition(":")[0]
            message = f"the URL holds user information, {quote(user)}, in front of its host"
            message += f", and {reason}" if reason else f', where "{url.host}" alone is expected'
            yield Violation(pointer, message, within=url.user_range, hint="Delete everything from // to the @")
        elif reason:
            message = f"{reason}, where a public site is expected"
            yield Violation(pointer, message, within=url.host_range, hint=_PUBLIC_HINT)
    for pointer, value in document.fields("hostname"):
        if isinstance(value, str) and (reason := _why_domain_not_public(value)):
            yield Violation(pointer, f"{reason}, where a public site is expected", hint=_PUBLIC_HINT)


def why_not_public(host: str, written: str) -> str | None:
    """Return what keeps a host, in the form that a valid URL has it, from being public, or None for a public one.

    ``written`` is the host as it stands in the text; it is named where the two differ.
    """
    fault = _fault(host)
    if fault is None:
        return None
    if host == written.lower():
        return f'the host "{host}" {fault}'
    return f'the host {quote(written)}, which is "{host}", {fault}'


@lru_cache(maxsize=1024)
def _fault(host: str) -> str | None:
    if is_address(host):
        kind = _address_kind(host)
        return f"is {kind}" if kind else None
    if is_under(host, "localhost"):
        return "is the reader's own computer"
    if "." not in host:
        return "has no dot, so that only a local network can know it"
    if host.rpartition(".")[2] in _SPECIAL_ENDS:
        reserved = next((special for special in SPECIAL_NAMES if is_under(host, special)), None)
        return f"ends in .{reserved}, which is reserved for {SPECIAL_NAMES[reserved]}" if reserved else None
    return None


def _address_kind(host: str) -> str | None:
    """Return what an IP address that is not public is, or None for a public one."""
    # Imported here because hardly any host is an address.
    import ipaddress

    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "the reader's own computer"
    if address.is_link_local:
        return "a link-local address"
    if address.is_multicast:
        return "a multicast address"
    if address.is_global and not address.is_reserved:
        return None
    # RFC 1918 and RFC 4193; Python calls many reserved addresses private, too.
    private = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
    networks = (ipaddress.ip_network(network) for network in private)
    return "a private address" if any(address in network for network in networks) else "a reserved address"


def _why_domain_not_public(value: str) -> str | None:
    """Return what keeps a domain from being public, or None for a public one and for one that NL304 has to judge."""
    # The last part of an IPv4 address is a number (0x7f is one), an IPv6 address has brackets.
    may_be_address = value.isascii() and value.rpartition(".")[2][:1] in tuple("0123456789[")
    url = parse_url(f"https://{value}/") if may_be_address else None
    if isinstance(url, URL) and is_address(url.host) and url.host_range == (8, 8 + len(value)):
        return why_not_public(url.host, value)
    if why_no_domain(value) is not None:
        return None
    return why_not_public(ascii_host(value) or value, value)
