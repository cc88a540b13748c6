"""The shapes of schemas, for other rooms.

Promises these names and adds nothing to them; each comes from the module that defines it. `reading.py` reads a schema
from TOML, which scoring does not need.
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
