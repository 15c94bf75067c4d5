"""A real SMTP server (aiosmtpd) for the notifier's tests.

Prints its port, then for each mail that it took one line of JSON: envelope, and headers and body as Python's own parser
reads them. Ends when its standard input is closed.
"""
import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("--refuse", choices=["mail", "rcpt", "data", "end"], help="the stage at which mail is refused")
parser.add_argument("--code", default="451", help="the answer there")
parser.add_argument("--times", type=int, default=1_000_000, help="how often mail is refused before it is taken")
parser.add_argument("--password", help="asks for the user `desk` with this password")
parser.add_argument("--silent", action="store_true", help="takes connections, says so on a line, and never greets")
parser.add_argument("--certificate", help="a PEM file with certificate and key: offers STARTTLS")
options = parser.parse_args()


class Handler:
    refused = 0
    connections = 0

    def refuses(self, stage):
        if options.refuse != stage or self.refused >= options.times:
            return None
        self.refused += 1
        return f"{options.code} refused for <somebody@secret.example>"

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        envelope.mail_from = address
        return self.refuses("mail") or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        answer = self.refuses("rcpt")
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.refuses("end")
        if answer is not None:
            return answer
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        line = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "connection": self.connections,
            "encrypted": session.ssl is not None,
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "to_name": mail["To"].addresses[0].display_name,
            "defects": [str(defect) for part in mail.walk() for defect in part.defects],
            "longest_line": max(len(part) for part in envelope.content.split(b"\r\n")),
            "bare_newlines": envelope.content.replace(b"\r\n", b"").count(b"\n"),
            "body": mail.get_content(),
        }
        print(json.dumps(line), flush=True)
        return "250 taken"


class Server(SMTP):
    async def smtp_DATA(self, arg):
        answer = self.event_handler.refuses("data")
        if answer is None:
            await super().smtp_DATA(arg)
        else:
            await self.push(answer)


class Silence(asyncio.Protocol):
    def connection_made(self, transport):
        print('{"connected": true}', flush=True)


def authenticate(server, session, envelope, mechanism, auth_data):
    given = (auth_data.login, auth_data.password)
    return AuthResult(success=given == (b"desk", (options.password or "").encode()), handled=False)


async def main():
    handler = Handler()
    context = None
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)

    def connection():
        handler.connections += 1
        return Server(
            handler,
            hostname="test",
            tls_context=context,
            authenticator=authenticate if options.password else None,
            auth_required=bool(options.password),
            auth_require_tls=False,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(Silence if options.silent else connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
