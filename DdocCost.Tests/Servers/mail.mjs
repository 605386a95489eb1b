// A real SMTP server for tests, on 127.0.0.1. Usage: node mail.mjs '{"port":2525,"folder":"/tmp/box","security":"starttls"|"tls"|"none", ...}'
// Keeps each message as N.eml with its envelope in N.json. What it refuses is said by the recipient's name:
// refuse-550@… at RCPT for good, busy-451@… at RCPT for now, silent@… never answers after the data, once-451@… refuses the first time only.
import { createWriteStream, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2]);
const seen = new Set();
let count = 0;

const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  secure: options.security === 'tls',
  disabledCommands: [...(options.security === 'starttls' ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
  authOptional: !options.user,
  authMethods: options.token ? ['XOAUTH2'] : ['PLAIN', 'LOGIN'],
  allowInsecureAuth: false,
  key: options.key && readFileSync(options.key),
  cert: options.cert && readFileSync(options.cert),
  logger: false,
  onAuth(auth, session, done) {
    if (auth.method === 'XOAUTH2' ? auth.username === options.user && auth.accessToken === options.token : auth.username === options.user && auth.password === options.password) {
      return done(null, { user: auth.username });
    }
    return auth.method === 'XOAUTH2'
      ? done(null, { data: { status: '400', schemes: 'bearer', scope: 'https://mail' } })
      : done(refuse(535, 'Authentication credentials invalid'));
  },
  onRcptTo(address, session, done) {
    const [, kind, code] = /^(refuse|busy|once)-(\d{3})/.exec(address.address) ?? [];
    if (kind && !(kind === 'once' && seen.has(address.address))) {
      seen.add(address.address);
      return done(refuse(Number(code), kind === 'refuse' ? 'mailbox unavailable' : 'try again later'));
    }
    return done();
  },
  onData(stream, session, done) {
    const name = join(options.folder, String(count++).padStart(4, '0'));
    const { mailFrom, rcptTo } = session.envelope;
    stream.pipe(createWriteStream(`${name}.part`)).on('finish', () => {
      if (rcptTo.some(({ address }) => address.startsWith('silent@'))) return; // no answer, for ever
      writeFileSync(`${name}.json`, JSON.stringify({ from: mailFrom.address, to: rcptTo.map(({ address }) => address), secure: session.secure, user: session.user ?? null }));
      renameSync(`${name}.part`, `${name}.eml`); // whoever waits for it finds it whole
      done(null, `kept as ${name}`);
    });
  },
});
server.on('error', () => {}); // a client that hangs up in the middle is its own business
server.listen(options.port, '127.0.0.1', () => console.log('listening'));
