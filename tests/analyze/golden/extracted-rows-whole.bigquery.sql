WITH `t5` AS (
  SELECT
    `t2`.`chain`,
    `t2`.`asset`,
    `t2`.`holder` AS `source`
  FROM `marked` AS `t2`
), `t6` AS (
  SELECT
    `t2`.`chain`,
    `t2`.`asset`,
    `t2`.`holder` AS `target`
  FROM `marked` AS `t2`
), `t18` AS (
  SELECT
    `t7`.`chain`,
    `t7`.`block`,
    MIN(`t7`.`time`) AS `time`
  FROM (
    SELECT
      *
    FROM `movements` AS `t0`
    WHERE
      `t0`.`block` IS NOT NULL
  ) AS `t7`
  GROUP BY
    1,
    2
), `t28` AS (
  SELECT
    *
  FROM (
    SELECT
      `t3`.`chain`,
      `t3`.`asset`,
      `t3`.`block`,
      `t3`.`time`,
      `t3`.`tx_index`,
      `t3`.`position`,
      `t3`.`path`,
      `t3`.`tx_hash`,
      `t3`.`source`,
      `t3`.`target`,
      `t3`.`address`,
      `t3`.`amount`,
      `t3`.`kind`,
      `t3`.`locator`,
      `t3`.`part`
    FROM `movements` AS `t3`
    WHERE
      (
        EXISTS(
          SELECT
            1
          FROM `witnesses` AS `t4`
          WHERE
            `t3`.`part` = `t4`.`part` AND `t3`.`locator` = `t4`.`locator`
        )
        AND NOT EXISTS(
          SELECT
            1
          FROM `t5` AS `t13`
          WHERE
            `t3`.`chain` = `t13`.`chain`
            AND `t3`.`asset` = `t13`.`asset`
            AND `t3`.`source` = `t13`.`source`
        )
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM `t6` AS `t15`
        WHERE
          `t3`.`chain` = `t15`.`chain`
          AND `t3`.`asset` = `t15`.`asset`
          AND `t3`.`target` = `t15`.`target`
      )
  ) AS `t24`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t3`.`chain`,
        `t3`.`asset`,
        `t3`.`block`,
        `t3`.`time`,
        `t3`.`tx_index`,
        `t3`.`position`,
        `t3`.`path`,
        `t3`.`tx_hash`,
        `t3`.`source`,
        `t3`.`target`,
        `t3`.`address`,
        `t3`.`amount`,
        `t3`.`kind`,
        `t3`.`locator`,
        `t3`.`part`
      FROM `movements` AS `t3`
      WHERE
        EXISTS(
          SELECT
            1
          FROM `t5` AS `t14`
          WHERE
            `t3`.`chain` = `t14`.`chain`
            AND `t3`.`asset` = `t14`.`asset`
            AND `t3`.`source` = `t14`.`source`
        )
    ) AS `t23`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        `t3`.`chain`,
        `t3`.`asset`,
        `t3`.`block`,
        `t3`.`time`,
        `t3`.`tx_index`,
        `t3`.`position`,
        `t3`.`path`,
        `t3`.`tx_hash`,
        `t3`.`source`,
        `t3`.`target`,
        `t3`.`address`,
        `t3`.`amount`,
        `t3`.`kind`,
        `t3`.`locator`,
        `t3`.`part`
      FROM `movements` AS `t3`
      WHERE
        EXISTS(
          SELECT
            1
          FROM `t6` AS `t16`
          WHERE
            `t3`.`chain` = `t16`.`chain`
            AND `t3`.`asset` = `t16`.`asset`
            AND `t3`.`target` = `t16`.`target`
        )
        AND NOT EXISTS(
          SELECT
            1
          FROM `t5` AS `t13`
          WHERE
            `t3`.`chain` = `t13`.`chain`
            AND `t3`.`asset` = `t13`.`asset`
            AND `t3`.`source` = `t13`.`source`
        )
    ) AS `t25`
  ) AS `t26`
), `t39` AS (
  SELECT
    `t3`.`chain`,
    `t3`.`asset`,
    `t3`.`block`,
    `t3`.`time`,
    `t3`.`tx_index`,
    `t3`.`position`,
    `t3`.`path`,
    `t3`.`tx_hash`,
    `t3`.`source`,
    `t3`.`target`,
    `t3`.`address`,
    `t3`.`amount`,
    `t3`.`kind`,
    `t3`.`locator`,
    `t3`.`part`
  FROM `movements` AS `t3`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT DISTINCT
          `t31`.`chain`,
          `t31`.`tx_hash`
        FROM `t28` AS `t31`
        WHERE
          `t31`.`tx_hash` <> ''
      ) AS `t35`
      WHERE
        `t3`.`chain` = `t35`.`chain` AND `t3`.`tx_hash` = `t35`.`tx_hash`
    )
), `t48` AS (
  SELECT
    `t21`.`chain`,
    `t21`.`asset`,
    `t21`.`block`,
    `t21`.`time`,
    `t21`.`tx_index`,
    `t21`.`position`,
    `t21`.`path`,
    `t21`.`tx_hash`,
    `t21`.`source`,
    `t21`.`target`,
    `t21`.`address`,
    `t21`.`amount`,
    `t21`.`kind`,
    `t21`.`locator`,
    `t21`.`part`
  FROM (
    SELECT
      `t0`.`chain`,
      `t0`.`asset`,
      `t0`.`block`,
      `t0`.`time`,
      `t0`.`tx_index`,
      `t0`.`position`,
      `t0`.`path`,
      `t0`.`tx_hash`,
      `t0`.`source`,
      `t0`.`target`,
      `t0`.`address`,
      `t0`.`amount`,
      `t0`.`kind`,
      `t0`.`locator`,
      `t0`.`part`,
      COALESCE(`t0`.`block`, -1) AS `at`,
      IF(`t0`.`block` IS NULL, COALESCE(CAST(UNIX_SECONDS(`t0`.`time`) AS INT64), -1), -1) AS `moment`
    FROM `movements` AS `t0`
  ) AS `t21`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT DISTINCT
          `t45`.`chain`,
          COALESCE(`t45`.`block`, -1) AS `at`,
          IF(`t45`.`block` IS NULL, COALESCE(CAST(UNIX_SECONDS(`t45`.`time`) AS INT64), -1), -1) AS `moment`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t43`.`chain`,
              `t43`.`block`,
              `t43`.`time`
            FROM (
              SELECT
                `t40`.`chain`,
                `t40`.`tx_hash`,
                MIN(`t40`.`block`) AS `block`,
                MIN(`t40`.`time`) AS `time`,
                MIN(`t40`.`tx_index`) AS `index`
              FROM `t39` AS `t40`
              GROUP BY
                1,
                2
            ) AS `t43`
            WHERE
              (
                `t43`.`block` IS NULL
              )
              OR (
                `t43`.`time` IS NULL
              )
              OR (
                `t43`.`index` IS NULL
              )
          ) AS `t44`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t31`.`chain`,
              `t31`.`block`,
              `t31`.`time`
            FROM `t28` AS `t31`
            WHERE
              `t31`.`tx_hash` = ''
          ) AS `t32`
        ) AS `t45`
      ) AS `t47`
      WHERE
        `t21`.`chain` = `t47`.`chain`
        AND `t21`.`at` = `t47`.`at`
        AND `t21`.`moment` = `t47`.`moment`
    )
), `t55` AS (
  SELECT
    *
  FROM (
    SELECT
      `t3`.`chain`,
      `t3`.`asset`,
      `t3`.`block`,
      `t3`.`time`,
      `t3`.`tx_index`,
      `t3`.`position`,
      `t3`.`path`,
      `t3`.`tx_hash`,
      `t3`.`source`,
      `t3`.`target`,
      `t3`.`address`,
      `t3`.`amount`,
      `t3`.`kind`,
      `t3`.`locator`,
      `t3`.`part`
    FROM `movements` AS `t3`
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT DISTINCT
            `t50`.`chain`,
            `t50`.`tx_hash`
          FROM (
            SELECT
              *
            FROM `t39` AS `t40`
            UNION ALL
            SELECT
              *
            FROM `t48` AS `t49`
          ) AS `t50`
          WHERE
            `t50`.`tx_hash` <> ''
        ) AS `t53`
        WHERE
          `t3`.`chain` = `t53`.`chain` AND `t3`.`tx_hash` = `t53`.`tx_hash`
      )
  ) AS `t54`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM `t48` AS `t49`
    WHERE
      `t49`.`tx_hash` = ''
  ) AS `t51`
), `t62` AS (
  SELECT
    *
  FROM `t55` AS `t56`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t17`.`chain`,
      `t17`.`asset`,
      `t17`.`block`,
      `t17`.`time`,
      `t17`.`tx_index`,
      `t17`.`position`,
      `t17`.`path`,
      `t17`.`tx_hash`,
      `t17`.`source`,
      `t17`.`target`,
      `t17`.`address`,
      `t17`.`amount`,
      `t17`.`kind`,
      `t17`.`locator`,
      `t17`.`part`
    FROM (
      SELECT
        `t0`.`chain`,
        `t0`.`asset`,
        `t0`.`block`,
        `t0`.`time`,
        `t0`.`tx_index`,
        `t0`.`position`,
        `t0`.`path`,
        `t0`.`tx_hash`,
        `t0`.`source`,
        `t0`.`target`,
        `t0`.`address`,
        `t0`.`amount`,
        `t0`.`kind`,
        `t0`.`locator`,
        `t0`.`part`,
        IF(`t0`.`kind` = 'pay', `t0`.`target`, `t0`.`source`) AS `output`
      FROM `movements` AS `t0`
      WHERE
        `t0`.`kind` IN ('pay', 'spend')
    ) AS `t17`
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT DISTINCT
            `t56`.`chain`,
            `t56`.`asset`,
            `t56`.`source` AS `output`
          FROM `t55` AS `t56`
          WHERE
            `t56`.`amount` IS NULL AND `t56`.`kind` = 'spend'
        ) AS `t60`
        WHERE
          `t17`.`chain` = `t60`.`chain`
          AND `t17`.`asset` = `t60`.`asset`
          AND `t17`.`output` = `t60`.`output`
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM (
          SELECT DISTINCT
            `t56`.`chain`,
            `t56`.`tx_hash`
          FROM `t55` AS `t56`
          WHERE
            `t56`.`tx_hash` <> ''
        ) AS `t59`
        WHERE
          `t17`.`chain` = `t59`.`chain` AND `t17`.`tx_hash` = `t59`.`tx_hash`
      )
  ) AS `t61`
), `t68` AS (
  SELECT
    `t42`.`chain`,
    `t42`.`block`,
    `t42`.`time`,
    `t42`.`latest`,
    `t42`.`by`
  FROM (
    SELECT
      `t36`.`chain`,
      `t36`.`block`,
      `t36`.`time`,
      `t36`.`latest`,
      MAX(`t36`.`by`) OVER (
        PARTITION BY `t36`.`chain`
        ORDER BY `t36`.`block` ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS `by`
    FROM (
      SELECT
        `t29`.`chain`,
        `t29`.`block`,
        `t29`.`time`,
        `t29`.`latest`,
        IF(
          (
            `t29`.`time` IS NOT NULL
          )
          AND (
            (
              `t29`.`latest` IS NULL
            ) OR (
              `t29`.`time` > `t29`.`latest`
            )
          ),
          `t29`.`block`,
          NULL
        ) AS `by`
      FROM (
        SELECT
          `t20`.`chain`,
          `t20`.`block`,
          `t20`.`time`,
          MAX(`t20`.`time`) OVER (
            PARTITION BY `t20`.`chain`
            ORDER BY `t20`.`block` ASC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 preceding
          ) AS `latest`
        FROM `t18` AS `t20`
      ) AS `t29`
    ) AS `t36`
  ) AS `t42`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT DISTINCT
          `t63`.`chain`,
          `t63`.`block`
        FROM `t62` AS `t63`
      ) AS `t66`
      WHERE
        `t42`.`chain` = `t66`.`chain` AND `t42`.`block` = `t66`.`block`
    )
)
SELECT
  *
FROM `t62` AS `t63`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t11`.`chain`,
    `t11`.`asset`,
    `t11`.`block`,
    `t11`.`time`,
    `t11`.`tx_index`,
    `t11`.`position`,
    `t11`.`path`,
    `t11`.`tx_hash`,
    `t11`.`source`,
    `t11`.`target`,
    `t11`.`address`,
    `t11`.`amount`,
    `t11`.`kind`,
    `t11`.`locator`,
    `t11`.`part`
  FROM (
    SELECT
      *
    FROM `movements` AS `t0`
    WHERE
      `t0`.`tx_hash` <> ''
  ) AS `t11`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT DISTINCT
          `t74`.`chain`,
          `t74`.`by` AS `block`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t69`.`chain`,
              `t69`.`by`
            FROM `t68` AS `t69`
            WHERE
              (
                (
                  `t69`.`by` IS NULL
                ) OR (
                  `t69`.`by` <> `t69`.`block`
                )
              )
              AND `t69`.`by` IS NOT NULL
          ) AS `t70`
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              `t72`.`chain`,
              `t38`.`by`
            FROM (
              SELECT
                `t69`.`chain`
              FROM `t68` AS `t69`
              WHERE
                (
                  (
                    `t69`.`by` IS NULL
                  ) OR (
                    `t69`.`by` <> `t69`.`block`
                  )
                )
                AND `t69`.`by` IS NULL
            ) AS `t72`
            INNER JOIN (
              SELECT
                `t34`.`chain`,
                `t34`.`block` AS `by`
              FROM (
                SELECT
                  `t22`.`chain`,
                  `t22`.`block`,
                  `t22`.`time`,
                  `t30`.`first`
                FROM `t18` AS `t22`
                INNER JOIN (
                  SELECT
                    `t20`.`chain`,
                    MIN(`t20`.`time`) AS `first`
                  FROM `t18` AS `t20`
                  GROUP BY
                    1
                ) AS `t30`
                  ON `t22`.`chain` = `t30`.`chain`
              ) AS `t34`
              WHERE
                `t34`.`time` = `t34`.`first`
            ) AS `t38`
              ON `t72`.`chain` = `t38`.`chain`
          ) AS `t73`
        ) AS `t74`
      ) AS `t76`
      WHERE
        `t11`.`chain` = `t76`.`chain` AND `t11`.`block` = `t76`.`block`
    )
    AND NOT EXISTS(
      SELECT
        1
      FROM (
        SELECT DISTINCT
          `t63`.`chain`,
          `t63`.`tx_hash`
        FROM `t62` AS `t63`
        WHERE
          `t63`.`tx_hash` <> ''
      ) AS `t67`
      WHERE
        `t11`.`chain` = `t67`.`chain` AND `t11`.`tx_hash` = `t67`.`tx_hash`
    )
) AS `t77`
