SELECT
  `t0`.`part`,
  `t0`.`chain`,
  `t0`.`asset`,
  COUNT(*) AS `rows`,
  COUNT(`t0`.`amount`) AS `amounts`,
  COUNT(`t0`.`block`) AS `blocks`,
  COUNT(`t0`.`time`) AS `times`,
  COUNT(`t0`.`tx_index`) AS `indexes`,
  COUNT(`t0`.`position`) AS `positions`,
  SUM(CAST(`t0`.`kind` = 'base_fee' AS INT64)) AS `base_fees`,
  MAX(IF(`t0`.`amount` IS NOT NULL, `t0`.`block`, NULL)) AS `last_block`,
  MAX(IF(`t0`.`amount` IS NOT NULL, `t0`.`time`, NULL)) AS `last_time`,
  MIN(IF(`t0`.`amount` IS NOT NULL, `t0`.`locator`, NULL)) AS `locator`
FROM `movements` AS `t0`
GROUP BY
  1,
  2,
  3
