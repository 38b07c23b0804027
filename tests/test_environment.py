"""The environment is what the lock says, on every system we name."""

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
from where import ROOT
from packaging.requirements import Requirement

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = [Requirement(line.rstrip(" \\")) for line in LOCK.splitlines() if re.match(r"[a-z0-9]", line, re.I)]
SYSTEMS = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin", "x86_64-apple-darwin"]


def made_environment(lock: str) -> str:
    spec = importlib.util.spec_from_file_location("make_environment", ROOT / ".ci" / "make_environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.environment(lock)


def test_every_locked_package_is_installed_in_its_locked_version():
    wanted = {pin.name: str(pin.specifier)[2:] for pin in PINS if pin.marker is None or pin.marker.evaluate()}

    installed = {name: importlib.metadata.version(name) for name in wanted}

    assert installed == wanted


def test_every_package_is_locked_by_hash():
    assert len(PINS) > 100
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z0-9])", LOCK, flags=re.I))


def test_the_lock_names_no_address():
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_environment_yml_is_the_lock():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == made_environment(LOCK), "run: python .ci/make_environment.py"


def test_a_changed_pin_would_be_seen():
    assert made_environment(LOCK.replace("pandas==3", "pandas==4", 1)) != made_environment(LOCK)


def test_every_dependency_says_why_it_is_there():
    listed = re.findall(r'^    "[^"]+",(.*)$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)

    assert len(listed) > 15
    assert all(len(reason.strip("# \t")) > 10 for reason in listed)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_installs_from_ready_made_wheels(system, tmp_path):
    uv = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")

    done = subprocess.run([uv, "pip", "install", "--dry-run", "--quiet", "--target", tmp_path, "--python-platform", system, "--python-version", "3.11",
                           "--only-binary", ":all:", "--require-hashes", "-r", ROOT / "requirements.lock"], capture_output=True, text=True, check=False)

    if "error sending request" in done.stderr or "Failed to fetch" in done.stderr:
        pytest.skip("the package index cannot be reached")
    assert done.returncode == 0, done.stderr
