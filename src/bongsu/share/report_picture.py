"""Pictures as data for the browser, and the same numbers as tables for those who cannot see them."""

import html
from typing import Any

from bongsu.model.amount import format_amount_plain
from bongsu.model.text import _
from bongsu.share.report_flow import Flow, flow_of
from bongsu.share.report_method import policy as policy_of
from bongsu.share.report_money import Document, Money, conserving, range_of
from bongsu.share.report_text import plain, stop_color, stop_name
from bongsu.share.report_timeline import Timeline, timeline_of

MOST_ASSETS = 6
"""Assets that get pictures; the others are named."""
_SCALE = 10**9


def pictures(document: Document, money: Money) -> dict[str, Any]:
    """Pictures of each asset with flows or ends: `data` for the browser, `tables` for readers.

    What ends hold comes first, in their order: that is where somebody can act.
    """
    flowing = {row["asset"] for row in document["flows"]}
    listed = [asset["id"] for asset in document["assets"] if asset["id"] in flowing]
    assets = list(
        dict.fromkeys([*(end["asset"] for end in document["endpoints"]), *listed, *sorted(flowing)])
    )
    policies = conserving(document)
    shown = [_Picture(document, asset, policies, money) for asset in assets[:MOST_ASSETS]]
    return {
        "data": {
            "policies": [[code, policy_of(code).name] for code in document["method"]["policies"]],
            "first": "fifo" if "fifo" in policies else policies[0] if policies else "poison",
            "assets": [picture.data() for picture in shown],
        },
        "tables": [picture.tables() for picture in shown],
        "left_out": [money.symbol(asset) for asset in assets[MOST_ASSETS:]],
    }


class _Picture:
    def __init__(self, document: Document, asset: str, policies: list[str], money: Money) -> None:
        self.asset, self.policies, self.money = asset, policies, money
        self.all_policies: list[str] = document["method"]["policies"]
        self.flow: Flow = flow_of(document, asset, policies)
        self.timeline: Timeline = timeline_of(document, asset)

    def data(self) -> dict[str, Any]:
        """What the browser draws; text is escaped, for plotly reads it as markup."""
        return {
            "symbol": _markup(self.money.symbol(self.asset)),
            "flow": {"nodes": self._nodes(), "links": self._links()},
            "timeline": self._bars(),
        }

    def tables(self) -> dict[str, Any]:
        """The same as rows for a table, as intervals over the conserving policies."""
        nodes = self.flow.nodes
        links = sorted(self.flow.links.items(), key=lambda item: (-max(item[1].values(), default=0), item[0]))
        return {
            "symbol": self.money.symbol(self.asset),
            "links": [(nodes[a].label, nodes[b].label, self._range(amount)) for (a, b), amount in links],
            "arrivals": [
                (date, stop_name(stop), self._range(self.timeline.amounts[stop][date]))
                for date in self.timeline.dates
                for stop in self.timeline.amounts
                if date in self.timeline.amounts[stop]
            ],
            "returned": self._range(self.flow.returned) if any(self.flow.returned.values()) else "",
            "grouped_ends": self.flow.grouped_ends,
            "monthly": self.timeline.monthly,
            "undated": self._undated(),
            "by_first_arrival": self.timeline.by_first_arrival,
        }

    def _range(self, amount: dict[str, int]) -> str:
        return self.money.range(self.asset, *range_of(amount, self.policies))

    def _undated(self) -> list[str]:
        """What the bars lack: amounts whose day of arrival is not known, or that no arrival brought."""
        symbol, undated = self.money.symbol(self.asset), self.timeline.undated
        said = []
        if range_of(undated, self.policies)[1]:
            text = _("{symbol}: {amount} has no known day of arrival and is not in the picture.")
            said.append(text.format(symbol=symbol, amount=self._range(undated)))
        for policy in self.all_policies:
            if undated.get(policy) and policy not in self.policies:
                text = _("{symbol}: under {policy} also {amount} counts that no known arrival brought.")
                amount = self.money.exact(self.asset, undated[policy])
                said.append(text.format(symbol=symbol, policy=policy_of(policy).name, amount=amount))
        return said

    def _nodes(self) -> list[dict[str, Any]]:
        return [{"label": _markup(node.label), "color": node.color} for node in self.flow.nodes.values()]

    def _links(self) -> list[dict[str, Any]]:
        index = {key: i for i, key in enumerate(self.flow.nodes)}
        most = max((max(amount.values(), default=0) for amount in self.flow.links.values()), default=0) or 1
        return [
            {
                "source": index[start],
                "target": index[goal],
                "values": {p: max(v * _SCALE // most, 1) if v else 0 for p, v in amount.items()},
                "text": {p: _markup(self.money.exact(self.asset, v)) for p, v in amount.items() if v},
            }
            for (start, goal), amount in self.flow.links.items()
        ]

    def _bars(self) -> dict[str, Any]:
        decimals = self.money.decimals(self.asset)
        dates = self.timeline.dates
        bars = []
        for stop, by_date in self.timeline.amounts.items():
            rows = {p: [by_date.get(date, {}).get(p, 0) for date in dates] for p in self.all_policies}
            values = {p: [format_amount_plain(v, decimals) for v in row] for p, row in rows.items()}
            text = {p: [_markup(self.money.exact(self.asset, v)) for v in row] for p, row in rows.items()}
            bars.append({"name": stop_name(stop), "color": stop_color(stop), "values": values, "text": text})
        unit = _("per month") if self.timeline.monthly else _("per day")
        return {"dates": dates, "monthly": self.timeline.monthly, "bars": bars, "unit": unit}


def _markup(text: str) -> str:
    """Text that plotly, which reads a little HTML, shows letter by letter."""
    return html.escape(plain(text), quote=False)
