"""A bucket: a folder of objects and packed archives in it come to the same as the folder they were made of."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import BASE
from tests.run.caching import article

pytestmark = pytest.mark.cluster
s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed (pip install -e '.[cluster-test]')")
moto = pytest.importorskip("moto.server", reason="moto is not installed (pip install -e '.[cluster-test]')")

CHECK = ("check", "--isolated", "--now", "2024-06-01T00:00:00Z")
FILES = 60


class Bucket:
    """An S3 server of our own with a bucket ``archive``, what it was asked for, and the command that may ask it."""

    def __init__(self, folder: Path, log: Path, port: int) -> None:
        self.folder = folder
        self._log = log
        self.variables = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self.files: Any = s3fs.S3FileSystem(
            key="test", secret="test", client_kwargs=self.client, use_listings_cache=False, skip_instance_cache=True
        )

    @property
    def client(self) -> dict[str, str]:
        return {"endpoint_url": self.variables["AWS_ENDPOINT_URL"]}

    def newslint(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command in the folder that the bucket is a copy of."""
        return subprocess.run(
            [sys.executable, "-m", "newslint", *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **self.variables, **variables},
            capture_output=True,
            timeout=120,
            check=False,
        )

    def asked(self, method: str) -> list[str]:
        """Return the paths of the requests of a kind since the last time that it was asked for."""
        lines = self._log.read_text().splitlines()
        self._log.write_text("")
        return [line.split(f'"{method} ')[1].split(" ")[0] for line in lines if f'"{method} ' in line]


SERVER = """
import logging, sys
logging.basicConfig(filename=sys.argv[1], filemode="a", level=logging.INFO)
from moto.server import ThreadedMotoServer
import werkzeug.serving
werkzeug.serving._log_add_style = False
server = ThreadedMotoServer("127.0.0.1", 0)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    folder = tmp_path_factory.mktemp("site")
    log = tmp_path_factory.mktemp("log") / "server.log"
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    port = 0
    while not port:
        line = server.stdout.readline()
        port = int(line) if line.strip().isdigit() else 0
    made = Bucket(folder, log, port)
    names = {
        f"_news/{number:02}.md": article(number - number % 7 // 6, clean=number % 2 == 0) for number in range(FILES)
    }
    names |= {
        "_news/sub [1]/*?.md": article(77),
        "_news/caf\u00e9 #1%20.md": article(78),
        "_news/note.md": "no article\n",
        "_news/empty.md": "",
        "_news/.hidden/x.md": article(79),
        "_news/picture.jpg": "x",
        "_news/large.md": BASE + "x" * 1_100_000,
    }
    for name, text in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    made.files.mkdir("archive")
    for name, text in names.items():
        made.files.pipe_file(f"archive/{name}", text.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in names.items():
            archive.writestr(name, text)
    made.files.pipe_file("archive/packed/site.zip", packed.getvalue())
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(folder / "_news", "_news")
    made.files.pipe_file("archive/packed/site.tar.gz", packed.getvalue())
    yield made
    made.files.clear_instance_cache()
    server.communicate()


def _report(done: subprocess.CompletedProcess[bytes], prefix: str = "") -> Any:
    assert done.returncode == 1, done.stderr
    assert done.stderr == b""
    return json.loads(done.stdout.decode().replace(prefix, ""))


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("s3://archive/_news", "s3://archive/"),
        ("s3://archive/packed/site.zip", "s3://archive/packed/site.zip!/"),
        ("s3://archive/packed/site.tar.gz", "s3://archive/packed/site.tar.gz!/"),
    ],
)
def test_a_bucket_comes_to_the_same_as_the_folder(bucket: Bucket, url: str, prefix: str, jobs: str) -> None:
    options = ("--output-format", "json", "--no-cache")
    expected = _report(bucket.newslint(*CHECK, *options, "_news"))
    assert {"NL901", "NL001", "NL602"} <= {finding["code"] for finding in expected["findings"]}
    found = _report(bucket.newslint(*CHECK, *options, "--jobs", jobs, url), prefix)
    assert found == expected


def test_an_object_is_asked_for_once_and_when_it_has_changed(bucket: Bucket, tmp_path: Path) -> None:
    options = ("--output-format", "json", "--cache-dir", str(tmp_path / "cache"), "s3://archive/_news")
    bucket.asked("GET")
    first = bucket.newslint(*CHECK, *options)
    objects = [path for path in bucket.asked("GET") if "/_news/" in path]
    # What two articles share is looked up again, in the articles.
    shared = 16
    assert (len(set(objects)), len(objects)) == (FILES + 5, FILES + 5 + shared)
    again = bucket.newslint(*CHECK, *options)
    assert again.stdout == first.stdout
    assert [path for path in bucket.asked("GET") if "/_news/" in path] == []
    before = bucket.files.cat_file("archive/_news/01.md")
    bucket.files.pipe_file("archive/_news/01.md", article(1, "heat: 95\n").encode())
    changed = json.loads(bucket.newslint(*CHECK, *options).stdout)
    bucket.files.pipe_file("archive/_news/01.md", before)
    assert "NL503" in {one["code"] for one in changed["findings"] if one["path"] == "s3://archive/_news/01.md"}


def test_one_object_is_checked_whatever_it_is_called(bucket: Bucket) -> None:
    done = bucket.newslint(*CHECK, "--output-format", "concise", "s3://archive/_news/note.md")
    assert done.stdout.decode().splitlines()[0].startswith("s3://archive/_news/note.md:1:1: error NL003")
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("s3://archive/none", 2, '"s3://archive/none" is not there'),
        ("s3://no-bucket/none", 2, '"s3://no-bucket/none" is not there'),
        ("s4://archive", 2, "s4://archive cannot be read: Protocol not known: s4"),
    ],
)
def test_a_url_that_leads_nowhere_is_told(bucket: Bucket, url: str, code: int, said: str) -> None:
    done = bucket.newslint(*CHECK, url)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (code, b"", f"newslint: {said}\n")


def test_without_a_right_nothing_is_told_but_that(bucket: Bucket) -> None:
    done = bucket.newslint(*CHECK, "s3://archive/_news", AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_MAX_ATTEMPTS="1")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"newslint: s3://archive/_news cannot be read: ")
    assert done.stderr.count(b"\n") == 1


def test_a_bucket_is_an_archive_to_compare_with(bucket: Bucket, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text(article(3, clean=True))
    done = bucket.newslint(
        *CHECK, "--corpus", "s3://archive/packed/site.zip", "--output-format", "text", str(tmp_path / "new.md")
    )
    assert b"= s3://archive/packed/site.zip!/_news/03.md:7:9: the same address" in done.stdout
