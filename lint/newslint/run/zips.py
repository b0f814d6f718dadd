"""A .zip archive, member by member: one of millions takes no more memory than one of a few.

``zipfile`` keeps some 650 bytes of every member, all of them before the first is read. Here the central directory is
read as it is needed; the members come in its order, by what it says of them (APPNOTE.TXT 6.3.10, sections 4.3 and 4.4).
Nothing is extracted, and of no member more is unpacked than the limit, whatever it claims to be.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from newslint.limits import MAX_MEMBER_NAME
from newslint.record import Record
from newslint.run.members import ArchiveError, Member, Open, Wanted

_END = struct.Struct("<4s4H2LH")
_END_64_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")

_LONGEST_COMMENT = 65_535
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_ZIP64 = 0x0001
"""The extra field with what does not go into 32 bits."""
_IN_ZIP64 = 0xFFFF_FFFF
_PIECE = 65_536


class _Directory(Record):
    """Where the central directory is, how many members it has, and how far the whole archive is moved."""

    start: int
    size: int
    members: int
    moved: int


class _Entry(Record):
    """What the central directory says of one member; sizes and offset in bytes."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def count_members(open_archive: Open) -> int:
    """Return how many members, folders included, an archive says that it has; raises ArchiveError."""
    with open_archive() as stream:
        return _find_directory(stream).members


def read_members(open_archive: Open, wanted: Wanted, limit: int) -> Iterator[Member]:
    """Yield the files of an archive, with the bytes of those that are wanted, at most ``limit`` plus one of each.

    Raises ArchiveError where it is damaged, and OSError.
    """
    # Two, because each is read forwards, which buffers and other machines are made for.
    with open_archive() as listing, open_archive() as stream:
        directory = _find_directory(listing)
        listing.seek(directory.start)
        left = directory.size
        while left >= _ENTRY.size:
            entry, length = _read_entry(listing)
            left -= length
            if entry.name.endswith("/"):
                continue
            if not wanted(entry.name):
                yield Member(entry.name)
            else:
                yield _read_member(stream, entry, directory.moved, limit)


def _find_directory(stream: BinaryIO) -> _Directory:
    """Return where the central directory is; what stands in front of the archive (a program) is passed over."""
    size = stream.seek(0, 2)
    tail_size = min(size, _END.size + _LONGEST_COMMENT)
    stream.seek(size - tail_size)
    tail = _exactly(stream, tail_size)
    found = tail.rfind(b"PK\5\6", 0, len(tail) - _END.size + 4)
    if found < 0:
        raise ArchiveError("it has no directory, so it is cut off or no .zip")
    end = size - tail_size + found
    _, disk, _, _, count, length, offset, _ = _END.unpack_from(tail, found)
    if disk not in (0, 0xFFFF):
        raise ArchiveError("it is one part of several")
    before = end - _END_64_LOCATOR.size
    if before >= 0:
        stream.seek(before)
        mark, _, place, _ = _END_64_LOCATOR.unpack(_exactly(stream, _END_64_LOCATOR.size))
        if mark == b"PK\6\7":
            # Where something stands in front of the archive the place is off; the record is mostly next to its locator.
            for guess in (place, before - _END_64.size):
                if 0 <= guess <= before - _END_64.size:
                    stream.seek(guess)
                    fields = _END_64.unpack(_exactly(stream, _END_64.size))
                    if fields[0] == b"PK\6\6":
                        count, length, offset, end = *fields[7:10], guess
                        break
            else:
                raise ArchiveError("its directory is damaged")
    start = end - length
    if start < 0 or offset > start:
        raise ArchiveError("its directory is damaged")
    return _Directory(start, length, count, start - offset)


def _read_entry(stream: BinaryIO) -> tuple[_Entry, int]:
    """Return the next entry of the central directory, and its length."""
    fields = _ENTRY.unpack(_exactly(stream, _ENTRY.size))
    mark, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment_size, _, _, _, offset = fields
    if mark != b"PK\1\2":
        raise ArchiveError("its directory is damaged")
    rest = _exactly(stream, name_size + extra_size + comment_size)
    extra = rest[name_size : name_size + extra_size]
    if _IN_ZIP64 in (packed, size, offset):
        packed, size, offset = _from_zip64(extra, packed, size, offset)
    entry = _Entry(_name(rest[:name_size], flags), flags, method, crc, packed, size, offset)
    return entry, _ENTRY.size + len(rest)


def _from_zip64(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """Return sizes and offset with those that are only in the extra field (section 4.5.3)."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind == _ZIP64:
            longs = iter(struct.unpack_from(f"<{min(length, len(extra) - place - 4) // 8}Q", extra, place + 4))
            size, packed, offset = (next(longs, _IN_ZIP64) if n == _IN_ZIP64 else n for n in (size, packed, offset))
            return packed, size, offset
        place += 4 + length
    return packed, size, offset


def _name(raw: bytes, flags: int) -> str:
    """Return a name: UTF-8 where it is said to be or can be, else in the code page of the format (section D.1)."""
    name = raw.decode("utf-8", "surrogateescape" if flags & _UTF8 else "strict") if _is_utf8(raw, flags) else None
    return (name if name is not None else raw.decode("cp437")).replace("\\", "/")[:MAX_MEMBER_NAME]


def _is_utf8(raw: bytes, flags: int) -> bool:
    if flags & _UTF8:
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_member(stream: BinaryIO, entry: _Entry, moved: int, limit: int) -> Member:
    """Return a member with its bytes, or with the reason why they cannot be had."""
    if entry.flags & _ENCRYPTED:
        return Member(entry.name, None, "it is encrypted")
    if entry.method not in (_STORED, _DEFLATED):
        return Member(entry.name, None, f"it is packed by method {entry.method}, which newslint does not read")
    try:
        stream.seek(entry.offset + moved)
        mark, *_, name_size, extra_size = _LOCAL.unpack(_exactly(stream, _LOCAL.size))
        if mark != b"PK\3\4":
            return Member(entry.name, None, "it does not stand where the archive's directory says")
        stream.seek(name_size + extra_size, 1)
        if entry.method == _STORED:
            data = _exactly(stream, min(entry.packed, limit + 1))
        else:
            data = _inflate(stream, entry.packed, limit)
    except (ArchiveError, zlib.error, ValueError, OverflowError) as error:
        return Member(entry.name, None, f"it is damaged: {error}")
    if len(data) <= limit and zlib.crc32(data) != entry.crc:
        return Member(entry.name, None, "it is damaged: its checksum is another")
    return Member(entry.name, data)


def _inflate(stream: BinaryIO, packed: int, limit: int) -> bytes:
    """Return what a member of ``packed`` bytes unpacks to (RFC 1951), at most ``limit`` plus one byte."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    room = limit + 1
    # What does not shrink grows by five bytes in 65,535 at most; the rest would be blocks of nothing.
    left = min(packed, 2 * limit + _PIECE)
    piece = b""
    while room and not engine.eof:
        if not piece:
            if not left:
                raise ArchiveError("it is cut off")
            piece = _exactly(stream, min(left, _PIECE))
            left -= len(piece)
        part = engine.decompress(piece, room)
        piece = engine.unconsumed_tail
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise ArchiveError("it is cut off")
    return data
