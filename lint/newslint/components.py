"""Which things belong together because they share a key, directly or through others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def components(keys_of: Iterable[Sequence[str]]) -> list[int]:
    """Return for each thing, given as its keys, the number of its component: what shares keys has one.

    Takes time nearly linear in the number of keys (union by walking to the root, with halved paths).
    """
    parents: list[int] = []
    owner: dict[str, int] = {}

    def root(thing: int) -> int:
        while parents[thing] != thing:
            parents[thing] = parents[parents[thing]]
            thing = parents[thing]
        return thing

    for thing, keys in enumerate(keys_of):
        parents.append(thing)
        for key in keys:
            first = owner.setdefault(key, thing)
            # The older root stays one, so that a component has the number of its first member.
            one, other = sorted((root(first), root(thing)))
            parents[other] = one
    return [root(thing) for thing in range(len(parents))]
