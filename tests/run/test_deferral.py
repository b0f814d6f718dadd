"""A signal that comes at a bad moment does what it does, later."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import pytest

from newslint.run.deferral import signals_deferred


def test_an_interrupt_comes_at_the_end() -> None:
    done: list[str] = []

    def interrupted() -> None:
        with signals_deferred():
            signal.raise_signal(signal.SIGINT)
            done.append("went on")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["went on"]
    assert signal.getsignal(signal.SIGINT) is before


def test_it_comes_where_something_fails_and_by_its_own_handler() -> None:
    came: list[int] = []

    def handler(number: int, frame: FrameType | None) -> None:
        assert frame is not None
        came.append(number)

    def told_to_end() -> None:
        with signals_deferred():
            signal.raise_signal(signal.SIGTERM)
            assert came == []
            raise OSError("no room")

    before = signal.signal(signal.SIGTERM, handler)
    try:
        with pytest.raises(OSError, match="no room"):
            told_to_end()
        assert (came, signal.getsignal(signal.SIGTERM)) == ([signal.SIGTERM], handler)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with signals_deferred():
            signal.raise_signal(signal.SIGINT)
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_in_another_thread_nothing_changes() -> None:
    def look() -> bool:
        with signals_deferred():
            return signal.getsignal(signal.SIGINT) is before

    before = signal.getsignal(signal.SIGINT)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(look).result()
