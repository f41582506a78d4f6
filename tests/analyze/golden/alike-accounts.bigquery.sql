SELECT
  `t10`.`holder`,
  `t10`.`part`,
  MIN(`t10`.`locator`) AS `locator`
FROM (
  SELECT
    `t9`.`chain`,
    `t9`.`asset`,
    `t9`.`part`,
    `t9`.`locator`,
    `t9`.`holder`,
    `t9`.`other`,
    `t9`.`key`
  FROM (
    SELECT
      `t7`.`chain`,
      `t7`.`asset`,
      `t7`.`part`,
      `t7`.`locator`,
      `t7`.`holder`,
      `t7`.`other`,
      CONCAT(
        SUBSTRING(`t7`.`holder`, IF((
          0 + 1
        ) >= 1, 0 + 1, 0 + 1 + LENGTH(`t7`.`holder`)), 8),
        SUBSTRING(`t7`.`holder`, IF((
          38 + 1
        ) >= 1, 38 + 1, 38 + 1 + LENGTH(`t7`.`holder`)), 4)
      ) AS `key`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t2`.`chain`,
          `t2`.`asset`,
          `t2`.`part`,
          `t2`.`locator`,
          `t2`.`source` AS `holder`,
          `t2`.`target` AS `other`
        FROM `movements` AS `t2`
        WHERE
          `t2`.`amount` IS NOT NULL
      ) AS `t5`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t2`.`chain`,
          `t2`.`asset`,
          `t2`.`part`,
          `t2`.`locator`,
          `t2`.`target` AS `holder`,
          `t2`.`source` AS `other`
        FROM `movements` AS `t2`
        WHERE
          `t2`.`amount` IS NOT NULL
      ) AS `t6`
    ) AS `t7`
    WHERE
      STARTS_WITH(`t7`.`holder`, '0x') AND LENGTH(`t7`.`holder`) = 42
  ) AS `t9`
  WHERE
    EXISTS(
      SELECT
        1
      FROM `keys` AS `t3`
      WHERE
        `t9`.`key` = `t3`.`key`
    )
    AND NOT EXISTS(
      SELECT
        1
      FROM `marked` AS `t4`
      WHERE
        `t9`.`holder` = `t4`.`holder`
    )
) AS `t10`
GROUP BY
  1,
  2
