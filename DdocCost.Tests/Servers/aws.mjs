// S3, SQS and SNS for tests, on 127.0.0.1, in memory. Usage: node aws.mjs PORT
import { buildApp } from 'fauxqs';

const app = await buildApp({ logger: false, defaultRegion: 'eu-west-1', host: '127.0.0.1' });
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
