from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.collect.outbound.fake_mail import FakeMailServer
from tests.collect.outbound.fake_platforms import (
    DINGTALK_SECRET,
    FEISHU_SECRET,
    HOOK_SECRET,
    FakePlatforms,
)

from zhanggui.collect.outbound import AddressGuard, Channels, Courier, Message, Outbox
from zhanggui.i18n import Text
from zhanggui.ledger.jobs import StateStore
from zhanggui.ledger.privacy import ShopKey

LOOPBACK = "127.0.0.1"
KEY = ShopKey(bytes(range(32)))


class HandClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        # Ten in the morning in Shanghai.
        self.moment = datetime(2026, 9, 1, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


class Office:
    """A shop's outbox, channels and courier over one state file."""

    def __init__(self, folder: Path, clock: HandClock, platforms: FakePlatforms) -> None:
        self.folder = folder
        self.clock = clock
        self.platforms = platforms
        self.state = StateStore(folder / "state.sqlite")
        self.channels = Channels(self.state, KEY, AddressGuard(LOOPBACK), clock=clock)
        self.outbox = Outbox(self.state, self.channels, clock=clock)

    @property
    def courier(self) -> Courier:
        """A courier just started."""
        return Courier(self.state, self.channels, self.folder / "courier.lock", clock=self.clock, rng=Random(1))

    def open_all(self, *, per_minute: int | None = None) -> None:
        """Add one channel of each kind but mail."""
        self.add("wecom_robot", per_minute=per_minute)
        self.add("dingtalk_robot", per_minute=per_minute)
        self.add("feishu_robot", per_minute=per_minute)
        self.add("webhook", per_minute=per_minute)

    def add(
        self,
        kind: str,
        *,
        name: str = "",
        per_minute: int | None = None,
        quiet: tuple[str, str] | None = None,
        tz: str = "Asia/Shanghai",
        keyword: str = "",
    ) -> None:
        address, secret = {
            "wecom_robot": (self.platforms.wecom, ""),
            "dingtalk_robot": (self.platforms.dingtalk, DINGTALK_SECRET),
            "feishu_robot": (self.platforms.feishu, FEISHU_SECRET),
            "webhook": (self.platforms.hook, HOOK_SECRET),
        }[kind]
        self.channels.add(
            name or kind,
            kind,
            address,
            secret=secret,
            options={"keyword": keyword},
            per_minute=per_minute,
            quiet=quiet,
            tz=tz,
        )

    def put(self, *channels: str, title: str = "销售额下降", key: str = "") -> None:
        self.outbox.put(Message(Text.same(title)), channels, key or title)

    def states(self) -> list[str]:
        """The states of all deliveries, oldest first."""
        return [delivery.state for delivery in reversed(self.outbox.list_deliveries(limit=1000))]

    def only(self) -> tuple[str, str]:
        """State and reason of the one delivery."""
        [delivery] = self.outbox.list_deliveries()
        return delivery.state, delivery.reason


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def served_platforms() -> Iterator[FakePlatforms]:
    platforms = FakePlatforms()
    yield platforms
    platforms.stop()


@pytest.fixture
def platforms(served_platforms: FakePlatforms, clock: HandClock) -> FakePlatforms:
    served_platforms.reset(clock)
    return served_platforms


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder, in memory where there is such: every claim is flushed, and a disk takes its time."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name)


@pytest.fixture
def office(folder: Path, clock: HandClock, platforms: FakePlatforms) -> Iterator[Office]:
    office = Office(folder, clock, platforms)
    yield office
    office.state.close()


@pytest.fixture
def mail_server() -> Iterator[FakeMailServer]:
    server = FakeMailServer()
    yield server
    server.stop()


@pytest.fixture
def wait_for() -> Callable[[Callable[[], bool]], None]:
    """Wait until something is so; give up after a time that no test machine needs."""

    def wait(is_so: Callable[[], bool]) -> None:
        for _ in range(1000):
            if is_so():
                return
            time.sleep(0.02)
        raise AssertionError("it did not come")

    return wait


@dataclass(frozen=True)
class Authority:
    """The certificate of this machine, signed by itself, and a server's context with it."""

    certificate: Path
    server: ssl.SSLContext


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = folder / "key.pem"
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, private)
    return Authority(path, context)
