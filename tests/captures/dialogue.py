"""Both ends of a conversation in one script, so that what follows what is certain.

A socket stays in the network namespace that it was made in: the script goes to the server's to
make one end, to the client's to make the other, and then has both in hand.
"""
import ctypes
import os
import struct
import time
from socket import *

SERVER4, SERVER6 = os.environ["server4"], os.environ["server6"]
_libc = ctypes.CDLL(None, use_errno=True)


def go_to(host):
    with open("/var/run/netns/dissect-" + host) as namespace:
        if _libc.setns(namespace.fileno(), 0):
            raise OSError(ctypes.get_errno(), "setns")


def make(host, family=AF_INET, kind=SOCK_STREAM, protocol=0, options=()):
    go_to(host)
    made = socket(family, kind, protocol)
    for level, name, value in options:
        made.setsockopt(level, name, value)
    if kind == SOCK_STREAM:
        made.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    made.settimeout(15)
    return made


def listener(port=9000, family=AF_INET, protocol=0, options=()):
    made = make("server", family, SOCK_STREAM, protocol, options)
    made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    made.bind(("::" if family == AF_INET6 else "0.0.0.0", port))
    made.listen()
    return made


def dial(port=9000, family=AF_INET, protocol=0, options=(), source=0):
    made = make("client", family, SOCK_STREAM, protocol, options)
    if source:
        made.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        made.bind(("", source))
    made.connect((SERVER6 if family == AF_INET6 else SERVER4, port))
    return made


def connect(port=9000, family=AF_INET, client=(), server=()):
    """The two ends of a new connection: the client's, the server's."""
    listening = listener(port, family, options=server)
    one = dial(port, family, options=client)
    other, _ = listening.accept()
    other.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    other.settimeout(15)
    listening.close()
    return one, other


def read(end, length):
    got = b""
    while len(got) < length:
        more = end.recv(length - len(got))
        if not more:
            raise EOFError
        got += more
    return got


def lines(length):
    """Text whose every line says where it stands, for whoever looks at what was lost."""
    return b"".join(b"%07d what comes after this number is the same in every line ...\n" % (at * 64)
                    for at in range(length // 64 + 1))[:length]


def close_orderly(first, second):
    first.shutdown(SHUT_WR)
    while second.recv(65536):
        pass
    second.close()
    while first.recv(65536):
        pass
    first.close()


def abort(end):
    end.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    end.close()
