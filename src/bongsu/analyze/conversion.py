"""Conversions of one transaction: which account gave which asset and got which, by decoded events.

Orders and routes that name their account come first. Where only venues say something, an account's net
give and get is a conversion if venues whose events agree with the transfers took the one and paid the
other; whatever stood between (routers, pools of a route) passed it on and has no part in it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bongsu.analyze.conversion_split import Split, SplitRule
from bongsu.analyze.venue import ZERO, Move, VenueCheck, check_venues, fill_in, is_coin
from bongsu.model.conversion import ConversionEvent
from bongsu.model.transfer import FEE_PREFIX, NULL_HOLDER

REASONS = (
    "nothing_received",
    "unknown_split",
    "several_accounts",
    "needs_traces",
    "transfers_disagree",
    "side_unknown",
)
"""Why what an account gave is not followed: nothing else came to anyone; several assets and no rule to
share; several accounts gave into one route; coins came that only traces show; events say another thing
than the transfers; without events it cannot be told which of two parties is the account."""

SURE = 95
"""Confidence of what an event of a known contract says, or transfers agree with to the last unit."""
ADJUSTED, ELSEWHERE = 90, 85
"""Confidence where a token kept a part or a rate rounds; where another than the giver received."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An account gave one asset and it, or whom it named, got another."""

    account: str
    receiver: str
    given_asset: str
    given: int
    received_asset: str
    received: int
    kind: str
    protocol: str
    venues: tuple[str, ...]
    method: str
    confidence: int
    payments: tuple[tuple[int, int], ...]
    """Rows that paid, and how much of each became the other asset; what is left of them came back."""
    arrivals: tuple[int, ...]
    """Rows that brought it; none where an event alone says that coins came."""
    idle: tuple[int, ...] = ()
    """Rows that brought back what was paid too much."""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of one transaction."""

    settled: tuple[Settled, ...]
    refused: dict[int, str]
    """Payment to one of `REASONS`."""
    checks: tuple[VenueCheck, ...]


def settle(
    events: Iterable[ConversionEvent],
    moves: Sequence[Move],
    *,
    untraced: bool,
    split: SplitRule | None = None,
) -> Settlement:
    """Conversions of a transaction.

    Args:
        events: Events of its log.
        moves: Its transfers in their order, fees not among them.
        untraced: Whether movements of coins by contracts are missing.
        split: How to share among several assets; null: by the route alone.
    """
    listed = list(events)
    shown = [*moves, *_hidden_coins(listed, moves)] if untraced else list(moves)
    checks = check_venues(listed, shown, untraced=untraced)
    work = _Work(listed, shown, checks, untraced=untraced, split=split or SplitRule())
    return work.settlement()


def _hidden_coins(events: Iterable[ConversionEvent], moves: Sequence[Move]) -> list[Move]:
    """Coins that known wrappers and stakers say they took or gave and that no row shows."""
    shown = Counter((m.source, m.target, m.amount) for m in moves if is_coin(m.asset))
    hidden = []
    for event in events:
        if event.account is None or not event.venue or event.confidence < SURE:
            continue
        for asset, amount, ends in (
            (event.given_asset, event.given, (event.account, event.venue)),
            (event.received_asset, event.received, (event.venue, event.receiver or event.account)),
        ):
            if asset is None or amount is None or not is_coin(asset):
                continue
            if shown[*ends, amount]:
                shown[*ends, amount] -= 1
            else:
                hidden.append(Move(-1, *ends, asset, amount))
    return hidden


def nets_of(moves: Iterable[Move]) -> dict[str, Counter[str]]:
    """Holder to the net of each asset that it got (positive) or gave."""
    nets: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for move in moves:
        nets[move.source][move.asset] -= move.amount
        nets[move.target][move.asset] += move.amount
    return nets


def is_account(holder: str) -> bool:
    """Whether a holder can convert: neither where tokens are made and burned nor a pool of fees."""
    return holder not in (ZERO, NULL_HOLDER) and not holder.startswith(FEE_PREFIX)


@dataclass(slots=True)
class _Work:
    """One transaction while it is settled."""

    events: list[ConversionEvent]
    moves: list[Move]
    checks: list[VenueCheck]
    untraced: bool = field(kw_only=True)
    split: SplitRule = field(kw_only=True)
    settled: list[Settled] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)

    def settlement(self) -> Settlement:
        nets = nets_of(self.moves)
        for event in self.events:
            if event.account is not None:
                self._settle_order(fill_in(event, self.moves), nets)
        self._settle_nets(nets)
        self._refuse_disagreeing()
        return Settlement(settled=tuple(self.settled), refused=self.refused, checks=tuple(self.checks))

    # Orders and routes that name their account.

    def _settle_order(self, event: ConversionEvent, nets: dict[str, Counter[str]]) -> None:
        account, receiver = str(event.account), event.receiver or str(event.account)
        given, received = event.given_asset, event.received_asset
        if None in (given, received, event.given, event.received) or not is_account(account):
            return
        if nets[account][str(given)] >= 0 or self._is_settled(account, str(given)):
            return
        agreed = {check.venue for check in self.checks if check.agrees}
        if event.venue and (event.venue not in agreed or account in self._venues()):
            return
        came = self._arrivals(receiver, str(received))
        if not came:
            receiver, came = self._sent_on(event, receiver)
        for beside in (False, True):
            paid, back = self._payments(account, str(given), beside=beside)
            if self._agrees(event, (paid, back), came):
                self._add(
                    event=event,
                    ends=(account, receiver),
                    sides=((str(given), paid, back), (str(received), came, int(event.received or 0))),
                    confidence=min(event.confidence, SURE) if came else ADJUSTED,
                )
                return

    def _sent_on(self, event: ConversionEvent, receiver: str) -> tuple[str, list[Move]]:
        """Whom the emitter paid what the event says was bought, where its account did not get it."""
        found = [
            move
            for move in self.moves
            if (move.source, move.asset, move.amount) == (event.emitter, event.received_asset, event.received)
        ]
        return (found[0].target, found) if len(found) == 1 else (receiver, [])

    def _agrees(self, event: ConversionEvent, paid: tuple[list[Move], list[Move]], came: list[Move]) -> bool:
        """Whether transfers show what an order says; coins may be more (a fee), or unseen.

        Unseen ones are believed of a contract that is known alone.
        """
        gave = sum(m.amount for m in paid[0]) - sum(m.amount for m in paid[1])
        said, got = int(event.given or 0), sum(m.amount for m in came)
        rows = [move for move in paid[0] if move.row >= 0]
        coin = is_coin(str(event.given_asset))
        right = bool(rows) and (gave == said or (coin and gave >= said))
        if not came:
            unseen = self.untraced and is_coin(str(event.received_asset))
            return right and unseen and event.confidence >= SURE
        return right and got == int(event.received or 0)

    # Accounts by what they gave and got in all.

    def _settle_nets(self, nets: dict[str, Counter[str]]) -> None:
        venues = self._venues()
        taken = self._balance_of_venues()
        consumed = {asset for asset, value in taken.items() if value > 0}
        produced = {asset for asset, value in taken.items() if value < 0}
        holders = [h for h in nets if is_account(h) and h not in venues]
        gave = {
            h: {a: -nets[h][a] for a in sorted(consumed) if nets[h][a] < 0 and not self._is_settled(h, a)}
            for h in holders
        }
        got = {h: {a: nets[h][a] for a in sorted(produced) if nets[h][a] > 0} for h in holders}
        givers = [h for h in holders if gave[h]]
        for holder in givers:
            self._settle_giver(holder, gave[holder], got, alone=len(givers) == 1)

    def _balance_of_venues(self) -> Counter[str]:
        """What venues that agree took (positive) and paid of each asset, shares included."""
        taken: Counter[str] = Counter()
        seen: set[tuple[str, int, str]] = set()
        for event in self._believed():
            for asset, amount, sign in (
                (event.given_asset, event.given, 1),
                (event.received_asset, event.received, -1),
            ):
                # The legs of one event name the same share; it is counted once.
                key = (event.venue, event.position, str(asset))
                if asset is not None and amount is not None and (event.leg == 0 or key not in seen):
                    taken[asset] += sign * amount
                    seen.add(key)
        return taken

    def _venues(self) -> set[str]:
        """Venues, believed or not: no account's conversion is looked for at one."""
        return {check.venue for check in self.checks}

    def _believed(self) -> list[ConversionEvent]:
        return [event for check in self.checks if check.agrees for event in check.events]

    def _settle_giver(
        self, giver: str, gave: dict[str, int], got: dict[str, dict[str, int]], *, alone: bool
    ) -> None:
        receiver = giver
        if not got[giver]:
            others = [h for h in got if got[h] and h != giver]
            reason = self._why_not(others, alone=alone)
            if reason:
                self._refuse(giver, gave, reason)
                return
            receiver = others[0]
        parts = self.split.parts(gave, got[receiver], self._believed())
        if not parts:
            self._refuse(giver, gave, "unknown_split")
            return
        for part in parts:
            self._settle_part(part, giver, receiver, whole=len(parts) == 1)

    def _why_not(self, others: list[str], *, alone: bool) -> str:
        """Why what came to others is not taken to be for the one who gave, or empty."""
        if self._coins_are_hidden():
            return "needs_traces"
        if not others:
            return "nothing_received"
        return "" if alone and len(others) == 1 else "several_accounts"

    def _coins_are_hidden(self) -> bool:
        """Whether someone got coins for a wrapper's token and no row shows where they went."""
        venues = self._venues()
        return any(
            move.row < 0 and is_coin(move.asset) and move.target not in venues and self._keeps(move)
            for move in self.moves
        )

    def _keeps(self, move: Move) -> bool:
        net = sum(
            m.amount * ((m.target == move.target) - (m.source == move.target))
            for m in self.moves
            if m.asset == move.asset
        )
        return net > 0

    def _settle_part(self, part: Split, giver: str, receiver: str, *, whole: bool) -> None:
        paid, back = self._payments(giver, part.given_asset)
        came = self._arrivals(receiver, part.received_asset)
        real = [move for move in came if move.row >= 0]
        spent = any(m.source == receiver and m.asset == part.received_asset for m in self.moves)
        if not any(m.row >= 0 for m in paid) or not real or (spent and receiver == giver):
            self._refuse(giver, [part.given_asset], "unknown_split" if spent else "needs_traces")
            return
        statuses = {check.status for check in self.checks if check.agrees}
        sure = SURE if statuses <= {"exact", "needs_traces"} else ADJUSTED
        self._add(
            event=self._main_event(part),
            ends=(giver, receiver),
            sides=(
                (part.given_asset, paid, back),
                (part.received_asset, real, sum(m.amount for m in real) if whole else part.received),
            ),
            confidence=sure if giver == receiver else ELSEWHERE,
            given=None if whole else part.given,
        )

    def _main_event(self, part: Split) -> ConversionEvent:
        """The event that took what was given, before others; a mere wrapping comes last."""

        def rank(event: ConversionEvent) -> tuple[bool, bool, bool]:
            takes = event.given_asset == part.given_asset
            gives = event.received_asset == part.received_asset
            return event.kind in ("wrap", "unwrap") and not (takes and gives), not takes, not gives

        return min(self._believed(), key=rank)

    # What both ways share.

    def _payments(self, account: str, asset: str, *, beside: bool = False) -> tuple[list[Move], list[Move]]:
        """Moves by which an account paid an asset, and those that brought some back.

        Args:
            account: Who paid.
            asset: What was paid.
            beside: Whether payments count whose payee kept them; else they are beside the exchange.
        """
        keep: set[str] = set() if beside else self._keepers(asset)
        paid = [
            m
            for m in self.moves
            if m.source == account and m.asset == asset and m.target not in (account, *keep)
        ]
        back = [m for m in self.moves if m.target == account and m.asset == asset and m.source != account]
        return paid, back

    def _keepers(self, asset: str) -> set[str]:
        """Who got an asset, paid none of it on and is no venue: payees beside the exchange."""
        sources = {m.source for m in self.moves if m.asset == asset}
        named = {event.emitter for event in self.events} | self._venues() | {ZERO}
        return {
            m.target
            for m in self.moves
            if m.asset == asset and m.target not in sources and m.target not in named
        }

    def _arrivals(self, receiver: str, asset: str) -> list[Move]:
        return [m for m in self.moves if m.target == receiver and m.asset == asset and m.source != receiver]

    def _add(
        self,
        *,
        event: ConversionEvent,
        ends: tuple[str, str],
        sides: tuple[tuple[str, list[Move], list[Move]], tuple[str, list[Move], int]],
        confidence: int,
        given: int | None = None,
    ) -> None:
        (asset, paid, back), (other, came, received) = sides
        rows = [move for move in paid if move.row >= 0]
        returned = sum(move.amount for move in back)
        whole = sum(move.amount for move in rows) - returned
        amount = whole if given is None else given
        self.settled.append(
            Settled(
                account=ends[0],
                receiver=ends[1],
                given_asset=asset,
                given=amount,
                received_asset=other,
                received=received,
                kind=event.kind,
                protocol=event.protocol,
                venues=tuple(sorted({check.venue for check in self.checks if check.agrees})),
                method="decoded",
                confidence=confidence,
                payments=spread(rows, amount, whole),
                arrivals=tuple(move.row for move in came if move.row >= 0),
                idle=tuple(move.row for move in back if move.row >= 0),
                position=event.position,
            )
        )

    def _is_settled(self, account: str, asset: str) -> bool:
        return any((one.account, one.given_asset) == (account, asset) for one in self.settled)

    def _refuse(self, giver: str, assets: Iterable[str], reason: str) -> None:
        for asset in assets:
            for move in self._payments(giver, asset)[0]:
                if move.row >= 0:
                    self.refused[move.row] = reason

    def _refuse_disagreeing(self) -> None:
        """Payments to venues whose events the transfers contradict."""
        doubted = {check.venue for check in self.checks if not check.agrees}
        used = {row for one in self.settled for row, _ in one.payments} | set(self.refused)
        for move in self.moves:
            if move.target in doubted and move.row >= 0 and move.row not in used and is_account(move.source):
                self.refused[move.row] = "transfers_disagree"


def spread(rows: Sequence[Move], amount: int, whole: int) -> tuple[tuple[int, int], ...]:
    """Part of each payment that became the other asset; what came back is taken off the last ones first.

    Args:
        rows: Payments in their order.
        amount: What became the other asset in all.
        whole: What the payments are less what came back; `amount` is a share of it.
    """
    returned = sum(move.amount for move in rows) - whole
    left = [move.amount for move in rows]
    for place in reversed(range(len(rows))):
        taken = min(left[place], returned)
        left[place] -= taken
        returned -= taken
    if amount != whole and whole:
        sums = [sum(left[: place + 1]) * amount // whole for place in range(len(left))]
        left = [last - first for first, last in zip([0, *sums[:-1]], sums, strict=True)]
    return tuple((move.row, part) for move, part in zip(rows, left, strict=True) if part)
