// A real OpenID provider for tests, on 127.0.0.1, in memory. Usage: node openid.mjs '{"port":9000,"client":"ddoc","secret":"…","redirect":"http://…/sign-in/openid"}'
// Whoever signs in is whom they say they are. GET /groups/alice/admins,staff sets the groups of alice.
import Provider from 'oidc-provider';

const options = JSON.parse(process.argv[2]);
const groupsOf = new Map();
const issuer = `http://127.0.0.1:${options.port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: options.client, client_secret: options.secret, redirect_uris: [options.redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
  pkce: { required: () => true },
  cookies: { keys: ['of these tests'] },
  claims: { openid: ['sub'], email: ['email'], groups: ['groups'], profile: ['name'] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  ttl: { Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 3600, IdToken: 3600 },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, email: `${id}@example.com`, name: id, groups: groupsOf.get(id) ?? [] }) }),
});
provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/groups/')) {
    const [, , name, groups] = ctx.path.split('/');
    groupsOf.set(name, groups ? groups.split(',') : []);
    ctx.body = 'kept';
    return;
  }
  await next();
});
provider.listen(options.port, '127.0.0.1', () => console.log('listening'));
