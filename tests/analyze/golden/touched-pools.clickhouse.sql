SELECT
  "t7"."chain" AS "chain",
  "t7"."asset" AS "asset",
  "t7"."target" AS "holder",
  MIN(COALESCE("t7"."at", -4611686018427387904)) AS "since",
  MIN(CASE WHEN "t7"."kind" = 'spend' THEN NULL ELSE "t7"."address" END) AS "address"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t4"."chain" AS "chain",
      "t4"."asset" AS "asset",
      "t4"."block" AS "block",
      "t4"."time" AS "time",
      "t4"."tx_index" AS "tx_index",
      "t4"."position" AS "position",
      "t4"."path" AS "path",
      "t4"."tx_hash" AS "tx_hash",
      "t4"."source" AS "source",
      "t4"."target" AS "target",
      "t4"."address" AS "address",
      "t4"."amount" AS "amount",
      "t4"."kind" AS "kind",
      "t4"."locator" AS "locator",
      "t4"."part" AS "part",
      "t4"."at" AS "at",
      "t5"."since" AS "since"
    FROM (
      SELECT
        "t0"."chain" AS "chain",
        "t0"."asset" AS "asset",
        "t0"."block" AS "block",
        "t0"."time" AS "time",
        "t0"."tx_index" AS "tx_index",
        "t0"."position" AS "position",
        "t0"."path" AS "path",
        "t0"."tx_hash" AS "tx_hash",
        "t0"."source" AS "source",
        "t0"."target" AS "target",
        "t0"."address" AS "address",
        "t0"."amount" AS "amount",
        "t0"."kind" AS "kind",
        "t0"."locator" AS "locator",
        "t0"."part" AS "part",
        "t0"."block" AS "at"
      FROM "movements" AS "t0"
    ) AS "t4"
    INNER JOIN (
      SELECT
        "t1"."chain" AS "chain",
        "t1"."asset" AS "asset",
        "t1"."holder" AS "source",
        "t1"."since" AS "since"
      FROM "frontier" AS "t1"
    ) AS "t5"
      ON "t4"."chain" = "t5"."chain"
      AND "t4"."asset" = "t5"."asset"
      AND "t4"."source" = "t5"."source"
  ) AS "t6"
  WHERE
    isNull("t6"."at") OR (
      "t6"."at" >= "t6"."since"
    )
) AS "t7"
GROUP BY
  "t7"."chain",
  "t7"."asset",
  "t7"."target"
