"""Mail of a hunt: what a user knows, and senders proven again for the mails that something speaks for."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from bongsu.analyze.look_alike import LookAlikes, shipped_institutions, shipped_right
from bongsu.analyze.mail import MailPlace, MailWatch
from bongsu.analyze.mail_auth import authenticate
from bongsu.analyze.mail_reason import MailLists, plain_name
from bongsu.model.dns import DnsSource, canonical_name
from bongsu.read.mail_box import letters_at
from bongsu.read.mail_lists import read_domains, read_people


def mail_lists(
    people: Sequence[Path] = (),
    domains: Sequence[Path] = (),
    own: Sequence[str] = (),
    *,
    shipped: bool = True,
) -> MailLists:
    """What the user knows, and the shipped example list of institutions.

    Args:
        people: CSV files with columns name and domain (or address).
        domains: CSV files with columns domain and perhaps common.
        own: The firm's own domains.
        shipped: Whether look-alikes of the shipped list are looked for as well.

    Raises:
        InputError: When a file cannot be used.
        MissingExtraError: When tldextract is not installed.
    """
    experts: dict[str, set[str]] = defaultdict(set)
    for name, domain in (row for path in people for row in read_people(path)):
        experts[plain_name(name)].add(domain)
    imitated = shipped_institutions() if shipped else {}
    for path in domains:
        imitated |= read_domains(path)
    ours = [canonical_name(one) for one in own]
    imitated |= dict.fromkeys(ours, False)
    return MailLists(
        experts={name: frozenset(places) for name, places in experts.items()},
        own_domains=frozenset(ours),
        look_alikes=LookAlikes(imitated, shipped_right() if shipped else ()),
    )


def prove_senders(
    watch: MailWatch,
    open_file: Callable[[str], BinaryIO],
    dns: DnsSource,
    trusted_hosts: Sequence[str] = (),
) -> Mapping[str, int]:
    """How many mails each verdict of DMARC is of; the watch knows what was computed of each.

    Args:
        watch: Has seen all mail.
        open_file: Gives a file again by its hash, decompressed, at its start. An Outlook file holds no mail
            as it was delivered, so nothing of it can be proven: give an empty file for it.
        dns: Saved answers.
        trusted_hosts: Hosts of the receiver.

    Raises:
        MissingExtraError: When dkimpy or authres is not installed.
    """
    by_file: dict[str, list[int]] = defaultdict(list)
    for place in watch.suspects:
        by_file[place.sha256].append(place.line)
    counts: dict[str, int] = defaultdict(int)
    for sha256, lines in by_file.items():
        with open_file(sha256) as file:
            for letter in letters_at(file, lines):
                auth = authenticate(letter.raw, dns, trusted_hosts)
                counts[auth.dmarc] += 1
                watch.prove(MailPlace(sha256, letter.line), auth)
    return dict(counts)
