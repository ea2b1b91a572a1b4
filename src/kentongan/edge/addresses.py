"""Which internet addresses are public, and which host names are numbers in disguise. Asked by `edge.http` at
connect.
"""

from __future__ import annotations

import ipaddress
import re
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address

# `is_global` follows the registries of the Python release it ships with; these must hold with every release.
_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",
        "168.63.129.16/32",  # a cloud's machine-metadata service on an otherwise public address
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
# Public IPv6 is this one block; mapped, NAT64, loopback, local, multicast and unspecified all lie outside it.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
# A last label of digits, or of hexadecimal digits after 0x: old resolvers read such a host as an address.
_NUMBER_IN_DISGUISE = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, and so not to us or to our neighbours."""
    if isinstance(address, IPv6Address) and address not in _PUBLIC_V6:
        return False
    return address.is_global and not any(address.version == net.version and address in net for net in _NEVER)


def is_disguised(host: str) -> bool:
    """A number that is not written as an ordinary address: 2130706433, 0x7f.1, 0177.0.0.1."""
    if ":" in host or not _NUMBER_IN_DISGUISE.search(host):
        return False
    try:
        return str(IPv4Address(host)) != host
    except ValueError:
        return True
