SELECT
  `t12`.`tx_hash`,
  `t12`.`chain`,
  `t12`.`asset`,
  `t12`.`source` AS `holder`,
  MIN(COALESCE(`t12`.`at`, -4611686018427387904)) AS `since`
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
    `t11`.`part`,
    `t11`.`at`,
    `t11`.`since`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t7`.`chain`,
        `t7`.`asset`,
        `t7`.`block`,
        `t7`.`time`,
        `t7`.`tx_index`,
        `t7`.`position`,
        `t7`.`path`,
        `t7`.`tx_hash`,
        `t7`.`source`,
        `t7`.`target`,
        `t7`.`address`,
        `t7`.`amount`,
        `t7`.`kind`,
        `t7`.`locator`,
        `t7`.`part`,
        `t7`.`at`,
        `t8`.`since`
      FROM (
        SELECT
          `t1`.`chain`,
          `t1`.`asset`,
          `t1`.`block`,
          `t1`.`time`,
          `t1`.`tx_index`,
          `t1`.`position`,
          `t1`.`path`,
          `t1`.`tx_hash`,
          `t1`.`source`,
          `t1`.`target`,
          `t1`.`address`,
          `t1`.`amount`,
          `t1`.`kind`,
          `t1`.`locator`,
          `t1`.`part`,
          `t1`.`block` AS `at`
        FROM `movements` AS `t1`
      ) AS `t7`
      INNER JOIN (
        SELECT
          `t2`.`chain`,
          `t2`.`asset`,
          `t2`.`holder` AS `source`,
          `t2`.`since`
        FROM `frontier` AS `t2`
      ) AS `t8`
        ON `t7`.`chain` = `t8`.`chain`
        AND `t7`.`asset` = `t8`.`asset`
        AND `t7`.`source` = `t8`.`source`
    ) AS `t9`
    WHERE
      (
        (
          `t9`.`at` IS NULL
        ) OR (
          `t9`.`at` >= `t9`.`since`
        )
      )
      AND `t9`.`tx_hash` <> ''
  ) AS `t11`
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          `t0`.`chain`,
          `t0`.`asset`,
          `t0`.`holder` AS `target`
        FROM `converters` AS `t0`
      ) AS `t6`
      WHERE
        `t11`.`chain` = `t6`.`chain`
        AND `t11`.`asset` = `t6`.`asset`
        AND `t11`.`target` = `t6`.`target`
    )
) AS `t12`
GROUP BY
  1,
  2,
  3,
  4
