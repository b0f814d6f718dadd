"""A reading of SARIF 2.1.0 as a JSON Schema: the objects that newslint writes, each closed and with its bounds.

It is stricter than the published schema in what it leaves out: a property that is not here is not written. The numbers
are the sections of the standard (OASIS, SARIF 2.1.0 with errata 01); what GitHub asks for beside it is marked as such.
"""

from __future__ import annotations

from typing import Any


def _closed(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_TEXT = {"type": "string", "minLength": 1}
_FROM_ONE = {"type": "integer", "minimum": 1}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_MESSAGE = _closed("text", text=_TEXT)
_DESCRIPTION = _closed("text", text={**_TEXT, "maxLength": 1024})  # GitHub's bound

# 3.4: a relative reference has no scheme and no leading slash; RFC 3986 says which characters may stand in one.
_ARTIFACT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "pattern": r"^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$|^file:///?"},
        "uriBaseId": {"const": "%SRCROOT%"},
    },
    "if": {"properties": {"uri": {"pattern": "^file:"}}},
    "then": {"not": {"required": ["uriBaseId"]}},
    "else": {"required": ["uriBaseId"], "properties": {"uri": {"pattern": "^[^/]"}}},
}
# 3.30: lines and columns count from 1, an end without a line is on the first one.
_REGION = _closed("startLine startColumn", startLine=_FROM_ONE, startColumn=_FROM_ONE, endColumn=_FROM_ONE)
_DELETED = _closed(
    "startLine startColumn endLine endColumn",
    startLine=_FROM_ONE,
    startColumn=_FROM_ONE,
    endLine=_FROM_ONE,
    endColumn=_FROM_ONE,
)
_PHYSICAL = _closed("artifactLocation region", artifactLocation=_ARTIFACT, region=_REGION)
_LOGICAL = _closed(
    "fullyQualifiedName kind",
    fullyQualifiedName={"type": "string", "pattern": "^/"},
    name=_TEXT,
    kind={"const": "property"},
)
_LOCATION = _closed(
    "physicalLocation",
    physicalLocation=_PHYSICAL,
    logicalLocations={"type": "array", "items": _LOGICAL, "minItems": 1, "maxItems": 1},
)
_RELATED = _closed(
    "id physicalLocation message",
    **{**_LOCATION["properties"], "id": _FROM_ONE, "message": _MESSAGE},
)
# 3.57: no content is a deletion.
_REPLACEMENT = _closed("deletedRegion", deletedRegion=_DELETED, insertedContent=_MESSAGE)
_CHANGE = _closed(
    "artifactLocation replacements",
    artifactLocation=_ARTIFACT,
    replacements={"type": "array", "items": _REPLACEMENT, "minItems": 1},
)
_FIX = _closed(
    "description artifactChanges properties",
    description=_MESSAGE,
    artifactChanges={"type": "array", "items": _CHANGE, "minItems": 1, "maxItems": 1},
    properties=_closed("applicability", applicability={"enum": ["safe", "unsafe"]}),
)
_RESULT = _closed(
    "ruleId level message locations partialFingerprints",
    ruleId=_TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=_LEVEL,
    message=_MESSAGE,
    locations={"type": "array", "items": _LOCATION, "minItems": 1, "maxItems": 1},
    partialFingerprints=_closed("newslint/v1", **{"newslint/v1": {"type": "string", "pattern": "^[0-9a-f]{32}$"}}),
    relatedLocations={"type": "array", "items": _RELATED, "minItems": 1, "maxItems": 999},
    fixes={"type": "array", "items": _FIX, "minItems": 1, "maxItems": 1},
    suppressions={"type": "array", "items": _closed("kind", kind={"const": "inSource"}), "minItems": 1, "maxItems": 1},
)
_RULE = _closed(
    "id name shortDescription fullDescription help defaultConfiguration properties",
    id=_TEXT,
    name={**_TEXT, "maxLength": 255},  # GitHub's bound
    shortDescription=_DESCRIPTION,
    fullDescription=_DESCRIPTION,
    help=_closed("text markdown", text=_TEXT, markdown=_TEXT),
    defaultConfiguration=_closed("level", level=_LEVEL),
    properties=_closed(
        "problem.severity precision",
        **{"problem.severity": {"enum": ["error", "warning", "recommendation"]}, "precision": {"const": "high"}},
    ),
)
_INVOCATION = _closed(
    "executionSuccessful toolExecutionNotifications",
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={"type": "array", "items": _closed("level message", level=_LEVEL, message=_MESSAGE)},
)
_RUN = _closed(
    "tool invocations originalUriBaseIds columnKind results",
    tool=_closed(
        "driver",
        driver=_closed(
            "name version rules",
            name={"const": "newslint"},
            version=_TEXT,
            rules={"type": "array", "items": _RULE, "maxItems": 25_000},
        ),
    ),
    invocations={"type": "array", "items": _INVOCATION, "minItems": 1, "maxItems": 1},
    originalUriBaseIds=_closed("%SRCROOT%", **{"%SRCROOT%": _closed("description", description=_MESSAGE)}),
    columnKind={"const": "unicodeCodePoints"},
    results={"type": "array", "items": _RESULT, "maxItems": 25_000},  # GitHub's bound
)
LOG = _closed(
    "$schema version runs",
    **{
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": _RUN, "minItems": 1, "maxItems": 1},
    },
)
