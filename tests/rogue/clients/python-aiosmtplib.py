"""aiosmtplib, with the exception left to the interpreter."""
import asyncio
import os
import ssl
import sys

sys.path.insert(0, os.path.join(os.environ["ROGUE_CACHE"], "aiosmtplib"))
import aiosmtplib

from_env = lambda name: os.environ["ROGUE_" + name]


async def main():
    password = from_env("AUTH") == "password"
    tls = from_env("TLS")
    with open(from_env("MESSAGE")) as message:
        text = message.read()
    refused, _ = await aiosmtplib.send(
        text,
        sender=from_env("FROM"),
        recipients=from_env("TO").split(","),
        hostname=from_env("HOST"),
        port=int(from_env("PORT")),
        username=from_env("USER") if password else None,
        password=from_env("PASSWORD") if password else None,
        local_hostname="client.example",
        timeout=float(from_env("TIMEOUT")),
        use_tls=tls == "implicit",
        start_tls=tls == "starttls",
        tls_context=ssl.create_default_context(cafile=from_env("CA")),
    )
    if refused:
        print(refused)
        raise SystemExit(1)


asyncio.run(main())
