"""Every limit that newslint sets itself, each with the reason why it is there.

Limits that a user could need to change are options of the configuration; the numbers here are their defaults.
"""

from typing import Final

MAX_FILE_SIZE: Final = 1_048_576
"""Bytes of one linted file: the longest real article is under 20 kB; more is a mistake or an attack."""

MAX_SCHEMA_SIZE: Final = 4 * 1_048_576
"""Bytes of a JSON Schema: the largest published ones are just below."""

MAX_SCHEMA_DEPTH: Final = 100
"""Levels of a schema's JSON: jsonschema runs out of Python's stack at about twice as many."""

MAX_SCHEMA_CHAIN: Final = 64
"""Subschemas that are applied to one value one through another ($ref, allOf ...): the same."""

MAX_CONFIG_SIZE: Final = 1_048_576
"""Bytes of a configuration file."""

MAX_DEPTH: Final = 32
"""Levels of YAML nesting, the root mapping being level 1: deeper input crashes PyYAML's composer (NL013)."""

MAX_NODES: Final = 50_000
"""YAML nodes of one file: bounds time and memory of everything that walks the data (NL014)."""

MAX_KEY_LENGTH: Final = 1_024
"""Characters of a key: libyaml refuses a longer implicit key (YAML 1.1, section 9.3.1), so all are (NL005)."""

MAX_KEY_SHOWN: Final = 80
"""Characters of a key that are repeated in a message."""

MAX_INTEGER_DIGITS: Final = 20
"""Digits of an integer: enough for 64 bits; Python refuses over 4,300, and hexadecimal ones when printed (NL105)."""

MAX_EXPONENT_DIGITS: Final = 3
"""Digits of an exponent: a float of 64 bits ends at e308 (NL105)."""

MAX_TEXT_LENGTH: Final = 10_000
"""Characters of a text that costly rules still look at: normalisation and its like are worse than linear (NL106)."""

MAX_URL_LENGTH: Final = 8_192
"""Characters of a URL: what common web servers still take as a request line (NL301)."""

MAX_HOST_LENGTH: Final = 253
"""Characters of a host name (RFC 1035, section 2.3.4: 255 octets on the wire)."""

MAX_LABEL_LENGTH: Final = 63
"""Characters of one label of a host name (RFC 1035, section 2.3.4)."""

MAX_LINES_LOOKED_AT: Final = 60
"""Lines of a found file in which field names are looked for: enough for the longest real articles."""

MAX_IGNORE_SIZE: Final = 131_072
"""Bytes of a .gitignore that are heeded: each file that is found is compared with each of its lines."""

MAX_PATTERN_LENGTH: Final = 4_096
"""Characters of a pattern in a .gitignore or in the configuration: as long as a path can be (Linux: PATH_MAX)."""

MAX_FINDINGS: Final = 1_000
"""Findings of one file: nobody reads more, and output must stay bounded."""

MAX_FINDINGS_TO_FIX: Final = 10_000
"""Findings of one file with which the fixer still begins: it looks at all of them, shown or not, in every round."""

MAX_FIX_ROUNDS: Final = 10
"""Rounds of fixing one file: a mended fault may uncover another one, but never for ever."""

MAX_FIX_ATTEMPTS: Final = 100
"""Attempts at one file in all rounds: each reads and checks all of it, and only a file made for it fails this often."""

MAX_TEXT_READ_AGAIN: Final = 500_000
"""Characters read again in one file to prove the fixes that move entries; the fixer itself proves all of them."""

MAX_MESSAGE: Final = 1_000
"""Characters of a message or a hint."""

MAX_FOREIGN_WORDS: Final = 200
"""Characters of what an error of a library says, within a message of ours."""

MAX_VALUE_SHOWN: Final = 200
"""Characters of a value that are repeated in a message."""

MAX_SOURCE_LINE: Final = 500
"""Characters of a source line that a finding carries."""

MAX_RELATED: Final = 5
"""Other files named in a finding; the rest is counted."""

MAX_NEAR_MISS_LENGTH: Final = 64
"""Characters of a word that near misses are searched for: the search is quadratic."""

MAX_NEAR_MISSES: Final = 100
"""Near-miss searches in one file."""

MAX_TOPICS: Final = 10_000
"""Topics of a vocabulary, and files of a folder of topics: more than the largest published ones have."""

MAX_TOPIC_FILE_SIZE: Final = 1_048_576
"""Bytes of one file of topics."""

MAX_SHARD_SIZE: Final = 256 * 1_048_576
"""Bytes of the cache of one folder: 100,000 files in one folder take some 30 MB and their facts as much again."""

SHARD_BYTES_PER_FILE: Final = 30_000
"""Bytes of a folder's cache that are read for each file that is asked for: more takes longer than to lint it."""

MAX_CACHE_KEYS: Final = 4
"""Configurations whose results are kept side by side, so that a look with other options does not cost the others'."""

MAX_ARCHIVES: Final = 4
"""Archives whose findings are kept for one key: each choice of paths is an archive of its own."""

FILES_FOR_CACHE: Final = 16
"""Files from which the cache pays: fewer are linted in the time that it takes to open it."""

CHUNK: Final = 256
"""Files that a worker is given at a time: fewer cost more messages than they save, more leave the last one waiting."""

LINTED_TOGETHER: Final = 32
"""Files that are read and linted together (one by one they took a third longer; 64 gain nothing over 32)."""

LINTED_TOGETHER_BYTES: Final = 65_536
"""Bytes of files that are linted together: what is read of them takes many times the room."""

FILES_FOR_WORKERS: Final = 2_000
"""Files that are not in the cache from which workers pay for their start (two took longer than one at 1,600)."""

MAX_JOBS: Final = 8
"""Workers that are started unasked: the parent, which reads the results, keeps no more of them busy."""

MAX_WAITING: Final = 16 * 1_048_576
"""Characters of results that wait in memory for the end of a run: some 20,000 files; the rest waits on disk."""

CHUNK_BYTES: Final = 24_576
"""Bytes of articles that travel with one chunk, which a pipe takes while its worker is at another one."""

REMOTE_CHUNK: Final = 1_000
"""Files that a worker on another machine is given at a time: a scheduler takes some 3 ms for each task."""

REMOTE_CHUNK_BYTES: Final = 4 * 1_048_576
"""Bytes of articles that travel with one chunk to another machine: Dask warns of more than 10 MB."""

MAX_MEMBER_NAME: Final = 4_096
"""Characters of the name of a file in an archive: as long as a path can be (Linux: PATH_MAX)."""

MAX_TAR_HEADER: Final = 262_144
"""Bytes of the headers in front of one file of a .tar: long names and pax records take a few hundred."""

MAX_UNPACKED_RATIO: Final = 200
"""Times its size that a .tar.gz may unpack to: archives of articles do to 5 to 20 times, zeros to 1,000 times."""

UNPACKED_ANYWAY: Final = 64 * 1_048_576
"""Bytes that a .tar.gz may unpack to whatever its size: a small archive may hold one large file."""

MAX_FACTS: Final = 100_000
"""Facts that are compared in memory: some 30,000 articles and 10 MB; from there on they are parted on disk."""

MAX_HELD_DRAFTS: Final = 2_500
"""Findings about the archive in memory while they are looked up in their files, some 10 MB; more wait on disk."""

MAX_LOOKS: Final = 4
"""Times that an archive is read once more for the places of such findings, however many: each is a walk through it."""

MAX_HELD_FINDINGS: Final = 10_000
"""Findings of a run that are in memory, some 10 MB; more wait on disk until they are told."""

MAX_KEPT_FINDINGS: Final = 50_000
"""The same of a run that is told from the cache as a whole, and has nothing else in memory, some 40 MB."""

MAX_HELD_NAMES: Final = 20_000
"""Names of files that were checked that are in memory, some 4 MB; more wait on disk."""

MAX_LINES_COMPARED: Final = 2_000
"""Lines of a text, those that are the same at its ends aside, that are compared one by one for an editor's edit."""

MAX_ACTIONS: Final = 10
"""Findings at one place of a document for which an editor is offered what to do: each costs a proof."""

MAX_WORKSPACE_FILES: Final = 100_000
"""Files of an editor's folder that are looked at unasked: a home folder that was opened by mistake has more."""

WORKER_PATIENCE: Final = 120
"""Seconds that a cluster may be without any worker: on a busy machine one that is started anew takes half a minute."""
