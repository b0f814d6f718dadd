"""What the tests of the cache begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.caching import Archive


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive in the working directory, over which no run has been."""
    monkeypatch.chdir(tmp_path)
    # Somebody may work on this checkout while its tests run.
    monkeypatch.setattr("newslint.run.key._sources", list)
    return Archive(tmp_path)


@pytest.fixture
def warm(archive: Archive) -> Archive:
    """An archive that a run has been over; what is kept of it is marked."""
    archive.run()
    archive.mark()
    return archive
