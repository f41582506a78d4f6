SELECT
  `t11`.`chain`,
  `t11`.`asset`,
  `t11`.`target` AS `holder`,
  MIN(COALESCE(`t11`.`at`, -4611686018427387904)) AS `since`,
  MIN(IF(`t11`.`kind` = 'spend', NULL, `t11`.`address`)) AS `address`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t9`.`chain`,
      `t9`.`asset`,
      `t9`.`block`,
      `t9`.`time`,
      `t9`.`tx_index`,
      `t9`.`position`,
      `t9`.`path`,
      `t9`.`tx_hash`,
      `t9`.`source`,
      `t9`.`target`,
      `t9`.`address`,
      `t9`.`amount`,
      `t9`.`kind`,
      `t9`.`locator`,
      `t9`.`part`,
      `t9`.`at`,
      `t4`.`since`
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
        `t7`.`block` AS `at`
      FROM (
        SELECT
          *
        FROM (
          SELECT
            'eip155:1' AS `chain`,
            CONCAT('eip155:1/erc20:', `t1`.`token_address`) AS `asset`,
            `t1`.`block_number` AS `block`,
            `t1`.`block_timestamp` AS `time`,
            CAST(NULL AS INT64) AS `tx_index`,
            `t1`.`log_index` AS `position`,
            CAST(NULL AS STRING) AS `path`,
            `t1`.`transaction_hash` AS `tx_hash`,
            `t1`.`from_address` AS `source`,
            `t1`.`to_address` AS `target`,
            CAST(NULL AS STRING) AS `address`,
            SAFE_CAST(`t1`.`value` AS BIGNUMERIC) AS `amount`,
            'token' AS `kind`,
            `t1`.`log_index` AS `locator`,
            'token_transfers' AS `part`
          FROM `bigquery-public-data`.`crypto_ethereum`.`token_transfers` AS `t1`
          WHERE
            LENGTH(`t1`.`value`) <= 38 AND SAFE_CAST(`t1`.`value` AS BIGNUMERIC) > 0
        ) AS `t5`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            'eip155:1' AS `chain`,
            'eip155:1/slip44:60' AS `asset`,
            `t2`.`block_number` AS `block`,
            `t2`.`block_timestamp` AS `time`,
            CAST(IF(
              `t2`.`trace_type` IN ('reward', 'genesis') OR (
                `t2`.`trace_type` = 'daofork'
              ),
              2147483647,
              `t2`.`transaction_index`
            ) AS INT64) AS `tx_index`,
            CAST(IF(
              `t2`.`trace_type` IN ('reward', 'genesis'),
              NULL,
              IF(
                (
                  (
                    COALESCE(`t2`.`trace_address`, '') <> ''
                  )
                  AND NOT (
                    `t2`.`trace_type` IN ('reward', 'genesis') OR (
                      `t2`.`trace_type` = 'daofork'
                    )
                  )
                )
                OR (
                  `t2`.`trace_type` IN ('reward', 'genesis') OR (
                    `t2`.`trace_type` = 'daofork'
                  )
                ),
                1,
                0
              )
            ) AS INT64) AS `position`,
            IF(
              (
                COALESCE(`t2`.`trace_address`, '') <> ''
              )
              AND NOT (
                `t2`.`trace_type` IN ('reward', 'genesis') OR (
                  `t2`.`trace_type` = 'daofork'
                )
              ),
              REPLACE(
                REGEXP_REPLACE(
                  REGEXP_REPLACE(`t2`.`trace_address`, '([0-9]+)', '000\\1'),
                  '[0-9]*([0-9]{4})',
                  '\\1'
                ),
                ',',
                '.'
              ),
              NULL
            ) AS `path`,
            COALESCE(`t2`.`transaction_hash`, '') AS `tx_hash`,
            COALESCE(`t2`.`from_address`, 'null') AS `source`,
            `t2`.`to_address` AS `target`,
            CAST(NULL AS STRING) AS `address`,
            CAST(`t2`.`value` AS BIGNUMERIC) AS `amount`,
            IF(
              `t2`.`trace_type` IN ('reward', 'genesis'),
              'reward',
              IF(
                (
                  (
                    COALESCE(`t2`.`trace_address`, '') <> ''
                  )
                  AND NOT (
                    `t2`.`trace_type` IN ('reward', 'genesis') OR (
                      `t2`.`trace_type` = 'daofork'
                    )
                  )
                )
                OR (
                  `t2`.`trace_type` IN ('reward', 'genesis') OR (
                    `t2`.`trace_type` = 'daofork'
                  )
                ),
                'internal',
                'native'
              )
            ) AS `kind`,
            0 AS `locator`,
            'traces' AS `part`
          FROM `bigquery-public-data`.`crypto_ethereum`.`traces` AS `t2`
          WHERE
            (
              (
                (
                  `t2`.`trace_type` = 'call'
                ) AND (
                  `t2`.`call_type` = 'call'
                )
              )
              OR (
                `t2`.`trace_type` IN ('reward', 'genesis') OR (
                  `t2`.`trace_type` = 'daofork'
                )
              )
              OR `t2`.`trace_type` IN ('create', 'suicide', 'selfdestruct')
            )
            AND `t2`.`error` IS NULL
            AND COALESCE(`t2`.`status`, 1) <> 0
            AND `t2`.`value` > 0
        ) AS `t6`
      ) AS `t7`
    ) AS `t9`
    INNER JOIN (
      SELECT
        `t0`.`chain`,
        `t0`.`asset`,
        `t0`.`holder` AS `source`,
        `t0`.`since`
      FROM `frontier` AS `t0`
    ) AS `t4`
      ON `t9`.`chain` = `t4`.`chain`
      AND `t9`.`asset` = `t4`.`asset`
      AND `t9`.`source` = `t4`.`source`
  ) AS `t10`
  WHERE
    (
      `t10`.`at` IS NULL
    ) OR (
      `t10`.`at` >= `t10`.`since`
    )
) AS `t11`
GROUP BY
  1,
  2,
  3
