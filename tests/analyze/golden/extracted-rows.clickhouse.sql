WITH "t5" AS (
  SELECT
    "t2"."chain" AS "chain",
    "t2"."asset" AS "asset",
    "t2"."holder" AS "source"
  FROM "marked" AS "t2"
), "t6" AS (
  SELECT
    "t2"."chain" AS "chain",
    "t2"."asset" AS "asset",
    "t2"."holder" AS "target"
  FROM "marked" AS "t2"
)
SELECT
  *
FROM (
  SELECT
    "t3"."chain" AS "chain",
    "t3"."asset" AS "asset",
    "t3"."block" AS "block",
    "t3"."time" AS "time",
    "t3"."tx_index" AS "tx_index",
    "t3"."position" AS "position",
    "t3"."path" AS "path",
    "t3"."tx_hash" AS "tx_hash",
    "t3"."source" AS "source",
    "t3"."target" AS "target",
    "t3"."address" AS "address",
    "t3"."amount" AS "amount",
    "t3"."kind" AS "kind",
    "t3"."locator" AS "locator",
    "t3"."part" AS "part"
  FROM "movements" AS "t3"
  LEFT SEMI JOIN "witnesses" AS "t4"
    ON "t3"."part" = "t4"."part" AND "t3"."locator" = "t4"."locator"
  LEFT ANTI JOIN "t5" AS "t9"
    ON "t3"."chain" = "t9"."chain"
    AND "t3"."asset" = "t9"."asset"
    AND "t3"."source" = "t9"."source"
  LEFT ANTI JOIN "t6" AS "t11"
    ON "t3"."chain" = "t11"."chain"
    AND "t3"."asset" = "t11"."asset"
    AND "t3"."target" = "t11"."target"
) AS "t14"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."chain" AS "chain",
      "t3"."asset" AS "asset",
      "t3"."block" AS "block",
      "t3"."time" AS "time",
      "t3"."tx_index" AS "tx_index",
      "t3"."position" AS "position",
      "t3"."path" AS "path",
      "t3"."tx_hash" AS "tx_hash",
      "t3"."source" AS "source",
      "t3"."target" AS "target",
      "t3"."address" AS "address",
      "t3"."amount" AS "amount",
      "t3"."kind" AS "kind",
      "t3"."locator" AS "locator",
      "t3"."part" AS "part"
    FROM "movements" AS "t3"
    LEFT SEMI JOIN "t5" AS "t10"
      ON "t3"."chain" = "t10"."chain"
      AND "t3"."asset" = "t10"."asset"
      AND "t3"."source" = "t10"."source"
  ) AS "t13"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t3"."chain" AS "chain",
      "t3"."asset" AS "asset",
      "t3"."block" AS "block",
      "t3"."time" AS "time",
      "t3"."tx_index" AS "tx_index",
      "t3"."position" AS "position",
      "t3"."path" AS "path",
      "t3"."tx_hash" AS "tx_hash",
      "t3"."source" AS "source",
      "t3"."target" AS "target",
      "t3"."address" AS "address",
      "t3"."amount" AS "amount",
      "t3"."kind" AS "kind",
      "t3"."locator" AS "locator",
      "t3"."part" AS "part"
    FROM "movements" AS "t3"
    LEFT SEMI JOIN "t6" AS "t12"
      ON "t3"."chain" = "t12"."chain"
      AND "t3"."asset" = "t12"."asset"
      AND "t3"."target" = "t12"."target"
    LEFT ANTI JOIN "t5" AS "t9"
      ON "t3"."chain" = "t9"."chain"
      AND "t3"."asset" = "t9"."asset"
      AND "t3"."source" = "t9"."source"
  ) AS "t15"
) AS "t16"
