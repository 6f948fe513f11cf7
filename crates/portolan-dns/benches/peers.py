"""Puts the cases of portolan-dns to pyspf and checkdmarc, in one process and without a network: DNS and HTTPS answer from the
cases. Reads one object of JSON, writes one: what each said, and the seconds of each pass."""

import json
import sys
import time
from importlib.metadata import version

import checkdmarc.bimi
import checkdmarc.dmarc
import checkdmarc.mta_sts
import checkdmarc.smtp
import checkdmarc.smtp_tls_reporting
import checkdmarc.spf
import checkdmarc.utils
import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.resolver
import dns.rrset
import requests
import spf

MAX_ALIASES = 10


# pyspf, as its own tests have it.

ZONE = {}


def look_up(name, qtype, strict=True, timeout=None):
    labels = [label for label in name.split(".") if label]
    if any(len(label) > 63 for label in labels):
        raise spf.TempError("DNS label too long")
    entries = ZONE.get(".".join(labels).lower())
    if entries is None:
        return []
    found, is_answered = [], False
    for entry in entries:
        if entry == ["TIMEOUT"]:
            if not is_answered:
                raise spf.TempError("DNS timeout")
            break
        kind, value = entry
        if kind == qtype:
            is_answered = True
        if value == "TIMEOUT":
            if kind == qtype:
                raise spf.TempError("DNS timeout")
            continue
        if kind in ("TXT", "SPF"):
            value = tuple(part.encode("latin-1") for part in value)
        elif kind == "MX":
            value = tuple(value)
        found.append(((name, kind), value))
    return found


def pyspf(cases):
    global ZONE
    said = {}
    for case in cases:
        ZONE = case["zone"]
        query = spf.query(case["ip"], case["mailfrom"], case["helo"], receiver="receiver", strict=True)
        query.set_default_explanation("DEFAULT")
        result, _, explanation = query.check()
        said[case["id"]] = [result, explanation]
    return said


# checkdmarc, with a resolver that has all answers.


class Failed(dns.resolver.NoNameservers):
    pass


class Resolver:
    """Answers from a zone. Answers are made once, so that a pass measures the peer and not this file."""

    nameservers = ["127.0.0.1"]
    timeout = lifetime = 1.0

    def __init__(self, zone):
        self.zone, self.made = zone, {}

    def resolve(self, name, kind="A", *_, **__):
        key = (str(name).rstrip(".").lower(), str(kind).upper())
        if key not in self.made:
            self.made[key] = self.make(*key)
        answer = self.made[key]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def make(self, name, kind):
        try:
            request = dns.message.make_query(name, kind)
        except (dns.exception.DNSException, ValueError) as error:
            return error
        response = dns.message.make_response(request)
        at = name
        for _ in range(MAX_ALIASES):
            entries = self.zone.get(at)
            if entries is None:
                response.set_rcode(dns.rcode.NXDOMAIN)
                return dns.resolver.NXDOMAIN(qnames=[request.question[0].name], responses={request.question[0].name: response})
            if [kind, "TIMEOUT"] in entries:
                return dns.resolver.LifetimeTimeout(timeout=1.0, errors=[])
            if [kind, "SERVFAIL"] in entries:
                return dns.resolver.NoNameservers()
            texts = [presented(kind, value) for of, value in entries if of == kind]
            if texts:
                try:
                    response.answer.append(dns.rrset.from_text_list(dns.name.from_text(at), 300, "IN", kind, texts))
                except (dns.exception.DNSException, ValueError) as error:
                    return Failed(str(error))
                break
            alias = next((value for of, value in entries if of == "CNAME"), None)
            if alias is None:
                break
            response.answer.append(dns.rrset.from_text(dns.name.from_text(at), 300, "IN", "CNAME", alias.rstrip(".") + "."))
            at = alias.rstrip(".").lower()
        question = request.question[0]
        try:
            received = dns.message.from_wire(response.to_wire(max_size=65535))
            return dns.resolver.Answer(question.name, question.rdtype, question.rdclass, received)
        except dns.exception.DNSException as error:
            return error


def presented(kind, value):
    if kind == "TXT":
        parts = [
            "".join(
                f"\\{byte:03}" if byte < 32 or byte > 126 or chr(byte) in '"\\' else chr(byte)
                for byte in part.encode("latin-1")
            )
            for part in value
        ]
        return " ".join(f'"{part}"' for part in parts)
    if kind == "MX":
        return f"{value[0]} {value[1].rstrip('.')}."
    if kind in ("CNAME", "PTR"):
        return value.rstrip(".") + "."
    return value


POLICY = None
CURRENT = None


class Response:
    def __init__(self, content_type, body):
        self.status_code, self.text = 200, body
        self.headers = {"Content-Type": content_type} if content_type else {}


def get(_session, url, **_):
    if url.endswith("/.well-known/mta-sts.txt") and isinstance(POLICY, list):
        return Response(*POLICY)
    if url.endswith("/.well-known/mta-sts.txt") and POLICY is None:
        response = Response("text/html", "")
        response.status_code = 404
        return response
    raise requests.ConnectionError("no network")


def checks(domain, resolver, parked):
    given = {"resolver": resolver, "retries": 0}
    yield "spf", lambda: checkdmarc.spf.check_spf(domain, parked=parked, **given)
    yield "dmarc", lambda: checkdmarc.dmarc.check_dmarc(domain, parked=parked, **given)
    yield "mta-sts", lambda: checkdmarc.mta_sts.check_mta_sts(domain, **given)
    yield "tls-rpt", lambda: checkdmarc.smtp_tls_reporting.check_smtp_tls_reporting(domain, **given)
    yield "bimi", lambda: checkdmarc.bimi.check_bimi(domain, **given)
    yield "mx", lambda: checkdmarc.smtp.check_mx(domain, **given)


def notes(found):
    """Every error and warning of an answer, however deep."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "error" and isinstance(value, str):
                yield "error", value
            elif key == "warnings":
                for warning in value or []:
                    yield "warning", str(warning)
            else:
                yield from notes(value)
    elif isinstance(found, list):
        for value in found:
            yield from notes(value)


def check_all(cases, resolvers):
    global POLICY, CURRENT
    said = {}
    for case in cases:
        POLICY = case["policy"]
        CURRENT = resolvers[case["id"]]
        checkdmarc.utils.DNS_CACHE.clear()
        lines = []
        for area, check in checks(case["domain"], resolvers[case["id"]], case["parked"]):
            try:
                lines += [[area, level, text] for level, text in notes(check())]
            except Exception as error:  # What a peer dies of is what it says.
                lines.append([area, "crash", f"{type(error).__name__}: {error}"])
        said[case["id"]] = lines
    return said


def timed(passes, run):
    seconds, said = [], None
    for _ in range(passes):
        start = time.perf_counter()
        said = run()
        seconds.append(time.perf_counter() - start)
    return {"said": said, "seconds": seconds}


def main():
    asked = json.load(sys.stdin)
    spf.DNSLookup = look_up
    requests.Session.get = get
    # One look-up, that of an explanation, forgets the resolver that it was given and would ask the machine's.
    dns.resolver.Resolver = lambda *_, **__: CURRENT
    # DNSSEC is asked of the network directly; it is no part of what is compared.
    checkdmarc.smtp.check_dnssec = lambda *_, **__: {"dnssec": False}
    checkdmarc.smtp.get_tlsa_records = lambda *_, **__: []
    resolvers = {case["id"]: Resolver(case["zone"]) for case in asked["zoo"]}
    answer = {
        "pyspf": timed(asked["passes"], lambda: pyspf(asked["suite"])),
        "checkdmarc": timed(asked["passes"], lambda: check_all(asked["zoo"], resolvers)),
        "versions": {name: version(name) for name in ("pyspf", "checkdmarc")},
    }
    json.dump(answer, sys.stdout)


main()
