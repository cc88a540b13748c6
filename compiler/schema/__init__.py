"""The door to schemas: their shapes. How one is read from TOML is told in `reading.py`, which scoring needs nothing of.

Promises these names and nothing of its own; each comes from the module that tells about it.
"""

from scoreline.compiler.schema.fields import FIELD_TYPES as FIELD_TYPES
from scoreline.compiler.schema.fields import FieldSpec as FieldSpec
from scoreline.compiler.schema.fields import FieldType as FieldType
from scoreline.compiler.schema.shapes import EntitySpec as EntitySpec
from scoreline.compiler.schema.shapes import InteractionSpec as InteractionSpec
from scoreline.compiler.schema.shapes import InteractionsTable as InteractionsTable
from scoreline.compiler.schema.shapes import LeadSpec as LeadSpec
from scoreline.compiler.schema.shapes import Relation as Relation
from scoreline.compiler.schema.shapes import Schema as Schema
