"""The verdict of python3-jsonschema on payloads, for as long as stdin brings any.

stdin: one path of a schema a line, an empty line, then batches: schema index (u8), count (u32, little-endian), and each payload: length (u32), bytes.
stdout: for each batch, when it has been read, one byte a payload: "a" accept, "r" reject.

What is asked here is JSON Schema 2020-12 with formats asserted, over strict RFC 8259 with the limits that the device declares. Python's parser is lenient
in some places and rounds numbers in others: hooks take that out. The formats are checked by their own grammars, since the library's checks are lenient too.
"""
import calendar
import json
import re
import struct
import sys
from fractions import Fraction

from jsonschema import Draft202012Validator, FormatChecker

MAX_BYTES = 8192
MAX_DEPTH = 16
MAX_EXPONENT = 20000  # further away than any bound of a schema and any length of a payload

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
DATE_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)


def is_uuid(value):
    return not isinstance(value, str) or UUID.fullmatch(value) is not None


def is_date_time(value):
    if not isinstance(value, str):
        return True
    match = DATE_TIME.fullmatch(value)
    if match is None:
        return False
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    sign, offset_hour, offset_minute = match.group(7), int(match.group(8) or 0), int(match.group(9) or 0)
    # The calendar of year 0 is that of year 400.
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 400, month)[1]:
        return False
    if hour > 23 or minute > 59 or second > 60 or offset_hour > 23 or offset_minute > 59:
        return False
    if second == 60:
        offset = (offset_hour * 60 + offset_minute) * (-1 if sign == "-" else 1)
        return (hour * 60 + minute - offset) % 1440 == 1439
    return True


def members(pairs):
    names = {name for name, _ in pairs}
    if len(names) != len(pairs):
        raise ValueError("duplicate name")
    return dict(pairs)


def number(text):
    """Exactly, and an int wherever it is a whole number, as JSON Schema has it."""
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    sign, whole = (-1, whole[1:]) if whole.startswith("-") else (1, whole)
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return 0
    power = int(exponent or 0) - len(fraction)
    stripped = digits.rstrip("0")
    power = max(-MAX_EXPONENT, min(MAX_EXPONENT, power + len(digits) - len(stripped)))
    value = sign * int(stripped)
    return value * 10**power if power >= 0 else Fraction(value, 10**-power)


def constant(text):
    raise ValueError(text)


DECODER = json.JSONDecoder(object_pairs_hook=members, parse_float=number, parse_constant=constant)


def too_deep(value, left):
    if isinstance(value, (dict, list)):
        if left == 0:
            return True
        return any(too_deep(part, left - 1) for part in (value.values() if isinstance(value, dict) else value))
    return False


def parse(payload):
    if len(payload) > MAX_BYTES:
        raise ValueError("size")
    text = payload.decode("utf-8")
    value, end = DECODER.raw_decode(text, len(text) - len(text.lstrip(" \t\r\n")))
    if text[end:].strip(" \t\r\n"):
        raise ValueError("trailing")
    if "\\u" in text:
        # Escaped lone surrogates are no text.
        json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    if too_deep(value, MAX_DEPTH):
        raise ValueError("depth")
    return value


def verdict(validator, payload):
    try:
        value = parse(payload)
    except (ValueError, RecursionError):
        return b"r"
    return b"a" if validator.is_valid(value) else b"r"


def main():
    source = sys.stdin.buffer
    formats = FormatChecker()
    formats.checkers = {"uuid": (is_uuid, ()), "date-time": (is_date_time, ())}
    validators = []
    for line in iter(source.readline, b"\n"):
        with open(line.decode("utf-8").rstrip("\n"), encoding="utf-8") as file:
            schema = json.load(file, parse_float=number)
        Draft202012Validator.check_schema(schema)
        validators.append(Draft202012Validator(schema, format_checker=formats))
    while header := source.read(5):
        index, count = struct.unpack("<BI", header)
        verdicts = b"".join(verdict(validators[index], source.read(struct.unpack("<I", source.read(4))[0])) for _ in range(count))
        sys.stdout.buffer.write(verdicts)
        sys.stdout.buffer.flush()


main()
