"""Files in another file system, by URL: any that fsspec knows, with what the environment says of keys and addresses.

The listing tells what there is, and ETag and size stand for the state of a file; a worker fetches what it checks, a
chunk at once (filesystem-spec.readthedocs.io). Nothing is ever written there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, cast

from newslint.digest import blake2b
from newslint.quote import words_of
from newslint.run.discovery import Candidate, Held, MissingPathError, Selection, why_skipped
from newslint.run.names import is_archive
from newslint.run.packed import Packed, is_hidden
from newslint.run.reading import Contents, Stamp
from newslint.run.sources import Source
from newslint.settings import WrongUseError

_TAGS = ("ETag", "etag", "md5Hash")
"""What S3, Azure and Google Cloud call what changes with the content of an object (RFC 9110, section 8.8.3)."""

_BATCH = 256
"""Objects that are fetched once more at a time."""

_HINT = "See whether it is still there, and whether you may read it"


class RemoteError(WrongUseError):
    """A URL that cannot be used: a package or a right is missing, or the machine is not there."""


class RemoteFolder:
    """All files below a URL, or the one file that it names."""

    def __init__(self, url: str, system: Any, root: str, info: Mapping[str, Any]) -> None:
        self._url = url
        self._system = system
        self._root = root
        self._info = info
        self.whole = info.get("type") != "file"

    def count(self) -> int | None:
        """Return None: nobody knows before the listing is through."""
        return None if self.whole else 1

    def candidates(self, selection: Selection, limit: int) -> Iterator[Candidate]:  # noqa: ARG002 - as all sources
        """Yield the files; what they hold is fetched by who checks them. Raises RemoteError."""
        if not self.whole:
            yield self._candidate(self._root, self._info, named=True)
            return
        try:
            # Of a large bucket this takes some time and memory, and still is the least number of requests.
            found = self._system.find(self._root, detail=True)
        except Exception as error:
            raise _refused(self._url, error) from error
        for name in sorted(found):
            inside = name[len(self._root) :].lstrip("/")
            if is_hidden(inside):
                continue
            candidate = self._candidate(name, found[name], named=False)
            skipped = why_skipped(candidate.path, selection)
            yield candidate if skipped is None else Candidate(candidate.path, False, skipped)

    def _candidate(self, name: str, info: Mapping[str, Any], *, named: bool) -> Candidate:
        tag = next((str(info[key]) for key in _TAGS if info.get(key)), None)
        size = int(info.get("size") or 0)
        stamp = None if tag is None else Stamp(_number(tag), 0, size)
        return Candidate(self._system.unstrip_protocol(name), named, held=Held(stamp=stamp))

    def again(self, paths: Collection[str], limit: int) -> Iterator[tuple[str, bytes]]:
        """Yield some of the files by path once more."""
        prefix = self._system.unstrip_protocol(self._root)
        wanted = [Candidate(path, True, held=Held()) for path in paths if path.startswith(prefix)]
        for start in range(0, len(wanted), _BATCH):
            for candidate in fetch(wanted[start : start + _BATCH], limit):
                if candidate.held is not None and candidate.held.contents is not None:
                    yield candidate.path, candidate.held.contents.data


def open_url(url: str) -> Source:
    """Return the source at a URL; raises MissingPathError where nothing is there, and RemoteError."""
    system, root = _system_of(url)
    try:
        info = system.info(root)
    except FileNotFoundError:
        raise MissingPathError(url) from None
    except Exception as error:
        raise _refused(url, error) from error
    if info.get("type") == "file" and is_archive(url):
        return Packed(url, lambda: cast("BinaryIO", system.open(root, "rb")))
    return RemoteFolder(url, system, root, info)


def fetch(candidates: Sequence[Candidate], limit: int) -> list[Candidate]:
    """Return candidates with their contents, at most ``limit`` plus one bytes, or why they have none."""
    found = list(candidates)
    wanted = [number for number, candidate in enumerate(found) if candidate.is_remote]
    try:
        system, _ = _system_of(found[wanted[0]].path)
        names = [system._strip_protocol(found[number].path) for number in wanted]
        contents = system.cat_ranges(names, [0] * len(names), [limit + 1] * len(names), on_error="return")
    except Exception as error:  # noqa: BLE001 - whatever a file system raises, the other files are read
        contents = [error] * len(wanted)
    for number, content in zip(wanted, contents, strict=True):
        found[number] = _with(found[number], content)
    return found


def _with(candidate: Candidate, content: bytes | BaseException) -> Candidate:
    held = candidate.held or Held()
    if isinstance(content, BaseException):
        if not (held.stamp is not None and held.stamp.size == 0):
            reason = f"the file cannot be fetched: {words_of(content)}"
            return candidate._replace(unreadable=reason, held=Held(hint=_HINT))
        # Of nothing there is no first byte to ask for (RFC 9110, section 15.5.17).
        content = b""
    stamp = held.stamp or Stamp(0, 0, len(content))
    return candidate._replace(held=Held(Contents(bytes(content), stamp), held.stamp))


def _system_of(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and what the file is called there; raises RemoteError."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise RemoteError(f"{url}: this needs fsspec: pip install 'newslint[remote]'") from error
    try:
        # A listing that is kept would be that of another time, and of any size.
        system, root = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise RemoteError(f"{url}: a package is missing: {error}") from error
    except Exception as error:
        raise _refused(url, error) from error
    return system, root


def _number(tag: str) -> int:
    """Return a number that stands for a tag, as the time does of a local file."""
    return int.from_bytes(blake2b(tag.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


def _refused(url: str, error: Exception) -> RemoteError:
    return RemoteError(f"{url} cannot be read: {words_of(error)}")
