SELECT
  "t10"."holder" AS "holder",
  "t10"."part" AS "part",
  MIN("t10"."locator") AS "locator"
FROM (
  SELECT
    "t9"."chain" AS "chain",
    "t9"."asset" AS "asset",
    "t9"."part" AS "part",
    "t9"."locator" AS "locator",
    "t9"."holder" AS "holder",
    "t9"."other" AS "other",
    "t9"."key" AS "key"
  FROM (
    SELECT
      "t7"."chain" AS "chain",
      "t7"."asset" AS "asset",
      "t7"."part" AS "part",
      "t7"."locator" AS "locator",
      "t7"."holder" AS "holder",
      "t7"."other" AS "other",
      CONCAT(
        SUBSTRING(
          "t7"."holder",
          CASE WHEN (
            0 + 1
          ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t7"."holder") END,
          8
        ),
        SUBSTRING(
          "t7"."holder",
          CASE WHEN (
            38 + 1
          ) >= 1 THEN 38 + 1 ELSE 38 + 1 + LENGTH("t7"."holder") END,
          4
        )
      ) AS "key"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t2"."chain" AS "chain",
          "t2"."asset" AS "asset",
          "t2"."part" AS "part",
          "t2"."locator" AS "locator",
          "t2"."source" AS "holder",
          "t2"."target" AS "other"
        FROM "movements" AS "t2"
        WHERE
          isNotNull("t2"."amount")
      ) AS "t5"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t2"."chain" AS "chain",
          "t2"."asset" AS "asset",
          "t2"."part" AS "part",
          "t2"."locator" AS "locator",
          "t2"."target" AS "holder",
          "t2"."source" AS "other"
        FROM "movements" AS "t2"
        WHERE
          isNotNull("t2"."amount")
      ) AS "t6"
    ) AS "t7"
    WHERE
      startsWith("t7"."holder", '0x') AND LENGTH("t7"."holder") = 42
  ) AS "t9"
  LEFT SEMI JOIN "keys" AS "t3"
    ON "t9"."key" = "t3"."key"
  LEFT ANTI JOIN "marked" AS "t4"
    ON "t9"."holder" = "t4"."holder"
) AS "t10"
GROUP BY
  "t10"."holder",
  "t10"."part"
