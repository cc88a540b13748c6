"""The door between files and the engine: any files in, canonical tables out, in one DuckDB connection."""

from scoreline.runtime.table.door.admitting import Admitted as Admitted
from scoreline.runtime.table.door.admitting import admit as admit
from scoreline.runtime.table.door.admitting import admit_more as admit_more
