SELECT
  `t10`.`chain`,
  `t10`.`asset`,
  `t10`.`target` AS `holder`,
  MIN(COALESCE(`t10`.`since`, -4611686018427387904)) AS `since`,
  MIN(IF(`t10`.`kind` = 'spend', NULL, `t10`.`address`)) AS `address`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t8`.`chain`,
      `t8`.`asset`,
      `t8`.`block`,
      `t8`.`time`,
      `t8`.`tx_index`,
      `t8`.`position`,
      `t8`.`path`,
      `t8`.`tx_hash`,
      `t8`.`source`,
      `t8`.`target`,
      `t8`.`address`,
      `t8`.`amount`,
      `t8`.`kind`,
      `t8`.`locator`,
      `t8`.`part`,
      `t4`.`given`,
      `t4`.`since`
    FROM (
      SELECT
        *
      FROM (
        SELECT
          'eip155:1' AS `chain`,
          CONCAT('eip155:1/erc20:', `t0`.`token_address`) AS `asset`,
          `t0`.`block_number` AS `block`,
          `t0`.`block_timestamp` AS `time`,
          CAST(NULL AS INT64) AS `tx_index`,
          `t0`.`log_index` AS `position`,
          CAST(NULL AS STRING) AS `path`,
          `t0`.`transaction_hash` AS `tx_hash`,
          `t0`.`from_address` AS `source`,
          `t0`.`to_address` AS `target`,
          CAST(NULL AS STRING) AS `address`,
          SAFE_CAST(`t0`.`value` AS BIGNUMERIC) AS `amount`,
          'token' AS `kind`,
          `t0`.`log_index` AS `locator`,
          'token_transfers' AS `part`
        FROM `bigquery-public-data`.`crypto_ethereum`.`token_transfers` AS `t0`
        WHERE
          LENGTH(`t0`.`value`) <= 38 AND SAFE_CAST(`t0`.`value` AS BIGNUMERIC) > 0
      ) AS `t5`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          'eip155:1' AS `chain`,
          'eip155:1/slip44:60' AS `asset`,
          `t1`.`block_number` AS `block`,
          `t1`.`block_timestamp` AS `time`,
          CAST(IF(
            `t1`.`trace_type` IN ('reward', 'genesis') OR (
              `t1`.`trace_type` = 'daofork'
            ),
            2147483647,
            `t1`.`transaction_index`
          ) AS INT64) AS `tx_index`,
          CAST(IF(
            `t1`.`trace_type` IN ('reward', 'genesis'),
            NULL,
            IF(
              (
                (
                  COALESCE(`t1`.`trace_address`, '') <> ''
                )
                AND NOT (
                  `t1`.`trace_type` IN ('reward', 'genesis') OR (
                    `t1`.`trace_type` = 'daofork'
                  )
                )
              )
              OR (
                `t1`.`trace_type` IN ('reward', 'genesis') OR (
                  `t1`.`trace_type` = 'daofork'
                )
              ),
              1,
              0
            )
          ) AS INT64) AS `position`,
          IF(
            (
              COALESCE(`t1`.`trace_address`, '') <> ''
            )
            AND NOT (
              `t1`.`trace_type` IN ('reward', 'genesis') OR (
                `t1`.`trace_type` = 'daofork'
              )
            ),
            REPLACE(
              REGEXP_REPLACE(
                REGEXP_REPLACE(`t1`.`trace_address`, '([0-9]+)', '000\\1'),
                '[0-9]*([0-9]{4})',
                '\\1'
              ),
              ',',
              '.'
            ),
            NULL
          ) AS `path`,
          COALESCE(`t1`.`transaction_hash`, '') AS `tx_hash`,
          COALESCE(`t1`.`from_address`, 'null') AS `source`,
          `t1`.`to_address` AS `target`,
          CAST(NULL AS STRING) AS `address`,
          CAST(`t1`.`value` AS BIGNUMERIC) AS `amount`,
          IF(
            `t1`.`trace_type` IN ('reward', 'genesis'),
            'reward',
            IF(
              (
                (
                  COALESCE(`t1`.`trace_address`, '') <> ''
                )
                AND NOT (
                  `t1`.`trace_type` IN ('reward', 'genesis') OR (
                    `t1`.`trace_type` = 'daofork'
                  )
                )
              )
              OR (
                `t1`.`trace_type` IN ('reward', 'genesis') OR (
                  `t1`.`trace_type` = 'daofork'
                )
              ),
              'internal',
              'native'
            )
          ) AS `kind`,
          0 AS `locator`,
          'traces' AS `part`
        FROM `bigquery-public-data`.`crypto_ethereum`.`traces` AS `t1`
        WHERE
          (
            (
              (
                `t1`.`trace_type` = 'call'
              ) AND (
                `t1`.`call_type` = 'call'
              )
            )
            OR (
              `t1`.`trace_type` IN ('reward', 'genesis') OR (
                `t1`.`trace_type` = 'daofork'
              )
            )
            OR `t1`.`trace_type` IN ('create', 'suicide', 'selfdestruct')
          )
          AND `t1`.`error` IS NULL
          AND COALESCE(`t1`.`status`, 1) <> 0
          AND `t1`.`value` > 0
      ) AS `t6`
    ) AS `t8`
    INNER JOIN (
      SELECT
        `t2`.`tx_hash`,
        `t2`.`chain`,
        `t2`.`asset` AS `given`,
        `t2`.`holder` AS `target`,
        `t2`.`since`
      FROM `payments` AS `t2`
    ) AS `t4`
      ON `t8`.`chain` = `t4`.`chain`
      AND `t8`.`tx_hash` = `t4`.`tx_hash`
      AND `t8`.`target` = `t4`.`target`
  ) AS `t9`
  WHERE
    `t9`.`asset` <> `t9`.`given`
) AS `t10`
GROUP BY
  1,
  2,
  3
