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
), "t18" AS (
  SELECT
    "t7"."chain" AS "chain",
    "t7"."block" AS "block",
    MIN("t7"."time") AS "time"
  FROM (
    SELECT
      *
    FROM "movements" AS "t0"
    WHERE
      isNotNull("t0"."block")
  ) AS "t7"
  GROUP BY
    "t7"."chain",
    "t7"."block"
), "t28" AS (
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
    LEFT ANTI JOIN "t5" AS "t13"
      ON "t3"."chain" = "t13"."chain"
      AND "t3"."asset" = "t13"."asset"
      AND "t3"."source" = "t13"."source"
    LEFT ANTI JOIN "t6" AS "t15"
      ON "t3"."chain" = "t15"."chain"
      AND "t3"."asset" = "t15"."asset"
      AND "t3"."target" = "t15"."target"
  ) AS "t24"
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
      LEFT SEMI JOIN "t5" AS "t14"
        ON "t3"."chain" = "t14"."chain"
        AND "t3"."asset" = "t14"."asset"
        AND "t3"."source" = "t14"."source"
    ) AS "t23"
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
      LEFT SEMI JOIN "t6" AS "t16"
        ON "t3"."chain" = "t16"."chain"
        AND "t3"."asset" = "t16"."asset"
        AND "t3"."target" = "t16"."target"
      LEFT ANTI JOIN "t5" AS "t13"
        ON "t3"."chain" = "t13"."chain"
        AND "t3"."asset" = "t13"."asset"
        AND "t3"."source" = "t13"."source"
    ) AS "t25"
  ) AS "t26"
), "t39" AS (
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
  LEFT SEMI JOIN (
    SELECT DISTINCT
      "t31"."chain" AS "chain",
      "t31"."tx_hash" AS "tx_hash"
    FROM "t28" AS "t31"
    WHERE
      "t31"."tx_hash" <> ''
  ) AS "t35"
    ON "t3"."chain" = "t35"."chain" AND "t3"."tx_hash" = "t35"."tx_hash"
), "t48" AS (
  SELECT
    "t21"."chain" AS "chain",
    "t21"."asset" AS "asset",
    "t21"."block" AS "block",
    "t21"."time" AS "time",
    "t21"."tx_index" AS "tx_index",
    "t21"."position" AS "position",
    "t21"."path" AS "path",
    "t21"."tx_hash" AS "tx_hash",
    "t21"."source" AS "source",
    "t21"."target" AS "target",
    "t21"."address" AS "address",
    "t21"."amount" AS "amount",
    "t21"."kind" AS "kind",
    "t21"."locator" AS "locator",
    "t21"."part" AS "part"
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
      COALESCE("t0"."block", -1) AS "at",
      CASE
        WHEN isNull("t0"."block")
        THEN COALESCE(CAST(toRelativeSecondNum("t0"."time") AS Nullable(Int64)), -1)
        ELSE -1
      END AS "moment"
    FROM "movements" AS "t0"
  ) AS "t21"
  LEFT SEMI JOIN (
    SELECT DISTINCT
      "t45"."chain" AS "chain",
      COALESCE("t45"."block", -1) AS "at",
      CASE
        WHEN isNull("t45"."block")
        THEN COALESCE(CAST(toRelativeSecondNum("t45"."time") AS Nullable(Int64)), -1)
        ELSE -1
      END AS "moment"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t43"."chain" AS "chain",
          "t43"."block" AS "block",
          "t43"."time" AS "time"
        FROM (
          SELECT
            "t40"."chain" AS "chain",
            "t40"."tx_hash" AS "tx_hash",
            MIN("t40"."block") AS "block",
            MIN("t40"."time") AS "time",
            MIN("t40"."tx_index") AS "index"
          FROM "t39" AS "t40"
          GROUP BY
            "t40"."chain",
            "t40"."tx_hash"
        ) AS "t43"
        WHERE
          isNull("t43"."block") OR isNull("t43"."time") OR isNull("t43"."index")
      ) AS "t44"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t31"."chain" AS "chain",
          "t31"."block" AS "block",
          "t31"."time" AS "time"
        FROM "t28" AS "t31"
        WHERE
          "t31"."tx_hash" = ''
      ) AS "t32"
    ) AS "t45"
  ) AS "t47"
    ON "t21"."chain" = "t47"."chain"
    AND "t21"."at" = "t47"."at"
    AND "t21"."moment" = "t47"."moment"
), "t55" AS (
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
    LEFT SEMI JOIN (
      SELECT DISTINCT
        "t50"."chain" AS "chain",
        "t50"."tx_hash" AS "tx_hash"
      FROM (
        SELECT
          *
        FROM "t39" AS "t40"
        UNION ALL
        SELECT
          *
        FROM "t48" AS "t49"
      ) AS "t50"
      WHERE
        "t50"."tx_hash" <> ''
    ) AS "t53"
      ON "t3"."chain" = "t53"."chain" AND "t3"."tx_hash" = "t53"."tx_hash"
  ) AS "t54"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM "t48" AS "t49"
    WHERE
      "t49"."tx_hash" = ''
  ) AS "t51"
), "t62" AS (
  SELECT
    *
  FROM "t55" AS "t56"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t17"."chain" AS "chain",
      "t17"."asset" AS "asset",
      "t17"."block" AS "block",
      "t17"."time" AS "time",
      "t17"."tx_index" AS "tx_index",
      "t17"."position" AS "position",
      "t17"."path" AS "path",
      "t17"."tx_hash" AS "tx_hash",
      "t17"."source" AS "source",
      "t17"."target" AS "target",
      "t17"."address" AS "address",
      "t17"."amount" AS "amount",
      "t17"."kind" AS "kind",
      "t17"."locator" AS "locator",
      "t17"."part" AS "part"
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
        CASE WHEN "t0"."kind" = 'pay' THEN "t0"."target" ELSE "t0"."source" END AS "output"
      FROM "movements" AS "t0"
      WHERE
        "t0"."kind" IN ('pay', 'spend')
    ) AS "t17"
    LEFT SEMI JOIN (
      SELECT DISTINCT
        "t56"."chain" AS "chain",
        "t56"."asset" AS "asset",
        "t56"."source" AS "output"
      FROM "t55" AS "t56"
      WHERE
        isNull("t56"."amount") AND "t56"."kind" = 'spend'
    ) AS "t60"
      ON "t17"."chain" = "t60"."chain"
      AND "t17"."asset" = "t60"."asset"
      AND "t17"."output" = "t60"."output"
    LEFT ANTI JOIN (
      SELECT DISTINCT
        "t56"."chain" AS "chain",
        "t56"."tx_hash" AS "tx_hash"
      FROM "t55" AS "t56"
      WHERE
        "t56"."tx_hash" <> ''
    ) AS "t59"
      ON "t17"."chain" = "t59"."chain" AND "t17"."tx_hash" = "t59"."tx_hash"
  ) AS "t61"
), "t68" AS (
  SELECT
    "t42"."chain" AS "chain",
    "t42"."block" AS "block",
    "t42"."time" AS "time",
    "t42"."latest" AS "latest",
    "t42"."by" AS "by"
  FROM (
    SELECT
      "t36"."chain" AS "chain",
      "t36"."block" AS "block",
      "t36"."time" AS "time",
      "t36"."latest" AS "latest",
      MAX("t36"."by") OVER (
        PARTITION BY "t36"."chain"
        ORDER BY "t36"."block" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS "by"
    FROM (
      SELECT
        "t29"."chain" AS "chain",
        "t29"."block" AS "block",
        "t29"."time" AS "time",
        "t29"."latest" AS "latest",
        CASE
          WHEN isNotNull("t29"."time")
          AND (
            isNull("t29"."latest") OR (
              "t29"."time" > "t29"."latest"
            )
          )
          THEN "t29"."block"
          ELSE NULL
        END AS "by"
      FROM (
        SELECT
          "t20"."chain" AS "chain",
          "t20"."block" AS "block",
          "t20"."time" AS "time",
          MAX("t20"."time") OVER (
            PARTITION BY "t20"."chain"
            ORDER BY "t20"."block" ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
          ) AS "latest"
        FROM "t18" AS "t20"
      ) AS "t29"
    ) AS "t36"
  ) AS "t42"
  LEFT SEMI JOIN (
    SELECT DISTINCT
      "t63"."chain" AS "chain",
      "t63"."block" AS "block"
    FROM "t62" AS "t63"
  ) AS "t66"
    ON "t42"."chain" = "t66"."chain" AND "t42"."block" = "t66"."block"
)
SELECT
  *
FROM "t62" AS "t63"
UNION ALL
SELECT
  *
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
    "t11"."part" AS "part"
  FROM (
    SELECT
      *
    FROM "movements" AS "t0"
    WHERE
      "t0"."tx_hash" <> ''
  ) AS "t11"
  LEFT SEMI JOIN (
    SELECT DISTINCT
      "t74"."chain" AS "chain",
      "t74"."by" AS "block"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t69"."chain" AS "chain",
          "t69"."by" AS "by"
        FROM "t68" AS "t69"
        WHERE
          (
            isNull("t69"."by") OR (
              "t69"."by" <> "t69"."block"
            )
          )
          AND isNotNull("t69"."by")
      ) AS "t70"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t72"."chain" AS "chain",
          "t38"."by" AS "by"
        FROM (
          SELECT
            "t69"."chain" AS "chain"
          FROM "t68" AS "t69"
          WHERE
            (
              isNull("t69"."by") OR (
                "t69"."by" <> "t69"."block"
              )
            )
            AND isNull("t69"."by")
        ) AS "t72"
        INNER JOIN (
          SELECT
            "t34"."chain" AS "chain",
            "t34"."block" AS "by"
          FROM (
            SELECT
              "t22"."chain" AS "chain",
              "t22"."block" AS "block",
              "t22"."time" AS "time",
              "t30"."first" AS "first"
            FROM "t18" AS "t22"
            INNER JOIN (
              SELECT
                "t20"."chain" AS "chain",
                MIN("t20"."time") AS "first"
              FROM "t18" AS "t20"
              GROUP BY
                "t20"."chain"
            ) AS "t30"
              ON "t22"."chain" = "t30"."chain"
          ) AS "t34"
          WHERE
            "t34"."time" = "t34"."first"
        ) AS "t38"
          ON "t72"."chain" = "t38"."chain"
      ) AS "t73"
    ) AS "t74"
  ) AS "t76"
    ON "t11"."chain" = "t76"."chain" AND "t11"."block" = "t76"."block"
  LEFT ANTI JOIN (
    SELECT DISTINCT
      "t63"."chain" AS "chain",
      "t63"."tx_hash" AS "tx_hash"
    FROM "t62" AS "t63"
    WHERE
      "t63"."tx_hash" <> ''
  ) AS "t67"
    ON "t11"."chain" = "t67"."chain" AND "t11"."tx_hash" = "t67"."tx_hash"
) AS "t77"
