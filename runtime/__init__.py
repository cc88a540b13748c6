"""What compiled rules do: load them, score a lead or a table, qualify, explain."""

from scoreline.compiler.schema import Schema as Schema
from scoreline.runtime.counts import InteractionCounts as InteractionCounts
from scoreline.runtime.history import History as History
from scoreline.runtime.invalid import RulesInvalid as RulesInvalid
from scoreline.runtime.loading import from_texts as from_texts
from scoreline.runtime.loading import load as load
from scoreline.runtime.results import Action as Action
from scoreline.runtime.results import ModelResult as ModelResult
from scoreline.runtime.results import Result as Result
from scoreline.runtime.results import StageState as StageState
from scoreline.runtime.rules import Rules as Rules
