"""What stands for a whole archive: each of its files by name and content, in the order in which they came.

As long as it is the same, the archive's rules say the same, and none of its files need be opened for them.
"""

from __future__ import annotations

from array import array

from newslint.digest import blake2b, digest


class Seal:
    """Takes in the files of an archive; it is broken once one came whose content nobody can compare."""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=16)
        # Which file was taken in with which content: eight bytes each, since there may be very many.
        self._known = array("q")
        self._again: set[int] = set()
        self._broken = False

    def take_in(self, path: str, mark: str, *, reported: bool) -> None:
        """Take in a file; ``mark`` stands for its content, ``reported`` tells it from those that are partners only."""
        self._broken = self._broken or not mark
        if not self._broken:
            self._hash.update(f"{reported:d}{mark}{path}\0".encode("utf-8", "surrogatepass"))
            self._known.append(hash((path, mark)))

    def take_again(self, path: str, data: bytes) -> None:
        """Take note of what a file held when it was read again: it may have changed meanwhile."""
        self._again.add(hash((path, digest(data))))

    def void(self) -> None:
        """Break the seal: a file that was taken in has gone since."""
        self._broken = True

    def text(self) -> str | None:
        """Return 32 hexadecimal digits, or None where the seal is broken."""
        return None if self._broken or not self._again.issubset(self._known) else self._hash.hexdigest()
