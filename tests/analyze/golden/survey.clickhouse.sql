SELECT
  "t0"."part" AS "part",
  "t0"."chain" AS "chain",
  "t0"."asset" AS "asset",
  COUNT(*) AS "rows",
  COUNT("t0"."amount") AS "amounts",
  COUNT("t0"."block") AS "blocks",
  COUNT("t0"."time") AS "times",
  COUNT("t0"."tx_index") AS "indexes",
  COUNT("t0"."position") AS "positions",
  SUM(CAST("t0"."kind" = 'base_fee' AS Nullable(Int32))) AS "base_fees",
  maxIf("t0"."block", isNotNull("t0"."amount")) AS "last_block",
  maxIf("t0"."time", isNotNull("t0"."amount")) AS "last_time",
  minIf("t0"."locator", isNotNull("t0"."amount")) AS "locator"
FROM "movements" AS "t0"
GROUP BY
  "t0"."part",
  "t0"."chain",
  "t0"."asset"
