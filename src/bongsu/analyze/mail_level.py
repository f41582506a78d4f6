"""What reasons of a mail come to together: none alone is more than low."""

from collections.abc import Collection, Sequence

from bongsu.analyze.mail_reason import Reason
from bongsu.model.text import _

_LEVEL_STEPS = {(1, False): "low", (1, True): "medium", (2, False): "medium", (2, True): "high"}
_ENOUGH_CONTEXT = 2
_LEAST, _EACH, _CONTEXT, _MOST = 20, 15, 3, 80
_POSES = frozenset({"expert_name", "expert_forged", "from_look_alike", "reply_look_alike", "dmarc_fail"})


def level_of(reasons: Collection[Reason]) -> str:
    """Level of a mail; empty: nothing but context speaks for it.

    Families count, not reasons: two of one family are one. Context never stands alone; two of it lift by one
    step, of a single family only with a theme: a small firm's broken set-up and a first mail are every day's.
    """
    families = {one.family for one in reasons} - {"context"}
    context = {one.key for one in reasons if one.family == "context"}
    if not families:
        return ""
    lifted = len(context) >= _ENOUGH_CONTEXT and (len(families) > 1 or "theme" in context)
    return _LEVEL_STEPS.get((len(families), lifted), "high")


def confidence_of(reasons: Collection[Reason]) -> int:
    """Confidence of a mail: by families, and a little by context."""
    families = {one.family for one in reasons} - {"context"}
    context = {one.key for one in reasons if one.family == "context"}
    return min(_LEAST + _EACH * len(families) + _CONTEXT * len(context), _MOST)


def techniques_of(
    reasons: Collection[Reason], *, links: bool, attachments: bool, network: bool
) -> tuple[str, ...]:
    """ATT&CK techniques that fit.

    Args:
        reasons: Why.
        links: Whether the mail has links.
        attachments: Whether it has attachments.
        network: Whether a social network or the like sent it.
    """
    keys = {one.key for one in reasons}
    found = set()
    if "attachment_runs" in keys or (attachments and "attachment_holds" in keys):
        found.add("T1566.001")
    if "link_look_alike" in keys:
        found |= {"T1566.002", "T1598.003"}
    if network:
        found.add("T1566.003")
    if not found:
        found.add("T1598.003" if links else "T1598")
    if keys & _POSES:
        found.add("T1656")
    return tuple(sorted(found))


def next_steps_of(reasons: Sequence[Reason], sender: str) -> tuple[str, ...]:
    """What to do next, the nearest first."""
    families = {one.family for one in reasons}
    steps = [_("Do not answer, open or click; keep the mail with its headers.")]
    if families & {"pose", "sender", "answer"}:
        steps.append(_("Ask the person or body by telephone or at an address known from before."))
    if "payload" in families:
        steps.append(
            _("Look whether an attachment was opened or a link was followed: in the logs of those hosts.")
        )
    steps.append(_("Search all mailboxes for {sender} and for where answers go.").format(sender=sender))
    return tuple(steps)
