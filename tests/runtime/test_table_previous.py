"""Reading an earlier output: the stages of last time."""

import pytest
from scoreline.runtime.results import ModelResult, Result, StageState
from scoreline.runtime.table.admit.previous import read_previous
from scoreline.runtime.table.read.files import TableUnusable
from scoreline.runtime.table.write.tables import result_columns, result_row, table_writer


def read(path, *qualifications, key="lead_id"):
    rejects = []
    found = read_previous(path, key, qualifications, rejects.append)
    return found, [(one.table, one.row, one.column, one.value) for one in rejects]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_what_was_written_is_read_back(tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    states = {"7": StageState("Sales, „ready“", 3), "8": StageState(None, 0), "9": StageState(None, 2)}
    with table_writer(path, result_columns("lead_id", ("Fit",), ("B2B", "EMEA"))) as write:
        for key, state in states.items():
            result = Result({"Fit": ModelResult(1, None, ())}, {"B2B": state, "EMEA": StageState("x", 1)})
            write(result_row(key, result, ("Fit",), ("B2B", "EMEA")))
    found, rejects = read(path, "B2B")
    assert {key: stages["B2B"] for key, stages in found.items()} == states
    assert not rejects


def test_a_qualification_that_the_file_does_not_know_had_no_stage(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("lead_id,B2B_stage,B2B_entered\n7,MQL,1\n")
    assert read(path, "New")[0] == {"7": {"New": StageState(None, 0)}}


def test_a_number_that_is_none_is_reported_and_taken_as_0(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("lead_id,B2B_stage,B2B_entered\n7, MQL ,often\n8,,-1\n9,MQL,\n10,MQL,1e3\n")
    found, rejects = read(path, "B2B")
    assert [stages["B2B"] for stages in found.values()] == [
        StageState("MQL", 0),
        StageState(None, 0),
        StageState("MQL", 0),
        StageState("MQL", 0),
    ]
    assert rejects == [("previous", row, "B2B_entered", value) for row, value in [(2, "often"), (3, "-1"), (5, "1e3")]]


def test_the_first_row_of_a_lead_counts_and_the_others_are_reported(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("lead_id,B2B_stage,B2B_entered\n7,MQL,1\n7,SQL,2\n,MQL,1\n")
    found, rejects = read(path, "B2B")
    assert found == {"7": {"B2B": StageState("MQL", 1)}}
    assert [(row, column) for _, row, column, _ in rejects] == [(3, "lead_id"), (4, "lead_id")]


def test_a_file_that_is_no_earlier_output_says_so(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(TableUnusable, match="no column `lead_id`"):
        read(path, "B2B")
