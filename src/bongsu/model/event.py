"""What a log or a record states of somebody at a time: a sign-in, a device, a payout, a shipment, a commit.

Names, birthplaces, languages and schools have no column here, so nothing that looks at events can read them.
"""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from bongsu.model.identifier import IDENTIFIER_KINDS
from bongsu.model.schema import TIME, arrow_field, column

EVENT_KINDS = (
    "alias",  # another id of the same subject in another source
    "application",
    "contact",  # how to reach them, as they stated it
    "home",  # address on their identity document
    "hire",
    "work",  # vendor, department, offset of the time zone that they claim
    "shipment",  # where a device was sent
    "sign_in",
    "second_factor",  # a phone or token enrolled for signing in
    "device",  # a laptop of theirs
    "software",  # on their device
    "usb",
    "display",
    "neighbor",  # a device or service beside theirs on the network
    "payout",  # where money goes
    "account",  # of a code host
    "commit",
    "follow",  # of another account of a code host, or work on one repository with it
    "clone",  # of a repository
    "resume",  # what an application claims, but for names, schools and the like
    "profile",  # what a public profile says, and files of a portfolio site
    "meeting",  # joining a call
    "register",  # opening of an account of a code host or a freelance platform
    "session",  # signing in to a freelance platform
    "bid",
    "payment",  # from one account of a platform to another
    "suspension",
    "request",  # what somebody asks of a platform's support
    "company",  # what is known of a firm's site: the subject is the firm
    "observation",  # a person saw a red flag
)
PLAIN_THINGS = (
    "",  # the event itself says it
    "account",  # personal account signed in on a device, or account of a platform, as a hash or as written
    "asset",  # SHA-256 or other hash of a file of a portfolio site
    "department",
    "employer",
    "flag",  # id of a red flag that a person saw
    "host_name",  # announced on the network
    "hosting",  # who hosts a site
    "job",  # employer and months, as somebody claims them
    "passage",  # hash of some words of a text that stand together
    "proposal",  # hash of the text of a bid
    "registrar",  # who registered a domain
    "repository",
    "request",  # what a support request is about
    "skill",  # a technology and the year since when somebody claims it
    "software",
    "town",  # where somebody says that they live now
    "utc_offset",  # minutes east of UTC
    "vendor",  # company that placed them
    "visitor",  # browser or device that an application was sent from
)
EVENT_THINGS = (*PLAIN_THINGS, *IDENTIFIER_KINDS)
"""What the value of an event may be; a rule of a red flag reads these and nothing else."""
INTERNET_LINE = "line=internet"
"""Note of a phone that the source says is an Internet line."""
OUTSIDE = "to another owner"
"""Note of a clone that went to an account which is not the repository's owner."""
PUBLIC = "public"
"""Note of a clone of a repository that anybody may read."""
OTHER_ACCOUNT = "other account"
"""Value of a support request to go on under another account or name."""
ACCEPTED = "accepted"
"""Note of a bid that was accepted."""
CODED = pa.dictionary(pa.int32(), pa.string())
"""Text that few values fill: four bytes a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One statement of a source about a subject."""

    subject: str = column("id of the person or account as the source has it, lower case")
    time: datetime | None = column("when; null: not stated")
    kind: str = column("one of EVENT_KINDS")
    thing: str = column("what `value` is: one of EVENT_THINGS")
    value: str = column("canonical value; empty where the event has none")
    ip: str = column("public address that it came from, canonical; or empty")
    device: str = column("device that it came from, as the source names it; or empty")
    latitude: float | None = column("where the source places the address", unit="degrees", range="-90..90")
    longitude: float | None = column("where the source places it", unit="degrees", range="-180..180")
    note: str = column("what the source adds: interfaces of a USB device, modes of a display, an observer")
    source: str = column("SHA-256 of the source file; empty until the file is known")
    locator: int = column("where in the source file: 1-based data row, line or element")


EVENT = pa.schema(
    [
        arrow_field(Event, "subject", CODED),
        arrow_field(Event, "time", TIME, nullable=True),
        arrow_field(Event, "kind", CODED),
        arrow_field(Event, "thing", CODED),
        arrow_field(Event, "value", CODED),
        arrow_field(Event, "ip", CODED),
        arrow_field(Event, "device", CODED),
        arrow_field(Event, "latitude", pa.float32(), nullable=True),
        arrow_field(Event, "longitude", pa.float32(), nullable=True),
        arrow_field(Event, "note", CODED),
        arrow_field(Event, "source", CODED),
        arrow_field(Event, "locator", pa.int64()),
    ]
)
"""Many events, in any order."""
