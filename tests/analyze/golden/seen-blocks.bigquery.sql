WITH `t6` AS (
  SELECT
    `t5`.`chain`,
    `t5`.`block`,
    MIN(IF(`t5`.`block` IS NOT NULL, `t5`.`time`, NULL)) AS `clock`,
    MAX(
      IF(
        (
          `t5`.`amount` IS NOT NULL
        )
        AND (
          `t5`.`time` <= TIMESTAMP('2024-01-01T00:00:00+00:00')
        ),
        `t5`.`time`,
        NULL
      )
    ) AS `timed`,
    SUM(CAST((
      `t5`.`amount` IS NOT NULL
    ) AND (
      `t5`.`time` IS NULL
    ) AS INT64)) AS `timeless`
  FROM (
    SELECT
      `t1`.`chain`,
      `t1`.`amount`,
      COALESCE(`t1`.`block`, `t4`.`tx_block`) AS `block`,
      COALESCE(`t1`.`time`, `t4`.`tx_time`) AS `time`
    FROM `movements` AS `t1`
    LEFT OUTER JOIN (
      SELECT
        `t2`.`chain`,
        `t2`.`tx_hash`,
        MIN(`t2`.`block`) AS `tx_block`,
        MIN(`t2`.`time`) AS `tx_time`
      FROM (
        SELECT
          *
        FROM `movements` AS `t0`
        WHERE
          `t0`.`tx_hash` <> ''
      ) AS `t2`
      GROUP BY
        1,
        2
    ) AS `t4`
      ON `t1`.`chain` = `t4`.`chain` AND `t1`.`tx_hash` = `t4`.`tx_hash`
  ) AS `t5`
  GROUP BY
    1,
    2
)
SELECT
  `t10`.`chain`,
  MAX(`t10`.`block`) AS `last_block`,
  MAX(`t10`.`time`) AS `last_time`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t7`.`chain`,
      `t7`.`block`,
      `t7`.`timed` AS `time`
    FROM `t6` AS `t7`
    WHERE
      (
        `t7`.`timed` IS NOT NULL
      )
      OR (
        (
          `t7`.`timeless` > 0
        )
        AND (
          (
            `t7`.`clock` IS NULL
          )
          OR (
            `t7`.`clock` <= TIMESTAMP('2024-01-01T00:00:00+00:00')
          )
        )
      )
  ) AS `t8`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t7`.`chain`,
      `t7`.`block`,
      IF(
        IF(`t7`.`timeless` > 0, `t7`.`clock`, NULL) <= TIMESTAMP('2024-01-01T00:00:00+00:00'),
        IF(`t7`.`timeless` > 0, `t7`.`clock`, NULL),
        NULL
      ) AS `time`
    FROM `t6` AS `t7`
    WHERE
      (
        `t7`.`timed` IS NOT NULL
      )
      OR (
        (
          `t7`.`timeless` > 0
        )
        AND (
          (
            `t7`.`clock` IS NULL
          )
          OR (
            `t7`.`clock` <= TIMESTAMP('2024-01-01T00:00:00+00:00')
          )
        )
      )
  ) AS `t9`
) AS `t10`
GROUP BY
  1
