"""A .tar or .tar.gz archive, member by member: read once from its beginning to its end, and never extracted.

``tarfile`` knows the formats; what it reads through here moves forwards only, has no header of any size that a file
claims, and gives up on a stream that unpacks to far more than articles do.
"""

from __future__ import annotations

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from newslint.limits import MAX_MEMBER_NAME, MAX_TAR_HEADER, MAX_UNPACKED_RATIO, UNPACKED_ANYWAY
from newslint.run.members import ArchiveError, Member, Open, Wanted

_PIECE = 65_536


def read_members(open_archive: Open, wanted: Wanted, limit: int, *, packed: bool) -> Iterator[Member]:
    """Yield the files of an archive, with the bytes of those that are wanted, at most ``limit`` plus one of each.

    ``packed`` tells that it is compressed with gzip. Raises ArchiveError where it is damaged, and OSError.
    """
    with open_archive() as raw:
        stream = _Forwards(raw, packed=packed)
        try:
            archive: Any = tarfile.TarFile(fileobj=cast("BinaryIO", stream), mode="r")
            while (member := archive.next()) is not None:
                # The archive would keep them all.
                archive.members = []
                if member.isreg():
                    yield _read(archive, member, wanted, limit, stream)
                stream.begin_header()
        except (tarfile.TarError, EOFError, zlib.error, ValueError, OverflowError, RecursionError) as error:
            raise ArchiveError(str(error) or "it is damaged") from error


def _read(archive: Any, member: tarfile.TarInfo, wanted: Wanted, limit: int, stream: _Forwards) -> Member:
    name = member.name.removeprefix("./")[:MAX_MEMBER_NAME]
    if not wanted(name):
        return Member(name)
    stream.begin_header(limit)
    content = archive.extractfile(member)
    data = content.read(limit + 1) if content is not None else b""
    if len(data) < min(member.size, limit + 1):
        raise ArchiveError("it is cut off")
    return Member(name, data)


class _Forwards:
    """A stream as ``tarfile`` needs it, which goes forwards only and has limits; raises ArchiveError there."""

    def __init__(self, raw: BinaryIO, *, packed: bool) -> None:
        self._raw = raw
        self._stream = cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb")) if packed else raw
        self._packed = packed
        self._place = 0
        self._room = MAX_TAR_HEADER

    def begin_header(self, more: int = 0) -> None:
        """Say that a header begins, or the content of a member that may have so many bytes."""
        self._room = MAX_TAR_HEADER + more

    def tell(self) -> int:
        """Return how far it is."""
        return self._place

    def seek(self, place: int) -> int:
        """Pass over what stands before a place."""
        if place < self._place:
            raise ArchiveError("it points backwards")
        while self._place < place and self._forward(min(_PIECE, place - self._place)):
            pass
        return self._place

    def read(self, size: int) -> bytes:
        """Return so many bytes, or as many as there are."""
        self._room -= size
        if self._room < 0:
            raise ArchiveError("one of its headers is too large")
        return self._forward(size)

    def _forward(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._place += len(data)
        if self._packed and self._place > UNPACKED_ANYWAY + MAX_UNPACKED_RATIO * self._raw.tell():
            raise ArchiveError(f"it unpacks to more than {MAX_UNPACKED_RATIO} times its size")
        return data
