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
      `t5`.`chain`,
      `t5`.`asset`,
      `t5`.`block`,
      `t5`.`time`,
      `t5`.`tx_index`,
      `t5`.`position`,
      `t5`.`path`,
      `t5`.`tx_hash`,
      `t5`.`source`,
      `t5`.`target`,
      `t5`.`address`,
      `t5`.`amount`,
      `t5`.`kind`,
      `t5`.`locator`,
      `t5`.`part`,
      `t5`.`at`,
      `t3`.`since`
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
        IF(`t0`.`chain` IN ('eip155:1'), CAST(UNIX_SECONDS(`t0`.`time`) AS INT64), `t0`.`block`) AS `at`
      FROM `movements` AS `t0`
    ) AS `t5`
    INNER JOIN (
      SELECT
        `t1`.`chain`,
        `t1`.`asset`,
        `t1`.`holder` AS `source`,
        `t1`.`since`
      FROM `frontier` AS `t1`
    ) AS `t3`
      ON `t5`.`chain` = `t3`.`chain`
      AND `t5`.`asset` = `t3`.`asset`
      AND `t5`.`source` = `t3`.`source`
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
