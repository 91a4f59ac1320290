"""The doors by which visitors come in: links made from one place, the students' branch, Codespaces, Colab."""

import http.server
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import tomllib
import venv
import zipfile
from pathlib import Path

import jsonschema
import nbformat
import pytest
from typer.testing import CliRunner

from autograder import cli
from autograder.authoring.answers import read_bank
from autograder.authoring.links import HOSTS, Links, links, pages, remote, rewrite
from autograder.authoring.publish import FIRST_CELL, KEPT, publish
from autograder.course import Course, CourseError
from course_lib import colab
from tests.notebooks.lessons import NOTEBOOKS
from tests.test_binder import secret_regions
from tests.test_hygiene import tracked

ROOT = Path(__file__).resolve().parent.parent
LESSON, NOTEBOOK = "01_neurons_and_activations", "neurons_and_activations.ipynb"
HOSTED = "|".join(map(re.escape, HOSTS))


# ------------------------------------------------------------------------------------------------------- links


def test_every_link_in_the_repository_leads_to_the_one_that_pyproject_names():
    home = links(ROOT)
    others = "actions|codespaces|googlecolab|astral-sh"  # what else lies at these hosts
    found = re.compile(rf"https://(?:{HOSTED})/(?!(?:{others})/)([\w.-]+/[\w.-]+)")
    written = set()
    for name in tracked():
        path = ROOT / name
        if path.suffix not in {".md", ".toml", ".ipynb", ".json", ".yml"}:
            continue
        names = set(found.findall(path.read_text(encoding="utf-8")))
        assert names <= {home.repository}, f"{name}: `autograder links` would not find {names}; tell it the file"
        written |= {path} if names else set()
    assert (
        {ROOT / "README.md", ROOT / "notebooks" / "README.md", ROOT / "pyproject.toml"} <= written <= set(pages(ROOT))
    )


def test_the_readme_opens_each_lesson_without_its_solutions():
    home, text = links(ROOT), (ROOT / "README.md").read_text(encoding="utf-8")
    for door in (home.binder("release/start.md"), home.codespaces):
        assert f"]({door})" in text
    for notebook in NOTEBOOKS:
        (row,) = re.findall(rf"^\| {notebook.parent.name[:2]} \| .*$", text, flags=re.M)
        path = f"release/{notebook.parent.name}/{notebook.name}"
        assert re.findall(r"\]\(([^)]+)\)", row) == [home.read(path), home.binder(path), home.colab(path)]
    assert "](notebooks/" not in text


@pytest.fixture
def small(tmp_path):
    """A course of pages alone, in a git repository."""
    for name, text in {
        "pyproject.toml": '[project]\nname = "x"\n[project.urls]\nRepository = "https://github.com/OWNER/REPO"\n',
        "README.md": f"[a]({Links('OWNER/REPO').binder('x')}) [b]({Links('OWNER/REPO').codespaces}) OWNER/REPO-2 "
        "https://github.com/OWNER/REPO-2 https://github.com/OWNER/REPO",
        "notebooks/README.md": f"[c]({Links('OWNER/REPO').branch})",
        "docs/a/b.md": f"[d]({Links('OWNER/REPO').colab('x')})",
        "nbgrader_config.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


def run(course, monkeypatch, *arguments):
    monkeypatch.chdir(course)
    done = CliRunner().invoke(cli.app, arguments)
    return done.exit_code, done.output


def test_one_command_takes_the_name_from_git_and_writes_it_everywhere(small, monkeypatch):
    code, said = run(small, monkeypatch, "links")
    assert code == 2 and "autograder links OWNER/REPO" in said
    subprocess.run(["git", "-C", small, "remote", "add", "origin", "git@github.com:ada/keras-course.git"], check=True)
    code, said = run(small, monkeypatch, "links")
    assert code == 0 and said.count("changed") == 4, said
    assert links(small).repository == "ada/keras-course"
    text = (small / "README.md").read_text(encoding="utf-8")
    assert "mybinder.org/v2/gh/ada/keras-course/students" in text and "codespaces.new/ada/keras-course/tree" in text
    assert "https://github.com/OWNER/REPO-2 https://github.com/ada/keras-course" in text  # another one's is not ours
    assert "already" in run(small, monkeypatch, "links")[1]
    assert run(small, monkeypatch, "links", "https://github.com/bo/x")[0] == 0 and links(small).repository == "bo/x"


@pytest.mark.parametrize("name", ["", "ada", "https://gitlab.example.org/a/b", "a/b/c", "a b/c", "-a/b"])
def test_what_is_no_repository_is_refused_and_nothing_is_written(small, name):
    before = [path.read_bytes() for path in pages(small)]
    with pytest.raises(CourseError, match="autograder links OWNER/REPO"):
        rewrite(small, name)
    assert [path.read_bytes() for path in pages(small)] == before


@pytest.mark.parametrize(
    "address",
    ["https://github.com/ada/x", "https://ada:token@github.com/ada/x.git", "ssh://git@github.com/ada/x.git"],
)
def test_gits_remote_is_read_in_each_of_its_forms(small, address):
    subprocess.run(["git", "-C", small, "remote", "add", "origin", address], check=True)
    assert remote(small) == "ada/x"


def test_a_course_without_its_place_is_told_how_it_looks(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    with pytest.raises(CourseError, match="Repository ="):
        links(tmp_path)


# -------------------------------------------------------------------------------------------- Codespaces, VS Code

# as in the specification's schema (containers.dev, devContainer.base.schema.json), of what is used here
CONTAINER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["image", "onCreateCommand"],
    "properties": {
        "name": {"type": "string"},
        "image": {"type": "string"},
        "onCreateCommand": {"type": "string"},
        "hostRequirements": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "cpus": {"type": "integer", "minimum": 1},
                "memory": {"type": "string", "pattern": r"^\d+([tgmk]b)?$"},
                "storage": {"type": "string", "pattern": r"^\d+([tgmk]b)?$"},
            },
        },
        "customizations": {"type": "object"},
    },
}


def test_a_codespace_starts_from_the_courses_own_set_up():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    jsonschema.validate(container, CONTAINER)
    first, second = container["onCreateCommand"].split(" && ")
    assert shlex.split(first) == ["python3", "-m", "course_lib.install"]
    assert shlex.split(second) == [".venv/bin/python", "-m", "course_lib.lab", "--prepare"]
    python = container["image"].rpartition(":")[2]
    assert f"python-{python}" == (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    code = container["customizations"]["vscode"]
    assert code["settings"]["python.defaultInterpreterPath"].endswith("/.venv/bin/python")
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]
    assert code["extensions"] == recommended


# ------------------------------------------------------------------------------------------ the students' branch


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A clone with lesson 01 in which the branch has been made, and the branch as GitHub sends it, as a zip."""
    root = tmp_path_factory.mktemp("published") / "clone"
    for name in tracked():
        first = name.split("/")[0]
        if first in KEPT or name.startswith(f"notebooks/{LESSON}/") or name in ("nbgrader_config.py", ".gitignore"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
    own = root / "release" / LESSON / NOTEBOOK  # an instructor's own try
    own.parent.mkdir(parents=True)
    own.write_text("{}", encoding="utf-8")
    git(root, "init", "-q")
    for key, value in (("user.name", "A"), ("user.email", "a@example.org")):
        git(root, "config", key, value)
    git(root, "add", ".")
    git(root, "commit", "-qm", "with solutions")
    made = publish(Course(root))
    assert made.new and own.read_text(encoding="utf-8") == "{}" and not git(root, "status", "--porcelain")
    archive = root.parent / "students.zip"
    git(root, "archive", "--format=zip", "--prefix=REPO-students/", "-o", str(archive), "students")
    return root, archive


def git(root, *arguments):
    return subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def branch(published, tmp_path):
    """The branch, unpacked."""
    shutil.unpack_archive(published[1], tmp_path, "zip")
    return tmp_path / "REPO-students"


@pytest.mark.slow
def test_the_branch_holds_no_solution_and_no_commit_that_knew_one(published, branch):
    root, _ = published
    assert git(root, "log", "--format=%s", "students") == "The lessons, as students get them"
    assert {path.name for path in branch.iterdir()} == {*KEPT, "README.md", ".gitignore", "release"}
    regions = secret_regions(ROOT / "notebooks" / LESSON / NOTEBOOK)
    for path in branch.rglob("*"):
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        assert "BEGIN SOLUTION" not in text and "BEGIN HIDDEN" not in text, path
        assert not [region for region in regions if region in text], path
    readme = (branch / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", readme)
    assert f"release/{LESSON}/{NOTEBOOK}" in targets
    assert all(target.startswith("http") or (branch / target).is_file() for target in targets)
    assert git(root, "ls-tree", "students", "binder/postBuild").startswith("100755")  # Binder runs it


@pytest.mark.slow
def test_published_again_it_is_up_to_date_and_a_change_goes_on_top(published, monkeypatch):
    root, _ = published
    before = git(root, "rev-parse", "students")
    code, said = run(root, monkeypatch, "publish")
    assert code == 0 and "up to date" in said and "git push origin students" in said
    licence = root / "LICENSE"
    licence.write_text(licence.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "new commit" in run(root, monkeypatch, "publish")[1]
    assert git(root, "rev-parse", "students~1") == before
    git(root, "worktree", "add", "-q", str(root.parent / "seen"), "students")
    licence.write_text("", encoding="utf-8")
    code, said = run(root, monkeypatch, "publish")
    assert code == 2 and "checked out" in said


@pytest.mark.slow
def test_a_clone_of_the_branch_opens_without_the_instructors_part(branch):
    own = os.environ | {"PYTHONPATH": str(branch)}
    (branch / "release" / "start.md").unlink()
    command = [sys.executable, "-m", "course_lib.lab", "--prepare"]
    done = subprocess.run(command, cwd=branch, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Neurons and activations" in (branch / "release" / "start.md").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------------- Colab

AS_ON_COLAB = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')\n"


@pytest.fixture
def served(tmp_path):
    """An HTTP server on 127.0.0.1 for the files in ``tmp_path/served``; yields its address."""
    (tmp_path / "served").mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(tmp_path / "served"))

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def first_cell(archive: Path) -> str:
    with zipfile.ZipFile(archive) as content:
        text = content.read(f"REPO-students/release/{LESSON}/{NOTEBOOK}").decode()
    return next(cell for cell in nbformat.reads(text, 4).cells if cell.cell_type == "code").source


def serve_zip(served, tmp_path, archive) -> str:
    """Let the server have the branch where GitHub has it; returns the first cell, which now asks this server."""
    source = first_cell(archive)
    address = links(ROOT).zip
    assert address in source
    target = tmp_path / "served" / address.removeprefix("https://github.com/")
    target.parent.mkdir(parents=True)
    shutil.copy(archive, target)
    return source.replace("https://github.com", served)


def serve_package(tmp_path, name: str) -> None:
    """Put a package of one line into an index of packages (https://peps.python.org/pep-0503/)."""
    folder = tmp_path / "served" / "simple" / name
    folder.mkdir(parents=True)
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as content:
        info = f"{name}-1.0.dist-info"
        content.writestr(f"{name}.py", "here = True\n")
        content.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        content.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        content.writestr(f"{info}/RECORD", "")
    (folder / f"{name}-1.0-py3-none-any.whl").write_bytes(wheel.getvalue())
    (folder / "index.html").write_text(f'<a href="{name}-1.0-py3-none-any.whl">{name}</a>', encoding="utf-8")


@pytest.fixture
def bare(tmp_path):
    """A Python with pip and nothing else, in an empty folder, which gets packages from the local server alone."""
    venv.create(tmp_path / "bare", with_pip=True, symlinks=os.name != "nt")
    python = tmp_path / "bare" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    (tmp_path / "content").mkdir()

    def execute(source, index="http://127.0.0.1:9/simple"):
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "UV_"))}
        own |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index, "PIP_RETRIES": "0", "PYTHONUTF8": "1"}
        command = [str(python), "-c", source]
        return subprocess.run(command, cwd=tmp_path / "content", env=own, capture_output=True, text=True)

    return execute


@pytest.mark.slow
def test_on_colab_the_first_cell_brings_the_course_to_a_bare_python(published, branch, served, bare, tmp_path):
    # its packages are those of the real course but for the server, which has one that is made up
    settings = branch / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    dependencies = tomllib.loads(text)["project"]["dependencies"]
    asked = [line for line in dependencies if line.startswith("jupyterlab")]
    wanted = f"dependencies = {json.dumps([*asked, 'madeup>=1'])}"
    settings.write_text(re.sub(r"^dependencies = \[.*?^\]", wanted, text, flags=re.S | re.M), encoding="utf-8")
    shutil.make_archive(str(tmp_path / "mine"), "zip", branch.parent, "REPO-students")
    cell = serve_zip(served, tmp_path, tmp_path / "mine.zip")
    serve_package(tmp_path, "madeup")

    done = bare(cell)
    assert done.returncode == 0 and not done.stdout + done.stderr, "elsewhere it does nothing"
    assert not list((tmp_path / "content").iterdir())

    done = bare(AS_ON_COLAB + cell)
    assert done.returncode == 1 and "could not be installed" in done.stderr, "pip finds no index"

    after = (
        "\nimport madeup, course_lib, subprocess\nprint(Path('.checks').exists(), Path('hints.md').exists(), madeup)"
    )
    after += "\nsubprocess.run([sys.executable, '-c', 'import course_lib; print(course_lib.__file__)'])"
    done = bare(AS_ON_COLAB + cell + "\n" + cell + after, f"{served}/simple")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The course is here") == 1, "run once more, it sees that all is done"
    assert "True True" in done.stdout and str(tmp_path / "content" / "course") in done.stdout

    done = bare(AS_ON_COLAB + cell.replace("students.zip", "gone.zip"))
    assert "did not come from" in done.stderr and "gone.zip" in done.stderr and "404" in done.stderr


@pytest.mark.slow
def test_in_such_a_notebook_an_answer_is_checked(published, served, tmp_path):
    from nbclient import NotebookClient

    cell = serve_zip(served, tmp_path, published[1])
    bank = read_bank(ROOT / "tests" / "answers" / LESSON)
    answer = next(one.source for one in bank["elu"] if one.kind == "right")
    shutil.unpack_archive(published[1], tmp_path / "seen", "zip")
    lesson = nbformat.read(tmp_path / "seen" / "REPO-students" / "release" / LESSON / NOTEBOOK, 4)
    wanted = {one.id: one for one in lesson.cells}
    cells = [AS_ON_COLAB + cell, wanted["setup"].source, answer, wanted["elu_visible"].source]
    cells += ["import course_lib; print(course_lib.__file__); check.hint('elu')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    (tmp_path / "content").mkdir()
    # all packages are there: pip has nothing to do
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path / "content")}}, timeout=120).execute()
    said = ["".join(out.get("text", "") for out in cell.outputs) for cell in notebook.cells]
    assert "The course is here" in said[0] and "✓ elu" in said[3] and str(tmp_path / "content") in said[4], said


def test_lessons_without_spark_do_without_its_packages(monkeypatch, tmp_path):
    for name, source in (("plain", "import numpy"), ("big", "from course_lib import check, spark")):
        (tmp_path / name).mkdir()
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), tmp_path / name / "x.ipynb")
    plain, big = colab.requirements(tmp_path / "plain"), colab.requirements(tmp_path / "big")
    assert next(line.split(">")[0] for line in big if line not in plain) == "pyspark[connect]" and "numpy>=2" in plain
    assert not [line for line in plain if re.match(r"jupyter|ipykernel|nbgrader|ipython\b|typer", line)]
    versions = {"tensorflow": "2.19"}
    monkeypatch.setattr(colab, "_version", lambda name: versions.get(name, ""))
    asked = [line for line in colab.requirements(tmp_path / "plain") if line.startswith("tensorflow")]
    assert asked == ["tensorflow>=2.21"], "Colab's own, with GPU, and not a second one beside it"


def test_a_package_that_is_loaded_and_has_changed_wants_a_new_start(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(colab, "ROOT", tmp_path)
    (tmp_path / "release" / "01_x").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["numpy>=2"]', encoding="utf-8")
    monkeypatch.setattr(colab, "_loaded", lambda: {"numpy": "1.26"})
    monkeypatch.setattr(colab.subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, "", ""))
    before = Path.cwd()
    colab.set_up("01_x")
    said = capsys.readouterr().out
    assert "numpy" in said and "Restart session" in said and "The course is here" not in said and Path.cwd() == before


def test_the_cell_compiles_and_lessons_given_out_otherwise_do_not_have_it():
    compile(FIRST_CELL.format(zip="https://example.org/x.zip", lesson=LESSON), "cell", "exec")
    assert not [path for path in NOTEBOOKS if "google.colab" in path.read_text(encoding="utf-8")]
