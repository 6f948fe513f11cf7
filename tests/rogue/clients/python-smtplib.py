"""Python's smtplib, with the exception left to the interpreter."""
import os
import smtplib
import ssl

from_env = lambda name: os.environ["ROGUE_" + name]

context = ssl.create_default_context(cafile=from_env("CA"))
host, port, timeout = from_env("HOST"), int(from_env("PORT")), float(from_env("TIMEOUT"))
if from_env("DEBUG") == "yes":
    smtplib.SMTP.debuglevel = 1
if from_env("TLS") == "implicit":
    server = smtplib.SMTP_SSL(host, port, "client.example", timeout=timeout, context=context)
else:
    server = smtplib.SMTP(host, port, "client.example", timeout=timeout)
if from_env("TLS") == "starttls":
    server.starttls(context=context)
if from_env("AUTH") == "password":
    server.login(from_env("USER"), from_env("PASSWORD"))
elif from_env("AUTH") == "token":
    server.ehlo_or_helo_if_needed()
    token = "user=%s\x01auth=Bearer %s\x01\x01" % (from_env("USER"), from_env("PASSWORD"))
    server.auth("XOAUTH2", lambda challenge=None: token if not challenge else "")
with open(from_env("MESSAGE")) as message:
    refused = server.sendmail(from_env("FROM"), from_env("TO").split(","), message.read())
if refused:
    print(refused)
server.quit()
raise SystemExit(1 if refused else 0)
