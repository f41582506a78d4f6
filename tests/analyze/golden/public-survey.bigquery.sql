SELECT
  `t4`.`part`,
  `t4`.`chain`,
  `t4`.`asset`,
  COUNT(*) AS `rows`,
  COUNT(`t4`.`amount`) AS `amounts`,
  COUNT(`t4`.`block`) AS `blocks`,
  COUNT(`t4`.`time`) AS `times`,
  COUNT(`t4`.`tx_index`) AS `indexes`,
  COUNT(`t4`.`position`) AS `positions`,
  SUM(CAST(`t4`.`kind` = 'base_fee' AS INT64)) AS `base_fees`,
  MAX(IF(`t4`.`amount` IS NOT NULL, `t4`.`block`, NULL)) AS `last_block`,
  MAX(IF(`t4`.`amount` IS NOT NULL, `t4`.`time`, NULL)) AS `last_time`,
  MIN(IF(`t4`.`amount` IS NOT NULL, `t4`.`locator`, NULL)) AS `locator`
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
  ) AS `t2`
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
  ) AS `t3`
) AS `t4`
GROUP BY
  1,
  2,
  3
