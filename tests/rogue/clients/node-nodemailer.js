// Nodemailer, with the error as console.error shows it; logger and debug show the session.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const nodemailer = createRequire(process.env.ROGUE_CACHE + '/node/')('nodemailer');

const env = (name) => process.env['ROGUE_' + name];
const timeout = Number(env('TIMEOUT')) * 1000;
const auth = {
  no: undefined,
  password: { user: env('USER'), pass: env('PASSWORD') },
  token: { type: 'OAuth2', user: env('USER'), accessToken: env('PASSWORD') },
}[env('AUTH')];

nodemailer
  .createTransport({
    host: env('HOST'),
    port: Number(env('PORT')),
    secure: env('TLS') === 'implicit',
    requireTLS: env('TLS') === 'starttls',
    ignoreTLS: env('TLS') === 'none',
    name: 'client.example',
    auth,
    tls: { ca: readFileSync(env('CA')) },
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    logger: env('DEBUG') === 'yes',
    debug: env('DEBUG') === 'yes',
  })
  .sendMail({
    envelope: { from: env('FROM'), to: env('TO').split(',') },
    raw: readFileSync(env('MESSAGE')),
  })
  .then((info) => {
    if (info.rejected.length > 0) {
      console.error(info);
      process.exitCode = 1;
    }
  })
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
