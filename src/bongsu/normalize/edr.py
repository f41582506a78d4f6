"""Inventories of laptops to events: programs, USB devices, displays, neighbors, personal accounts."""

import pyarrow as pa
import pyarrow.compute as pc

from bongsu.normalize.record import Plan, Statement


def _prepare(rows: pa.Table) -> pa.Table:
    """Rows with one USB id of its parts, serials as other sources write them, and modes as a note."""
    texts = {name: rows[name].cast(pa.string()) for name in rows.column_names if name != "locator"}
    parts = pc.binary_join_element_wise(texts["vendor_id"], texts["product_id"], ":")
    serial = pc.binary_join_element_wise(parts, texts["usb_serial"], ":")
    usb = pc.coalesce(texts["usb"], serial, parts)
    maker, kinds = (pc.fill_null(texts[name], "") for name in ("usb_maker", "interfaces"))
    plain = pc.replace_substring_regex(pc.fill_null(texts["laptop"], ""), "[^0-9A-Za-z]", "")
    added = {
        "usb_id": usb,
        "usb_note": pc.binary_join_element_wise(pc.replace_substring(kinds, ",", " "), maker, " "),
        "modes_note": pc.binary_join_element_wise("modes=", texts["modes"], ""),
        "laptop_id": pc.if_else(pc.equal(plain, ""), pa.scalar(None, pa.string()), pc.utf8_upper(plain)),
    }
    for name, column in added.items():
        rows = rows.append_column(name, column)
    return rows


PLAN = Plan(
    subject=("user", "laptop_id"),
    time="seen",
    prepare=_prepare,
    statements=(
        Statement("software", "software", "software"),
        Statement("usb", "usb", "usb_id", note="usb_note"),
        Statement("display", "edid", "edid", note="modes_note"),
        Statement("neighbor", "mac", "neighbor_mac"),
        Statement("neighbor", "host_name", "neighbor_host", note="neighbor_title"),
        Statement("device", "account", "account"),
    ),
)
"""How inventories become events; a laptop's serial stands for its user where the row names none."""
