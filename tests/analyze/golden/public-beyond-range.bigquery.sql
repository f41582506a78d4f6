SELECT
  SUM(CAST(LENGTH(`t0`.`value`) > 38 AS INT64)) AS `beyond_range`
FROM `bigquery-public-data`.`crypto_ethereum`.`token_transfers` AS `t0`
