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
      "t5"."chain" AS "chain",
      "t5"."asset" AS "asset",
      "t5"."block" AS "block",
      "t5"."time" AS "time",
      "t5"."tx_index" AS "tx_index",
      "t5"."position" AS "position",
      "t5"."path" AS "path",
      "t5"."tx_hash" AS "tx_hash",
      "t5"."source" AS "source",
      "t5"."target" AS "target",
      "t5"."address" AS "address",
      "t5"."amount" AS "amount",
      "t5"."kind" AS "kind",
      "t5"."locator" AS "locator",
      "t5"."part" AS "part",
      "t5"."at" AS "at",
      "t3"."since" AS "since"
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
        CASE
          WHEN "t0"."chain" IN ('eip155:1')
          THEN CAST(toRelativeSecondNum("t0"."time") AS Nullable(Int64))
          ELSE "t0"."block"
        END AS "at"
      FROM "movements" AS "t0"
    ) AS "t5"
    INNER JOIN (
      SELECT
        "t1"."chain" AS "chain",
        "t1"."asset" AS "asset",
        "t1"."holder" AS "source",
        "t1"."since" AS "since"
      FROM "frontier" AS "t1"
    ) AS "t3"
      ON "t5"."chain" = "t3"."chain"
      AND "t5"."asset" = "t3"."asset"
      AND "t5"."source" = "t3"."source"
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
