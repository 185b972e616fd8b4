import { createHmac } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { AUDIENCE, type Issuer, inSeconds, startIssuer } from "@triptych/testkit/sign-in/issuer.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity();

/** Someone else who signs tokens, and says that they are of our issuer. */
let other: Issuer;
beforeAll(async () => {
  other = await startIssuer();
});
afterAll(() => other.close());

/** What a call with a credential ends with. */
async function sayHello(credential: string, style: (typeof CALL_STYLES)[number] = "connect over http/1.1") {
  const client = createClient(GreeterService, createTransport(style, identity.server.baseUrl));
  try {
    return (await client.sayHello({ name: "Ada" }, { headers: { authorization: `Bearer ${credential}` } })).message;
  } catch (error) {
    return ConnectError.from(error);
  }
}

/** A token signed as if a key that everybody has were a secret. */
async function withSecret(secret: string | Buffer): Promise<string> {
  const signed = `${base64url({ alg: "HS256", kid: "1" })}.${base64url(await claims())}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function claims(): Promise<unknown> {
  const [, payload = ""] = (await identity.issuer.tokenOf("alice")).split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}

/** A token that is rejected, and what its caller is told. */
const attacks: Readonly<Record<string, readonly [token: () => Promise<string>, why: string]>> = {
  "with no signature": [
    async () => `${base64url({ alg: "none" })}.${base64url(await claims())}.`,
    "the token is not signed in a way that is taken",
  ],
  "signed with the public key as a secret": [
    async () => withSecret(await identity.issuer.publicKey()),
    "the token is not signed in a way that is taken",
  ],
  "signed with the key as it is published as a secret": [
    () => withSecret(Buffer.from(identity.issuer.publicJwk().x ?? "", "base64url")),
    "the token is not signed in a way that is taken",
  ],
  "with its signature left out": [
    async () => (await identity.issuer.tokenOf("alice")).replace(/[^.]+$/, ""),
    "the signature of the token is wrong",
  ],
  "with an algorithm of another kind of key": [
    async () => {
      const [, payload, signature] = (await identity.issuer.tokenOf("alice")).split(".");
      return `${base64url({ alg: "RS256", kid: "1" })}.${payload}.${signature}`;
    },
    "the token is signed by no key of the issuer",
  ],
  "signed by another in the name of our issuer": [
    () => other.tokenOf("alice", { iss: identity.issuer.url }),
    "the signature of the token is wrong",
  ],
  "that brings the key that it is signed with": [
    () => other.tokenOf("alice", { iss: identity.issuer.url }, { jwk: other.publicJwk() }),
    "the signature of the token is wrong",
  ],
  "that says where its key is": [
    () => other.tokenOf("alice", { iss: identity.issuer.url }, { jku: `${other.url}/keys` }),
    "the signature of the token is wrong",
  ],
  "whose key has a path for a name": [
    () => identity.issuer.tokenOf("alice", {}, { kid: "../../../dev/null" }),
    "the token is signed by no key of the issuer",
  ],
  "that asks for what the server does not know": [
    async () => {
      const [, payload, signature] = (await identity.issuer.tokenOf("alice")).split(".");
      return `${base64url({ alg: "ES256", kid: "1", crit: ["exp"], exp: 1 })}.${payload}.${signature}`;
    },
    "what came as a token is no signed JWT",
  ],
  "whose claims were changed": [
    async () => {
      const [header, , signature] = (await identity.issuer.tokenOf("alice")).split(".");
      return `${header}.${base64url({ ...Object(await claims()), sub: "root" })}.${signature}`;
    },
    "the signature of the token is wrong",
  ],
  "for another audience": [
    () => identity.issuer.tokenOf("alice", { aud: "https://other.example" }),
    "the token is not for the audience https://triptych.example",
  ],
  "for an audience that begins as ours does": [
    () => identity.issuer.tokenOf("alice", { aud: `${AUDIENCE}.evil.example` }),
    "the token is not for the audience https://triptych.example",
  ],
  "for no audience": [
    () => identity.issuer.tokenOf("alice", { aud: undefined }),
    "the token is not for the audience https://triptych.example",
  ],
  "of an issuer that begins as ours does": [
    () => identity.issuer.tokenOf("alice", { iss: `${identity.issuer.url}/` }),
    "the token is of another issuer than",
  ],
  "that names another issuer": [
    () => identity.issuer.tokenOf("alice", { iss: "https://other.example" }),
    "the token is of another issuer than",
  ],
  "that has expired": [() => identity.issuer.tokenOf("alice", { exp: inSeconds(-6) }), "the token has expired"],
  "that is not valid yet": [
    () => identity.issuer.tokenOf("alice", { nbf: inSeconds(10) }),
    "the token is not valid yet",
  ],
  "that never expires": [() => identity.issuer.tokenOf("alice", { exp: undefined }), "the token has no exp"],
  "of nobody": [() => identity.issuer.tokenOf(""), "the token has no sub"],
  "whose subject is a number": [() => identity.issuer.tokenOf("alice", { sub: 7 }), "the token has no sub"],
  "whose subject is a list": [() => identity.issuer.tokenOf("alice", { sub: ["root"] }), "the token has no sub"],
  "whose subject is longer than 255 characters": [
    () => identity.issuer.tokenOf("a".repeat(256)),
    "the token has no sub",
  ],
  "whose subject cannot be shown": [() => identity.issuer.tokenOf("ro\u202eot"), "the token has no sub"],
};

describe.each(Object.entries(attacks))("a token %s", (_which, [token, why]) => {
  it("is rejected, with the reason", async () => {
    const error = await sayHello(await token());
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: expect.stringContaining(why) });
  });
});

it("takes a token whose clock is a moment off", async () => {
  expect(await sayHello(await identity.issuer.tokenOf("alice", { exp: inSeconds(-2) }))).toBe("Hello, Ada!");
  expect(await sayHello(await identity.issuer.tokenOf("bob", { nbf: inSeconds(3) }))).toBe("Hello, Ada!");
});

it("takes a token for several audiences, of which it is one", async () => {
  const token = await identity.issuer.tokenOf("alice", { aud: ["https://other.example", AUDIENCE] });
  expect(await sayHello(token)).toBe("Hello, Ada!");
});

it("asks nobody for keys but the issuer", async () => {
  const headers = { jku: `${other.url}/keys`, x5u: `${other.url}/keys`, jwk: other.publicJwk() };
  await sayHello(await other.tokenOf("alice", { iss: identity.issuer.url }, headers));
  await sayHello(await other.tokenOf("alice", {}, headers));
  expect(other.keyRequests).toBe(0);
});

it("takes no key that is not in the file, however much it looks like one", async () => {
  const error = await sayHello(`tk_${"a".repeat(12)}_${"b".repeat(43)}`);
  expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: "the key is not known, or was revoked" });
});

it("answers before the body has come", async () => {
  const { hostname, port } = new URL(identity.server.baseUrl);
  const headers = { "content-type": "application/json", "content-length": "1000000" };
  const path = `/${GreeterService.typeName}/SayHello`;
  const waiting = request({ hostname, port, path, method: "POST", headers, agent: false });
  waiting.on("error", () => undefined);
  waiting.flushHeaders();
  const [response] = await once(waiting, "response");
  expect(response.statusCode).toBe(401);
  waiting.destroy();
});

it("says how to sign in", async () => {
  const client = createClient(GreeterService, createTransport("grpc", identity.server.baseUrl));
  await expect(client.sayHello({ name: "Ada" })).rejects.toMatchObject({
    code: Code.Unauthenticated,
    rawMessage: `triptych.greeter.v1.GreeterService/SayHello asks who calls: send "authorization: Bearer" with a token of ${identity.issuer.url} or an API key`,
  });
});
