"""How values of the data become values that rules see."""

from scoreline.compiler.values.kinds import Known as Known
from scoreline.compiler.values.kinds import Report as Report
from scoreline.compiler.values.reading import Reader as Reader
from scoreline.compiler.values.reading import read_instant as read_instant
from scoreline.compiler.values.reading import reader as reader
