"""The taint policies, each in one plain sentence with where it comes from."""

from dataclasses import dataclass

from bongsu.model.text import _


@dataclass(frozen=True, slots=True)
class Policy:
    """How a policy is named, what it says and who said it."""

    name: str
    rule: str
    source: str


def policy(code: str) -> Policy:
    """Policy of a code; an unknown code is its own name and has no rule."""
    return _policies().get(code, Policy(code, "", ""))


def _policies() -> dict[str, Policy]:
    return {
        "poison": Policy(
            _("Poison"),
            _("All that leaves a touched address counts in full: touched, not owned; it does not add up."),
            "Möser, Böhme, Breuker 2014",
        ),
        "haircut": Policy(
            _("Haircut"),
            _("Each payment carries stolen value in the share that it had of the balance just before."),
            _("pro rata; Möser, Böhme, Breuker 2014"),
        ),
        "fifo": Policy(
            _("FIFO"),
            _("What came in first goes out first."),
            "Devaynes v Noble (Clayton's Case) 1816",
        ),
        "lifo": Policy(_("LIFO"), _("What came in last goes out first."), _("accounting practice")),
        "tiho": Policy(
            _("TIHO"),
            _("Stolen value goes to the largest payments of a transaction first, to the fee last."),
            "Tironsakkul et al. 2019",
        ),
        "pifo": Policy(
            _("PIFO"),
            _("Stolen value leaves before the holder's own: proceeds in, first out."),
            _("seniority rule of blacklisting systems"),
        ),
        "libr": Policy(
            _("LIBR"),
            _("The holder's own money leaves first; the claim never exceeds the lowest balance since."),
            "Cunningham v. Brown 1924; US v. Banco Cafetero 1986",
        ),
        "pari_passu": Policy(
            _("Pari passu"),
            _("Several victims share what is left by the size of their claims, whenever they came."),
            "Barlow Clowes v Vaughan 1992",
        ),
        "rolling_charge": Policy(
            _("Rolling charge"),
            _("Each loss falls on those victims who were in at that moment, in proportion."),
            "Barlow Clowes v Vaughan 1992",
        ),
    }
