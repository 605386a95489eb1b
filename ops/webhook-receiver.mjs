#!/usr/bin/env node
// An example of who receives our webhooks; needs nothing but Node 18 or newer. For developers.
// Run: WEBHOOK_SECRET='whsec_…' node ops/webhook-receiver.mjs 9000, and enter http://that-host:9000/ as the webhook's address.
// It checks the signature (Standard Webhooks), refuses what is older than five minutes, and prints each delivery once.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const secret = process.env.WEBHOOK_SECRET ?? '';
const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
if (key.length < 16) throw new Error('Set WEBHOOK_SECRET to the signing secret of the channel.');
const seen = new Set(); // yours should outlive a restart

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = request.headers;
  const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  const good = String(signatures).split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!good || !(Math.abs(Date.now() / 1000 - Number(at)) < 300)) {
    response.writeHead(401).end('signature');
    return;
  }
  if (!seen.has(id)) {
    seen.add(id);
    const { type, severity, headline, link } = JSON.parse(body);
    console.log(`${type} (${severity}): ${headline} ${link ?? ''}`);
  }
  response.writeHead(204).end(); // anything but 2xx, 4xx excepted, is tried again
}).listen(Number(process.argv[2] ?? 9000));
