"""Topics (NL7): they are those of the site's vocabulary, come with their parents, and stand once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newslint.finding import Insert, RelatedViolation, Remove, Repair, Replace, Violation
from newslint.limits import MAX_NEAR_MISSES, MAX_TEXT_LENGTH
from newslint.quote import listed, quote
from newslint.rules.rule import ERROR, SAFE, UNSAFE, WARNING, Options, rule

if TYPE_CHECKING:
    from newslint.document.document import Document
    from newslint.vocabulary import Vocabulary

_OTHER_TEXT = ("NL601", "NL602", "NL603", "NL604", "NL605", "NL606", "NL607", "NL608", "NL609")
"""What is wrong with a topic as a text: while it is, the topic is not the one that was meant."""


def _topics(document: Document) -> list[tuple[int, str]]:
    """Return the topics that are texts, each with its index in the list."""
    topics = document.data.get("topics")
    if not isinstance(topics, list):
        return []
    return [(index, topic) for index, topic in enumerate(topics) if isinstance(topic, str) and topic.strip()]


def _meant(vocabulary: Vocabulary, topics: list[tuple[int, str]]) -> dict[int, str]:
    """Return for each unknown topic, by its index, the one that it must mean, where there is one.

    After 100 unknown ones only those known under another name are found: the search for close ones is costly.
    """
    found: dict[int, str] = {}
    searches = 0
    for index, topic in topics:
        if topic in vocabulary or len(topic) > MAX_TEXT_LENGTH:
            continue
        searches += 1
        meant = vocabulary.meant_by(topic) if searches <= MAX_NEAR_MISSES else vocabulary.known_as(topic)
        if meant is not None:
            found[index] = meant
    return found


@rule("NL701", "unknown-topic", ERROR, fix=UNSAFE, silent_after=("NL703", *_OTHER_TEXT))
def unknown_topic(document: Document, options: Options) -> Iterator[Violation]:
    """A topic is not one of the site's vocabulary.

    ## What it does
    Looks each of `topics` up in the vocabulary, letter by letter. The vocabulary is what `topics` in the configuration
    names: a list of names, or a YAML or JSON file of topics, or a folder of such files. A topic in a file is a name, or
    a mapping with a `name` and, where it has them, a `parent`, and other names in `shortname`, `_id` and `aliases`:
    these are understood, but are not what an article should say. Without a vocabulary the rule says nothing.

    ## Why is this bad?
    A topic that the site does not know has no page: links to it lead nowhere, and the article is missing from the page
    of the topic that was meant.

    ## Example
    ```files
    newslint.toml
    topics = ["AI", "Computer Vision"]
    article.md
    topics:
      - Computer Visoin
      - AI
    ```

    Use instead:
    ```files
    newslint.toml
    topics = ["AI", "Computer Vision"]
    article.md
    topics:
      - Computer Vision
      - AI
    ```

    ## Fix safety
    There is a fix where the topic is another name of one in the vocabulary, or close to one. It is unsafe, because what
    is close is not always what was meant. It takes the topic away where the one that was meant is there already.
    """
    vocabulary = options.vocabulary
    if vocabulary is None:
        return
    topics = _topics(document)
    if all(topic in vocabulary for _, topic in topics):
        return
    meant = _meant(vocabulary, topics)
    taken = {topic: topic for _, topic in topics}
    for index, topic in topics:
        if topic in vocabulary:
            continue
        pointer = ("topics", index)
        name = meant.get(index)
        message = f"{quote(topic)} is no topic of the vocabulary"
        if name is None:
            yield Violation(pointer, message, hint="Take a topic of the vocabulary, or add this one to it")
            continue
        certain = vocabulary.known_as(topic) is not None
        if certain:
            message += f", which calls it {quote(name)}"
        hint = "" if certain else f"Did you mean {quote(name)}? "
        if name in taken:
            hint += f"Delete it: {quote(taken[name])} is there already"
            repair = Repair(f"Delete {quote(topic)}", (Remove(pointer),), safe=False)
        else:
            taken[name] = topic
            hint = hint.rstrip() or f"Write {quote(name)}"
            repair = Repair(f"Write {quote(name)}", (Replace(pointer, name),), safe=False)
        yield Violation(pointer, message, hint=hint, repair=repair)


@rule("NL702", "missing-parent-topic", WARNING, fix=SAFE)
def missing_parent_topic(document: Document, options: Options) -> Iterator[Violation]:
    """A topic comes without its parent topic.

    ## What it does
    Looks up the parent of each of `topics` in the vocabulary (see NL701), the parent's parent and so on, and checks
    that the article has them all. What several topics lack is told once. A parent that is there under another name or
    with a slip in it is NL701's affair. Without a vocabulary, or in one without parents, the rule says nothing.

    ## Why is this bad?
    The page of the parent topic lists the articles that name it, not those that the tree of topics puts under it: the
    article is missing there.

    ## Example
    ```files
    newslint.toml
    topics = "topics.yaml"
    topics.yaml
    - name: AI
    - name: Computer Vision
      parent: AI
    article.md
    topics:
      - Computer Vision
    ```

    Use instead:
    ```files
    newslint.toml
    topics = "topics.yaml"
    topics.yaml
    - name: AI
    - name: Computer Vision
      parent: AI
    article.md
    topics:
      - Computer Vision
      - AI
    ```
    """
    vocabulary = options.vocabulary
    if vocabulary is None or not vocabulary.parents:
        return
    topics = _topics(document)
    present = {topic for _, topic in topics}
    lacking = {
        index: missing
        for index, topic in topics
        if topic in vocabulary and (missing := [name for name in vocabulary.ancestors(topic) if name not in present])
    }
    if not lacking:
        return
    told = present.union(_meant(vocabulary, topics).values())
    for index, topic in topics:
        missing = [name for name in lacking.get(index, ()) if name not in told]
        if not missing:
            continue
        told.update(missing)
        shown = listed([quote(name) for name in missing], "and")
        one = len(missing) == 1
        is_parent = one and missing[0] == vocabulary.parents[topic]
        family = f"its parent {shown}" if is_parent else f"{shown}, which it is under"
        others = sum(other != index and not set(missing).isdisjoint(names) for other, names in lacking.items())
        also = f" ({others} other {'topic lacks' if others == 1 else 'topics lack'} {'it' if one else 'them'} too)"
        message = f"{quote(topic)} comes without {family}{also if others else ''}"
        changes = tuple(Insert(("topics", index + 1), name) for name in missing)
        repair = Repair(f"Add {shown}", changes)
        yield Violation(("topics", index), message, hint=f"Add {shown} to topics", repair=repair)


@rule("NL703", "repeated-topic", WARNING, fix=SAFE, replaces=("NL109",))
def repeated_topic(document: Document, options: Options) -> Iterator[Violation]:
    """An article has the same topic twice.

    ## What it does
    Compares `topics` with each other; letter case does not count. The finding stands at the later one; where a
    vocabulary is configured and only the later one is spelt as it has it, at the earlier one.

    ## Why is this bad?
    The article is listed twice on the topic's page, and counted twice; with another letter case it makes a second page.

    ## Example
    ```yaml
    topics:
      - Computer Vision
      - AI
      - computer vision
    ```

    Use instead:
    ```yaml
    topics:
      - Computer Vision
      - AI
    ```
    """
    topics = _topics(document)
    groups: dict[str, list[tuple[int, str]]] = {}
    for index, topic in topics:
        groups.setdefault(topic.casefold(), []).append((index, topic))
    if len(groups) == len(topics):
        return
    vocabulary = options.vocabulary
    for group in groups.values():
        known = [entry for entry in group if vocabulary is not None and entry[1] in vocabulary]
        kept_index, kept = (known or group)[0]
        for index, topic in group:
            if index == kept_index:
                continue
            pointer = ("topics", index)
            message = f"{quote(topic)} is the same topic as {quote(kept)}"
            if topic == kept:
                message = f"{quote(topic)} is among the topics already"
            related = (RelatedViolation(("topics", kept_index), f"{quote(kept)} stands here"),)
            repair = Repair(f"Delete the repeated {quote(topic)}", (Remove(pointer),))
            yield Violation(pointer, message, hint="Delete it", related=related, repair=repair)
