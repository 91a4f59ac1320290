"""Tables as spreadsheets and platforms write them: read, or refused with a word on what to do."""

import pytest

from autograder.collecting.roster import read_roster
from autograder.course import CourseError
from autograder.reading.notebook import Unreadable
from autograder.reading.sanitize import write_csv
from autograder.reading.tables import read_rows
from autograder.reports.export import read_csv

TABLES = {
    "as it should be": b"id,name\nada,Lovelace\n",
    "Excel in half of Europe": b"\xef\xbb\xbfsep=;\r\nid;name;;\r\nada;Lovelace;;\r\n;;;\r\n",
    "Excel's Unicode text": "id\tname\r\nada\tLovelace\r\n".encode("utf-16"),
    "empty lines first": b"\n;;\nid;name\nada; Lovelace \n\n",
    "lines of an old Mac": b"id,name\rada,Lovelace\r",
}


@pytest.mark.parametrize("name", TABLES)
def test_spreadsheets_write_tables_in_many_ways(tmp_path, name):
    path = tmp_path / "class.csv"
    path.write_bytes(TABLES[name])
    rows = [{key: value for key, value in row.items() if key} for _, row in read_rows(path) if row["id"]]
    assert rows == [{"id": "ada", "name": "Lovelace"}]
    assert read_csv(path)[0]["name"].strip() == "Lovelace"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b";;\n\n", "is empty"),
        (b"PK\x03\x04\x14\x00", "spreadsheet's own file: save it as 'CSV UTF-8'"),
        (b'id,name\nada,"Lovelace\nbo,Peep\n', "quotation mark is opened and never closed"),
    ],
)
def test_what_is_no_table_is_not_read_in_part(tmp_path, content, why):
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=why):
        read_rows(path)


@pytest.mark.parametrize(
    "rows",
    [
        "id,name\n1.23E+11,Ada\n1.24E+11,Bo\n",
        "id,name\n4711.0,Ada\n4712.0,Bo\n",
        'Student,ID,SIS Login ID\n"L, Ada",1.00E+13,ada\n"P, Bo",1.00E+13,bo\n',  # Canvas's numbers have 14 digits
        "Student;ID;SIS Login ID\nAda;1,00E+13;ada\n",
    ],
)
def test_a_number_that_a_spreadsheet_has_rounded_is_nobodys(tmp_path, rows):
    (tmp_path / "class.csv").write_text(rows)
    with pytest.raises(CourseError, match="a spreadsheet took it for an amount"):
        read_roster(tmp_path / "class.csv")


def test_a_roster_without_ids_is_told_which_columns_it_has(tmp_path):
    (tmp_path / "class.csv").write_text("Matrikelnummer;Nachname\n4711;Lovelace\n")
    with pytest.raises(CourseError, match=r"its columns are Matrikelnummer, Nachname\. Call the one"):
        read_roster(tmp_path / "class.csv")


def test_a_table_that_cannot_be_written_is_still_the_old_one(tmp_path):
    """`extensions.csv` and `teams.csv` are the instructor's own: a full disk or Ctrl-C must not empty them."""
    path = write_csv(tmp_path / "extensions.csv", ["id"], [["ada"]])

    def rows():
        yield ["bo"]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_csv(path, ["id"], rows())
    assert read_rows(path) == [(2, {"id": "ada"})]
    assert [one.name for one in tmp_path.iterdir()] == ["extensions.csv"]
