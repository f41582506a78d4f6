WITH "t2" AS (
  SELECT
    *
  FROM "accounts" AS "t1"
)
SELECT
  "t4"."part" AS "part",
  "t4"."asset" AS "asset",
  MIN("t4"."locator") AS "locator"
FROM (
  SELECT
    *
  FROM "movements" AS "t0"
  WHERE
    isNotNull("t0"."amount")
    AND (
      CAST("t0"."source" IN (
        SELECT
          *
        FROM "t2"
      ) AS Nullable(Bool))
      OR CAST("t0"."target" IN (
        SELECT
          *
        FROM "t2"
      ) AS Nullable(Bool))
      OR CAST("t0"."address" IN (
        SELECT
          *
        FROM "t2"
      ) AS Nullable(Bool))
    )
) AS "t4"
GROUP BY
  "t4"."part",
  "t4"."asset"
