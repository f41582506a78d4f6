WITH `t3` AS (
  SELECT
    *
  FROM (
    SELECT
      `t0`.`chain`,
      `t0`.`asset`,
      `t0`.`source` AS `holder`,
      `t0`.`target` AS `other`
    FROM `movements` AS `t0`
    WHERE
      `t0`.`amount` IS NOT NULL AND `t0`.`source` <> `t0`.`target`
  ) AS `t1`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t0`.`chain`,
      `t0`.`asset`,
      `t0`.`target` AS `holder`,
      `t0`.`source` AS `other`
    FROM `movements` AS `t0`
    WHERE
      `t0`.`amount` IS NOT NULL AND `t0`.`source` <> `t0`.`target`
  ) AS `t2`
)
SELECT
  *
FROM (
  SELECT
    `t9`.`chain`,
    `t9`.`asset`,
    `t9`.`holder`,
    COUNT(DISTINCT `t9`.`other`) AS `counterparties`
  FROM (
    SELECT
      `t5`.`chain`,
      `t5`.`asset`,
      `t5`.`holder`,
      `t5`.`other`
    FROM `t3` AS `t5`
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t4`.`chain`,
              `t4`.`asset`,
              `t4`.`holder`,
              COUNT(*) AS `rows`
            FROM `t3` AS `t4`
            GROUP BY
              1,
              2,
              3
          ) AS `t6`
          WHERE
            `t6`.`rows` > 1000
        ) AS `t8`
        WHERE
          `t5`.`chain` = `t8`.`chain`
          AND `t5`.`asset` = `t8`.`asset`
          AND `t5`.`holder` = `t8`.`holder`
      )
  ) AS `t9`
  GROUP BY
    1,
    2,
    3
) AS `t10`
WHERE
  `t10`.`counterparties` > 1000
