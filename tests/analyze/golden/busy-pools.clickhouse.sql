WITH "t3" AS (
  SELECT
    *
  FROM (
    SELECT
      "t0"."chain" AS "chain",
      "t0"."asset" AS "asset",
      "t0"."source" AS "holder",
      "t0"."target" AS "other"
    FROM "movements" AS "t0"
    WHERE
      isNotNull("t0"."amount") AND "t0"."source" <> "t0"."target"
  ) AS "t1"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t0"."chain" AS "chain",
      "t0"."asset" AS "asset",
      "t0"."target" AS "holder",
      "t0"."source" AS "other"
    FROM "movements" AS "t0"
    WHERE
      isNotNull("t0"."amount") AND "t0"."source" <> "t0"."target"
  ) AS "t2"
)
SELECT
  *
FROM (
  SELECT
    "t9"."chain" AS "chain",
    "t9"."asset" AS "asset",
    "t9"."holder" AS "holder",
    uniq("t9"."other") AS "counterparties"
  FROM (
    SELECT
      "t5"."chain" AS "chain",
      "t5"."asset" AS "asset",
      "t5"."holder" AS "holder",
      "t5"."other" AS "other"
    FROM "t3" AS "t5"
    LEFT SEMI JOIN (
      SELECT
        *
      FROM (
        SELECT
          "t4"."chain" AS "chain",
          "t4"."asset" AS "asset",
          "t4"."holder" AS "holder",
          COUNT(*) AS "rows"
        FROM "t3" AS "t4"
        GROUP BY
          "t4"."chain",
          "t4"."asset",
          "t4"."holder"
      ) AS "t6"
      WHERE
        "t6"."rows" > 1000
    ) AS "t8"
      ON "t5"."chain" = "t8"."chain"
      AND "t5"."asset" = "t8"."asset"
      AND "t5"."holder" = "t8"."holder"
  ) AS "t9"
  GROUP BY
    "t9"."chain",
    "t9"."asset",
    "t9"."holder"
) AS "t10"
WHERE
  "t10"."counterparties" > 1000
