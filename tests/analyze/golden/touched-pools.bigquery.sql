SELECT
  `t7`.`chain`,
  `t7`.`asset`,
  `t7`.`target` AS `holder`,
  MIN(COALESCE(`t7`.`at`, -4611686018427387904)) AS `since`,
  MIN(IF(`t7`.`kind` = 'spend', NULL, `t7`.`address`)) AS `address`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t4`.`chain`,
      `t4`.`asset`,
      `t4`.`block`,
      `t4`.`time`,
      `t4`.`tx_index`,
      `t4`.`position`,
      `t4`.`path`,
      `t4`.`tx_hash`,
      `t4`.`source`,
      `t4`.`target`,
      `t4`.`address`,
      `t4`.`amount`,
      `t4`.`kind`,
      `t4`.`locator`,
      `t4`.`part`,
      `t4`.`at`,
      `t5`.`since`
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
        `t0`.`block` AS `at`
      FROM `movements` AS `t0`
    ) AS `t4`
    INNER JOIN (
      SELECT
        `t1`.`chain`,
        `t1`.`asset`,
        `t1`.`holder` AS `source`,
        `t1`.`since`
      FROM `frontier` AS `t1`
    ) AS `t5`
      ON `t4`.`chain` = `t5`.`chain`
      AND `t4`.`asset` = `t5`.`asset`
      AND `t4`.`source` = `t5`.`source`
  ) AS `t6`
  WHERE
    (
      `t6`.`at` IS NULL
    ) OR (
      `t6`.`at` >= `t6`.`since`
    )
) AS `t7`
GROUP BY
  1,
  2,
  3
