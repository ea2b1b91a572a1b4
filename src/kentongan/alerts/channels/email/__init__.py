"""E-mail over SMTP: the only place that opens a connection to a mail server.

The answers follow RFC 5321: 2xx is sent, 4xx is "not now", 5xx is refused for good. A connection that breaks after the
text was handed over leaves it open whether the mail went out: the caller sends once more and says so in the mail.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from django.conf import settings

from kentongan.alerts.channels import Answer, Message

STARTTLS, TLS, NONE = "starttls", "tls", "none"


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes out. `security`: starttls, tls, or none for a mail server on this machine."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    timeout: float  # seconds


def server_of_settings() -> Server:
    return Server(
        host=settings.SMTP_HOST,
        port=settings.SMTP_PORT,
        security=settings.SMTP_SECURITY,
        user=settings.SMTP_USER,
        password=settings.SMTP_PASSWORD,
        sender=settings.SMTP_FROM,
        timeout=settings.SMTP_TIMEOUT,
    )


class Email:
    """One connection for each mail: few go out, and a broken one then spoils no other."""

    def __init__(self, server: Callable[[], Server] = server_of_settings) -> None:
        self._server = server

    def is_ready(self) -> bool:
        server = self._server()
        return bool(server.host and server.sender)

    def send(self, message: Message) -> Answer:
        server = self._server()
        try:
            line = _connected(server)
        except (OSError, smtplib.SMTPException):
            return Answer.LATER  # a wrong password too: a person mends it, and the mail has waited for that
        return _handed_over(line, _mail(message, sender=server.sender), server=server, to=message.to)


def _connected(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    if server.security == STARTTLS:
        line.starttls(context=context)
    line.ehlo_or_helo_if_needed()
    if server.user:
        line.login(server.user, server.password)
    return line


def _handed_over(line: smtplib.SMTP, mail: EmailMessage, *, server: Server, to: str) -> Answer:
    """One mail through an open line. Up to the recipient's address nothing has gone out; after it, it may have."""
    try:
        code, _ = line.mail(server.sender)
        if code < 400:
            code, _ = line.rcpt(to)
        if code >= 400:
            return _answer(code)
    except (OSError, smtplib.SMTPException):
        return Answer.LATER
    try:
        code, _ = line.data(mail.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError as refused:
        return _answer(refused.smtp_code)
    except (OSError, smtplib.SMTPException):
        return Answer.UNSURE
    finally:
        line.close()
    return _answer(code)


def _answer(code: int) -> Answer:
    if code < 400:
        return Answer.SENT
    return Answer.LATER if code < 500 else Answer.REFUSED


def _mail(message: Message, *, sender: str) -> EmailMessage:
    """Plain text alone, with an identity that a second copy shares."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = message.to
    mail["Subject"] = " ".join(message.subject.split())
    mail["Date"] = formatdate(usegmt=True)
    mail["Message-ID"] = f"<{message.key}@{sender.rpartition('@')[2] or 'kentongan'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, cte="quoted-printable")
    return mail
