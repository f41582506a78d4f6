WITH `t2` AS (
  SELECT
    *
  FROM `accounts` AS `t1`
)
SELECT
  `t4`.`part`,
  `t4`.`asset`,
  MIN(`t4`.`locator`) AS `locator`
FROM (
  SELECT
    *
  FROM `movements` AS `t0`
  WHERE
    `t0`.`amount` IS NOT NULL
    AND (
      `t0`.`source` IN (
        SELECT
          *
        FROM `t2`
      )
      OR `t0`.`target` IN (
        SELECT
          *
        FROM `t2`
      )
      OR `t0`.`address` IN (
        SELECT
          *
        FROM `t2`
      )
    )
) AS `t4`
GROUP BY
  1,
  2
