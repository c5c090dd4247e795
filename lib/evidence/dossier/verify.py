#!/usr/bin/env python3
"""Checks an evidence dossier of Aceite, offline, without trusting whoever made it.

    python3 verify.py <dossier.zip> [--trust trust.json] [--json]

Needs Python 3.9 or newer and nothing else, except `openssl` 3 for signatures and time stamps. Reads the two files
named above, writes only into a temporary folder that it deletes, and never uses a network. Whom to trust comes from
the trust file alone, never from the dossier; without one the best verdict is INCOMPLETE.

Verdicts and exit codes: VALID 0, VALID_INTERIM 3, TAMPERED 10, INVALID 11, INCOMPLETE 12, INPUT_ERROR 20.
The worst that is found counts, INPUT_ERROR being the worst. But where manifest.json can be read and a file is not the
one that it lists, the verdict is TAMPERED, even when that file cannot be read any more.
"""

import os
import sys

# Both are loaded before any program. The rest must come from Python itself, never from a file that lies beside this one.
BESIDE = os.path.dirname(os.path.realpath(__file__))
sys.path[:] = [place for place in sys.path if os.path.realpath(place or os.curdir) != BESIDE]

import base64
import binascii
import datetime
import gc
import hashlib
import json
import re
import struct
import subprocess
from json.encoder import encode_basestring  # escapes as RFC 8785 wants: only what must be

EXIT_CODES = {"VALID": 0, "VALID_INTERIM": 3, "INCOMPLETE": 12, "INVALID": 11, "TAMPERED": 10, "INPUT_ERROR": 20}
SEVERITY = ["VALID", "VALID_INTERIM", "INCOMPLETE", "INVALID", "TAMPERED", "INPUT_ERROR"]

NOBODY = "nobody: SHA-256 and this program"
SEAL = "whoever holds the seal key that the trust file names"
LOG = "whoever holds the log key that the trust file names"
AUTHORITIES = "the authorities under the trust file's roots"
CHECKS = [
    ("zip", "The file is one strictly formed ZIP archive, with nothing hidden in it", NOBODY),
    ("manifest", "manifest.json is a list of files in the one form that this format allows", NOBODY),
    ("files", "Every file is the one that the manifest lists, to the byte, and no other is there", NOBODY),
    ("json", "Every record can be read in one way only, and has the members that it must have", NOBODY),
    ("required", "Nothing is missing that a dossier must hold", NOBODY),
    ("chain", "The events are one unbroken chain, in order", NOBODY),
    ("commits", "The records are those that the events committed to when they happened", NOBODY),
    ("cross", "Evidence, acceptance, consents, receipt and the lender's request say the same", NOBODY),
    ("state", "The dossier is as final as it claims", NOBODY),
    ("proofs", "The events are leaves of the tree that the checkpoint describes", NOBODY),
    ("log", "The checkpoint is the log's own", LOG),
    ("seal", "The list of files was sealed by the installation", SEAL),
    ("receipt", "The receipt was signed by the installation", SEAL),
    ("time", "The authorities that are asked for, if any, saw the checkpoint at their times", AUTHORITIES),
    ("witness", "The witnesses that are asked for, if any, saw the log only grow, up to this checkpoint",
     "the witnesses that the trust file names"),
]
USAGE = "usage: python3 verify.py <dossier.zip> [--trust trust.json] [--json]"
LAST_WORDS = "That the person was the signer is not proved by any of this."

MIB = 1024 * 1024
ARCHIVE_BYTES_MAX = 64 * MIB
TRUST_BYTES_MAX = 4 * MIB
FILE_BYTES_MAX = 16 * MIB
FILES_MAX = 4096
NAME_LENGTH_MAX = 200
DEPTH_MAX = 64
SAFE_INTEGER_MAX = 2**53 - 1
TRUST_LIST_MAX = 100
REASONS_MAX = 5
REASON_LENGTH_MAX = 200  # characters; whoever made the dossier chooses some of its words
RECORD_BYTES_MAX = 2 * MIB  # a JSON file, or a line of a file of lines
RECORD_LINES_MAX = 4096
TEXT_VALUES_MAX = 100_000  # in one JSON text
RECORDS_VALUES_MAX = 400_000  # in all records of a dossier together
TIME_STAMPS_MAX = 8
NOTE_BYTES_MAX = 256 * 1024
NOTE_SIGNATURES_MAX = 32  # the log's own and 31 of witnesses
TOKEN_BYTES_MAX = 64 * 1024
OID_BYTES_MAX = 64
DER_DEPTH_MAX = 32
CERTIFICATES_MAX = 16  # in one token
PATH_LENGTH_MAX = 6  # certificates from the authority to the root
PATH_SIGNATURES_MAX = 40  # checked while one looks for that path
RSA_BITS_MIN = 2048
CLOCKS_APART_MAX = datetime.timedelta(minutes=5)
OPENSSL_SECONDS_MAX = 30


class InputError(Exception):
    """The input is not of this format; nothing can be said about it."""


class Malformed(Exception):
    """A proof, note or token cannot be read, or is not what it must be."""


class NoOpenSsl(Exception):
    """Nothing can be said without openssl."""


# ---------------------------------------------------------------------------------------------------- report


class Report:
    """What each check found. A check that never began counts as skipped."""

    def __init__(self):
        self.results = {check: "skipped" for check, _, _ in CHECKS}
        self.reasons = {check: [] for check, _, _ in CHECKS}
        self.verdict = "VALID"
        self.unreadable = False

    def begin(self, check):
        self.results[check] = "ok"

    def fail(self, check, verdict, reason):
        self.results[check] = "failed"
        if verdict == "INPUT_ERROR":
            self.unreadable = True
            if self.results["files"] == "failed":
                verdict = "TAMPERED"  # bytes that are not the listed ones are the finding; this comes of it
        self._note(check, verdict, reason)

    def miss(self, check, reason):
        if self.results[check] != "failed":
            self.results[check] = "missing"
        self._note(check, "INCOMPLETE", reason)

    def leave(self, check):
        """Says nothing of what cannot be said yet, unless something was wrong."""
        if self.results[check] == "ok":
            self.results[check] = "skipped"

    def lower_to(self, verdict):
        self.verdict = max(self.verdict, verdict, key=SEVERITY.index)

    def _note(self, check, verdict, reason):
        self.lower_to(verdict)
        reason = reason[:REASON_LENGTH_MAX]
        if reason not in self.reasons[check] and len(self.reasons[check]) < REASONS_MAX:
            self.reasons[check].append(reason)


# ---------------------------------------------------------------------------------------------------- ZIP

SEGMENT = "[a-zA-Z0-9][a-zA-Z0-9._-]*"
ENTRY_NAME = re.compile("%s(?:/%s)*" % (SEGMENT, SEGMENT))
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
CENTRAL_ENTRY = struct.Struct("<4s6H3L5H2L")
END_RECORD = struct.Struct("<4s4H2LH")
DOS_DATE_1980 = 0x0021


def read_zip(data):
    """Reads every entry. Stored, contiguous, sorted and without any optional field, or refused. Returns name -> (bytes, crc)."""
    if len(data) > ARCHIVE_BYTES_MAX:
        raise InputError("the file is larger than 64 MiB")
    if len(data) < END_RECORD.size:
        raise InputError("the file is too short for a ZIP archive")
    end = len(data) - END_RECORD.size
    mark, disk, start_disk, here, count, length, offset, comment = END_RECORD.unpack_from(data, end)
    if mark != b"PK\x05\x06" or disk or start_disk or comment or here != count:
        raise InputError("the ZIP does not end with a plain end record")
    if not 0 < count <= FILES_MAX:
        raise InputError("the ZIP has no entry, or more than %d" % FILES_MAX)
    if offset + length != end:
        raise InputError("the ZIP's directory is not right before its end record")
    files, at, local_at, before = {}, offset, 0, ""
    for _ in range(count):
        name, fields, at = read_central_entry(data, at, end)
        if name <= before:
            raise InputError("the ZIP's entries are not in ascending order, each once")
        crc, size, header_offset = fields
        if header_offset != local_at:
            raise InputError("the ZIP's entries are not contiguous")
        content, local_at = read_local_entry(data, local_at, offset, name, crc, size)
        files[name] = (content, crc)
        before = name
    if at != end or local_at != offset:
        raise InputError("the ZIP holds bytes that belong to no entry")
    return files


def read_central_entry(data, at, end):
    if at + CENTRAL_ENTRY.size > end:
        raise InputError("the ZIP's directory is cut short")
    (mark, made_by, needed, flags, method, time, date, crc, packed, size, name_length, extra, comment, disk, internal,
     external, header_offset) = CENTRAL_ENTRY.unpack_from(data, at)
    if mark != b"PK\x01\x02" or made_by != 20 or comment or disk or internal or external:
        raise InputError("a directory entry of the ZIP is not plain")
    check_plain_fields(needed, flags, method, time, date, packed, size, extra)
    name_at = at + CENTRAL_ENTRY.size
    if name_at + name_length > end:
        raise InputError("the ZIP's directory is cut short")
    raw = data[name_at:name_at + name_length]
    name = raw.decode("latin-1")
    if name_length > NAME_LENGTH_MAX or not ENTRY_NAME.fullmatch(name):
        raise InputError("an entry of the ZIP has a name that is not allowed")
    return name, (crc, size, header_offset), name_at + name_length


def read_local_entry(data, at, directory_at, name, crc, size):
    if at + LOCAL_HEADER.size > directory_at:
        raise InputError("an entry of the ZIP is cut short")
    (mark, needed, flags, method, time, date, local_crc, packed, local_size, name_length,
     extra) = LOCAL_HEADER.unpack_from(data, at)
    if mark != b"PK\x03\x04":
        raise InputError("an entry of the ZIP does not begin where it must")
    check_plain_fields(needed, flags, method, time, date, packed, local_size, extra)
    content_at = at + LOCAL_HEADER.size + name_length
    if data[at + LOCAL_HEADER.size:content_at] != name.encode("ascii") or local_crc != crc or local_size != size:
        raise InputError("an entry of the ZIP differs from its directory entry")
    if content_at + size > directory_at:
        raise InputError("an entry of the ZIP is cut short")
    return data[content_at:content_at + size], content_at + size


def check_plain_fields(needed, flags, method, time, date, packed, size, extra):
    if needed != 10 or flags or method or time or date != DOS_DATE_1980 or extra or packed != size:
        raise InputError("an entry of the ZIP is not stored plainly")
    if size > FILE_BYTES_MAX:
        raise InputError("an entry of the ZIP is larger than 16 MiB")


# ---------------------------------------------------------------------------------------------------- JSON

SURROGATES = re.compile("[\ud800-\udfff]")


def read_json(data):
    """Strict JSON: UTF-8, no member twice, nothing after the value, no number beyond a double, at most 64 deep, of some size."""
    if values_in(data) > TEXT_VALUES_MAX:
        raise InputError("has more than %d values" % TEXT_VALUES_MAX)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8")
    try:
        value = DECODER.decode(text)
    except (ValueError, RecursionError):
        raise InputError("is not JSON")
    check_depth(value)
    return value


def values_in(data):
    """How many values stand in JSON, the outermost apart: each follows a mark of its own outside the strings."""
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    if bare.count(b'"') > 4 * RECORDS_VALUES_MAX:  # a name and a text for each value, at most
        return RECORDS_VALUES_MAX + 1
    outside = b"".join(bare.split(b'"')[::2])
    return sum(outside.count(mark) for mark in (b",", b"[", b"{"))


def check_depth(value):
    containers, depth = [value], 0
    while containers:
        containers = [item for item in containers if isinstance(item, (list, dict))]
        depth += bool(containers)
        if depth > DEPTH_MAX:
            raise InputError("is nested more than %d deep" % DEPTH_MAX)
        containers = [inner for item in containers for inner in (item.values() if isinstance(item, dict) else item)]


def members_once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InputError("has a member twice")
    return members


def read_number(text):
    """The nearest double, as every JSON reader in a browser has it; whole ones that are exact as integers."""
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise InputError("has a number that no double can hold")
    return int(value) if value.is_integer() and abs(value) <= SAFE_INTEGER_MAX + 1 else value


def read_integer(text):
    return int(text) if len(text) < 16 else read_number(text)


def refuse_constant(_):
    raise InputError("has NaN or Infinity")


DECODER = json.JSONDecoder(
    object_pairs_hook=members_once, parse_float=read_number, parse_int=read_integer, parse_constant=refuse_constant
)


def read_canonical(data):
    """Strict JSON that is written in its one canonical form (RFC 8785)."""
    value = read_json(data)
    written, at = data.decode("utf-8"), 0

    def follow(piece):
        nonlocal at
        if not written.startswith(piece, at):
            raise InputError("is not in canonical form (RFC 8785)")
        at += len(piece)

    write_canonical(value, follow)
    if at != len(written):
        raise InputError("is not in canonical form (RFC 8785)")
    return value


def canonical_bytes(value):
    parts = []
    write_canonical(value, parts.append)
    return "".join(parts).encode("utf-8")


def write_canonical(value, write):
    if isinstance(value, str):
        write(quoted(value))
    elif value is True or value is False or value is None:
        write("true" if value is True else "false" if value is False else "null")
    elif isinstance(value, int):
        write(str(value))
    elif isinstance(value, float):
        write(ecmascript_number(value))
    elif isinstance(value, list):
        mark = "["
        for item in value:
            write(mark)
            write_canonical(item, write)
            mark = ","
        write("[]" if mark == "[" else "]")
    else:
        mark = "{"
        for name in sorted(value, key=utf16_order):
            write(mark + quoted(name) + ":")
            write_canonical(value[name], write)
            mark = ","
        write("{}" if mark == "{" else "}")


def quoted(content):
    written = encode_basestring(content)
    return written if written.isascii() else SURROGATES.sub(lambda half: "\\u%04x" % ord(half.group()), written)


def utf16_order(name):
    return name.encode("utf-16-be", "surrogatepass")


def ecmascript_number(value):
    """A double that is no exact integer, as ECMAScript writes it; Python finds the same shortest digits."""
    whole, fraction, exponent = re.fullmatch(r"-?(\d+)(?:\.(\d+))?(?:e([+-]\d+))?", repr(value)).groups()
    digits = (whole + (fraction or "")).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + (fraction or "")) - len(digits))
    digits = digits.rstrip("0")
    sign = "-" if value < 0 else ""
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    tail = "." + digits[1:] if len(digits) > 1 else ""
    return "%s%s%se%s%d" % (sign, digits[0], tail, "+" if point > 0 else "-", abs(point - 1))


def same(left, right):
    """Equal as JSON: unlike Python, true is not 1."""
    return canonical_bytes(left) == canonical_bytes(right)


def utf8(text):
    """The bytes of a text, or None for one that has none (a half surrogate)."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return None


# ---------------------------------------------------------------------------------------------------- shapes

HEX_64 = re.compile("[0-9a-f]{64}")
UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FIRST_INSTANT = datetime.datetime(1970, 1, 1)
LAST_SECOND = 253402300799  # 9999-12-31T23:59:59Z
INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z", re.ASCII)
DETAIL_NAMES = ("name", "email", "identity", "phone")


def text(value, where):
    if not isinstance(value, str):
        raise InputError("%s is not a text" % where)


def boolean(value, where):
    if not isinstance(value, bool):
        raise InputError("%s is not true or false" % where)


def integer(value, where):
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= SAFE_INTEGER_MAX:
        raise InputError("%s is not a whole number" % where)


def hex_64(value, where):
    if not isinstance(value, str) or not HEX_64.fullmatch(value):
        raise InputError("%s is not 64 lower-case hexadecimal digits" % where)


def uuid(value, where):
    if not isinstance(value, str) or not UUID.fullmatch(value):
        raise InputError("%s is not a lower-case UUID" % where)


def instant(value, where):
    if not isinstance(value, str) or read_instant(value) is None:
        raise InputError("%s is not an instant in UTC with milliseconds" % where)


def read_instant(value):
    match = INSTANT.fullmatch(value)
    if not match:
        return None
    year, month, day, hour, minute, second, milliseconds = map(int, match.groups())
    try:
        return datetime.datetime(year, month, day, hour, minute, second, milliseconds * 1000)
    except ValueError:
        return None


def exactly(constant):
    def check(value, where):
        if value != constant or isinstance(value, bool):
            raise InputError("%s is not %s" % (where, json.dumps(constant)))

    return check


def one_of(*allowed):
    def check(value, where):
        if not isinstance(value, str) or value not in allowed:
            raise InputError("%s is none of %s" % (where, ", ".join(allowed)))

    return check


def list_of(item):
    def check(value, where):
        if not isinstance(value, list):
            raise InputError("%s is not a list" % where)
        for number, member in enumerate(value):
            item(member, "%s[%d]" % (where, number))

    return check


def object_of(item):
    def check(value, where):
        anything_in_object(value, where)
        for name, member in value.items():
            item(member, "a member of %s" % where)

    return check


def anything_in_object(value, where):
    if not isinstance(value, dict):
        raise InputError("%s is not an object" % where)


def shape(members, closed=False):
    """An object with these members; a name that ends in `?` may be absent. Closed ones have no others."""
    required = {name: check for name, check in members.items() if not name.endswith("?")}
    optional = {name[:-1]: check for name, check in members.items() if name.endswith("?")}

    def check(value, where):
        anything_in_object(value, where)
        for name, inner in required.items():
            if name not in value:
                raise InputError("%s has no %s" % (where, name))
            inner(value[name], "%s.%s" % (where, name))
        for name, inner in optional.items():
            if name in value:
                inner(value[name], "%s.%s" % (where, name))
        if closed and not all(name in required or name in optional for name in value):
            raise InputError("%s has a member that it must not have" % where)

    return check


def texts(names, **more):
    members = {name: text for name in names.split()}
    members.update(more)
    return members


def scalar(value, where):
    if not isinstance(value, (str, bool, int, float)):
        raise InputError("%s is not a text, a number, true or false" % where)


SUMMARY = list_of(shape(texts("label value")))
DETAIL = shape(texts("value typed? replaces?", source=one_of("merchant", "signer")))
DETAILS = shape({name + "?": DETAIL for name in DETAIL_NAMES})
SESSION = shape(texts(
    "signingSessionId workspaceId apiKeyId? orderId debtKey provider language merchantLegalName lenderLegalName "
    "createdAt expiresAt returnUrl? signingDeadline? finalDueDate?", **{"metadata?": object_of(text)}))
CONTRACT_FACTS = shape(texts("title version? language?", summary=SUMMARY))
DETAILS_PART = shape({"version": integer, "setBy": one_of("merchant", "signer"), "details": DETAILS})
ATTEMPT = shape(texts("id kind outcome reason", startedAt=instant, endedAt=instant, counted=boolean, **{
    "bodySha256?": hex_64, "httpStatus?": integer, "reply?": shape({"headers": object_of(text), "bodyBase64": text})}))
PAGE_HASHES = ("cssSha256", "templateSha256", "scriptSha256")
SHOWN_TEXT = texts("id version language text sha256")
ACCEPTANCE = shape(texts(
    "receiptCode contractSha256 summarySha256 buttonLabel boxesAtStart",
    acceptedAt=instant, summary=SUMMARY, consents=list_of(shape(dict(SHOWN_TEXT, box=text))), notice=shape(SHOWN_TEXT),
    boxesTicked=list_of(text), offer=shape(texts("id issuedAt build")), browserReport=object_of(text),
    request=shape(texts("requestId ipTrust socketPeer ip? rawForwarded? userAgent? acceptLanguage?",
                        isPublicAddress=boolean, **{"sourcePort?": integer, "socketPort?": integer,
                                                     "clientHints?": object_of(text)})),
    details=DETAILS, detailsVersion=integer, software=shape(texts("build missing? version? commit? commitMissing?", **{
        name + "?": hex_64 for name in ("lockSha256", "sourcesSha256") + PAGE_HASHES}))))
EVENT = shape(texts(
    "actor type actorId? requestId?", hash=hex_64, prevHash=hex_64, salt=hex_64, occurredAt=instant, sequence=integer,
    data=object_of(scalar), **{"private?": shape({"commits?": object_of(hex_64)})}), closed=True)
TOLD_EVENT = shape(texts("type actor occurredAt source requestId?", data=anything_in_object), closed=True)
EVIDENCE = shape(texts(
    "signingSessionId", final=boolean, events=list_of(TOLD_EVENT),
    presentation=shape({"consents": list_of(shape(texts("id version language text sha256 source"), closed=True))}),
    **{name: anything_in_object for name in (
        "transaction", "document", "signer", "act", "network", "authentication", "delivery", "integrity", "keeping")}),
    closed=True)
RECEIPT = shape(texts("contractSha256 eventHash receiptCode signingSessionId", acceptedAt=instant, promisedBy=instant,
                      format=exactly("aceite-receipt-1")), closed=True)
STATEMENT = shape(texts("content kind", hash=hex_64), closed=True)
MANIFEST = shape({
    "format": exactly("aceite-dossier-1"), "signingSessionId": uuid, "state": one_of("final", "interim"),
    "files": list_of(shape({"name": text, "length": integer, "sha256": hex_64}, closed=True))}, closed=True)

NUMBER = "[1-9][0-9]*"
IDENTIFIER = "[a-zA-Z0-9][a-zA-Z0-9_-]*"
RECORDS = [  # the JSON files of this format: pattern of the name, shape, and whether every line is a record
    ("session\\.json", SESSION, False),
    ("contract-facts\\.json", CONTRACT_FACTS, False),
    ("details-%s\\.json" % NUMBER, DETAILS_PART, False),
    ("lender/attempts/%s\\.json" % IDENTIFIER, ATTEMPT, False),
    ("acceptance\\.json", ACCEPTANCE, False),
    ("evidence\\.json", EVIDENCE, False),
    ("receipt\\.json", RECEIPT, False),
    ("events\\.jsonl", EVENT, True),
    ("keys/history\\.jsonl", STATEMENT, True),
]
RECORDS = [(re.compile(pattern), check, lines) for pattern, check, lines in RECORDS]
OTHER_NAMES = re.compile(
    r"contract\.txt|lender/(?:request(?:-(?:[2-9]|[1-9][0-9]{1,2}))?|response)\.json|consent/(?:agreeContract|agreeMethod|notice)\.txt|receipt\.sig"
    r"|proofs/(?:checkpoint|cosignatures|(?:statement-)?%s\.tlog-proof)|timestamps/%s\.tsr"
    r"|certificate\.pdf|STATEMENT\.md|VERIFY\.md|verify\.py" % (NUMBER, IDENTIFIER))


def record_kind(name):
    return next(((check, lines) for pattern, check, lines in RECORDS if pattern.fullmatch(name)), None)


def is_name_of_format(name):
    return len(name) <= NAME_LENGTH_MAX and (record_kind(name) is not None or OTHER_NAMES.fullmatch(name) is not None)


# ---------------------------------------------------------------------------------------------------- dossier


class Dossier:
    """The files that the manifest lists and the archive holds, and the records read from them."""

    def __init__(self, manifest):
        self.manifest = manifest
        self.files = {}
        self.records = {}

    def sequence(self, name):
        return self.records.get(name, [])

    def numbered(self, pattern):
        """The numbers in the names that match, ascending."""
        found = (re.fullmatch(pattern, name) for name in self.files)
        return sorted(int(match.group(1)) for match in found if match)


def check_manifest(report, archive):
    report.begin("manifest")
    try:
        if "manifest.json" not in archive:
            raise InputError("manifest.json is not there")
        manifest = read_canonical(archive["manifest.json"][0])
        MANIFEST(manifest, "it")
        names = [entry["name"] for entry in manifest["files"]]
        if any(left >= right for left, right in zip(names, names[1:])):
            raise InputError("its files are not in ascending order, each once")
        if not all(is_name_of_format(name) for name in names):
            raise InputError("it lists a file that this format does not know")
        if any(entry["length"] > FILE_BYTES_MAX for entry in manifest["files"]):
            raise InputError("it lists a file of more than 16 MiB")
        if sum(name.startswith("timestamps/") for name in names) > TIME_STAMPS_MAX:
            raise InputError("it lists more than %d time stamps" % TIME_STAMPS_MAX)
        return Dossier(manifest)
    except InputError as error:
        report.fail("manifest", "INPUT_ERROR", "manifest.json: %s" % error)
        return None


def check_files(report, dossier, archive):
    report.begin("files")
    listed = {entry["name"]: entry for entry in dossier.manifest["files"]}
    for name, (content, crc) in archive.items():
        if binascii.crc32(content) != crc:
            report.fail("files", "TAMPERED", "%s does not have its CRC-32" % name)
        if name not in listed and name not in ("manifest.json", "manifest.sig"):
            report.fail("files", "TAMPERED", "%s is there and not listed" % name)
    for name, entry in listed.items():
        if name not in archive:
            report.fail("files", "TAMPERED", "%s is listed and not there" % name)
            continue
        content = archive[name][0]
        dossier.files[name] = content
        if len(content) != entry["length"] or sha256_hex(content) != entry["sha256"]:
            report.fail("files", "TAMPERED", "%s is not the file that is listed" % name)


def check_json(report, dossier):
    report.begin("json")
    if sum(values_in(content) for name, content in dossier.files.items() if record_kind(name)) > RECORDS_VALUES_MAX:
        report.fail("json", "INPUT_ERROR", "the records hold more than %d values" % RECORDS_VALUES_MAX)
        return
    for name, content in dossier.files.items():
        kind = record_kind(name)
        if kind is None:
            continue
        try:
            dossier.records[name] = read_record(content, *kind)
        except InputError as error:
            report.fail("json", "INPUT_ERROR", "%s: %s" % (name, error))
            return


def read_record(content, check, is_lines):
    if not is_lines:
        value = read_small(content)
        check(value, "it")
        return value
    if content.count(b"\n") > RECORD_LINES_MAX:
        raise InputError("has more than %d lines" % RECORD_LINES_MAX)
    if check is EVENT and not content:
        raise InputError("has no line")
    if content and not content.endswith(b"\n"):
        raise InputError("does not end its last line")
    lines = [read_small(line) for line in content.split(b"\n")[:-1]]
    for number, line in enumerate(lines, 1):
        check(line, "line %d" % number)
    return lines


def read_small(content):
    if len(content) > RECORD_BYTES_MAX:
        raise InputError("has a record of more than %d MiB" % (RECORD_BYTES_MAX // MIB))
    return read_canonical(content)


def check_required(report, dossier):
    report.begin("required")
    needed = ["session.json", "contract.txt", "contract-facts.json", "details-1.json", "evidence.json", "events.jsonl"]
    if accepted_event(dossier):
        needed += ["acceptance.json", "lender/request.json", "receipt.json", "receipt.sig", "consent/agreeContract.txt",
                   "consent/agreeMethod.txt", "consent/notice.txt", "certificate.pdf"]
    for name in needed:
        if name not in dossier.files:
            report.miss("required", "%s is not there" % name)


def accepted_event(dossier):
    return next((event for event in dossier.sequence("events.jsonl") if event["type"] == "accepted"), None)


# ---------------------------------------------------------------------------------------------------- chain, commits

CLOSING = {"accepted": "COMPLETED", "declined": "FAILED", "cancelled": "CANCELLED", "expired": "EXPIRED"}
AFTER_ACCEPTANCE = re.compile("(?s:(?:lender|delivery)_.*)|withdrawal_requested|disputed")


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def sha256_hex(*pieces):
    return sha256(*pieces).hex()


def event_hash(event, previous):
    content = {name: event[name] for name in ("type", "actor", "actorId", "requestId", "data", "private") if name in event}
    content_hash = sha256(b"aceite-event-v1\n", bytes.fromhex(event["salt"]), canonical_bytes(content))
    place = "%d|%s" % (event["sequence"], event["occurredAt"])
    return sha256_hex(b"aceite-chain-v1\n", bytes.fromhex(previous), content_hash, place.encode("ascii"))


def check_chain(report, events):
    report.begin("chain")
    before, before_at, is_accepted = "00" * 32, "", False

    def broken(number, reason):
        report.fail("chain", "TAMPERED", "event %d %s" % (number, reason))

    for number, event in enumerate(events, 1):
        if event["sequence"] != number:
            broken(number, "has another number")
        if event["prevHash"] != before:
            broken(number, "does not follow the one before it")
        if event["hash"] != event_hash(event, event["prevHash"]):
            broken(number, "does not have its hash")
        if event["occurredAt"] < before_at:
            broken(number, "happened before the one before it")
        if (event["type"] == "created") != (number == 1):
            broken(number, "is `created`, and not the first, or the first and something else")
        if AFTER_ACCEPTANCE.fullmatch(event["type"]) and not is_accepted:
            broken(number, "follows from an acceptance, and nothing was accepted before it")
        is_accepted = is_accepted or event["type"] == "accepted"
        before, before_at = event["hash"], event["occurredAt"]
    if sum(event["type"] in CLOSING for event in events) > 1:
        broken(len(events), "comes after more than one end of the session")


COMMITTED_FILES = {"session": "session.json", "contract": "contract.txt", "contract-facts": "contract-facts.json",
                   "acceptance": "acceptance.json", "lender-request": "lender/request.json"}
PART_FILE = re.compile(r"details-.*\.json|lender/attempts/.*|lender/request-.*\.json|" + "|".join(map(re.escape, COMMITTED_FILES.values())))


def committed_file(name):
    if re.fullmatch("details-%s" % NUMBER, name):
        return name + ".json"
    if re.fullmatch("lender-request-([2-9]|[1-9][0-9]{1,2})", name):
        return "lender/%s.json" % name[len("lender-"):]
    if re.fullmatch("attempt-%s" % IDENTIFIER, name):
        return "lender/attempts/%s.json" % name[len("attempt-"):]
    return COMMITTED_FILES.get(name)


def check_commits(report, dossier, events):
    report.begin("commits")
    committed = set()
    for event in events:
        salt = bytes.fromhex(event["salt"])
        for name, promised in event.get("private", {}).get("commits", {}).items():
            path = committed_file(name)
            if path is not None and path in committed:  # not hashed again: thousands of events could commit to one large file
                report.fail("commits", "TAMPERED", "event %d commits to %s once more" % (event["sequence"], path))
                continue
            committed.add(path)
            if path is None or path not in dossier.files:
                report.miss("commits", "event %d commits to %s, which is not there" % (event["sequence"], ascii(name)))
            elif sha256_hex(b"aceite-part-v1\n", salt, dossier.files[path]) != promised:
                report.fail("commits", "TAMPERED", "%s is not what event %d commits to" % (path, event["sequence"]))
    for path in dossier.files:
        if PART_FILE.fullmatch(path) and path not in committed:
            report.fail("commits", "TAMPERED", "no event commits to %s" % path)


# ---------------------------------------------------------------------------------------------------- cross-checks

ABSENT = object()
FINAL_STATUSES = ("COMPLETED", "FAILED", "EXPIRED", "CANCELLED")
BOXES = ["agreeContract", "agreeMethod"]
DELIVERY_STATUSES = ("QUEUED", "SENDING", "RETRY_WAIT", "AMBIGUOUS", "DELIVERED", "REJECTED", "PAUSED", "NEEDS_ATTENTION")


def said(sources, names, *reasons):
    """Who may say these fields of evidence, and for which reasons they may be missing; without sources they never are captured."""
    return {name: (tuple(sources.split()), reasons) for name in names.split()}


UNKNOWN_BUILD = ("development_server", "no_build_manifest")
NO_REPLY = ("reply_not_readable", "lender_did_not_answer", "not_delivered")
# The label of every field of the format. What a portal says of its own keeping has none: terms and holds change it later.
LABELS = {
    "transaction": {
        **said("server", "signingSessionId workspaceId language status createdAt expiresAt assuranceLevel"),
        **said("server", "startedAt", "not_started"),
        **said("server", "closedAt", "still_open"),
        **said("server", "policyVersion", "not_recorded"),
        **said("server", "assuranceFactors", "not_opened"),
        **said("merchant", "orderId debtKey provider merchantLegalName lenderLegalName"),
        **said("merchant", "signingDeadline finalDueDate", "not_given"),
        **said("merchant signer", "closingWords", "not_given"),
    },
    "document": {
        **said("merchant", "title version language summary", "not_given"),
        **said("server", "sha256 sha3_256 displaySha256 byteLength characterCount"),
    },
    "presentation": {
        **said("server", "uiLocale"),
        **said("server", "downloadedAt", "not_downloaded"),
        **said("", "scrolledToEnd msOnText prefersReducedMotion", "not_measured"),
        **said("server", "notice buttonLabel boxesAtStart uiBuildId summarySha256"),
        **said("server", " ".join(PAGE_HASHES), "page_of_another_build", *UNKNOWN_BUILD),
        **said("browser", "displayIntegrity displayedSha256 viewport devicePixelRatio timeZone", "browser_did_not_report"),
    },
    "signer": said("merchant signer", "name email identity phone", "not_given"),
    "act": {
        **said("server", "acceptedAt offerId offerIssuedAt submitRequestId receiptCode detailsVersion"),
        **said("signer", "boxesTicked"),
        **said("", "submitAttempt", "not_counted"),
        **said("", "tickTimes inputHints", "not_measured"),
    },
    "network": {
        **said("", "geolocation", "not_asked"),
        **said("", "ipLocationEstimate", "not_estimated"),
        **said("server", "ip", "address_unknown"),
        **said("server", "sourcePort", "proxy_did_not_pass_it"),
        **said("server", "socketPort", "socket_unknown"),
        **said("server", "ipTrust socketPeer"),
        **said("browser", "rawForwarded userAgent acceptLanguage clientHints", "header_absent"),
        **said("", "tlsVersion tlsCipher", "tls_ends_before_portal"),
    },
    "authentication": {
        **said("server", "type linkDelivery tokenIssuedAt"),
        **said("server", "linkFirstOpenedAt", "not_opened"),
        **said("", "oneTimeCode", "not_asked"),
        **said("", "merchantAuthentication", "not_given"),
    },
    "delivery": {
        **said("server", "status bodySha256 attempts"),
        **said("server", "deliveredAt deliveredBy", "not_delivered"),
        **said("", "connectTimes", "not_measured"),
        **said("lender", "replySha256 lenderStatus lenderKey lenderEventDatetime", "not_in_reply", *NO_REPLY),
        **said("lender", "lenderWords", "no_complaint", *NO_REPLY),
        **said("lender", "laterDebtStates", "lender_did_not_tell", "not_asked"),
    },
    "integrity": {
        **said("server", "acceptanceRecordSha256", "not_accepted"),
        **said("server", "softwareBuild softwareVersion lockSha256 sourcesSha256", *UNKNOWN_BUILD),
        **said("server", "softwareCommit", "no_repository", "sources_differ_from_commit", *UNKNOWN_BUILD),
        **said("server", "eventChain"),
        **said("server", "log", "waiting_for_log"),
        **said("tsa", "timeStamps", "waiting_for_log", "none_yet"),
        **said("server", "timeStampsPending", "waiting_for_log", "none_pending"),
        **said("", "timeStampRevocation", "not_fetched"),
        **said("", "clockOffset", "not_measured"),
        **said("server", "witnesses", "waiting_for_log", "none_yet"),
    },
}
# Groups that tell of an acceptance, without which they have nothing to say, save for these fields.
OF_ACCEPTANCE = {"act": (), "delivery": (), "network": ("geolocation", "ipLocationEstimate"),
                 "presentation": ("uiLocale", "downloadedAt", "scrolledToEnd", "msOnText", "prefersReducedMotion")}
SOFTWARE = ("softwareBuild", "softwareVersion", "softwareCommit", "lockSha256", "sourcesSha256")


def needs_acceptance(group, name):
    return name in SOFTWARE if group == "integrity" else group in OF_ACCEPTANCE and name not in OF_ACCEPTANCE[group]


def field_value(group, name):
    """The value of a field of evidence, or ABSENT when it was not captured."""
    field = group.get(name, ABSENT)
    if field is ABSENT:
        return ABSENT
    if isinstance(field, dict):
        if set(field) == {"value", "source"} and isinstance(field["source"], str):
            return field["value"]
        if set(field) == {"status", "reason"} and field["status"] == "not_captured" and isinstance(field["reason"], str):
            return ABSENT
    raise InputError("evidence.json: %s is not a field of evidence" % name)


NO_EVENT = {"data": {}, "occurredAt": ABSENT}
DETAIL_METHODS = {"name": "letters", "email": "address_form", "identity": "check_digits", "phone": "number_plan"}


class CrossCheck:
    """Compares what the files say of the same thing. What has no file to compare with is left out: `required` tells."""

    def __init__(self, report, dossier):
        self.report = report
        self.dossier = dossier
        record = dossier.records.get
        self.session = record("session.json")
        self.facts = record("contract-facts.json")
        self.acceptance = record("acceptance.json")
        self.receipt = record("receipt.json")
        self.evidence = record("evidence.json")
        self.events = dossier.sequence("events.jsonl")
        self.accepted = accepted_event(dossier)
        self.contract = dossier.files.get("contract.txt")
        self.request = dossier.files.get("lender/request.json")
        self.details_numbers = dossier.numbered(r"details-(\d+)\.json")
        self.details = record("details-%d.json" % self.details_numbers[-1])["details"] if self.details_numbers else None
        parts = [record(name) for name in dossier.records if name.startswith("lender/attempts/")]
        self.attempts = sorted(parts, key=lambda part: (part["startedAt"], part["id"]))

    def run(self):
        self.report.begin("cross")
        try:
            self.ids_and_state()
            self.texts()
            self.signer_details()
            self.story()
            if self.accepted and self.acceptance:
                self.acceptance_itself()
                self.acceptance_in_evidence()
            if not self.accepted:
                self.nothing_accepted()
            self.lender_request()
            self.later_requests()
            self.receipt_itself()
            self.delivery()
            if self.acceptance:
                self.software()
            self.context()
            if self.evidence:
                self.labels()
                self.moments()
                self.integrity()
                self.last_leaf()
        except InputError as error:
            self.report.fail("cross", "INPUT_ERROR", str(error))

    def agree(self, is_so, reason):
        if not is_so:
            self.report.fail("cross", "TAMPERED", reason)

    def evident(self, group, name, expected, source="the record that it comes from"):
        """Evidence has exactly this value, or tells that there is none."""
        if self.evidence is None:
            return
        value = field_value(self.evidence[group], name)
        is_so = value is ABSENT if expected is ABSENT else value is not ABSENT and same(value, expected)
        self.agree(is_so, "evidence.json: %s.%s differs from %s" % (group, name, source))

    def ids_and_state(self):
        session_id = self.dossier.manifest["signingSessionId"]
        for name, record in (("session.json", self.session), ("evidence.json", self.evidence), ("receipt.json", self.receipt)):
            self.agree(not record or record["signingSessionId"] == session_id, "%s is of another session" % name)
        self.evident("transaction", "signingSessionId", session_id, "the manifest")
        if self.session:
            for name in ("workspaceId orderId debtKey provider merchantLegalName lenderLegalName language createdAt expiresAt "
                         "signingDeadline finalDueDate").split():
                self.evident("transaction", name, self.session.get(name, ABSENT), "session.json")
        if self.evidence:
            status = field_value(self.evidence["transaction"], "status")
            status = status if isinstance(status, str) else ""
            self.agree(status in self.possible_statuses(), "evidence.json: its status is not where the events end")
            self.agree(self.evidence["final"] == (status in FINAL_STATUSES), "evidence.json: final does not fit its status")

    def possible_statuses(self):
        types = {event["type"] for event in self.events}
        ends = {CLOSING[name] for name in types if name in CLOSING}
        return ends or {"IN_PROGRESS" if "started" in types else "PENDING", "EXPIRED"}

    def texts(self):
        if self.contract is not None:
            try:
                characters = len(self.contract.decode("utf-8"))
            except UnicodeDecodeError:
                characters = ABSENT
                self.agree(False, "contract.txt is not UTF-8")
            for name, expected in (
                ("sha256", sha256_hex(self.contract)),
                ("sha3_256", hashlib.sha3_256(self.contract).hexdigest()),
                ("displaySha256", sha256_hex(self.contract.replace(b"\r\n", b"\n"))),
                ("byteLength", len(self.contract)),
                ("characterCount", characters),
            ):
                self.evident("document", name, expected, "contract.txt")
        if self.facts:
            for name in ("title", "version", "language"):
                self.evident("document", name, self.facts.get(name, ABSENT), "contract-facts.json")
            self.evident("document", "summary", self.facts["summary"] or ABSENT, "contract-facts.json")
        for name, content in self.dossier.files.items():
            if name.startswith("consent/"):
                try:
                    content.decode("utf-8")
                except UnicodeDecodeError:
                    self.agree(False, "%s is not UTF-8" % name)

    def signer_details(self):
        numbers = self.details_numbers
        self.agree(numbers == list(range(1, len(numbers) + 1)), "the versions of the details have a gap")
        for number in numbers:
            part = self.dossier.records["details-%d.json" % number]
            self.agree(part["version"] == number, "details-%d.json is of another version" % number)
            self.agree(number != 1 or part["setBy"] == "merchant", "details-1.json is not the merchant's")
        if self.details is None or self.evidence is None:
            return
        signer = self.evidence["signer"]
        for name in DETAIL_NAMES:
            kept = self.details.get(name)
            if kept is not None and not self.session:
                told = field_value(signer, name)
                is_so = isinstance(told, dict) and told.get("value") == kept["value"]
                self.agree(is_so, "evidence.json: signer.%s differs from the last version of the details" % name)
            else:
                expected = ABSENT if kept is None else self.known_of(name, kept)
                self.evident("signer", name, expected, "the last version of the details")
            if kept is not None and field_value(signer, name) is not ABSENT:
                is_so = signer[name]["source"] == kept["source"]
                self.agree(is_so, "evidence.json: signer.%s is said by another than in the details" % name)

    def known_of(self, name, detail):
        """What evidence tells of a detail. That its form was checked is all that can be said of any."""
        changes = [event["occurredAt"] for event in self.events if event["type"] == "details_submitted"
                   and name in str(event["data"].get("changed")).split(" ")]
        at = [self.session["createdAt"]] if detail["source"] == "merchant" else changes[-1:]
        known = {"value": detail["value"], "verification": "format_checked", "verificationMethod": DETAIL_METHODS[name],
                 "editedBySigner": detail["source"] == "signer",
                 "prefilledByMerchant": detail["source"] == "merchant" or "replaces" in detail}
        if at:
            known["verifiedAt"] = at[0]
        if name == "identity":
            known["documentType"] = "CPF" if len(detail["value"]) == 11 else "CNPJ"
        known.update((member, detail[member]) for member in ("typed", "replaces") if member in detail)
        return known

    def story(self):
        if self.evidence is None:
            return
        entries = self.evidence["events"]
        self.agree(len(entries) == len(self.events), "evidence.json tells more or fewer events than there are")
        for number, (entry, event) in enumerate(zip(entries, self.events), 1):
            is_so = all(entry.get(name) == event.get(name) for name in ("type", "actor", "occurredAt", "requestId"))
            is_so = is_so and tells(entry["data"], event)
            self.agree(is_so, "evidence.json: event %d differs from the one that is chained" % number)

    def acceptance_itself(self):
        record, event = self.acceptance, self.accepted

        def agree(is_so, reason):
            self.agree(is_so, "acceptance.json: " + reason)

        data = event["data"]
        if self.contract is not None:
            agree(record["contractSha256"] == sha256_hex(self.contract), "contractSha256 is not of contract.txt")
        agree(record["contractSha256"] == data.get("contractSha256"), "contractSha256 is not the event's")
        agree(same(record["detailsVersion"], data.get("detailsVersion")), "detailsVersion is not the event's")
        if self.details is not None:
            agree(record["detailsVersion"] == self.details_numbers[-1], "detailsVersion is not the last one")
            agree(same(record["details"], self.details), "its details are not the last ones")
        agree(record["offer"]["id"] == data.get("offerId"), "its offer is not the event's")
        is_in_time = self.events[0]["occurredAt"] <= record["acceptedAt"] <= event["occurredAt"]
        agree(is_in_time, "acceptedAt is before the session or after its event")
        if self.facts:
            agree(same(record["summary"], self.facts["summary"]), "its summary is not that of contract-facts.json")
        agree(record["summarySha256"] == sha256_hex(canonical_bytes(record["summary"])), "summarySha256 is wrong")
        private = {name: value for name, value in event.get("private", {}).items() if name not in ("commits", "words")}
        seen = {name: value for name, value in record["request"].items() if name != "requestId"}
        agree(same(seen, private), "its request is not the event's")
        agree(record["request"]["requestId"] == event.get("requestId"), "its request has another id than the event's")
        self.shown_texts()

    def shown_texts(self):
        record = self.acceptance
        boxes = [consent["box"] for consent in record["consents"]]
        is_so = boxes == BOXES and record["boxesTicked"] == BOXES
        self.agree(is_so, "acceptance.json: not exactly the two boxes were ticked")
        for name, shown in [(consent["box"], consent) for consent in record["consents"]] + [("notice", record["notice"])]:
            words = utf8(shown["text"])
            is_so = words is not None and shown["sha256"] == sha256_hex(words)
            self.agree(is_so, "acceptance.json: the hash of a text is wrong")
            kept = self.dossier.files.get("consent/%s.txt" % name)
            self.agree(kept is None or kept == words, "consent/%s.txt is not the text that was shown" % ascii(name)[1:-1])

    def acceptance_in_evidence(self):
        record = self.acceptance
        request, offer = record["request"], record["offer"]
        if self.evidence:
            def shown_text(consent):
                return [consent[name] for name in ("id", "version", "language", "text", "sha256")]

            told = [shown_text(consent) for consent in self.evidence["presentation"]["consents"]]
            is_so = told == [shown_text(consent) for consent in record["consents"]]
            self.agree(is_so, "evidence.json: its consents are not those accepted")
        for name in ("notice", "buttonLabel", "boxesAtStart", "summarySha256"):
            self.evident("presentation", name, record[name], "acceptance.json")
        self.evident("presentation", "uiBuildId", offer["build"], "acceptance.json")
        for name in ("acceptedAt", "boxesTicked", "receiptCode", "detailsVersion"):
            self.evident("act", name, record[name], "acceptance.json")
        self.evident("act", "offerId", offer["id"], "acceptance.json")
        self.evident("act", "offerIssuedAt", offer["issuedAt"], "acceptance.json")
        self.evident("act", "submitRequestId", request["requestId"], "acceptance.json")
        for name in "ip sourcePort ipTrust socketPeer socketPort rawForwarded userAgent acceptLanguage".split():
            value = request.get(name, ABSENT)
            self.evident("network", name, ABSENT if value == "" else value, "acceptance.json")
        self.browser_report()
        self.evident("integrity", "acceptanceRecordSha256", sha256_hex(self.dossier.files["acceptance.json"]), "acceptance.json")

    def browser_report(self):
        report = self.acceptance["browserReport"]
        for name, told in (("displayIntegrity", "displayCheck"), ("displayedSha256", "displayedSha256"), ("viewport", "viewport"),
                           ("devicePixelRatio", "pixelRatio"), ("timeZone", "timeZone")):
            self.evident("presentation", name, report.get(told) or ABSENT, "acceptance.json")

    def nothing_accepted(self):
        if self.evidence:
            self.agree(not self.evidence["presentation"]["consents"], "evidence.json has consents, and nothing was accepted")
            self.evident("act", "acceptedAt", ABSENT, "the events")
            self.evident("network", "ip", ABSENT, "the events")
            self.evident("integrity", "acceptanceRecordSha256", ABSENT, "the events")
        for name in self.dossier.files:
            is_of_acceptance = name in ("receipt.json", "receipt.sig", "lender/response.json") or name.startswith("consent/")
            self.agree(not is_of_acceptance, "%s is there, and nothing was accepted" % name)

    def lender_request(self):
        if self.request is None:
            return
        if self.session and self.session["provider"] != "opt-in":
            return
        try:
            body = read_json(self.request)
            OPT_IN_BODY(body, "it")
        except InputError as error:
            self.agree(False, "lender/request.json: %s" % error)
            return
        signature = body["signatures"][0]
        authenticity, signer = signature["authenticity"], signature["signer"]

        def sent(is_so, what):
            self.agree(is_so, "lender/request.json: %s is not what was accepted" % what)

        if self.contract is not None:
            sent(utf8(signature["signed_object"]["raw_text"]) == self.contract, "raw_text")
        if self.session:
            sent(authenticity["session_id"] == self.session["signingSessionId"], "session_id")
        if self.acceptance:
            request = self.acceptance["request"]
            sent(authenticity["ip_address"] == request.get("ip", request["socketPeer"]), "ip_address")
            sent(is_wall_time_of(authenticity["timestamp"], self.acceptance["acceptedAt"]), "timestamp")
        if self.details is not None:
            given = {name: self.details[name]["value"] if name in self.details else None for name in DETAIL_NAMES}
            sent(signer["name"] == given["name"], "name")
            sent(signer["email"] == given["email"], "email")
            number = given["identity"] and re.sub("[^0-9A-Za-z]", "", given["identity"])
            sent(signer["document_number"] == number, "document_number")
            phone = signer["phone"]
            sent(phone["country_code"] == "055" and "+55" + phone["area_code"] + phone["number"] == given["phone"], "phone")

    def later_requests(self):
        """Bodies in another spelling: of two people, the same to the byte but for their form, and each sent by the calls that say so."""
        numbers = self.dossier.numbered(r"lender/request-([1-9][0-9]*)\.json")
        bodies = {number: self.dossier.files["lender/request-%d.json" % number] for number in numbers}
        if self.request is not None:
            bodies[1] = self.request
        if self.accepted and bodies:
            self.evident("delivery", "bodySha256", sha256_hex(bodies[max(bodies)]), "the last request to the lender")
        approved = self.reencodes()
        for number, (_, approval) in enumerate(approved, 2):
            commits = list(approval.get("private", {}).get("commits", {}))
            self.agree(commits == ["lender-request-%d" % number], "event %d approves another body than the next" % approval["sequence"])
        for number in numbers:
            self.agree(number <= len(approved) + 1, "nobody approved lender/request-%d.json" % number)
        if (not self.session or self.session["provider"] == "opt-in") and numbers and 1 in bodies:
            self.spelled_bodies(bodies, [proposal for proposal, _ in approved])
        self.sent_bodies({number: sha256_hex(body) for number, body in bodies.items()})

    def reencodes(self):
        """Each proposal follows a refusal of the form while no other is open, and is decided once. Those approved, with their approvals."""
        opened, known, moved, approved = None, set(), None, []
        for event in self.events:
            kind, name = event["type"], event["data"].get("reencode")
            if kind == PROPOSED:
                is_so = isinstance(name, str) and name not in known and opened is None and is_refused_for_form(moved)
                self.agree(is_so, "event %d proposes another spelling where there can be none" % event["sequence"])
                known.add(name)
                opened = event
            elif kind in DECIDED:
                is_so = is_decision(opened, event) and (kind != APPROVED or is_refused_for_form(moved))
                self.agree(is_so, "event %d decides what nobody may decide so" % event["sequence"])
                if kind == APPROVED:
                    approved.append((opened, event))
                opened = None
            if kind in DELIVERY_MOVES:
                moved = event
        return approved

    def spelled_bodies(self, bodies, proposals):
        spelled = {number: spelled_body(body) for number, body in bodies.items()}
        sent = {bodies[1]}
        for number in sorted(bodies)[1:]:
            body, before = spelled[number], spelled.get(number - 1)
            is_so = body is not None and spelled[1] is not None and body[1] == spelled[1][1]
            self.agree(is_so, "lender/request-%d.json is not lender/request.json in another spelling" % number)
            self.agree(bodies[number] not in sent, "lender/request-%d.json was refused before" % number)
            sent.add(bodies[number])
            proposal = proposals[number - 2] if number - 2 < len(proposals) else None
            if body and before and proposal:
                told = {name: value for name, value in proposal["data"].items() if name != "reencode"}
                changed = {name: value for name, value in body[0].items() if value != before[0][name]}
                self.agree(same(told, changed), "lender/request-%d.json is spelled otherwise than event %d proposes" % (number, proposal["sequence"]))

    def sent_bodies(self, hashes):
        number = 1
        for event in self.events:
            number += event["type"] == APPROVED
            for part in event.get("private", {}).get("commits", {}):
                attempt = self.dossier.records.get("lender/attempts/%s.json" % part[len("attempt-"):]) if part.startswith("attempt-") else None
                if attempt and "bodySha256" in attempt:
                    is_so = attempt["kind"] == "submit" and attempt["bodySha256"] == hashes.get(number, attempt["bodySha256"])
                    self.agree(is_so, "lender/attempts/%s.json tells of another body than that of its time" % ascii(attempt["id"])[1:-1])

    def receipt_itself(self):
        receipt = self.receipt
        if not receipt:
            return
        if self.acceptance:
            for name in ("acceptedAt", "receiptCode", "contractSha256"):
                self.agree(receipt[name] == self.acceptance[name], "receipt.json: %s is not that of acceptance.json" % name)
        if self.accepted:
            self.agree(receipt["eventHash"] == self.accepted["hash"], "receipt.json: eventHash is not that of the acceptance")
        wait = read_instant(receipt["promisedBy"]) - read_instant(receipt["acceptedAt"])
        self.agree(wait == datetime.timedelta(minutes=5), "receipt.json: promisedBy is not five minutes after acceptedAt")

    def delivery(self):
        for name, part in self.dossier.records.items():
            if name.startswith("lender/attempts/"):
                self.agree(name == "lender/attempts/%s.json" % part["id"], "%s is another attempt" % name)
        if self.accepted and self.evidence:
            told = field_value(self.evidence["delivery"], "attempts")
            names = "kind startedAt endedAt outcome reason counted bodySha256 httpStatus".split()
            made = [{name: part[name] for name in names if name in part} for part in self.attempts]
            self.agree(same([] if told is ABSENT else told, made), "evidence.json: its attempts are not those that were made")
            status = field_value(self.evidence["delivery"], "status")
            types = {event["type"] for event in self.events}
            is_so = (status == "DELIVERED") == ("lender_received" in types)
            is_so = is_so and (status != "REJECTED" or "lender_rejected" in types)
            is_so = is_so and status in DELIVERY_STATUSES
            self.agree(is_so, "evidence.json: delivery.status is not what the events say")
            self.lender_answer()
        self.lender_response()

    def lender_answer(self):
        bodies = [read_base64(part["reply"]["bodyBase64"]) for part in self.attempts if "reply" in part]
        body = bodies[-1] if bodies else None
        said = {} if body is None else read_lender_reply(body) or {}
        self.evident("delivery", "replySha256", ABSENT if body is None else sha256_hex(body), "lender/attempts/")
        for name, member in (("lenderStatus", "status"), ("lenderKey", "key"), ("lenderEventDatetime", "event_datetime")):
            self.evident("delivery", name, said.get(member, ABSENT), "lender/attempts/")
        states = [{"at": part["endedAt"], "state": part["reason"]} for part in self.attempts
                  if part["kind"] == "query" and part["outcome"] in ("waiting_signature", "signed", "debt_cancelled")]
        self.evident("delivery", "laterDebtStates", states or ABSENT, "lender/attempts/")

    def context(self):
        first = {}
        for event in self.events:
            first.setdefault(event["type"], event)
        if self.events:
            self.evident("transaction", "policyVersion", first.get("created", NO_EVENT)["data"].get("policyVersion", ABSENT), "events.jsonl")
            self.evident("transaction", "assuranceFactors", ["secret_link"] if "link_opened" in first else ABSENT, "events.jsonl")
            self.evident("presentation", "downloadedAt", first.get("downloaded", NO_EVENT)["occurredAt"], "events.jsonl")
        if self.session:
            self.evident("presentation", "uiLocale", self.session["language"], "session.json")
            self.evident("authentication", "tokenIssuedAt", self.session["createdAt"], "session.json")
        if self.acceptance:
            self.evident("network", "clientHints", self.acceptance["request"].get("clientHints", ABSENT), "acceptance.json")

    def software(self):
        made = self.acceptance["software"]
        known = {} if "missing" in made else made
        self.evident("integrity", "softwareBuild", known.get("build", ABSENT), "acceptance.json")
        self.evident("integrity", "softwareVersion", known.get("version", ABSENT), "acceptance.json")
        self.evident("integrity", "softwareCommit", known.get("commit", ABSENT), "acceptance.json")
        for name in ("lockSha256", "sourcesSha256"):
            self.evident("integrity", name, known.get(name, ABSENT), "acceptance.json")
        page = known if made["build"] == self.acceptance["offer"]["build"] else {}
        for name in PAGE_HASHES:
            self.evident("presentation", name, page.get(name, ABSENT), "acceptance.json")
        for line in self.dossier.sequence("keys/history.jsonl"):
            said = released(line)
            if said and said.get("build") == made["build"] and "sourcesSha256" in said and "sourcesSha256" in made:
                is_so = all(same(said.get(name), made.get(name)) for name in ("version", "lockSha256", "sourcesSha256"))
                self.agree(is_so, "keys/history.jsonl: the release differs from the software in acceptance.json")

    def lender_response(self):
        bodies = [read_base64(part["reply"]["bodyBase64"]) for part in self.attempts if "reply" in part]
        self.agree(None not in bodies, "an attempt's bodyBase64 is not base64")
        kept = self.dossier.files.get("lender/response.json")
        if not bodies:
            self.agree(kept is None, "lender/response.json is there, and the lender answered nothing")
        elif kept is None:
            self.report.miss("cross", "lender/response.json is not there")
        else:
            self.agree(kept == bodies[-1], "lender/response.json is not the lender's last answer")

    def labels(self):
        for group, fields in LABELS.items():
            told = self.evidence[group]
            if any(name not in fields and name != "consents" for name in told):
                raise InputError("evidence.json: %s has a field that this format does not have" % group)
            for name, (sources, reasons) in fields.items():
                if name not in told:
                    continue
                if needs_acceptance(group, name) and not self.accepted:
                    sources, reasons = (), ("not_accepted",)
                is_captured = field_value(told, name) is not ABSENT
                is_so = told[name]["source"] in sources if is_captured else told[name]["reason"] in reasons
                self.agree(is_so, "evidence.json: %s.%s cannot come from there, or be missing for that reason" % (group, name))
        for consent in self.evidence["presentation"]["consents"]:
            self.agree(consent["source"] == "server", "evidence.json: a consent is said by another than the server")
        for number, entry in enumerate(self.evidence["events"], 1):
            source = "lender" if entry["actor"] == "lender" else "server"
            self.agree(entry["source"] == source, "evidence.json: event %d is said by another than %s" % (number, source))

    def moments(self):
        def first(kind):
            return next((event for event in self.events if event["type"] == kind), {"data": {}})

        received = ([event for event in self.events if event["type"] == "lender_received"] or [{"data": {}}])[-1]
        self.evident("transaction", "startedAt", first("started")["data"].get("startedAt", ABSENT), "the events")
        self.evident("authentication", "linkFirstOpenedAt", first("link_opened").get("occurredAt", ABSENT), "the events")
        for name in ("deliveredAt", "deliveredBy"):
            self.evident("delivery", name, received["data"].get(name, ABSENT), "the events")
        self.ending()
        # What this portal can claim of every session, and no more.
        self.evident("transaction", "assuranceLevel", "simple", "what a tick and a press are")
        self.evident("authentication", "type", "opt-in", "what this portal does")
        self.evident("authentication", "linkDelivery", "merchant", "what this portal does")

    def ending(self):
        closing = next((event for event in self.events if event["type"] in CLOSING), None)
        if closing is None:
            self.evident("transaction", "closedAt", ABSENT, "the events")
        elif closing["type"] == "accepted":
            if self.acceptance:
                self.evident("transaction", "closedAt", self.acceptance["acceptedAt"], "acceptance.json")
        elif closing["type"] == "expired":
            if self.session:
                self.evident("transaction", "closedAt", self.session["expiresAt"], "session.json")
        else:
            self.evident("transaction", "closedAt", closing["data"].get("closedAt", ABSENT), "the events")
        words = closing.get("private", {}).get("words", ABSENT) if closing else ABSENT
        self.evident("transaction", "closingWords", ABSENT if words == "" else words, "the events")
        transaction = self.evidence["transaction"]
        if field_value(transaction, "closingWords") is not ABSENT:
            sayer = "signer" if closing and closing["type"] == "declined" else "merchant"
            self.agree(transaction["closingWords"]["source"] == sayer, "evidence.json: closingWords are not by the %s" % sayer)

    def last_leaf(self):
        """The leaf that is told is that of the last event, whose hash holds all the others."""
        proof = self.dossier.files.get("proofs/%d.tlog-proof" % len(self.events))
        match = re.match(rb"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,15})\n", proof or b"")
        told = field_value(self.evidence["integrity"], "log")
        if match and "proofs/checkpoint" in self.dossier.files:
            is_so = isinstance(told, dict) and same(told.get("leafIndex"), int(match.group(1)))
            self.agree(is_so, "evidence.json: integrity.log.leafIndex is not where the last event stands")

    def integrity(self):
        files = self.dossier.files
        last = {"events": len(self.events), "lastHash": self.events[-1]["hash"]}
        self.evident("integrity", "eventChain", last, "events.jsonl")
        told = field_value(self.evidence["integrity"], "log")
        checkpoint = cosignatures = None
        try:
            checkpoint = read_checkpoint(files.get("proofs/checkpoint", b""))
            cosignatures = read_cosignatures(files)
        except Malformed:
            pass  # `proofs` tells
        is_so = (told is ABSENT) == ("proofs/checkpoint" not in files)
        if is_so and checkpoint:
            tree = {"logOrigin": checkpoint.origin, "treeSize": checkpoint.size, "rootHex": checkpoint.root.hex()}
            is_so = isinstance(told, dict) and all(same(told.get(name), value) for name, value in tree.items())
        self.agree(is_so, "evidence.json: integrity.log differs from proofs/checkpoint")
        names = sorted(authority_of(name) for name in files if name.startswith("timestamps/"))
        told = field_value(self.evidence["integrity"], "timeStamps")
        is_so = told is ABSENT if not names else told is not ABSENT and same(authorities_told(told), names)
        self.agree(is_so, "evidence.json: integrity.timeStamps differs from timestamps/")
        told = field_value(self.evidence["integrity"], "timeStampsPending")
        if told is not ABSENT:
            awaited = isinstance(told, list) and bool(told) and all(isinstance(name, str) and name not in names for name in told)
            may_wait = self.dossier.manifest["state"] == "interim" and "proofs/checkpoint" in files
            self.agree(awaited and may_wait, "evidence.json awaits a time stamp that is not still to come")
        if "proofs/cosignatures" not in files:
            self.evident("integrity", "witnesses", ABSENT, "proofs/cosignatures")
        elif checkpoint and cosignatures:
            seen = [{"name": name, "at": cosigned_at(signature)} for name, _, signature in cosignatures]
            self.agree(all(line["at"] is not None for line in seen), "a line of proofs/cosignatures tells no time")
            self.evident("integrity", "witnesses", seen, "proofs/cosignatures")


def released(statement):
    """What was said in public of a build, or None when this is about something else."""
    if statement["kind"] != "release":
        return None
    try:
        said = read_json(utf8(statement["content"]) or b"")
    except InputError:
        return None
    return said if isinstance(said, dict) else None


def authority_of(name):
    return name[len("timestamps/"):-len(".tsr")]


def authorities_told(told):
    """The names in evidence.json, in order; what is no name becomes null, which no authority is called."""
    if not isinstance(told, list):
        return None
    names = [entry.get("authority") if isinstance(entry, dict) else None for entry in told]
    return sorted(names) if all(isinstance(name, str) for name in names) else None


def cosigned_at(signature):
    """The time that a cosignature names, or None when it names none."""
    seconds = int.from_bytes(signature[:8], "big")
    if len(signature) < 8 or seconds > LAST_SECOND:
        return None
    return written_instant(FIRST_INSTANT + datetime.timedelta(seconds=seconds))


def written_instant(moment):
    return moment.strftime("%Y").zfill(4) + moment.strftime("-%m-%dT%H:%M:%S.") + "%03dZ" % (moment.microsecond // 1000)


def lone_signature(value, where):
    list_of(shape({
        "signed_object": shape(texts("raw_text")),
        "authenticity": shape(texts("timestamp ip_address session_id")),
        "signer": shape(texts("name email document_number", phone=shape(texts("country_code area_code number")))),
        "authentication_type": exactly("opt-in"),
    }))(value, where)
    if len(value) != 1:
        raise InputError("%s does not hold exactly one" % where)


OPT_IN_BODY = shape(texts("type", signatures=lone_signature))
# What staff may have spelled otherwise, each field with its spellings; bodies are compared in the first of each.
TYPES = ("data_signature", "data-signature")
COUNTRY_CODES = ("055", "55")
TIMESTAMPS = ("YYYY-MM-DD HH:MM:SS", "DD-MM-YYYY HH:MM:SS")
YEAR_FIRST, DAY_FIRST = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", r"(\d\d)-(\d\d)-(\d{4})( \d\d:\d\d:\d\d)"
PROPOSED, APPROVED, WITHDRAWN = "delivery_reencode_proposed", "delivery_reencode_approved", "delivery_reencode_withdrawn"
DECIDED = (APPROVED, "delivery_reencode_declined", WITHDRAWN)
DELIVERY_MOVES = ("accepted", "lender_received", "lender_rejected", "delivery_retry", "delivery_ambiguous", "delivery_paused",
                  "delivery_needs_attention", "delivery_resumed", APPROVED)
FORM_REFUSALS = ("status_400", "status_415", "status_422")
SPELLED_BODY = shape({"type": one_of(*TYPES), "signatures": list_of(shape({
    "signed_object": shape(texts("raw_text"), closed=True),
    "authenticity": shape(texts("timestamp ip_address session_id"), closed=True),
    "signer": shape(texts("name email document_number", phone=shape(
        texts("area_code number", country_code=one_of(*COUNTRY_CODES)), closed=True)), closed=True),
    "authentication_type": exactly("opt-in"),
}, closed=True))}, closed=True)


def spelled_body(content):
    """The form of a body of ours, and its bytes as they are in the first form of each; None for one that is none, or has bytes to spare."""
    try:
        body = read_json(content)
        SPELLED_BODY(body, "it")
    except InputError:
        return None
    if len(body["signatures"]) != 1 or written_body(body) != content:
        return None
    told, phone = body["signatures"][0]["authenticity"], body["signatures"][0]["signer"]["phone"]
    day_first = re.fullmatch(DAY_FIRST, told["timestamp"], re.ASCII)
    if not day_first and not re.fullmatch(YEAR_FIRST, told["timestamp"], re.ASCII):
        return None
    form = {"type": body["type"], "timestamp": TIMESTAMPS[1 if day_first else 0], "countryCode": phone["country_code"]}
    body["type"], phone["country_code"] = TYPES[0], COUNTRY_CODES[0]
    if day_first:
        told["timestamp"] = "%s-%s-%s%s" % day_first.group(3, 2, 1, 4)
    return form, written_body(body)


def written_body(body):
    """As the portal writes it: no blanks, its members in their order, and nothing escaped but what has to be."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return utf8(re.sub("[\ud800-\udfff]", lambda half: "\\u%04x" % ord(half.group()), text))


def is_refused_for_form(moved):
    return moved is not None and moved["type"] == "lender_rejected" and moved["data"].get("reason") in FORM_REFUSALS


def is_decision(proposal, event):
    """Whoever of the staff proposed it may take it back and no more; whoever else may decide."""
    if proposal is None or not isinstance(event["data"].get("reencode"), str):
        return False
    is_named = all(one["actor"] == "staff" and "actorId" in one for one in (proposal, event))
    is_own = is_named and proposal["actorId"] == event["actorId"]
    return is_named and proposal["data"].get("reencode") == event["data"]["reencode"] and is_own == (event["type"] == WITHDRAWN)


def tells(told, event):
    """The public and the private part in one; what the event commits to may be left out."""
    private = dict(event.get("private", {}))
    commits = private.pop("commits", None)
    whole = dict(event["data"], **private)
    if commits is not None and "commits" in told:
        whole["commits"] = commits
    return same(told, whole)


def is_wall_time_of(written, accepted_at):
    """Whether the wall time is that of the instant in some zone of the world."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", written, re.ASCII):
        return False
    wall = read_instant(written.replace(" ", "T") + ".000Z")
    if wall is None:
        return False
    offset = (wall - read_instant(accepted_at).replace(microsecond=0)).total_seconds()
    return offset % 900 == 0 and abs(offset) <= 14 * 3600


def read_base64(written):
    """Standard base64 in its one form, or None."""
    try:
        content = base64.b64decode(written.encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        return None
    return content if base64.b64encode(content).decode("ascii") == written else None


def read_lender_reply(body):
    """What the lender says in an answer of its own, or None when it is not plain: JSON, or the payload of a token in it."""
    try:
        outer = read_json(body)
        if isinstance(outer, dict) and "encoded_body" in outer:
            outer = read_json(payload_of(outer["encoded_body"]))
    except InputError:
        return None
    if not isinstance(outer, dict):
        return None
    said = {name: outer[name] for name in ("status", "key", "event_datetime") if name in outer}
    is_plain = all(isinstance(word, str) and re.fullmatch("[ -~]{1,200}", word) for word in said.values())
    return said if is_plain else None


def payload_of(token):
    pieces = token.split(".") if isinstance(token, str) else []
    payload = pieces[1] if len(pieces) > 1 else ""
    if not re.fullmatch("[A-Za-z0-9_-]*", payload):
        return b""
    return read_base64(payload.replace("-", "+").replace("_", "/") + "=" * (-len(payload) % 4)) or b""


# ---------------------------------------------------------------------------------------------------- state


def check_state(report, dossier, events):
    report.begin("state")
    types = [event["type"] for event in events]
    ends = [name for name in types if name in CLOSING]
    is_final = bool(ends)
    if "accepted" in ends:
        later = types[types.index("accepted"):]
        is_final = "lender_received" in later or "lender_rejected" in later or any(name != "accepted" for name in ends)
    if dossier.manifest["state"] == "interim":
        report.lower_to("VALID_INTERIM")
    elif not is_final:
        report.fail("state", "TAMPERED", "the dossier claims to be final, and the events do not say so")


# ---------------------------------------------------------------------------------------------------- log

SIGNATURE_LINE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})")
SIZE_MAX = SAFE_INTEGER_MAX


class Checkpoint:
    def __init__(self, origin, size, root, text, signatures):
        self.origin, self.size, self.root, self.text, self.signatures = origin, size, root, text, signatures


def read_signatures(data):
    """Signature lines of a note: (name, key id, signature)."""
    if len(data) > NOTE_BYTES_MAX or data.count(b"\n") > NOTE_SIGNATURES_MAX:
        raise Malformed("is longer than such a list may be")
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8")
    if lines.pop() != "" or not lines:
        raise Malformed("does not consist of whole lines")
    signatures = []
    for line in lines:
        match = SIGNATURE_LINE.fullmatch(line)
        content = read_base64(match.group(2)) if match else None
        if content is None or len(content) < 5 or re.search("[\0-\x1f]", line):
            raise Malformed("has a line that is no signature line")
        signatures.append((match.group(1), content[:4], content[4:]))
    return signatures


def read_cosignatures(files):
    """The lines of the witnesses, which with the log's own note are one note again."""
    lines = files.get("proofs/cosignatures", b"")
    signatures = read_signatures(lines)
    if len(files["proofs/checkpoint"]) + len(lines) > NOTE_BYTES_MAX or len(signatures) >= NOTE_SIGNATURES_MAX:
        raise Malformed("is longer than such a list may be")
    return signatures


def read_checkpoint(data):
    """A signed note of three lines, with exactly one signature."""
    text, blank, signature_lines = data.partition(b"\n\n")
    if not blank or len(data) > NOTE_BYTES_MAX:
        raise Malformed("is not a signed note")
    text += b"\n"
    try:
        lines = text.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8")
    if len(lines) != 4 or re.search("[\0-\x09\x0b-\x1f]", text.decode("utf-8")):
        raise Malformed("does not consist of origin, size and root")
    origin, size, root = lines[0], lines[1], read_base64(lines[2])
    if not origin or not re.fullmatch("0|[1-9][0-9]{0,18}", size) or int(size) > SIZE_MAX or root is None or len(root) != 32:
        raise Malformed("does not consist of origin, size and root")
    signatures = read_signatures(signature_lines)
    if len(signatures) != 1:
        raise Malformed("does not have exactly one signature")
    return Checkpoint(origin, int(size), root, text, signatures)


def read_tlog_proof(data, note):
    """Index and hashes of a C2SP tlog-proof whose note must be this one."""
    head, blank, rest = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Malformed("is not a proof")
    if not blank or len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1":
        raise Malformed("is not a proof")
    index = re.fullmatch("index (0|[1-9][0-9]{0,18})", lines[1])
    hashes = [read_base64(line) for line in lines[2:]]
    if not index or len(hashes) > 63 or not all(known is not None and len(known) == 32 for known in hashes):
        raise Malformed("is not a proof")
    if rest != note:
        raise Malformed("has another checkpoint")
    return int(index.group(1)), hashes


def root_from_proof(leaf, index, size, hashes):
    """The root that follows from a leaf (RFC 9162, 2.1.3.2), or None when the proof does not fit the tree."""
    if index >= size:
        return None
    node, last, known = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return None
        if node & 1 or node == last:
            known = sha256(b"\x01", sibling, known)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            known = sha256(b"\x01", known, sibling)
        node, last = node >> 1, last >> 1
    return known if last == 0 else None


def check_proofs(report, dossier, events):
    """Returns the checkpoint and the witnesses' lines; None for what is not there or cannot be read."""
    files = dossier.files
    if "proofs/checkpoint" not in files:
        stray = [name for name in files if name.startswith(("proofs/", "timestamps/"))]
        if stray:
            report.fail("proofs", "TAMPERED", "%s is there, and proofs/checkpoint is not" % stray[0])
        elif dossier.manifest["state"] == "final":
            report.miss("proofs", "proofs/checkpoint is not there")
        return None, None
    report.begin("proofs")
    checkpoint = cosignatures = None
    try:
        checkpoint = read_checkpoint(files["proofs/checkpoint"])
    except Malformed as error:
        report.fail("proofs", "TAMPERED", "proofs/checkpoint %s" % error)
    try:
        cosignatures = read_cosignatures(files) if "proofs/cosignatures" in files else []
    except Malformed as error:
        report.fail("proofs", "TAMPERED", "proofs/cosignatures %s" % error)
    entries = leaf_entries(report, dossier, events)
    if checkpoint is not None:
        note = files["proofs/checkpoint"] + files.get("proofs/cosignatures", b"")
        for name in files:
            if name.endswith(".tlog-proof"):
                check_proof(report, name, files[name], entries.get(name), note, checkpoint)
    for name in proofs_due(dossier, events):
        if name not in files:
            report.miss("proofs", "%s is not there" % name)
    return checkpoint, cosignatures


# The first byte of an entry tells these events from all others.
ENTRY_KINDS = {"accepted": b"\x03", "declined": b"\x04", "cancelled": b"\x04", "expired": b"\x04", "erased": b"\x05"}


def leaf_entries(report, dossier, events):
    """What each proof file must prove: name -> entry of the log."""
    entries = {"proofs/%d.tlog-proof" % number: ENTRY_KINDS.get(event["type"], b"\x01") + bytes.fromhex(event["hash"]) for number, event in enumerate(events, 1)}
    for number, line in enumerate(dossier.sequence("keys/history.jsonl"), 1):
        kind, content = utf8(line["kind"]), utf8(line["content"])
        if kind is None or content is None or sha256_hex(b"aceite-statement-v1\n", kind, b"\n", content) != line["hash"]:
            report.fail("proofs", "TAMPERED", "keys/history.jsonl: line %d does not have its hash" % number)
        entries["proofs/statement-%d.tlog-proof" % number] = b"\x02" + bytes.fromhex(line["hash"])
    return entries


def check_proof(report, name, data, entry, note, checkpoint):
    if entry is None:
        report.fail("proofs", "TAMPERED", "%s proves something that is not in the dossier" % name)
        return
    try:
        index, hashes = read_tlog_proof(data, note)
    except Malformed as error:
        report.fail("proofs", "TAMPERED", "%s %s" % (name, error))
        return
    if root_from_proof(sha256(b"\x00", entry), index, checkpoint.size, hashes) != checkpoint.root:
        report.fail("proofs", "TAMPERED", "%s does not lead to the checkpoint's root" % name)


def proofs_due(dossier, events):
    """Those that must be there: the beginning, the end, the lender's first outcome, the last event, every statement."""
    due = {1, len(events)} if events else set()
    due.update(number for number, event in enumerate(events, 1) if event["type"] in CLOSING)
    outcomes = [number for number, event in enumerate(events, 1) if event["type"] in ("lender_received", "lender_rejected")]
    due.update(outcomes[:1])
    numbers = [str(number) for number in sorted(due)]
    numbers += ["statement-%d" % number for number in range(1, len(dossier.sequence("keys/history.jsonl")) + 1)]
    return ["proofs/%s.tlog-proof" % number for number in numbers]


# ---------------------------------------------------------------------------------------------------- trust

LOG_KEY, WITNESS_KEY = 1, 4


class NoteKey:
    def __init__(self, name, key_id, public_key):
        self.name, self.key_id, self.public_key = name, key_id, public_key


def read_trust(data):
    """Whom the reader trusts. Every member must be there and of its kind: a misspelt quorum must not become none."""
    trust = read_json(data)
    quorum = "witnessQuorum", "timeStampQuorum"
    lists = "seal", "logs", "witnesses", "timeStampRoots"
    members = {"version": exactly(1)}
    members.update({name: integer for name in quorum})
    members.update({name: list_of(text) for name in lists})
    members["timeStampPolicies?"] = list_of(object_identifier)
    shape(members, closed=True)(trust, "it")
    lists += ("timeStampPolicies",) if "timeStampPolicies" in trust else ()
    if any(trust[name] > TRUST_LIST_MAX for name in quorum) or any(len(trust[name]) > TRUST_LIST_MAX for name in lists):
        raise InputError("it names more than %d" % TRUST_LIST_MAX)
    trust["seal"] = [read_base64(key) for key in trust["seal"]]
    if not all(key is not None and len(key) == 32 for key in trust["seal"]):
        raise InputError("a seal key is not base64 of 32 bytes")
    trust["logs"] = [read_note_key(key, LOG_KEY) for key in trust["logs"]]
    trust["witnesses"] = [read_note_key(key, WITNESS_KEY) for key in trust["witnesses"]]
    return trust


def object_identifier(value, where):
    text(value, where)
    if not re.fullmatch(r"[0-2](\.(0|[1-9][0-9]{0,38})){1,40}", value):
        raise InputError("%s is not an object identifier" % where)


def read_note_key(written, kind):
    match = re.fullmatch("([^\\s+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})", written)
    key = read_base64(match.group(3)) if match else None
    name = utf8(match.group(1)) if match else None
    if key is None or name is None or len(key) != 33 or key[0] != kind:
        raise InputError("a key of a log or witness cannot be read")
    if sha256(name, b"\n", key)[:4].hex() != match.group(2):
        raise InputError("a key of a log or witness does not have its id")
    return NoteKey(match.group(1), bytes.fromhex(match.group(2)), key[1:])


# ---------------------------------------------------------------------------------------------------- openssl

NO_OPENSSL = "openssl 3 is needed for this and was not found, or cannot check Ed25519"
ED25519_KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")
KNOWN_KEY = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")  # RFC 8032, 7.1, test 2
KNOWN_MESSAGE = bytes.fromhex("72")
KNOWN_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")


class OpenSsl:
    """Calls openssl on files in a temporary folder. Every answer is None when openssl is absent or too old."""

    def __init__(self):
        self.folder = None
        self.is_there = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.folder is not None:
            self.folder.cleanup()

    def verifies(self, public_key, message, signature):
        if not self._is_usable():
            return None
        return self._ed25519(public_key, message, signature)

    def trusts_token(self, token, digest, path, at):
        """Whether openssl too finds the token to be over the digest and signed at its own time under this path of certificates."""
        if not self._is_usable():
            raise NoOpenSsl()
        above = b"".join(pem_of(certificate.data) for certificate in path[1:] or path)
        answer = self._run(
            "ts", "-verify", "-digest", digest.hex(), "-in", self._file("token", token), "-CAfile", self._file("roots", above),
            "-partial_chain", "-auth_level", "2", "-attime", str(at))
        return answer == 0

    def made_signature(self, key, scheme, message, signature):
        """Whether the key (SubjectPublicKeyInfo) made the signature in that way."""
        if not self._is_usable():
            raise NoOpenSsl()
        kind, digest, *salt = scheme
        options = ["rsa_padding_mode:pss", "rsa_mgf1_md:" + digest] + ["rsa_pss_saltlen:%d" % length for length in salt]
        answer = self._run(
            "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", self._file("key", key), "-rawin", "-digest", digest,
            "-in", self._file("message", message), "-sigfile", self._file("signature", signature),
            *(word for option in options if kind == "PSS" for word in ("-pkeyopt", option)))
        return answer == 0

    def _is_usable(self):
        if self.is_there is None:
            try:
                self.is_there = self._ed25519(KNOWN_KEY, KNOWN_MESSAGE, KNOWN_SIGNATURE)
            except (OSError, subprocess.SubprocessError):
                self.is_there = False
        return self.is_there

    def _ed25519(self, public_key, message, signature):
        return 0 == self._run(
            "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", self._file("key", ED25519_KEY_PREFIX + public_key),
            "-rawin", "-in", self._file("message", message), "-sigfile", self._file("signature", signature))

    def _file(self, name, content):
        if self.folder is None:
            import tempfile  # only now: it costs as much time as a whole check

            self.folder = tempfile.TemporaryDirectory(prefix="aceite-verify-")
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def _run(self, *arguments):
        empty = self._file("openssl.cnf", b"")
        environment = dict(os.environ, OPENSSL_CONF=empty, SSL_CERT_FILE=empty, SSL_CERT_DIR=self.folder.name, LC_ALL="C")
        return subprocess.run(
            ["openssl"] + list(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment, timeout=OPENSSL_SECONDS_MAX, check=False).returncode


def pem_of(data):
    return b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n" % base64.encodebytes(data)


def check_signature(report, check, openssl, keys, message, signature):
    """One of the keys must have made the signature; `keys` is None or empty when nobody is trusted for it."""
    report.begin(check)
    if len(signature) != 64:
        report.fail(check, "INVALID", "the signature does not have 64 bytes")
        return
    if not keys:
        report.miss(check, "no trust file names a seal key")
        return
    answers = [openssl.verifies(key, message, signature) for key in keys]
    if None in answers:
        report.miss(check, NO_OPENSSL)
    elif True not in answers:
        report.fail(check, "INVALID", "no key of the trust file made the signature")


def check_log(report, checkpoint, trust, openssl):
    report.begin("log")
    if trust is None or not trust["logs"]:
        report.miss("log", "no trust file names a log")
        return
    name, key_id, signature = checkpoint.signatures[0]
    signers = [key for key in trust["logs"] if key.name == name and key.key_id == key_id and key.name == checkpoint.origin]
    answers = [len(signature) == 64 and openssl.verifies(key.public_key, checkpoint.text, signature) for key in signers]
    if None in answers:
        report.miss("log", NO_OPENSSL)
    elif True not in answers:
        report.fail("log", "INVALID", "no log of the trust file signed the checkpoint")


def check_witness(report, dossier, checkpoint, cosignatures, trust, openssl):
    report.begin("witness")
    if trust is None:
        report.miss("witness", "no trust file names witnesses and their quorum")
        return
    seen, times = set(), []
    for name, key_id, signature in cosignatures:
        for key in trust["witnesses"]:
            if key.name != name or key.key_id != key_id:
                continue
            answer = cosigned(openssl, key.public_key, checkpoint.text, signature)
            if answer is None:
                report.miss("witness", NO_OPENSSL)
            elif answer:
                seen.add(key.public_key)
                times.append(FIRST_INSTANT + datetime.timedelta(seconds=int.from_bytes(signature[:8], "big")))
            else:
                report.fail("witness", "INVALID", "a witness of the trust file did not make its line")
    check_event_times(report, "witness", dossier, times)
    if len(seen) < trust["witnessQuorum"]:
        report.miss("witness", "%d of %d witnesses cosigned" % (len(seen), trust["witnessQuorum"]))


def check_event_times(report, check, dossier, times):
    """Nobody outside can have seen the checkpoint before an event happened that stands in its tree."""
    for number, event in enumerate(dossier.sequence("events.jsonl"), 1):
        is_proved = "proofs/%d.tlog-proof" % number in dossier.files
        if times and is_proved and read_instant(event["occurredAt"]) - min(times) > CLOCKS_APART_MAX:
            report.fail(check, "TAMPERED", "event %d is later than the checkpoint that somebody trusted saw" % number)


def cosigned(openssl, public_key, text, signature):
    if len(signature) != 72:
        return False
    at = int.from_bytes(signature[:8], "big")
    if at > LAST_SECOND:
        return False
    return openssl.verifies(public_key, b"cosignature/v1\ntime %d\n" % at + text, signature[8:])


# ---------------------------------------------------------------------------------------------------- DER

BOOLEAN, INTEGER, BITS, OCTETS, NULL, OID, UTC_TIME, GENERALIZED_TIME = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x17, 0x18
SEQUENCE, SET, CONTEXT_0, CONTEXT_1, CONTEXT_3, CONTEXT_4 = 0x30, 0x31, 0xA0, 0xA1, 0xA3, 0xA4
SUBJECT_KEY_ID, UNIQUE_ID_1, UNIQUE_ID_2 = 0x80, 0x81, 0x82
UNIVERSAL_TAGS = (1, 2, 3, 4, 5, 6, 10, 12, 18, 19, 20, 22, 23, 24, 26, 27, 28, 30, SEQUENCE, SET)
TEXT_TAGS = (12, 18, 19, 20, 22, 26, 28, 30)
CONSTRUCTED = 0x20


def der_value(data, start, depth=0):
    """(tag, where the content begins, where it ends) of the one value that begins here. Strict, all the way down."""
    if depth > DER_DEPTH_MAX or start + 2 > len(data):
        raise Malformed("is not in DER")
    tag, length, at = data[start], data[start + 1], start + 2
    is_known = tag & 0x1F != 0x1F if tag & 0xC0 == 0x80 else tag in UNIVERSAL_TAGS
    if length & 0x80:
        written = data[at:at + (length & 0x7F)]
        at += length & 0x7F
        length = int.from_bytes(written, "big")
        if not 1 <= len(written) <= 3 or written[0] == 0 or length < 0x80:
            raise Malformed("is not in DER")
    end = at + length
    if not is_known or at > len(data) or end > len(data):
        raise Malformed("is not in DER")
    if tag & CONSTRUCTED:
        inner, content = 0, data[at:end]
        while inner < len(content):
            inner = der_value(content, inner, depth + 1)[2]
    elif not is_distinguished(tag, data[at:end]):
        raise Malformed("is not in DER")
    return tag, at, end


def is_distinguished(tag, content):
    if tag == BOOLEAN:
        return content in (b"\x00", b"\xff")
    if tag in (INTEGER, 10):
        is_padded = len(content) > 1 and ((content[0] == 0 and content[1] < 0x80) or (content[0] == 0xFF and content[1] >= 0x80))
        return len(content) > 0 and not is_padded
    if tag == BITS:
        unused = content[0] if content else 8
        return unused == 0 or (unused < 8 and len(content) > 1 and content[-1] & ((1 << unused) - 1) == 0)
    if tag == NULL:
        return not content
    if tag == OID:
        is_whole = 0 < len(content) <= OID_BYTES_MAX and content[-1] < 0x80
        return is_whole and not any(octet == 0x80 and (at == 0 or content[at - 1] < 0x80) for at, octet in enumerate(content))
    return True


class Fields:
    """The values inside another, taken in order; all of them must be taken."""

    def __init__(self, content):
        self.values = []
        at = 0
        while at < len(content):
            tag, begin, end = der_value(content, at)
            self.values.append((tag, content[begin:end], content[at:end]))
            at = end
        self.at = 0

    def take_if(self, *tags):
        """(tag, content, whole encoding), or None when something else comes, or nothing."""
        if self.at == len(self.values) or self.values[self.at][0] not in tags:
            return None
        self.at += 1
        return self.values[self.at - 1]

    def take(self, *tags):
        value = self.take_if(*tags)
        if value is None:
            raise Malformed("lacks something that it must have")
        return value

    def content(self, tag):
        return self.take(tag)[1]

    def enter(self, tag):
        return Fields(self.content(tag))

    def rest(self, tag):
        """All that follow, at least one, each with this tag."""
        values = self.values[self.at:]
        if not values or any(value[0] != tag for value in values):
            raise Malformed("has a list of something else")
        self.at = len(self.values)
        return values

    def end(self):
        if self.at != len(self.values):
            raise Malformed("has something that is not known")


def only_value(content, tag):
    """The one value in a list, or under a tag of its own."""
    fields = Fields(content)
    value = fields.take(tag)
    fields.end()
    return value


def whole_value(data, tag):
    """The content of the one value that these bytes are."""
    found, begin, end = der_value(data, 0)
    if end != len(data) or found != tag:
        raise Malformed("is something else than it must be")
    return data[begin:end]


def small_integer(content):
    if len(content) > 4 or content[0] >= 0x80:
        raise Malformed("has a number that is too large")
    return int.from_bytes(content, "big")


def named_bits(content):
    return [8 * at + bit for at, octet in enumerate(content[1:]) for bit in range(8) if octet & (0x80 >> bit)]


def whole_octets(content):
    if content[0] != 0:
        raise Malformed("has bits that are no whole octets")
    return content[1:]


def read_der_time(tag, content):
    if tag == UTC_TIME:
        match = re.fullmatch(rb"(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z()", content)
    else:
        match = re.fullmatch(rb"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z", content)
    try:
        year, *rest, fraction = match.groups(default=b"")
        century = 0 if tag != UTC_TIME else 1900 if int(year) >= 50 else 2000
        return datetime.datetime(century + int(year), *map(int, rest), int(fraction[:3].ljust(3, b"0")) * 1000)
    except (AttributeError, ValueError):
        raise Malformed("has no time that can be read")


# ---------------------------------------------------------------------------------------------------- certificates

OID_SUBJECT_KEY_ID, OID_KEY_USAGE = bytes.fromhex("551d0e"), bytes.fromhex("551d0f")
OID_BASIC_CONSTRAINTS, OID_EXTENDED_KEY_USAGE = bytes.fromhex("551d13"), bytes.fromhex("551d25")
OID_TIME_STAMPING, OID_ANY_USE = bytes.fromhex("2b06010505070308"), bytes.fromhex("551d2500")
UNDERSTOOD = (OID_KEY_USAGE, OID_BASIC_CONSTRAINTS, OID_EXTENDED_KEY_USAGE, bytes.fromhex("551d20"))
DIGITAL_SIGNATURE, NON_REPUDIATION, CERTIFICATE_SIGN = 0, 1, 5
HASHES = {bytes.fromhex("608648016503040201"): "sha256", bytes.fromhex("608648016503040202"): "sha384",
          bytes.fromhex("608648016503040203"): "sha512"}
OID_RSA, OID_PSS, OID_MASK = (bytes.fromhex("2a864886f70d0101%s" % last) for last in ("01", "0a", "08"))
OID_EC = bytes.fromhex("2a8648ce3d0201")
PLAIN_SCHEMES = {bytes.fromhex(oid): scheme for oid, scheme in (
    ("2a864886f70d01010b", ("RSA", "sha256")), ("2a864886f70d01010c", ("RSA", "sha384")), ("2a864886f70d01010d", ("RSA", "sha512")),
    ("2a8648ce3d040302", ("EC", "sha256")), ("2a8648ce3d040303", ("EC", "sha384")), ("2a8648ce3d040304", ("EC", "sha512")))}
CURVES = {bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2b81040022"), bytes.fromhex("2b81040023")}
PLAIN_RSA = bytes.fromhex("300d06092a864886f70d0101010500")


def read_algorithm(content):
    """(identifier, parameters as (tag, content) or None); NULL counts as none."""
    fields = Fields(content)
    identifier = fields.content(OID)
    parameters = None if fields.take_if(NULL) else fields.take_if(SEQUENCE) or fields.take_if(OID)
    fields.end()
    return identifier, parameters


def read_hash(content):
    """The name of a hash, or None for one that is not taken."""
    identifier, parameters = read_algorithm(content)
    if parameters is not None:
        raise Malformed("has a hash with parameters")
    return HASHES.get(identifier)


def read_scheme(content, digest=None):
    """How a signature was made, or None for a way that is not taken: (kind, hash) or ("PSS", hash, length of the salt)."""
    identifier, parameters = read_algorithm(content)
    if identifier == OID_PSS:
        return read_pss(parameters)
    if parameters is not None:
        return None
    if identifier == OID_RSA:
        return ("RSA", digest) if digest else None
    return PLAIN_SCHEMES.get(identifier)


def read_pss(parameters):
    if parameters is None:
        return None
    if parameters[0] != SEQUENCE:
        raise Malformed("has parameters of another kind")
    fields = Fields(parameters[1])
    given = [fields.take_if(CONTEXT_0 + number) for number in range(4)]
    fields.end()
    given = [value and Fields(value[1]) for value in given]
    if any(field and len(field.values) != 1 for field in given):
        raise Malformed("has a parameter that is not one value")
    hash_field, mask_field, salt_field, trailer_field = given
    name = read_hash(hash_field.content(SEQUENCE)) if hash_field else None
    mask, inner = read_algorithm(mask_field.content(SEQUENCE)) if mask_field else (None, None)
    if mask == OID_MASK and inner and inner[0] != SEQUENCE:
        raise Malformed("has a mask of another kind")
    mask_name = read_hash(inner[1]) if mask == OID_MASK and inner else None
    trailer = small_integer(trailer_field.content(INTEGER)) if trailer_field else 1
    if name is None or name != mask_name or trailer != 1:
        return None
    return "PSS", name, small_integer(salt_field.content(INTEGER)) if salt_field else 20


def key_for(scheme, public_key):
    """The key as openssl shall have it, or None when it does not fit the scheme or is too weak."""
    fields = Fields(public_key)
    identifier, parameters = read_algorithm(fields.content(SEQUENCE))
    bits = whole_octets(fields.content(BITS))
    fields.end()
    try:
        if scheme[0] == "EC":
            is_known = parameters is not None and parameters[0] == OID and parameters[1] in CURVES
            return der(SEQUENCE, public_key) if identifier == OID_EC and is_known else None
        if identifier != OID_RSA and not (identifier == OID_PSS and scheme[0] == "PSS"):
            return None
        numbers = Fields(whole_value(bits, SEQUENCE))
        modulus = numbers.content(INTEGER)
        numbers.content(INTEGER)
        numbers.end()
        is_strong = int.from_bytes(modulus, "big").bit_length() >= RSA_BITS_MIN
        return der(SEQUENCE, PLAIN_RSA + der(BITS, b"\x00" + bits)) if is_strong else None
    except Malformed:
        return None


def der(tag, content):
    length = len(content)
    written = b"" if length < 0x80 else length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(written) if written else length]) + written + content


class Certificate:
    """An X.509 certificate taken apart; nothing about it is believed yet."""

    def __init__(self, data):
        self.data = data
        outer = Fields(whole_value(data, SEQUENCE))
        _, content, self.signed = outer.take(SEQUENCE)
        algorithm = outer.take(SEQUENCE)
        self.signature = whole_octets(outer.content(BITS))
        outer.end()
        body = Fields(content)
        version = body.take_if(CONTEXT_0)
        self.version = small_integer(only_value(version[1], INTEGER)[1]) + 1 if version else 1
        self.serial = body.take(INTEGER)[2]
        inner_algorithm = body.take(SEQUENCE)
        self.issuer = body.take(SEQUENCE)[2]
        validity = body.enter(SEQUENCE)
        self.not_before, self.not_after = (read_der_time(*validity.take(UTC_TIME, GENERALIZED_TIME)[:2]) for _ in range(2))
        validity.end()
        _, self.name, self.subject = body.take(SEQUENCE)
        self.public_key = body.content(SEQUENCE)
        body.take_if(UNIQUE_ID_1)
        body.take_if(UNIQUE_ID_2)
        extensions = body.take_if(CONTEXT_3)
        body.end()
        self.extensions = read_extensions(only_value(extensions[1], SEQUENCE)[1]) if extensions else {}
        if inner_algorithm != algorithm:
            raise Malformed("has a certificate that names two algorithms")
        self.scheme = read_scheme(algorithm[1])

    def check_name(self):
        """Every part of the subject's name is a kind and a text."""
        for _, parts, _ in Fields(self.name).values:
            for tag, attribute, _ in Fields(parts).values:
                fields = Fields(attribute)
                fields.take(OID)
                fields.take_if(*TEXT_TAGS)
                fields.end()
                if tag != SEQUENCE:
                    raise Malformed("has a name that cannot be read")

    def usage_bits(self):
        extension = self.extensions.get(OID_KEY_USAGE)
        return extension and named_bits(whole_value(extension[1], BITS))

    def extended_uses(self):
        extension = self.extensions.get(OID_EXTENDED_KEY_USAGE)
        return extension and [content for _, content, _ in Fields(whole_value(extension[1], SEQUENCE)).rest(OID)]

    def may_stamp(self, at):
        """Whether it may sign time stamps at that time (RFC 3161, 2.3)."""
        bits, uses = self.usage_bits(), self.extended_uses()
        if uses != [OID_TIME_STAMPING] or not self.extensions[OID_EXTENDED_KEY_USAGE][0]:
            return False
        if bits is not None and (not bits or any(bit not in (DIGITAL_SIGNATURE, NON_REPUDIATION) for bit in bits)):
            return False
        return self.is_usable(at)

    def may_issue(self, authorities_below, at):
        """Whether it may issue a certificate with so many issuers between itself and the authority."""
        extension = self.extensions.get(OID_BASIC_CONSTRAINTS)
        bits, uses = self.usage_bits(), self.extended_uses()
        if extension is None:
            return False
        fields = Fields(whole_value(extension[1], SEQUENCE))
        is_issuer, path_length = fields.take_if(BOOLEAN), fields.take_if(INTEGER)
        fields.end()
        if path_length and authorities_below > small_integer(path_length[1]):
            return False
        if not is_issuer or is_issuer[1] != b"\xff" or (bits is not None and CERTIFICATE_SIGN not in bits):
            return False
        if uses is not None and OID_TIME_STAMPING not in uses and OID_ANY_USE not in uses:
            return False
        return self.is_usable(at)

    def is_usable(self, at):
        has_unknown = any(is_critical and oid not in UNDERSTOOD for oid, (is_critical, _) in self.extensions.items())
        return self.version == 3 and not has_unknown and self.not_before <= at <= self.not_after


def read_extensions(content):
    """identifier -> (whether it is critical, its value)"""
    extensions = {}
    for _, extension, _ in Fields(content).rest(SEQUENCE):
        fields = Fields(extension)
        identifier, critical, value = fields.content(OID), fields.take_if(BOOLEAN), fields.content(OCTETS)
        fields.end()
        if identifier in extensions:
            raise Malformed("has an extension twice")
        extensions[identifier] = (critical is not None and critical[1] == b"\xff", value)
    return extensions


def read_roots(texts):
    """The certificates of all PEM texts; each must hold at least one."""
    roots = []
    for written in texts:
        blocks = re.findall("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----", written)
        if not blocks:
            raise Malformed("holds no certificate")
        for block in blocks:
            bare = re.sub("[\t\n\r ]", "", block)
            if not re.fullmatch("[A-Za-z0-9+/]+={0,2}", bare) or len(bare) % 4:
                raise Malformed("holds broken base64")
            roots.append(Certificate(base64.b64decode(bare)))
    return roots


class PathSearch:
    """Looks for a way from the authority up to a given root: every link signed, every issuer allowed to issue, at that time."""

    def __init__(self, openssl, brought, roots, at):
        self.openssl, self.brought, self.roots, self.at = openssl, brought, roots, at
        self.signatures_left = PATH_SIGNATURES_MAX
        self.is_wrong = False

    def climb(self, path):
        top = path[-1]
        if any(root.data == top.data for root in self.roots):
            return path
        if len(path) == PATH_LENGTH_MAX:
            return None
        for issuer in self.roots + self.brought:
            is_new = all(issuer.data != known.data for known in path)
            if not is_new or issuer.subject != top.issuer or not self.vouches(issuer, top):
                continue
            below = sum(known.issuer != known.subject for known in path[1:])
            if not issuer.may_issue(below, self.at):
                self.is_wrong = True
                continue
            whole = self.climb(path + [issuer])
            if whole:
                return whole
        return None

    def vouches(self, issuer, subject):
        if subject.scheme is None or self.signatures_left == 0:
            return False
        self.signatures_left -= 1
        key = key_for(subject.scheme, issuer.public_key)
        return key is not None and self.openssl.made_signature(key, subject.scheme, subject.signed, subject.signature)


# ---------------------------------------------------------------------------------------------------- time stamps

OID_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
OID_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
OID_CONTENT_TYPE, OID_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
OID_SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
OID_SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")


class Token:
    """What a time stamp says, its certificates, and who signed it how; taken apart, and nothing believed."""

    def __init__(self, data):
        if len(data) > TOKEN_BYTES_MAX:
            raise Malformed("is larger than %d bytes" % TOKEN_BYTES_MAX)
        response = Fields(whole_value(data, SEQUENCE))
        status = response.enter(SEQUENCE)
        is_granted = small_integer(status.content(INTEGER)) in (0, 1)
        status.take_if(SEQUENCE)
        status.take_if(BITS)
        status.end()
        content_info = response.take_if(SEQUENCE)
        response.end()
        if not is_granted or content_info is None:
            raise Malformed("grants nothing")
        fields = Fields(content_info[1])
        if fields.content(OID) != OID_SIGNED_DATA:
            raise Malformed("is not signed")
        self.read_signed_data(only_value(fields.content(CONTEXT_0), SEQUENCE)[1])
        fields.end()

    def read_signed_data(self, content):
        fields = Fields(content)
        if small_integer(fields.content(INTEGER)) != 3:
            raise Malformed("is of another version")
        announced = [read_hash(kind) for _, kind, _ in fields.enter(SET).rest(SEQUENCE)]
        told = fields.enter(SEQUENCE)
        if told.content(OID) != OID_TST_INFO:
            raise Malformed("is not about a time")
        self.told = only_value(told.content(CONTEXT_0), OCTETS)[1]
        told.end()
        bag = fields.take_if(CONTEXT_0)
        brought = [whole for _, _, whole in Fields(bag[1]).values] if bag else []
        if len(brought) > CERTIFICATES_MAX:
            raise Malformed("brings more than %d certificates" % CERTIFICATES_MAX)
        self.certificates = [Certificate(whole) for whole in brought]
        fields.take_if(CONTEXT_1)
        self.read_signer(only_value(fields.content(SET), SEQUENCE)[1])
        fields.end()
        if self.hash not in announced:
            raise Malformed("is hashed otherwise than it says")
        self.read_info()

    def read_signer(self, content):
        fields = Fields(content)
        version = small_integer(fields.content(INTEGER))
        key_id = fields.take_if(SUBJECT_KEY_ID)
        if version != (3 if key_id else 1):
            raise Malformed("is of another version")
        if key_id:
            value = der(OCTETS, key_id[1])
            self.named = [one for one in self.certificates if one.extensions.get(OID_SUBJECT_KEY_ID, (False, b""))[1] == value]
        else:
            place = fields.enter(SEQUENCE)
            issuer, serial = place.take(SEQUENCE)[2], place.take(INTEGER)[2]
            place.end()
            self.named = [one for one in self.certificates if (one.issuer, one.serial) == (issuer, serial)]
        self.hash = read_hash(fields.content(SEQUENCE))
        attributes = fields.content(CONTEXT_0)
        self.scheme = read_scheme(fields.content(SEQUENCE), self.hash)
        self.signature = fields.content(OCTETS)
        fields.take_if(CONTEXT_1)
        fields.end()
        self.signed = der(SET, attributes)
        self.attributes = {}
        for _, attribute, _ in Fields(attributes).rest(SEQUENCE):
            inner = Fields(attribute)
            kind, values = inner.content(OID), inner.enter(SET).values
            inner.end()
            if kind in self.attributes or len(values) != 1:
                raise Malformed("has an attribute that is not one value")
            self.attributes[kind] = values[0]

    def read_info(self):
        info = Fields(whole_value(self.told, SEQUENCE))
        if small_integer(info.content(INTEGER)) != 1:
            raise Malformed("is of another version")
        self.policy = read_oid(info.content(OID))
        imprint = info.enter(SEQUENCE)
        is_sha256 = read_hash(imprint.content(SEQUENCE)) == "sha256"
        digest = imprint.content(OCTETS)
        imprint.end()
        self.digest = digest if is_sha256 else None
        info.take(INTEGER)
        self.at = read_der_time(*info.take(GENERALIZED_TIME)[:2])
        for tag in (SEQUENCE, BOOLEAN, INTEGER, CONTEXT_0):
            info.take_if(tag)
        extensions = info.take_if(CONTEXT_1)
        info.end()
        if extensions and any(is_critical for is_critical, _ in read_extensions(extensions[1]).values()):
            raise Malformed("has a critical extension")

    def signer(self):
        """The one certificate that the signer names twice: beside its signature, and by hash among what it signed."""
        claims = [read_certificate_claim(kind, self.attributes[kind])
                  for kind in (OID_SIGNING_CERTIFICATE, OID_SIGNING_CERTIFICATE_V2) if kind in self.attributes]
        for certificate in self.named if claims else []:
            if all(is_about(certificate, *claim) for claim in claims):
                return certificate
        raise Malformed("does not hold the certificate of its signer")

    def check_signed(self, certificate):
        """All of the signature that needs no arithmetic. Gives the key for the rest."""
        if not certificate.may_stamp(self.at):
            raise Malformed("is signed by somebody who may not stamp")
        if self.scheme is None or self.hash is None or self.scheme[1] != self.hash:
            raise Malformed("is signed in a way that is not taken")
        kind, digest = self.attributes.get(OID_CONTENT_TYPE), self.attributes.get(OID_MESSAGE_DIGEST)
        if kind is None or kind[:2] != (OID, OID_TST_INFO):
            raise Malformed("is not about a time")
        if digest is None or digest[:2] != (OCTETS, hashlib.new(self.hash, self.told).digest()):
            raise Malformed("has another content than the one that was signed")
        certificate.check_name()
        key = key_for(self.scheme, certificate.public_key)
        if key is None:
            raise Malformed("is signed with a key that is too weak or of another kind")
        return key


def read_certificate_claim(kind, value):
    """(hash, digest, issuer and serial number or None) by which the signer says which certificate is its own."""
    if value[0] != SEQUENCE:
        raise Malformed("names its certificate in another way")
    outer = Fields(value[1])
    identifiers = outer.enter(SEQUENCE).rest(SEQUENCE)
    outer.take_if(SEQUENCE)
    outer.end()
    fields = Fields(identifiers[0][1])
    algorithm = fields.take_if(SEQUENCE) if kind == OID_SIGNING_CERTIFICATE_V2 else None
    digest, place = fields.content(OCTETS), fields.take_if(SEQUENCE)
    fields.end()
    name = "sha1" if kind == OID_SIGNING_CERTIFICATE else read_hash(algorithm[1]) if algorithm else "sha256"
    if place:
        inner = Fields(place[1])
        general_name = only_value(inner.content(SEQUENCE), CONTEXT_4)
        issuer = Fields(general_name[1]).values
        place = issuer[0][2] if len(issuer) == 1 else None, inner.take(INTEGER)[2]
        inner.end()
        if place[0] is None:
            raise Malformed("names its certificate in another way")
    return name, digest, place


def is_about(certificate, name, digest, place):
    is_placed = place is None or place == (certificate.issuer, certificate.serial)
    return name is not None and is_placed and hashlib.new(name, certificate.data).digest() == digest


def judge_token(openssl, token, roots, data, digest):
    """The root that vouches for the token, or None when no given one does; openssl's absence raises NoOpenSsl."""
    certificate = token.signer()
    key = token.check_signed(certificate)
    search = PathSearch(openssl, token.certificates, roots, token.at)
    path = search.climb([certificate])
    if path is not None:
        for known in path:
            known.check_name()
        if not openssl.trusts_token(data, digest, path, seconds_of(token.at)):
            raise Malformed("is not taken by openssl")
        return path[-1]
    if search.is_wrong:
        raise Malformed("is by an authority whose issuer may not issue")
    if not openssl.made_signature(key, token.scheme, token.signed, token.signature):
        raise Malformed("is not signed by the key of its certificate")
    return None


def read_oid(content):
    """Dotted decimal."""
    parts, part = [], 0
    for octet in content:
        part = part * 128 + (octet & 0x7F)
        if octet < 0x80:
            parts.append(part)
            part = 0
    first = parts[0] if parts else 0
    root = min(first // 40, 2)
    return ".".join(str(number) for number in [root, first - root * 40] + parts[1:])


def seconds_of(moment):
    return (moment - FIRST_INSTANT) // datetime.timedelta(seconds=1)


def times_told(dossier):
    """What evidence.json tells of each authority's time; None without an evidence.json."""
    evidence = dossier.records.get("evidence.json")
    if evidence is None:
        return None
    entries = field_value(evidence["integrity"], "timeStamps")
    entries = entries if isinstance(entries, list) else []
    return {entry["authority"]: entry.get("at") for entry in entries
            if isinstance(entry, dict) and isinstance(entry.get("authority"), str)}


def awaits_stamps(dossier):
    """Whether it calls itself interim and says whose stamp is still to come."""
    evidence = dossier.records.get("evidence.json")
    is_told = evidence is not None and field_value(evidence["integrity"], "timeStampsPending") is not ABSENT
    return is_told and dossier.manifest["state"] == "interim"


def check_time(report, dossier, trust, openssl):
    report.begin("time")
    digest = sha256(dossier.files["proofs/checkpoint"])
    authorities, times = set(), []
    told = times_told(dossier)
    try:
        roots, fault = read_roots(trust["timeStampRoots"] if trust else []), None
    except Malformed as error:
        roots, fault = None, str(error)
    for name, content in dossier.files.items():
        if not name.startswith("timestamps/"):
            continue
        try:
            if roots is None:
                raise Malformed("cannot be checked: a root of the trust file %s" % fault)
            token = Token(content)
            if token.digest != digest:
                report.fail("time", "TAMPERED", "%s is of something else than this checkpoint" % name)
                continue
            root = judge_token(openssl, token, roots, content, digest)
            if root is not None and token.policy not in (trust or {}).get("timeStampPolicies", [token.policy]):
                raise Malformed("was made under the policy %s, which is none of those asked for" % token.policy)
        except NoOpenSsl:
            report.miss("time", NO_OPENSSL)
            continue
        except Malformed as error:
            report.fail("time", "INVALID", "%s %s" % (name, error))
            continue
        if root is not None:
            authorities.add(sha256(root.data))  # an authority can make itself as many certificates as it likes
            times.append(token.at)
            if told is not None and told.get(authority_of(name)) != written_instant(token.at):
                report.fail("time", "TAMPERED", "evidence.json tells another time than %s" % name)
        elif roots:  # whoever names none has said nothing about authorities
            report.fail("time", "INVALID", "%s is not by an authority under the trust file's roots" % name)
    check_event_times(report, "time", dossier, times)
    if trust is None:
        report.miss("time", "no trust file names time-stamp authorities and their quorum")
    elif len(authorities) < trust["timeStampQuorum"] and awaits_stamps(dossier):
        report.leave("time")
    elif len(authorities) < trust["timeStampQuorum"]:
        report.miss("time", "%d of %d authorities stamped the checkpoint" % (len(authorities), trust["timeStampQuorum"]))


# ---------------------------------------------------------------------------------------------------- all of it


def verify(report, data, trust):
    try:
        archive = read_zip(data)
    except InputError as error:
        report.fail("zip", "INPUT_ERROR", str(error))
        return
    report.begin("zip")
    dossier = check_manifest(report, archive)
    if dossier is None:
        return
    check_files(report, dossier, archive)
    check_json(report, dossier)
    if report.unreadable:
        return
    check_required(report, dossier)
    events = dossier.sequence("events.jsonl")
    if events:
        check_chain(report, events)
        check_commits(report, dossier, events)
        CrossCheck(report, dossier).run()
        if report.unreadable:
            return
        check_state(report, dossier, events)
    elif dossier.manifest["state"] == "interim":
        report.lower_to("VALID_INTERIM")
    checkpoint, cosignatures = check_proofs(report, dossier, events)
    with OpenSsl() as openssl:
        check_signatures(report, dossier, archive, trust, openssl, checkpoint, cosignatures)


def check_signatures(report, dossier, archive, trust, openssl, checkpoint, cosignatures):
    files = dossier.files
    seal_keys = trust["seal"] if trust else None
    if checkpoint is not None:
        check_log(report, checkpoint, trust, openssl)
    if "manifest.sig" in archive:
        check_signature(report, "seal", openssl, seal_keys, archive["manifest.json"][0], archive["manifest.sig"][0])
    else:
        report.miss("seal", "manifest.sig is not there")
    if accepted_event(dossier) and "receipt.json" in files and "receipt.sig" in files:
        check_signature(report, "receipt", openssl, seal_keys, files["receipt.json"], files["receipt.sig"])
    if "proofs/checkpoint" in files:
        check_time(report, dossier, trust, openssl)
    if checkpoint is not None and cosignatures is not None:
        check_witness(report, dossier, checkpoint, cosignatures, trust, openssl)


def read_limited(path, most):
    with open(path, "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise InputError("is larger than %d MiB" % (most // MIB))
    return data


def read_arguments(arguments):
    """(dossier, trust file or None, whether JSON is wanted)"""
    paths, trust, wants_json, rest = [], None, False, list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--json":
            wants_json = True
        elif argument == "--trust" and rest and trust is None:
            trust = rest.pop(0)
        elif argument.startswith("-"):
            raise InputError(USAGE)
        else:
            paths.append(argument)
    if len(paths) != 1:
        raise InputError(USAGE)
    return paths[0], trust, wants_json


def print_report(report, wants_json, complaint):
    """Everything that is written is ASCII, so that no terminal changes it."""
    if wants_json:
        checks = [{"id": check, "result": report.results[check], "claim": claim, "trust": trust}
                  for check, claim, trust in CHECKS]
        sys.stdout.write(canonical_bytes({"checks": checks, "verdict": report.verdict}).decode("ascii") + "\n")
    lines = []
    for check, claim, trust in CHECKS:
        if not wants_json:
            lines.append("%-8s  %-7s  %s. (To be trusted for it: %s)" % (check, report.results[check], claim, trust))
        lines.extend("%-8s  %-7s  > %s" % (check, "", reason) for reason in report.reasons[check])
    if complaint:
        lines.append("> %s" % complaint)
    lines += ["%s (exit code %d)" % (report.verdict, EXIT_CODES[report.verdict]), LAST_WORDS]
    out = sys.stderr if wants_json else sys.stdout
    out.write("\n".join(lines).encode("ascii", "backslashreplace").decode("ascii") + "\n")


def main(arguments):
    if "--help" in arguments or "-h" in arguments:
        print(__doc__ or USAGE, flush=True)
        return EXIT_CODES["INPUT_ERROR"]  # nothing was checked, and 0 would say VALID
    report, complaint, wants_json = Report(), None, "--json" in arguments
    try:
        path, trust_path, wants_json = read_arguments(arguments)
        trust = None
        if trust_path is not None:
            try:
                trust = read_trust(read_limited(trust_path, TRUST_BYTES_MAX))
            except (InputError, OSError) as error:
                raise InputError("the trust file cannot be used: %s" % error)
        try:
            data = read_limited(path, ARCHIVE_BYTES_MAX)
        except (InputError, OSError) as error:
            report.fail("zip", "INPUT_ERROR", "the dossier cannot be read: %s" % error)
        else:
            verify(report, data, trust)
    except InputError as error:
        report.verdict, complaint = "INPUT_ERROR", str(error)[:REASON_LENGTH_MAX]
    except BaseException as error:  # whatever happens, there is a verdict, and it is never a good one
        report.verdict, complaint = "INPUT_ERROR", ("%s: %s" % (type(error).__name__, error))[:REASON_LENGTH_MAX]
    try:
        print_report(report, wants_json, complaint)
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # whoever reads has gone; the exit code still tells
    return EXIT_CODES[report.verdict]


if __name__ == "__main__":
    gc.disable()  # the process is short, and collecting costs more than what it could free
    exit_code = main(sys.argv[1:])
    os._exit(exit_code)  # not sys.exit: a reader that has gone away must not change the exit code
