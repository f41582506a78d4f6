"""Inventories of laptops as endpoint tools export them: one row a program, USB device, display or neighbor.

A row fills the columns of what it is about; `user` is who uses the laptop, or `laptop` its serial.
"""

from bongsu.read.record_file import RecordFile

INVENTORY = RecordFile(
    {
        "user": ("user name", "primary user", "last user", "upn"),
        "laptop": ("laptop serial", "host serial", "device serial"),
        "seen": ("last seen", "timestamp", "collected at", "time"),
        "software": ("software name", "application", "program"),
        "usb": ("usb id", "hardware id", "device instance id"),
        "vendor_id": ("vid", "usb vendor id"),
        "product_id": ("pid", "usb product id"),
        "usb_serial": ("usb serial number",),
        "usb_maker": ("usb manufacturer", "usb product"),
        "interfaces": ("usb interfaces", "interface classes"),
        "edid": ("monitor edid", "display id"),
        "modes": ("display modes", "mode count"),
        "neighbor_mac": ("arp mac", "neighbor mac address"),
        "neighbor_host": ("mdns name", "neighbor host name"),
        "neighbor_title": ("tls subject", "http title"),
        "account": ("browser account", "personal account"),
    },
    required=("seen",),
)
"""Reader of inventories."""


def is_inventory(picks: dict[str, str]) -> bool:
    """Whether a file says whose laptop it is and something that is on it."""
    named = bool(picks["user"] or picks["laptop"])
    return named and any(
        picks[raw]
        for raw in ("software", "usb", "vendor_id", "edid", "neighbor_mac", "neighbor_host", "account")
    )
