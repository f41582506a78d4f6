"""The peer in linkage: Splink as its tutorial sets it up, with simple blocking and its own clusters."""

import logging
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.splink_dataframe import SplinkDataFrame

SIMPLE = (
    ("given_name", "family_name"),
    ("family_name", "birth_date"),
    ("given_name", "birth_date"),
    ("postal_code", "birth_date"),
    ("postal_code", "given_name"),
    ("email",),
)
"""Blocking by equal columns, the pairs of columns that its tutorials use."""
SEED = 1


class Peer(NamedTuple):
    """What plain Splink found."""

    pairs: pa.Table
    """left, right, weight in bits."""
    groups: dict[float, pa.Table]
    """Weight to record and group, by Splink's clusters at that weight."""


def plain_splink(records: pa.Table, weights: tuple[float, ...]) -> Peer:
    """Pairs and groups of plain Splink; columns that no record states are left out."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = [pa.array([value or None for value in column.to_pylist()]) for column in records.columns]
    stated = {n for n, c in zip(records.column_names, columns, strict=True) if c.null_count < len(c)}
    table = pa.table(dict(zip(records.column_names, columns, strict=True))).select(sorted(stated))
    with duckdb.connect() as connection:
        connection.register("records", table)
        connection.sql("CREATE TABLE plain AS FROM records")
        linker = Linker(DuckDBAPI(connection).register("plain"), _settings(stated), log_level=None)
        _train(linker, ("birth_date", "postal_code") if "postal_code" in stated else ("birth_date", "place"))
        scored = linker.inference.predict(threshold_match_weight=-5)
        pairs = connection.sql(
            f"SELECT record_l AS left, record_r AS right, match_weight AS weight FROM {scored.physical_name}"
        ).to_arrow_table()
        groups = {weight: _groups(linker, scored, weight, connection) for weight in weights}
    return Peer(pairs, groups)


def _settings(stated: set[str]) -> SettingsCreator:
    comparisons: dict[str, Any] = {
        "given_name": compare.NameComparison("given_name"),
        "family_name": compare.NameComparison("family_name"),
        "birth_date": compare.LevenshteinAtThresholds("birth_date", [1, 2]),
        "postal_code": compare.PostcodeComparison("postal_code"),
        "place": compare.ExactMatch("place").configure(term_frequency_adjustments=True),
        "occupation": compare.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        "email": compare.EmailComparison("email"),
    }
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        blocking_rules_to_generate_predictions=[block_on(*c) for c in SIMPLE if stated >= {*c}],
        comparisons=[one for name, one in comparisons.items() if name in stated],
    )


def _train(linker: Linker, lesson: tuple[str, ...]) -> None:
    training = linker.training
    exact = "l.given_name = r.given_name and l.family_name = r.family_name and l.birth_date = r.birth_date"
    training.estimate_probability_two_random_records_match([exact], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "family_name"))
    training.estimate_parameters_using_expectation_maximisation(block_on(*lesson))


def _groups(
    linker: Linker, scored: SplinkDataFrame, weight: float, connection: duckdb.DuckDBPyConnection
) -> pa.Table:
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(scored, threshold_match_weight=weight)
    question = f'SELECT record, cluster_id AS "group" FROM {found.physical_name}'
    return connection.sql(question).to_arrow_table()
