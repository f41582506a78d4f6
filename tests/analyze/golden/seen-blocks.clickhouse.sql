WITH "t6" AS (
  SELECT
    "t5"."chain" AS "chain",
    "t5"."block" AS "block",
    MIN(CASE WHEN isNotNull("t5"."block") THEN "t5"."time" ELSE NULL END) AS "clock",
    maxIf(
      "t5"."time",
      isNotNull("t5"."amount")
      AND (
        "t5"."time" <= parseDateTimeBestEffort('2024-01-01T00:00:00+00:00', 'UTC')
      )
    ) AS "timed",
    SUM(CAST(isNotNull("t5"."amount") AND isNull("t5"."time") AS Nullable(Int32))) AS "timeless"
  FROM (
    SELECT
      "t1"."chain" AS "chain",
      "t1"."amount" AS "amount",
      COALESCE("t1"."block", "t4"."tx_block") AS "block",
      COALESCE("t1"."time", "t4"."tx_time") AS "time"
    FROM "movements" AS "t1"
    LEFT OUTER JOIN (
      SELECT
        "t2"."chain" AS "chain",
        "t2"."tx_hash" AS "tx_hash",
        MIN("t2"."block") AS "tx_block",
        MIN("t2"."time") AS "tx_time"
      FROM (
        SELECT
          *
        FROM "movements" AS "t0"
        WHERE
          "t0"."tx_hash" <> ''
      ) AS "t2"
      GROUP BY
        "t2"."chain",
        "t2"."tx_hash"
    ) AS "t4"
      ON "t1"."chain" = "t4"."chain" AND "t1"."tx_hash" = "t4"."tx_hash"
  ) AS "t5"
  GROUP BY
    "t5"."chain",
    "t5"."block"
)
SELECT
  "t10"."chain" AS "chain",
  MAX("t10"."block") AS "last_block",
  MAX("t10"."time") AS "last_time"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t7"."chain" AS "chain",
      "t7"."block" AS "block",
      "t7"."timed" AS "time"
    FROM "t6" AS "t7"
    WHERE
      isNotNull("t7"."timed")
      OR (
        (
          "t7"."timeless" > 0
        )
        AND (
          isNull("t7"."clock")
          OR (
            "t7"."clock" <= parseDateTimeBestEffort('2024-01-01T00:00:00+00:00', 'UTC')
          )
        )
      )
  ) AS "t8"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t7"."chain" AS "chain",
      "t7"."block" AS "block",
      CASE
        WHEN CASE WHEN "t7"."timeless" > 0 THEN "t7"."clock" ELSE NULL END <= parseDateTimeBestEffort('2024-01-01T00:00:00+00:00', 'UTC')
        THEN CASE WHEN "t7"."timeless" > 0 THEN "t7"."clock" ELSE NULL END
        ELSE NULL
      END AS "time"
    FROM "t6" AS "t7"
    WHERE
      isNotNull("t7"."timed")
      OR (
        (
          "t7"."timeless" > 0
        )
        AND (
          isNull("t7"."clock")
          OR (
            "t7"."clock" <= parseDateTimeBestEffort('2024-01-01T00:00:00+00:00', 'UTC')
          )
        )
      )
  ) AS "t9"
) AS "t10"
GROUP BY
  "t10"."chain"
