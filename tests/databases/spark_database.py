"""Spark, in a Java machine of its own that ends with this process."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    DateType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampNTZType,
)

from .database import Column, Dialect, Kind, Row, by_columns, quoted

TYPES: dict[Kind, DataType] = {
    "text": StringType(),
    "number": DoubleType(),
    "yes/no": BooleanType(),
    "date": DateType(),
    "datetime": TimestampNTZType(),
    "choices": ArrayType(StringType()),
    "whole": LongType(),
}


class SparkDatabase:
    """A session with two threads, as Spark sets itself up but for what makes small tables slow."""

    dialect: Dialect = "spark"

    def __init__(self, folder: Path) -> None:
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
        os.environ["PYSPARK_PYTHON"] = sys.executable
        settings = {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "2g",
            "spark.local.dir": str(folder / "local"),
            "spark.log.level": "ERROR",
            # Hundreds of runs share this session: what it remembers of each would fill its memory.
            "spark.sql.codegen.cache.maxEntries": "100",
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.ui.retainedExecutions": "1",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.ui.retainedJobs": "1",
            "spark.ui.retainedStages": "1",
            "spark.ui.retainedTasks": "10",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = SparkSession.builder.master("local[2]").appName("scoreline-tests").config(map=settings)
        self.session = builder.getOrCreate()

    def load(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        schema = StructType([StructField(column, TYPES[kind]) for column, kind in columns])
        values = list(zip(*by_columns(columns, rows), strict=True))
        self.session.createDataFrame(values, schema).createOrReplaceTempView(quoted(self.dialect, name))

    def run(self, sql: str) -> list[Row]:
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def close(self) -> None:
        """Ends the session."""
        self.session.stop()
