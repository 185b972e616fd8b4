// A real provider of OpenID Connect, of its own process: `node provider.mjs PORT ORIGIN TOKEN_SECONDS`. It believes everybody who they say they are, and
// sends browsers back to the pages of an origin. Its tokens are valid for so many seconds.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [, , port, origin, seconds] = process.argv;
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const provider = new Provider(issuer, {
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "first", alg: "ES256", use: "sig" }] },
  clients: [
    {
      client_id: "triptych",
      client_secret: "a secret of the test",
      grant_types: ["authorization_code", "refresh_token"],
      redirect_uris: [`${origin}/auth/callback`],
      post_logout_redirect_uris: [`${origin}/`],
      response_types: ["code"],
      id_token_signed_response_alg: "ES256",
    },
  ],
  cookies: { keys: ["a key of the test"] },
  claims: { openid: ["sub"], profile: ["name"] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the test` }) }),
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  ttl: { AccessToken: Number(seconds) },
  features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
});
// Which requests it has answered is what tests ask about.
provider.use(async (context, next) => {
  await next();
  if (context.path === "/token" || context.path === "/token/revocation")
    console.log(`answered ${context.path} ${context.oidc?.params?.grant_type ?? ""} ${context.status}`);
});
provider.listen(Number(port), "127.0.0.1", () => console.log(`listening on ${issuer}`));
process.once("disconnect", () => process.exit(1));
