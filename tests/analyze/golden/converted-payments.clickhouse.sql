SELECT
  "t12"."tx_hash" AS "tx_hash",
  "t12"."chain" AS "chain",
  "t12"."asset" AS "asset",
  "t12"."source" AS "holder",
  MIN(COALESCE("t12"."at", -4611686018427387904)) AS "since"
FROM (
  SELECT
    "t11"."chain" AS "chain",
    "t11"."asset" AS "asset",
    "t11"."block" AS "block",
    "t11"."time" AS "time",
    "t11"."tx_index" AS "tx_index",
    "t11"."position" AS "position",
    "t11"."path" AS "path",
    "t11"."tx_hash" AS "tx_hash",
    "t11"."source" AS "source",
    "t11"."target" AS "target",
    "t11"."address" AS "address",
    "t11"."amount" AS "amount",
    "t11"."kind" AS "kind",
    "t11"."locator" AS "locator",
    "t11"."part" AS "part",
    "t11"."at" AS "at",
    "t11"."since" AS "since"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t7"."chain" AS "chain",
        "t7"."asset" AS "asset",
        "t7"."block" AS "block",
        "t7"."time" AS "time",
        "t7"."tx_index" AS "tx_index",
        "t7"."position" AS "position",
        "t7"."path" AS "path",
        "t7"."tx_hash" AS "tx_hash",
        "t7"."source" AS "source",
        "t7"."target" AS "target",
        "t7"."address" AS "address",
        "t7"."amount" AS "amount",
        "t7"."kind" AS "kind",
        "t7"."locator" AS "locator",
        "t7"."part" AS "part",
        "t7"."at" AS "at",
        "t8"."since" AS "since"
      FROM (
        SELECT
          "t1"."chain" AS "chain",
          "t1"."asset" AS "asset",
          "t1"."block" AS "block",
          "t1"."time" AS "time",
          "t1"."tx_index" AS "tx_index",
          "t1"."position" AS "position",
          "t1"."path" AS "path",
          "t1"."tx_hash" AS "tx_hash",
          "t1"."source" AS "source",
          "t1"."target" AS "target",
          "t1"."address" AS "address",
          "t1"."amount" AS "amount",
          "t1"."kind" AS "kind",
          "t1"."locator" AS "locator",
          "t1"."part" AS "part",
          "t1"."block" AS "at"
        FROM "movements" AS "t1"
      ) AS "t7"
      INNER JOIN (
        SELECT
          "t2"."chain" AS "chain",
          "t2"."asset" AS "asset",
          "t2"."holder" AS "source",
          "t2"."since" AS "since"
        FROM "frontier" AS "t2"
      ) AS "t8"
        ON "t7"."chain" = "t8"."chain"
        AND "t7"."asset" = "t8"."asset"
        AND "t7"."source" = "t8"."source"
    ) AS "t9"
    WHERE
      (
        isNull("t9"."at") OR (
          "t9"."at" >= "t9"."since"
        )
      )
      AND "t9"."tx_hash" <> ''
  ) AS "t11"
  LEFT SEMI JOIN (
    SELECT
      "t0"."chain" AS "chain",
      "t0"."asset" AS "asset",
      "t0"."holder" AS "target"
    FROM "converters" AS "t0"
  ) AS "t6"
    ON "t11"."chain" = "t6"."chain"
    AND "t11"."asset" = "t6"."asset"
    AND "t11"."target" = "t6"."target"
) AS "t12"
GROUP BY
  "t12"."tx_hash",
  "t12"."chain",
  "t12"."asset",
  "t12"."source"
