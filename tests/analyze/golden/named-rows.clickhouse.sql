WITH "t4" AS (
  SELECT
    *
  FROM "accounts" AS "t2"
)
SELECT
  *
FROM "movements" AS "t0"
WHERE
  CAST("t0"."source" IN (
    SELECT
      *
    FROM "t4"
  ) AS Nullable(Bool))
  OR CAST("t0"."target" IN (
    SELECT
      *
    FROM "t4"
  ) AS Nullable(Bool))
  OR CAST("t0"."address" IN (
    SELECT
      *
    FROM "t4"
  ) AS Nullable(Bool))
  OR CAST("t0"."tx_hash" IN (
    SELECT
      *
    FROM "transactions" AS "t1"
  ) AS Nullable(Bool))
