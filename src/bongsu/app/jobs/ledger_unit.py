"""Whether a file counts its asset in units of the size that its ledger has; else sums mean nothing."""

from collections.abc import Iterable
from pathlib import Path

from bongsu.errors import InputError
from bongsu.facts.load import asset_of
from bongsu.model.text import _
from bongsu.normalize.unit import unit_asset
from bongsu.store.manifest import SourceRecord


def demand_one_scale(path: Path, record: SourceRecord, others: Iterable[SourceRecord]) -> None:
    """Nothing; the file of the record counts its asset as the others do, and as is known of the asset.

    Raises:
        InputError: When it does not, or its unit is not known.
    """
    unit = str(record.options.get("unit", ""))
    if not unit:
        return
    asset = unit_asset(unit, str(record.options["chain"]))
    said = [
        (str(one.options["unit"]), str(one.options["chain"])) for one in others if one.options.get("unit")
    ]
    counted = [unit_asset(*one) for one in dict.fromkeys(said)]
    genuine = asset_of(asset.id)
    for one in [*counted, *([genuine] if genuine else [])]:
        if one.id == asset.id and one.decimals != asset.decimals:
            raise InputError(
                _(
                    "Cannot import {path}: {unit} has {found} decimals, and {asset} is counted with {wanted}."
                ).format(path=path, unit=unit, found=asset.decimals, asset=asset.id, wanted=one.decimals),
                hint=_("Give a unit with {wanted} decimals, or import into another ledger.").format(
                    wanted=one.decimals
                ),
            )
