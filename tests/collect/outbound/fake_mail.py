"""A mail server on this machine, as RFC 5321 has it: it keeps what it was sent."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from email import message_from_bytes
from email.message import Message as Mail

USER, PASSWORD = "reports@example.com", "mail-password-77"


class FakeMailServer:
    """Takes mail.

    Parameters
    ----------
    tls : ssl.SSLContext, optional
        Offers STARTTLS with it.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.mails: list[tuple[list[str], Mail]] = []
        self.log: list[str] = []
        # Command to the answer given instead of the usual one; "DROP" closes the connection.
        self.answers: dict[str, str] = {}
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                server.talk(self)

        self._tls = tls
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def talk(self, handler: socketserver.StreamRequestHandler) -> None:
        recipients: list[str] = []

        def say(line: str) -> None:
            handler.wfile.write(f"{line}\r\n".encode())

        say("220 mail.example.com ready")
        while line := handler.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            self.log.append(line)
            own = self.answers.get(line) or self.answers.get(word)
            if own == "DROP":
                return
            if own:
                say(own)
            elif word == "EHLO":
                recipients.clear()
                say("250-mail.example.com")
                say("250-AUTH PLAIN")
                say(
                    "250 STARTTLS"
                    if self._tls and not isinstance(handler.connection, ssl.SSLSocket)
                    else "250 8BITMIME"
                )
            elif word == "STARTTLS" and self._tls:
                say("220 go on")
                handler.connection = self._tls.wrap_socket(handler.connection, server_side=True)
                handler.rfile = handler.connection.makefile("rb")
                handler.wfile = handler.connection.makefile("wb", buffering=0)
            elif word == "AUTH":
                given = base64.b64decode(line.split(" ")[2]).decode().split("\0")
                say("235 ok" if given[1:] == [USER, PASSWORD] else "535 5.7.8 authentication failed")
            elif word == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
                say("250 ok")
            elif word == "DATA":
                say("354 go on")
                content = b""
                while (piece := handler.rfile.readline()) not in {b".\r\n", b""}:
                    content += piece.removeprefix(b".") if piece.startswith(b"..") else piece
                end = self.answers.get(".", "250 taken")
                if end.startswith("250") or end == "TAKE AND DROP":
                    self.mails.append((list(recipients), message_from_bytes(content)))
                if end == "TAKE AND DROP":
                    return
                say(end)
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")
