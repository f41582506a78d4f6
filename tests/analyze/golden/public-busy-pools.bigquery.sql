WITH `t4` AS (
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
), `t8` AS (
  SELECT
    *
  FROM (
    SELECT
      `t5`.`chain`,
      `t5`.`asset`,
      `t5`.`source` AS `holder`,
      `t5`.`target` AS `other`
    FROM `t4` AS `t5`
    WHERE
      `t5`.`amount` IS NOT NULL AND `t5`.`source` <> `t5`.`target`
  ) AS `t6`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t5`.`chain`,
      `t5`.`asset`,
      `t5`.`target` AS `holder`,
      `t5`.`source` AS `other`
    FROM `t4` AS `t5`
    WHERE
      `t5`.`amount` IS NOT NULL AND `t5`.`source` <> `t5`.`target`
  ) AS `t7`
)
SELECT
  *
FROM (
  SELECT
    `t14`.`chain`,
    `t14`.`asset`,
    `t14`.`holder`,
    COUNT(DISTINCT `t14`.`other`) AS `counterparties`
  FROM (
    SELECT
      `t10`.`chain`,
      `t10`.`asset`,
      `t10`.`holder`,
      `t10`.`other`
    FROM `t8` AS `t10`
    WHERE
      EXISTS(
        SELECT
          1
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t9`.`chain`,
              `t9`.`asset`,
              `t9`.`holder`,
              COUNT(*) AS `rows`
            FROM `t8` AS `t9`
            GROUP BY
              1,
              2,
              3
          ) AS `t11`
          WHERE
            `t11`.`rows` > 1000
        ) AS `t13`
        WHERE
          `t10`.`chain` = `t13`.`chain`
          AND `t10`.`asset` = `t13`.`asset`
          AND `t10`.`holder` = `t13`.`holder`
      )
  ) AS `t14`
  GROUP BY
    1,
    2,
    3
) AS `t15`
WHERE
  `t15`.`counterparties` > 1000
