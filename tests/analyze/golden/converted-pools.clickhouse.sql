SELECT
  "t6"."chain" AS "chain",
  "t6"."asset" AS "asset",
  "t6"."target" AS "holder",
  MIN(COALESCE("t6"."since", -4611686018427387904)) AS "since",
  MIN(CASE WHEN "t6"."kind" = 'spend' THEN NULL ELSE "t6"."address" END) AS "address"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."chain" AS "chain",
      "t2"."asset" AS "asset",
      "t2"."block" AS "block",
      "t2"."time" AS "time",
      "t2"."tx_index" AS "tx_index",
      "t2"."position" AS "position",
      "t2"."path" AS "path",
      "t2"."tx_hash" AS "tx_hash",
      "t2"."source" AS "source",
      "t2"."target" AS "target",
      "t2"."address" AS "address",
      "t2"."amount" AS "amount",
      "t2"."kind" AS "kind",
      "t2"."locator" AS "locator",
      "t2"."part" AS "part",
      "t4"."given" AS "given",
      "t4"."since" AS "since"
    FROM "movements" AS "t2"
    INNER JOIN (
      SELECT
        "t1"."tx_hash" AS "tx_hash",
        "t1"."chain" AS "chain",
        "t1"."asset" AS "given",
        "t1"."holder" AS "target",
        "t1"."since" AS "since"
      FROM "payments" AS "t1"
    ) AS "t4"
      ON "t2"."chain" = "t4"."chain"
      AND "t2"."tx_hash" = "t4"."tx_hash"
      AND "t2"."target" = "t4"."target"
  ) AS "t5"
  WHERE
    "t5"."asset" <> "t5"."given"
) AS "t6"
GROUP BY
  "t6"."chain",
  "t6"."asset",
  "t6"."target"
