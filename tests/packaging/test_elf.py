"""The .deb depends on what the libraries ask for, and no library looks where the building machine had its own."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from bundling import needs
from bundling.linux import dpkg, elf

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("dpkg-query", "readelf", "patchelf"))),
    reason="dpkg-query, readelf or patchelf is not installed: packaging/dev.py test installs them on Debian",
)


def test_what_a_program_of_the_system_loads_is_named_by_package() -> None:
    program = elf.read(Path("/bin/ls").resolve())
    assert "libc.so.6" in program.loads
    assert program.glibc >= (2, 3)
    needed = dpkg.depends(program.loads, elf.newest_glibc([program]))
    assert needed[0] == f"libc6 (>= {'.'.join(map(str, program.glibc))})"
    assert any(name.startswith("libselinux1") for name in needed)


def test_a_library_of_no_package_is_an_error(tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so.1"
    stray.touch()
    with pytest.raises(SystemExit, match="does not know which package"):
        dpkg.package_of(stray)
    with pytest.raises(SystemExit, match="neither in it nor on this system"):
        dpkg.depends({"libstray.so.1"}, "2.35")


def test_a_library_is_named_under_a_merged_usr_too() -> None:
    assert dpkg.package_of(Path("/lib/x86_64-linux-gnu/libc.so.6")) == "libc6"
    assert dpkg.package_of(Path("/usr/lib/x86_64-linux-gnu/libc.so.6")) == "libc6"


def test_folders_of_the_building_machine_are_forgotten(tmp_path: Path) -> None:
    library = tmp_path / "libempty.so"
    for places, kept in (("/root/python/lib", ()), ("$ORIGIN/../lib:/root/python/lib", ("$ORIGIN/../lib",))):
        shutil.copyfile("/bin/true", library)
        subprocess.run(["patchelf", "--set-rpath", places, library], check=True)
        elf.forget_the_building_machine(tmp_path)
        assert elf.read(library).looks_in == kept


def test_a_build_names_everything_that_is_missing_in_one_line() -> None:
    missing = [needs.Need("first-package", ("no-such-program",)), needs.Need("second", ("/no/such/file",))]
    with pytest.raises(SystemExit) as ended:
        needs.see_to([needs.Need("python3", (sys.executable,)), *missing])
    assert "no-such-program, /no/such/file" in str(ended.value)
    assert "python3" not in str(ended.value)
    assert "apt-get install --no-install-recommends first-package second" in str(ended.value)


def test_a_library_without_its_gaps_is_smaller_and_loads(tmp_path: Path) -> None:
    wide = next(Path(sysconfig.get_path("purelib"), "pikepdf.libs").glob("libjpeg-*"))
    library = Path(shutil.copyfile(wide, tmp_path / "libjpeg.so"))
    elf.close_gaps(library)
    subprocess.run(["strip", "--strip-unneeded", library], check=True)
    assert library.stat().st_size < wide.stat().st_size / 4
    assert hasattr(ctypes.CDLL(str(library)), "jpeg_std_error")
