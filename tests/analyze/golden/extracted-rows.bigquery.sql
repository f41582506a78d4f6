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
)
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
        FROM `t5` AS `t9`
        WHERE
          `t3`.`chain` = `t9`.`chain`
          AND `t3`.`asset` = `t9`.`asset`
          AND `t3`.`source` = `t9`.`source`
      )
    )
    AND NOT EXISTS(
      SELECT
        1
      FROM `t6` AS `t11`
      WHERE
        `t3`.`chain` = `t11`.`chain`
        AND `t3`.`asset` = `t11`.`asset`
        AND `t3`.`target` = `t11`.`target`
    )
) AS `t14`
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
        FROM `t5` AS `t10`
        WHERE
          `t3`.`chain` = `t10`.`chain`
          AND `t3`.`asset` = `t10`.`asset`
          AND `t3`.`source` = `t10`.`source`
      )
  ) AS `t13`
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
        FROM `t6` AS `t12`
        WHERE
          `t3`.`chain` = `t12`.`chain`
          AND `t3`.`asset` = `t12`.`asset`
          AND `t3`.`target` = `t12`.`target`
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM `t5` AS `t9`
        WHERE
          `t3`.`chain` = `t9`.`chain`
          AND `t3`.`asset` = `t9`.`asset`
          AND `t3`.`source` = `t9`.`source`
      )
  ) AS `t15`
) AS `t16`
