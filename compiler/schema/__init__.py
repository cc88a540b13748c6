"""The door to schemas: their shapes, and how one is read.

Promises these names and nothing of its own; each comes from the module that tells about it.
"""

from scoreline.compiler.schema.fields import FIELD_TYPES as FIELD_TYPES
from scoreline.compiler.schema.fields import FieldSpec as FieldSpec
from scoreline.compiler.schema.fields import FieldType as FieldType
from scoreline.compiler.schema.json_schema import schema_json_schema as schema_json_schema
from scoreline.compiler.schema.reading import read_schema as read_schema
from scoreline.compiler.schema.reading import read_schema_file as read_schema_file
from scoreline.compiler.schema.shapes import EntitySpec as EntitySpec
from scoreline.compiler.schema.shapes import InteractionSpec as InteractionSpec
from scoreline.compiler.schema.shapes import InteractionsTable as InteractionsTable
from scoreline.compiler.schema.shapes import LeadSpec as LeadSpec
from scoreline.compiler.schema.shapes import Relation as Relation
from scoreline.compiler.schema.shapes import Schema as Schema
