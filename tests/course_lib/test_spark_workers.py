"""A search path loses Spark's archives, but only where the same package lies unpacked around them."""

from pathlib import Path

from course_lib.spark.workers import without_zips


def unpacked(site: Path) -> str:
    """Put an installed PySpark into ``site``; returns its archive."""
    (site / "pyspark" / "python" / "lib").mkdir(parents=True)
    (site / "pyspark" / "__init__.py").touch()
    return str(site / "pyspark" / "python" / "lib" / "pyspark.zip")


def test_archives_inside_the_pyspark_that_is_imported_go(tmp_path, monkeypatch):
    archive = unpacked(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert without_zips(["/work", archive, "/home/ada/tools.zip"]) == ["/work", "/home/ada/tools.zip"]


def test_archives_of_a_pyspark_that_is_not_on_the_search_path_stay(tmp_path):
    archives = [unpacked(tmp_path), str(tmp_path / "spark" / "python" / "lib" / "pyspark.zip")]
    assert without_zips(archives) == archives
