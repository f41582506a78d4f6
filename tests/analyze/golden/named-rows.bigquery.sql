WITH `t4` AS (
  SELECT
    *
  FROM `accounts` AS `t2`
)
SELECT
  *
FROM `movements` AS `t0`
WHERE
  `t0`.`source` IN (
    SELECT
      *
    FROM `t4`
  )
  OR `t0`.`target` IN (
    SELECT
      *
    FROM `t4`
  )
  OR `t0`.`address` IN (
    SELECT
      *
    FROM `t4`
  )
  OR `t0`.`tx_hash` IN (
    SELECT
      *
    FROM `transactions` AS `t1`
  )
