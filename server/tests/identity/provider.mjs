// A real provider of OpenID Connect, of its own process: `node provider.mjs PORT KEY_ID`. Machines get tokens in JWT by client credentials.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [, , port, kid] = process.argv;
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const provider = new Provider(issuer, {
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" }] },
  clients: [
    {
      client_id: "robot",
      client_secret: "a secret of the test",
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: "ES256",
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => "https://triptych.example",
      getResourceServerInfo: () => ({
        scope: "",
        audience: "https://triptych.example",
        accessTokenFormat: "jwt",
        accessTokenTTL: 600,
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
});
provider.listen(Number(port), "127.0.0.1", () => console.log(`listening on ${issuer}`));
process.once("disconnect", () => process.exit(1));
