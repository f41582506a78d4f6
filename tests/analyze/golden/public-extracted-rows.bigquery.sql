WITH `t5` AS (
  SELECT
    `t3`.`chain`,
    `t3`.`asset`,
    `t3`.`holder` AS `source`
  FROM `marked` AS `t3`
), `t6` AS (
  SELECT
    `t3`.`chain`,
    `t3`.`asset`,
    `t3`.`holder` AS `target`
  FROM `marked` AS `t3`
)
SELECT
  *
FROM (
  SELECT
    `t16`.`chain`,
    `t16`.`asset`,
    `t16`.`block`,
    `t16`.`time`,
    `t16`.`tx_index`,
    `t16`.`position`,
    `t16`.`path`,
    `t16`.`tx_hash`,
    `t16`.`source`,
    `t16`.`target`,
    `t16`.`address`,
    `t16`.`amount`,
    `t16`.`kind`,
    `t16`.`locator`,
    `t16`.`part`
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
    ) AS `t9`
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
    ) AS `t14`
  ) AS `t16`
  WHERE
    (
      EXISTS(
        SELECT
          1
        FROM `witnesses` AS `t4`
        WHERE
          `t16`.`part` = `t4`.`part` AND `t16`.`locator` = `t4`.`locator`
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM `t5` AS `t10`
        WHERE
          `t16`.`chain` = `t10`.`chain`
          AND `t16`.`asset` = `t10`.`asset`
          AND `t16`.`source` = `t10`.`source`
      )
    )
    AND NOT EXISTS(
      SELECT
        1
      FROM `t6` AS `t12`
      WHERE
        `t16`.`chain` = `t12`.`chain`
        AND `t16`.`asset` = `t12`.`asset`
        AND `t16`.`target` = `t12`.`target`
    )
) AS `t19`
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t16`.`chain`,
      `t16`.`asset`,
      `t16`.`block`,
      `t16`.`time`,
      `t16`.`tx_index`,
      `t16`.`position`,
      `t16`.`path`,
      `t16`.`tx_hash`,
      `t16`.`source`,
      `t16`.`target`,
      `t16`.`address`,
      `t16`.`amount`,
      `t16`.`kind`,
      `t16`.`locator`,
      `t16`.`part`
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
      ) AS `t9`
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
      ) AS `t14`
    ) AS `t16`
    WHERE
      EXISTS(
        SELECT
          1
        FROM `t5` AS `t11`
        WHERE
          `t16`.`chain` = `t11`.`chain`
          AND `t16`.`asset` = `t11`.`asset`
          AND `t16`.`source` = `t11`.`source`
      )
  ) AS `t17`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      `t16`.`chain`,
      `t16`.`asset`,
      `t16`.`block`,
      `t16`.`time`,
      `t16`.`tx_index`,
      `t16`.`position`,
      `t16`.`path`,
      `t16`.`tx_hash`,
      `t16`.`source`,
      `t16`.`target`,
      `t16`.`address`,
      `t16`.`amount`,
      `t16`.`kind`,
      `t16`.`locator`,
      `t16`.`part`
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
      ) AS `t9`
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
      ) AS `t14`
    ) AS `t16`
    WHERE
      EXISTS(
        SELECT
          1
        FROM `t6` AS `t13`
        WHERE
          `t16`.`chain` = `t13`.`chain`
          AND `t16`.`asset` = `t13`.`asset`
          AND `t16`.`target` = `t13`.`target`
      )
      AND NOT EXISTS(
        SELECT
          1
        FROM `t5` AS `t10`
        WHERE
          `t16`.`chain` = `t10`.`chain`
          AND `t16`.`asset` = `t10`.`asset`
          AND `t16`.`source` = `t10`.`source`
      )
  ) AS `t18`
) AS `t20`
