"""What we ship is what we tested: the wheel, installed in a clean environment without network, does its work."""

import importlib.metadata
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program with a bare environment, so that nothing of the checkout shows; its standard output."""
    done = subprocess.run(
        command, cwd=cwd, env={"PATH": "", "LANG": "C.UTF-8"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the hatchling that the lock pins."""
    folder = tmp_path_factory.mktemp("wheel")
    options: list[str | Path] = [
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--no-cache-dir",
        "--wheel-dir",
        folder,
    ]
    run(sys.executable, "-m", "pip", "wheel", *options, root, cwd=folder)
    (built,) = folder.glob("corfu-*.whl")
    return built


@pytest.fixture(scope="module")
def clean(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that holds the packages of locks/run.txt, copied from ours, and the wheel."""
    venv = tmp_path_factory.mktemp("clean") / "an environment"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv.parent)
    (site_packages,) = venv.glob("lib/python*/site-packages")
    lock = (root / "locks" / "run.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE):
        copy_package(name, site_packages)
    pip_there = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python")]
    run(*pip_there, "install", "--no-index", "--no-cache-dir", wheel, cwd=venv.parent)
    return venv / "bin"


def copy_package(name: str, site_packages: Path) -> None:
    """Put an installed package into another environment, without its programs."""
    for file in importlib.metadata.files(name) or []:
        if ".." not in file.parts:
            target = site_packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_binary())


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"corfu"}
    assert "corfu/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_wheel_says_its_version(clean: Path, tmp_path: Path) -> None:
    assert run(clean / "corfu", "--version", cwd=tmp_path).split() == ["corfu", importlib.metadata.version("corfu")]


def test_the_wheel_compiles_the_example(clean: Path, dd7: Path, tmp_path: Path) -> None:
    returned = sorted(set(dd7.glob("*.docx")) - {dd7 / "base.docx"})
    outputs = ["-o", "rolling.docx", "--html", "rolling.html", "--json", "rolling.json"]
    summary = run(clean / "corfu", "compile", dd7 / "base.docx", *returned, *outputs, cwd=tmp_path)
    assert "12" in summary
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rolling.docx", "rolling.html", "rolling.json"]


LOOK = """
from pathlib import Path
from corfu.site import setup
setup.django_for(Path("house"), exercise=True)
from django.conf import settings
from django.test import Client
from corfu.site import serve
serve.collect()
settings.ALLOWED_HOSTS = ["*"]
page = Client().get("/ru/processes/corfu/")
print(page.status_code, "Корфу" in page.content.decode(), len(list((Path("house") / "static").rglob("*.woff2"))) > 5)
"""


def test_the_wheel_serves_its_pages_with_all_that_belongs_to_them(clean: Path, tmp_path: Path) -> None:
    run(clean / "corfu", "init", "--data", "house", "--origin", "wheel.example/record", cwd=tmp_path)
    assert run(clean / "python", "-c", LOOK, cwd=tmp_path).split() == ["200", "True", "True"]
    run(clean / "corfu", "backup", "--data", "house", "-o", "house.backup", cwd=tmp_path)
    restored = run(clean / "corfu", "restore", "house.backup", "--data", "again", cwd=tmp_path)
    assert "verified" in restored
    assert "applied again" in run(clean / "corfu", "rebuild", "--data", "again", cwd=tmp_path)
