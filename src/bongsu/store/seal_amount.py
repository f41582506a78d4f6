"""Amounts that a source does not state: from other rows, else from what a transaction lacks."""

import duckdb

_COMING = "kind IN ('spend', 'subsidy', 'claim')"
_LIMB = 10**19


def _exact_sum(which: str) -> str:
    """SQL for the exact sum of some amounts, null where it is too large to be an amount."""
    high, low = (f"coalesce(sum(amount::HUGEINT {op} {_LIMB}) FILTER ({which}), 0)" for op in ("//", "%"))
    return f"if({high} < {_LIMB // 10}, {high} * {_LIMB} + {low}, NULL)"


def _lacks_amounts(engine: duckdb.DuckDBPyConnection) -> bool:
    return engine.execute("SELECT 1 FROM rows WHERE amount IS NULL LIMIT 1").fetchone() is not None


def fill_amounts(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; gives rows of `rows` without amount what another row states of the same movement.

    An output is spent whole, so its spend has the amount of the row that paid it.
    """
    if not _lacks_amounts(engine):
        return
    engine.execute("""
        CREATE TABLE filled AS
        WITH output AS (
            SELECT pool, max(amount) AS amount FROM (
                SELECT target AS pool, amount FROM rows WHERE kind = 'pay'
                UNION ALL SELECT source, amount FROM rows WHERE kind = 'spend'
            ) GROUP BY pool
        ), stated AS (
            SELECT source, target, tx_hash, kind, position, max(amount) AS amount
            FROM rows WHERE kind <> 'spend' AND tx_hash <> '' GROUP BY ALL
        )
        SELECT r.* REPLACE (coalesce(r.amount, o.amount, s.amount) AS amount)
        FROM rows r
        LEFT JOIN output o ON r.amount IS NULL AND r.kind = 'spend' AND o.pool = r.source
        LEFT JOIN stated s ON r.amount IS NULL AND s.source = r.source AND s.target = r.target
             AND s.tx_hash = r.tx_hash AND s.kind = r.kind AND s.position IS NOT DISTINCT FROM r.position
    """)
    engine.execute("DROP TABLE rows")
    engine.execute("ALTER TABLE filled RENAME TO rows")


def resolve_amounts(engine: duckdb.DuckDBPyConnection) -> None:
    """Nothing; after this no row of `kept` lacks its amount; rows that cannot be told move to `dropped`.

    A transaction with unknown inputs lacks pays + known fee - known inputs: the first unknown input
    gets that, marked as assumed. A fee that is not stated is inputs - outputs once all are known.
    """
    engine.execute("CREATE TABLE dropped AS FROM kept WHERE amount IS NULL")
    if engine.execute("SELECT 1 FROM dropped LIMIT 1").fetchone() is None:
        return
    engine.execute(f"""
        CREATE TABLE balance AS
        SELECT chain_no, tx_hash,
               {_exact_sum(_COMING)} AS ins,
               {_exact_sum("kind IN ('pay', 'fee')")} AS outs,
               count(*) FILTER ({_COMING} AND amount IS NULL) AS unknown_ins,
               count(*) FILTER (kind = 'pay' AND amount IS NULL) AS unknown_outs
        FROM kept SEMI JOIN dropped USING (chain_no, tx_hash)
        WHERE tx_hash <> '' AND kind IN ('spend', 'subsidy', 'claim', 'pay', 'fee')
        GROUP BY chain_no, tx_hash
    """)  # noqa: S608
    engine.execute("""
        CREATE TABLE told AS
        SELECT d.* REPLACE (
            CASE WHEN d.kind = 'spend' AND unknown_outs = 0 AND outs > ins THEN outs - ins
                 WHEN d.kind = 'fee' AND unknown_ins + unknown_outs = 0 AND ins > outs THEN ins - outs
            END AS amount, d.kind = 'spend' AS assumed)
        FROM dropped d JOIN balance b USING (chain_no, tx_hash)
        QUALIFY row_number() OVER (PARTITION BY d.chain_no, d.tx_hash, d.kind
                                   ORDER BY d.position, d.source, d.target) = 1
    """)
    engine.execute("DELETE FROM told WHERE amount IS NULL")
    engine.execute("DELETE FROM kept WHERE amount IS NULL")
    engine.execute("""
        DELETE FROM dropped d WHERE EXISTS (
            SELECT 1 FROM told t WHERE t.chain_no = d.chain_no AND t.tx_hash = d.tx_hash
            AND t.source = d.source AND t.target = d.target AND t.kind = d.kind)
    """)
    engine.execute("INSERT INTO kept FROM told")
