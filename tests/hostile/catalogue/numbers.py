"""Numbers at which programs fail: too long, not finite, in every notation of YAML 1.1, at every field that is one."""

from __future__ import annotations

from tests.hostile.catalogue.making import Group, fields

_IMAGE = 'images:\n  - url: "https://example.com/a.jpg"\n    width: {}\n    height: {}\n    isCached: true\n'
_PLACES = {
    "quality": "quality: {}\n",
    "heat": "heat: {}\n",
    "width": _IMAGE.format("{}", 1002),
    "height": _IMAGE.format(1782, "{}"),
}
_VALUES = {
    "21 digits": "9" * 21,
    "minus 21 digits": "-" + "9" * 21,
    "20 digits": "9" * 20,
    "5,000 digits": "9" * 5_000,
    "100,000 digits": "9" * 100_000,
    "20,000 hexadecimal digits": "0x" + "f" * 20_000,
    "20,000 binary digits": "0b" + "1" * 20_000,
    "20,000 octal digits": "0" + "7" * 20_000,
    "20,000 digits to base 60": "1" + ":59" * 10_000,
    "an exponent of 3 digits": "1.0e+999",
    "an exponent of 4 digits": "1.0e+9999",
    "an exponent of 13 digits": "1.5e+1000000000000",
    "an exponent without a sign": "1e9999",
    "infinity": ".inf",
    "minus infinity": "-.Inf",
    "not a number": ".NaN",
    "minus nothing": "-0",
    "minus nothing with a point": "-0.0",
    "the smallest": "4.9e-324",
    "half": "0.5",
    "octal as in YAML 1.2": "0o17",
    "octal that is none": "09",
    "hexadecimal without digits": "0x",
    "an underscore": "1_",
    "underscores": "1____0",
    "a comma": "1,000",
    "a point at the end": "1.",
    "a plus sign": "+1",
    "base 60": "190:20:30",
    "another digit": "\u0661",
    "a boolean": "true",
    "a date": "2024-01-24",
    "nothing": "~",
    "a text": "'39'",
    "an empty text": "''",
    "a list": "[39]",
    "a mapping": "{a: 39}",
}

CASES: Group = {
    f"{place}: {name}": fields(written.format(value))
    for place, written in _PLACES.items()
    for name, value in _VALUES.items()
}
