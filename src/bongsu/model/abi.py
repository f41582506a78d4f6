"""Declarations of contract events: their canonical signature, and where each value stands in a log.

Source: Solidity documentation, Contract ABI Specification (types, head and tail, events).
"""

import re
from dataclasses import dataclass
from functools import cache

WORD = 32
"""Bytes of a word."""

_TOKEN = re.compile(r"\s*([A-Za-z_$][\w$]*(?:\[\])*|[(),])")
_SIZED = re.compile(r"(?:u?int)(?:8|16|24|32|40|48|56|64|72|80|88|96|1[0-9]{2}|2[0-4][0-9]|25[0-6])")
_BYTES = re.compile(r"bytes(?:[1-9]|[12][0-9]|3[0-2])")
_REFERENCE = re.compile(r"([\w$.]+)(?:\[(\d+):(\d+)\])?(?: as (uint|hex|address|text))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of an event, or a member of a tuple."""

    name: str
    type: str
    """Canonical type; a tuple's is `(type,type)`."""
    indexed: bool
    members: tuple["Parameter", ...] = ()

    @property
    def dynamic(self) -> bool:
        """Whether the value stands in the tail, and the head holds where."""
        if self.members and not self.type.endswith("]"):
            return any(member.dynamic for member in self.members)
        return self.type in {"bytes", "string"} or self.type.endswith("]")

    @property
    def words(self) -> int:
        """Words that it takes in the head."""
        inline = self.members and not self.dynamic
        return sum(member.words for member in self.members) if inline else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """An event as its contract declares it."""

    name: str
    parameters: tuple[Parameter, ...]

    @property
    def signature(self) -> str:
        """Name and canonical types: what is hashed."""
        return f"{self.name}({','.join(parameter.type for parameter in self.parameters)})"

    @property
    def topics(self) -> int:
        """Topics of such a log, the signature's hash among them."""
        return 1 + sum(parameter.indexed for parameter in self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands: in a topic, or in the data by following offsets."""

    type: str
    topic: int | None = None
    """Number of the topic; None: it stands in the data."""
    hops: tuple[int, ...] = ()
    """Places in the data, each relative to the one before, of the offsets to follow."""
    offset: int = 0
    """Byte in the tuple that the hops lead to where the value's head stands."""
    tail: bool = False
    """True: the head holds the offset of a length and that many bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A value that a fact refers to: a path of names, perhaps some of its bytes, and how to read them."""

    path: str
    start: int | None = None
    stop: int | None = None
    reading: str = ""
    """uint, hex, address, text; empty: as its type says."""


def parse_declaration(text: str) -> Declaration:
    """Event of a declaration such as `Sent(bytes32 indexed id, (address to, uint256 amount) order)`.

    Raises:
        ValueError: When the text is no declaration of an event.
    """
    tokens = _TOKEN.findall(text)
    if _TOKEN.sub("", text).strip() or len(tokens) < 3 or not tokens[0][0].isalpha():
        raise ValueError(text)
    parameters, rest = _parameters(tokens, 1, text)
    if rest != len(tokens):
        raise ValueError(text)
    return Declaration(name=tokens[0], parameters=parameters)


@cache
def topic_of(signature: str) -> str:
    """First topic of an event's logs: keccak-256 of its canonical signature."""
    from Crypto.Hash import keccak

    return "0x" + str(keccak.new(digest_bits=256, data=signature.encode()).hexdigest())


def parse_reference(text: str) -> Reference:
    """Reference such as `amount`, `order.giveAmount`, `payload[1:33] as uint`.

    Raises:
        ValueError: When the text has another form.
    """
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    start, stop = (int(found[2]), int(found[3])) if found[2] else (None, None)
    if start is not None and stop is not None and start >= stop:
        raise ValueError(text)
    return Reference(path=found[1], start=start, stop=stop, reading=found[4] or "")


def place_of(declaration: Declaration, path: str) -> Place:
    """Where the value of a path of names stands.

    Raises:
        KeyError: When the event has no such value, or a log does not hold it (only its hash).
    """
    names = path.split(".")
    topic = 1
    for parameter in declaration.parameters:
        if parameter.indexed:
            if parameter.name == path and not (parameter.dynamic or parameter.members):
                return Place(type=parameter.type, topic=topic)
            topic += 1
    unindexed = tuple(parameter for parameter in declaration.parameters if not parameter.indexed)
    return _place_in(unindexed, names, (), 0)


def _parameters(tokens: list[str], at: int, text: str) -> tuple[tuple[Parameter, ...], int]:
    """Parameters between the parentheses that open at `at`, and where they end."""
    if tokens[at] != "(":
        raise ValueError(text)
    found: list[Parameter] = []
    at += 1
    while at < len(tokens) and tokens[at] != ")":
        parameter, at = _parameter(tokens, at, text)
        found.append(parameter)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
    if at >= len(tokens):
        raise ValueError(text)
    return tuple(found), at + 1


def _parameter(tokens: list[str], at: int, text: str) -> tuple[Parameter, int]:
    members: tuple[Parameter, ...] = ()
    if tokens[at] == "(":
        members, at = _parameters(tokens, at, text)
        kind = f"({','.join(member.type for member in members)})"
    else:
        kind, at = _canonical(tokens[at], text), at + 1
    words = []
    while at < len(tokens) and tokens[at] not in {",", ")"}:
        words.append(tokens[at])
        at += 1
    indexed = words[:1] == ["indexed"]
    names = words[1:] if indexed else words
    if len(names) > 1:
        raise ValueError(text)
    name = names[0] if names else ""
    return Parameter(name=name, type=kind, indexed=indexed, members=members), at


def _canonical(kind: str, text: str) -> str:
    bare = kind.rstrip("[]")
    full = {"uint": "uint256", "int": "int256"}.get(bare, bare)
    plain = full in {"address", "bool", "bytes", "string"}
    if not (plain or _SIZED.fullmatch(full) or _BYTES.fullmatch(full)):
        raise ValueError(text)
    return full + kind[len(bare) :]


def _place_in(parameters: tuple[Parameter, ...], names: list[str], hops: tuple[int, ...], base: int) -> Place:
    offset = base
    for parameter in parameters:
        if parameter.name != names[0]:
            offset += parameter.words * WORD
            continue
        if len(names) == 1:
            if parameter.members or parameter.type.endswith("]"):
                raise KeyError(".".join(names))
            return Place(type=parameter.type, hops=hops, offset=offset, tail=parameter.dynamic)
        inner = (*hops, offset) if parameter.dynamic else hops
        return _place_in(parameter.members, names[1:], inner, 0 if parameter.dynamic else offset)
    raise KeyError(".".join(names))
