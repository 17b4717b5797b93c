"""The register at the command line."""

from pathlib import Path

from tests.cli.calling import Call

TABLE = (
    "instansi,provinsi,nama unit,kode,jenis objek\n"
    "Kota Ambon,Maluku,Kantor Catatan Sipil,A-1,dinas\n"
    "Kota Ambon,Maluku,Dinas Kesehatan,A-2,dinas\n"
)


def test_a_table_is_looked_at_taken_over_and_the_second_time_unchanged(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "kantor.csv"
    path.write_text(TABLE)

    looked = call("register", "import", path, "--dry-run", "--json")
    assert looked.data["new"] == 3
    assert call("register", "list", "--json").data == []
    taken = call("register", "import", path)
    assert taken.code == 0
    assert "3 baru" in taken.out
    again = call("register", "import", path, "--json")
    assert (again.data["unchanged"], again.data["written"]) == (2, False)


def test_faults_of_a_table_are_all_told_and_nothing_is_taken(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "salah.csv"
    path.write_text("instansi,unit,jenis objek\n,Dinas A,\nKota Ambon,Dinas B,kapal\n")

    said = call("register", "import", path)

    assert said.code == 1
    assert "baris 2" in said.err
    assert "baris 3" in said.err
    assert call("register", "list", "--json").data == []


def test_renaming_merging_retiring_and_undoing(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "kantor.csv"
    path.write_text(TABLE)
    call("register", "import", path)

    said = call("register", "rename", "A-1", "Dinas Dukcapil", "--since", "1/2/2026")
    assert said.code == 0
    (row,) = call("register", "list", "catatan", "--json").data
    assert (row["name"], row["former_names"]) == ("Dinas Dukcapil", ["Kantor Catatan Sipil"])
    assert row["valid_from"] == "2026-02-01"
    merged = call("register", "merge", "A-2", "--into", "A-1", "--reason", "Perda")
    assert merged.code == 0
    assert [one["code"] for one in call("register", "list", "--json").data] == ["A-1"]
    assert call("register", "undo").code == 0
    assert len(call("register", "list", "--json").data) == 2
    assert call("register", "retire", "A-2").code == 0
    everything = call("register", "list", "--all", "--json").data
    assert [one["standing"] for one in everything] == [True, False]
    wrong = call("register", "rename", "A-1", "Dinas X", "--since", "kemarin")
    assert "kemarin" in wrong.err


def test_the_register_is_written_out_and_an_empty_table_explains_itself(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "kantor.csv"
    path.write_text(TABLE)
    call("register", "import", path)
    out = tmp_path / "keluar.xlsx"

    assert call("register", "export", out).code == 0
    assert call("register", "import", out, "--json").data["unchanged"] == 3
    assert call("register", "template").out.startswith("institution,")
    empty = tmp_path / "kosong.csv"
    assert "berlaku" in call("register", "template", "--out", empty).out
    assert empty.exists()


def test_doubtful_rows_are_said_and_decided(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "kantor.csv"
    path.write_text(TABLE)
    call("register", "import", path)
    path.write_text("instansi,unit,telepon\nKota Ambon,Dinas Kesehatn,1\n")

    said = call("register", "import", path)
    assert "Dinas Kesehatan" in said.out
    assert "telepon" in said.out
    same = call("register", "import", path, "--doubtful", "same", "--json")
    assert same.data["changed"] == 1
    assert len(call("register", "list", "--json").data) == 2
