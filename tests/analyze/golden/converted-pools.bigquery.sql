SELECT
  `t6`.`chain`,
  `t6`.`asset`,
  `t6`.`target` AS `holder`,
  MIN(COALESCE(`t6`.`since`, -4611686018427387904)) AS `since`,
  MIN(IF(`t6`.`kind` = 'spend', NULL, `t6`.`address`)) AS `address`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t2`.`chain`,
      `t2`.`asset`,
      `t2`.`block`,
      `t2`.`time`,
      `t2`.`tx_index`,
      `t2`.`position`,
      `t2`.`path`,
      `t2`.`tx_hash`,
      `t2`.`source`,
      `t2`.`target`,
      `t2`.`address`,
      `t2`.`amount`,
      `t2`.`kind`,
      `t2`.`locator`,
      `t2`.`part`,
      `t4`.`given`,
      `t4`.`since`
    FROM `movements` AS `t2`
    INNER JOIN (
      SELECT
        `t1`.`tx_hash`,
        `t1`.`chain`,
        `t1`.`asset` AS `given`,
        `t1`.`holder` AS `target`,
        `t1`.`since`
      FROM `payments` AS `t1`
    ) AS `t4`
      ON `t2`.`chain` = `t4`.`chain`
      AND `t2`.`tx_hash` = `t4`.`tx_hash`
      AND `t2`.`target` = `t4`.`target`
  ) AS `t5`
  WHERE
    `t5`.`asset` <> `t5`.`given`
) AS `t6`
GROUP BY
  1,
  2,
  3
