"""Weights of pairs of records by Splink (Fellegi and Sunter 1969), learned from the records themselves.

No truth is read: the share of accidental agreement comes from random pairs, that of agreement in one person
from expectation maximization. Pairs are compared only where a rule of RULES puts them side by side; what no
rule puts there is missed, which is the ceiling of recall. The weight is in bits and says how much better "one
person" explains the pair than "two"; it is not, and never enters, a score of a person.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from bongsu.model.extra import load_extra
from bongsu.model.ports import LinkEngine

RULES = (
    ("given", "family"),
    ("family", "birth_date"),
    ("given", "birth_date"),
    ("postal_code", "given"),
    ("postal_code", "family"),
    ("postal_code", "birth_date"),
    ("place", "family"),
    ("place", "birth_date"),
    ("given", "place", "occupation"),
    ("given", "postal_area", "birth_year"),
    ("place", "birth_year", "given"),
    ("place", "birth_year", "given_initial"),
    ("email",),
    ("mailbox", "given"),
    ("mailbox", "family"),
    ("readings", "birth_date"),
    ("readings", "place"),
)
"""Columns that must be equal for a pair to be compared; a rule without its columns is left out."""
SAMPLE_PAIRS = 1e6
SEED = 1
FOUND_BY_EQUALITY = 0.6
"""Assumed share of true pairs that agree in whole name and day of birth, or in mail address."""
LEAST_WEIGHT = -5.0
"""Pairs below are not kept."""
MOST_PAIRS = 20_000_000
"""Pairs above which a rule is left out: its columns say too little about these records."""
LEAST_PAIRS = 10
"""Pairs that agree wholly, and of each lesson, below which nothing is learned and nothing linked."""
_LEAST_STATED = 0.01
_SURE = (("given", "family", "birth_date"), ("email",))
_TRAINING = (
    (("given", "family"),),
    (("birth_date", "postal_code"), ("birth_date", "place"), ("birth_date",), ("email",)),
)
"""Columns that are equal in the pairs that the model learns from: of each line the first that is stated."""
_READING_M, _READING_U = 0.05, 0.0005


def weigh_pairs(features: pa.Table, engine: LinkEngine) -> pa.Table:
    """Pairs: left, right, weight (bits), and a column `mw_` with the part of each comparison.

    Args:
        features: Schema `bongsu.analyze.linkage_feature.FEATURE`.
        engine: Database to work in.

    Raises:
        MissingExtraError: When the extra `screen` is not installed.

    Cost: with 50,000 records of historical persons some four seconds on two cores.
    """
    splink = load_extra("splink", "screen")
    stated = stated_columns(features)
    lessons, (rules, _large) = lessons_of(features), rules_of(features)
    if not lessons or not rules:
        return _no_pairs()
    with _quiet():
        frame = engine.register("linkage_features", features)
        linker = splink.Linker(frame, _settings(splink, stated, rules), log_level=None)
        _train(linker, splink, stated=stated, lessons=lessons)
        scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    wanted = ", ".join(f"mw_{name}" for name in _compared(stated))
    return engine.run(  # names of columns are our own, that of the table is Splink's
        "SELECT least(record_l, record_r) AS left, greatest(record_l, record_r) AS right, "  # noqa: S608
        f"round(match_weight, 4) AS weight, {wanted} FROM {scored.physical_name} ORDER BY 1, 2"
    )


def stated_columns(features: pa.Table) -> frozenset[str]:
    """Columns that enough records state: one in a hundred, at least two; readings from one pair on."""
    least = max(2, int(_LEAST_STATED * features.num_rows))
    counts = {name: features.num_rows - features[name].null_count for name in features.column_names}
    return frozenset(n for n, count in counts.items() if count >= (2 if n == "readings" else least))


def lessons_of(features: pa.Table) -> list[tuple[str, ...]]:
    """Columns whose equality picks the pairs to learn from; none where there is too little to learn from.

    Needed: names, and days of birth or mail addresses; some pairs that agree wholly, but not nearly all.
    """
    stated = stated_columns(features)
    sure = sum(_equal_pairs(features, columns) for columns in _SURE if stated.issuperset(columns))
    total = features.num_rows * (features.num_rows - 1) // 2
    if not LEAST_PAIRS <= sure < FOUND_BY_EQUALITY * total / 2:
        return []
    found: list[tuple[str, ...]] = []
    for choices in _TRAINING:
        usable = (one for one in choices if stated.issuperset(one))
        taught = next((one for one in usable if _equal_pairs(features, one) >= LEAST_PAIRS), None)
        if taught is None:
            return []
        found.append(taught)
    return found


def _equal_pairs(features: pa.Table, columns: tuple[str, ...]) -> int:
    """Pairs of records that state the same in all of the columns."""
    counted = features.select(columns).drop_null().group_by(list(columns)).aggregate([([], "count_all")])
    counts = counted["count_all"].to_numpy()
    return int((counts * (counts - 1) // 2).sum())


def _no_pairs() -> pa.Table:
    ends = {"left": pa.array([], pa.string()), "right": pa.array([], pa.string())}
    return pa.table(ends | {"weight": pa.array([], pa.float64())})


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing; Splink's notes on its progress are not shown meanwhile."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def rules_of(features: pa.Table) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Rules whose columns are stated, and those of them that are left out for they give too many pairs."""
    stated = stated_columns(features)
    usable = [columns for columns in RULES if stated.issuperset(columns)]
    large: list[tuple[str, ...]] = [
        columns
        for columns in usable
        if "readings" not in columns and _equal_pairs(features, columns) > MOST_PAIRS
    ]
    return [columns for columns in usable if columns not in large], large


def _settings(splink: Any, stated: frozenset[str], rules: list[tuple[str, ...]]) -> Any:  # noqa: ANN401
    return splink.SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record",
        blocking_rules_to_generate_predictions=[_rule(splink, columns) for columns in rules],
        comparisons=[_comparison(name, "readings" in stated) for name in _compared(stated)],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
    )


def _rule(splink: Any, columns: tuple[str, ...]) -> Any:  # noqa: ANN401
    exploded = ["readings"] if "readings" in columns else None
    return splink.block_on(*columns, arrays_to_explode=exploded)


def _compared(stated: frozenset[str]) -> list[str]:
    wanted = ("given", "family", "birth_date", "postal_code", "place", "occupation", "email")
    return [name for name in wanted if name in stated]


def _comparison(name: str, has_readings: bool) -> Any:  # noqa: ANN401
    """How a column is compared: names by letters and Korean readings, dates and codes by edits."""
    library = load_extra("splink.comparison_library", "screen")
    if name in ("given", "family"):
        return _name_comparison(library, name, has_readings)
    if name == "birth_date":
        return library.LevenshteinAtThresholds(name, [1, 2]).configure(term_frequency_adjustments=True)
    if name == "postal_code":
        return library.LevenshteinAtThresholds(name, [1, 3])
    if name == "email":
        return library.LevenshteinAtThresholds(name, [2, 4]).configure(term_frequency_adjustments=True)
    return library.ExactMatch(name).configure(term_frequency_adjustments=True)


def _name_comparison(library: Any, name: str, has_readings: bool) -> Any:  # noqa: ANN401
    """Equal; one Korean name in other letters; alike by Jaro and Winkler; swapped; or not."""
    level = load_extra("splink.comparison_level_library", "screen")
    other = "family" if name == "given" else "given"
    reading = level.CustomLevel("list_has_any(readings_l, readings_r)", "one Korean name").configure(
        m_probability=_READING_M,
        u_probability=_READING_U,
        fix_m_probability=True,
        fix_u_probability=True,
    )
    levels = [
        level.NullLevel(name),
        level.ExactMatchLevel(name, term_frequency_adjustments=True),
        *([reading] if has_readings else []),
        level.JaroWinklerLevel(name, 0.92),
        level.JaroWinklerLevel(name, 0.88),
        level.CustomLevel(f"{name}_l = {other}_r", "swapped"),
        level.JaroWinklerLevel(name, 0.7),
        level.ElseLevel(),
    ]
    return library.CustomComparison(output_column_name=name, comparison_levels=levels)


def _train(linker: Any, splink: Any, *, stated: frozenset[str], lessons: list[tuple[str, ...]]) -> None:  # noqa: ANN401
    """Nothing; the model's parameters are learned."""
    sure = [splink.block_on(*columns) for columns in _SURE if stated.issuperset(columns)]
    training = linker.training
    training.estimate_probability_two_random_records_match(sure, recall=FOUND_BY_EQUALITY)
    training.estimate_u_using_random_sampling(max_pairs=SAMPLE_PAIRS, seed=SEED)
    for columns in lessons:
        training.estimate_parameters_using_expectation_maximisation(splink.block_on(*columns))
