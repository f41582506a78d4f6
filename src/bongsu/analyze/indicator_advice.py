"""What else explains that an indicator was met, and what to do next, by kind."""

from bongsu.model.text import _


def innocent_causes(kind: str) -> tuple[str, ...]:
    """What else explains a hit of an indicator of this kind."""
    if kind in {"ipv4", "ipv6", "cidr"}:
        return (
            _("The address was given to another customer since."),
            _("The address is shared by many sites, or belongs to a VPN or a content network."),
        )
    if kind in {"domain", "url", "url_path"}:
        return (
            _("A mail gateway, a scanner or an analyst looked it up."),
            _("The site was abused for a while and is its owner's again, or was taken over by defenders."),
        )
    if kind in {"md5", "sha1", "sha256"}:
        return (_("The file is a harmless one that came with a sample, or stands in quarantine."),)
    if kind == "email":
        return (_("The sender was forged, or the mailbox belongs to a victim."),)
    if kind in {"package", "package_alias"}:
        return (_("The name was given to another package since, or only a cached copy is listed."),)
    return (_("Other programs use the same name."),)


def next_steps(kind: str) -> tuple[str, ...]:
    """What to do next, most urgent first."""
    if kind in {"ipv4", "ipv6", "cidr", "domain", "url", "url_path"}:
        return (
            _("Find the process on the host that asked for it, and the first time that it did."),
            _("Look for the same value on all other hosts before anything is blocked."),
        )
    if kind in {"md5", "sha1", "sha256", "file_name", "file_name_regex", "mutex"}:
        return (
            _("Keep memory and the file before the host is cleaned, then isolate the host."),
            _("Find what wrote the file and which accounts were used on the host since."),
        )
    if kind == "email":
        return (
            _("Read the mail's headers and ask the recipient what was opened, by another channel than mail."),
            _("Look for other mail of the sender and of its domain."),
        )
    if kind in {"package", "package_alias"}:
        return (
            _("Find every machine and build that installed it; replace the secrets there: they are stolen."),
            _("Pin a clean version and build again from a clean machine."),
        )
    if kind == "wallet":
        return (_("Trace the address with `bongsu trace` and ask who put it there."),)
    return (_("Compare it with what is known of the person or account."),)
