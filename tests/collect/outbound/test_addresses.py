"""Where a channel may send to: no way leads into the network of the shop unless its settings say so."""

from __future__ import annotations

import pytest

from zhanggui.collect.outbound import AddressForbiddenError, AddressGuard, BadAddressError, HostUnknownError
from zhanggui.collect.outbound.addresses import endpoint_of, is_public, shown_address

WEB = ("https", "http")

PRIVATE_ADDRESSES = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.8.8.8 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1
239.255.255.250 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::ffff:a00:1
64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: fc00::1 fd12:3456::1 fe80::1
fe80::1%eth0 fec0::1 ff02::1 ff0e::1 nonsense 127.1 0x7f000001
"""

BAD_URLS = (
    "file:///etc/passwd",
    "gopher://example.com/",
    "ftp://example.com/",
    "data:text/plain,hello",
    "jar:https://example.com!/",
    "javascript:alert(1)",
    "//example.com/",
    "example.com",
    "",
    "https://",
    "https:///path",
    "https://user@example.com/",
    "https://user:password@example.com/",
    "https://example.com@169.254.169.254/",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https://example.com:port/",
    "https://exam ple.com/",
    "https://example.com/\r\nX-Header: 1",
    "https://example.com\\@169.254.169.254/",
    "https://例子.测试/",
    "https://ⓔxample.com/",
    "https://[::1/",
    "https://exa%6dple.com/",
    "https://-example.com/",
    "https://example.com/" + "a" * 2000,
)


def test_no_address_of_a_private_network_is_public() -> None:
    assert [address for address in PRIVATE_ADDRESSES.split() if is_public(address)] == []
    assert all(map(is_public, ("8.8.8.8", "203.119.206.1", "100.63.255.255", "172.32.0.1", "2400:3200::1")))


@pytest.mark.parametrize("address", BAD_URLS)
def test_what_is_no_plain_web_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        endpoint_of(address, schemes=WEB, expected="such an address")
    assert len(address) < 9 or address not in str(caught.value)


@pytest.mark.parametrize("resolved", ["10.0.0.8", "169.254.169.254", "::1", "::ffff:192.168.0.1"])
@pytest.mark.parametrize("first", [[], ["93.184.216.34"]])
def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(resolved: str, first: list[str]) -> None:
    guard = AddressGuard(resolve=lambda host, port: [*first, resolved])

    with pytest.raises(AddressForbiddenError, match="trusted_hosts"):
        guard.check(endpoint_of("https://hooks.example.com/in", schemes=WEB, expected=""))


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost", "[::1]"])
def test_every_spelling_of_this_machine_is_refused(host: str) -> None:
    # These are looked up as the system does: they are numbers, not names.
    with pytest.raises((AddressForbiddenError, HostUnknownError)):
        AddressGuard().check(endpoint_of(f"https://{host}/", schemes=WEB, expected=""))


def test_only_a_trusted_host_may_be_private_or_without_encryption() -> None:
    private = AddressGuard("erp.local, 192.168.1.5", resolve=lambda host, port: ["192.168.1.5"])
    public = AddressGuard("erp.local", resolve=lambda host, port: ["93.184.216.34"])

    for address in ("http://erp.local/in", "https://192.168.1.5:8443/in", "http://ERP.local./in"):
        found = private.check(endpoint_of(address, schemes=WEB, expected=""))
        assert found.address == "192.168.1.5"
    with pytest.raises(AddressForbiddenError, match="inside a private network"):
        private.check(endpoint_of("https://erp.local.example.com/in", schemes=WEB, expected=""))
    with pytest.raises(AddressForbiddenError, match="not encrypted"):
        public.check(endpoint_of("http://hooks.example.com/in", schemes=WEB, expected=""))
    assert public.check(endpoint_of("https://hooks.example.com/in", schemes=WEB, expected="")).endpoint.port == 443


def test_a_name_that_leads_nowhere_is_said() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    endpoint = endpoint_of("https://hooks.example.com/", schemes=WEB, expected="")
    for guard in (AddressGuard(resolve=nowhere), AddressGuard(resolve=lambda host, port: [])):
        with pytest.raises(HostUnknownError):
            guard.check(endpoint)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://oapi.dingtalk.com/robot/send?access_token=566cc69da782ec33c6c1", "access_token=••••c6c1"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/fa2e4b4c-0d3e-4f5a", "/open-apis/bot/v2/hook/••••4f5a"),
        ("https://erp.example.com/hooks/short", "https://erp.example.com/hooks/••••"),
        ("https://erp.example.com", "https://erp.example.com"),
    ],
)
def test_an_address_is_shown_without_its_secret(address: str, shown: str) -> None:
    assert shown_address(address, is_secret=True).endswith(shown)
    assert shown_address("smtps://smtp.example.com:465", is_secret=False) == "smtps://smtp.example.com:465"
