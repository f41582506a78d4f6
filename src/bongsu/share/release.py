"""Whether a marked thing may go to a party: the one place that decides. It fails closed.

TLP 2.0 speaks of people, organizations, clients and communities; Bongsu knows a recipient only as
the id of a party. So a label that depends on who belongs to whom is never enough by itself:

| marking            | own screen or disk | a party on the list | any other party       |
|--------------------|--------------------|---------------------|-----------------------|
| TLP:CLEAR          | yes                | yes                 | only if there is no list |
| TLP:GREEN          | yes                | yes                 | no                    |
| TLP:AMBER          | yes                | yes                 | no                    |
| TLP:AMBER+STRICT   | yes                | yes                 | no                    |
| TLP:RED            | yes                | no                  | no                    |

TLP:RED is for the eyes and ears of named people in one exchange; a file does not stay with them, so
it leaves for nobody. An empty list is a list: it names nobody. A party is on the list when its id is
there letter by letter; there is no wildcard, and a blank recipient is nobody.
"""

from collections.abc import Mapping
from typing import Any

from bongsu.errors import ReleaseError
from bongsu.model.marking import Marking, Tlp
from bongsu.model.text import _

_LABELS = {tlp.label: tlp for tlp in Tlp}


def may_release(marking: Marking, recipient: str | None) -> bool:
    """Whether the marking lets this go to the recipient; None is the owner's own screen or disk."""
    if recipient is None:
        return True
    if not recipient.strip() or marking.tlp not in _LABELS.values() or marking.tlp == Tlp.RED:
        return False
    if marking.releasable_to is None:
        return marking.tlp == Tlp.CLEAR
    return recipient in marking.releasable_to


def require_release(marking: Marking, recipient: str | None) -> None:
    """Nothing, when the marking lets this go to the recipient.

    Raises:
        ReleaseError: When it does not. The message names no other party.
    """
    if may_release(marking, recipient):
        return
    why = _("{label} may not go to {recipient}").format(label=_label(marking), recipient=repr(recipient))
    raise ReleaseError(_("Cannot release this: {why}.").format(why=why), hint=_hint(marking))


def read_marking(document: Mapping[str, Any]) -> Marking:
    """Marking that a document carries.

    Raises:
        ReleaseError: When it carries none, or one that is not TLP 2.0: then nobody may have it.
    """
    stated = document.get("marking")
    if not isinstance(stated, Mapping):
        stated = {}
    tlp = _LABELS.get(str(stated.get("tlp")))
    if tlp is None or "releasable_to" not in stated or not _is_list(stated["releasable_to"]):
        raise ReleaseError(
            _("Cannot release this: its marking cannot be read."),
            hint=_("State marking.tlp as a TLP 2.0 label and marking.releasable_to as a list or null."),
        )
    parties = stated["releasable_to"]
    return Marking(tlp=tlp, releasable_to=None if parties is None else frozenset(parties))


def _is_list(parties: object) -> bool:
    return parties is None or (
        isinstance(parties, list | tuple) and all(isinstance(party, str) for party in parties)
    )


def _label(marking: Marking) -> str:
    return marking.tlp.label if marking.tlp in _LABELS.values() else _("an unknown marking")


def _hint(marking: Marking) -> str:
    if marking.tlp == Tlp.RED:
        return _("TLP:RED leaves in no file. Ask the owner of the information for another marking.")
    return _("Ask the owner of the information to add the recipient to its releasability list.")
