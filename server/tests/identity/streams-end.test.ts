import { execFileSync } from "node:child_process";
import { open, rename, rm, writeFile } from "node:fs/promises";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { BIDI_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { inSeconds } from "@triptych/testkit/sign-in/issuer.ts";
import { describe, expect, it } from "vitest";
import { idOfKey } from "../../src/identity/api-key.ts";
import { manageApiKeys } from "../../src/manage-api-keys.ts";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity();

/** A feed that its caller may follow: it has begun. Resolves with what it ends with. */
async function follow(credential: string, style: (typeof BIDI_STYLES)[number]) {
  const client = createClient(GreeterService, createTransport(style, identity.server.baseUrl));
  const feed = client
    .watchGreetings({}, { headers: { authorization: `Bearer ${credential}` } })
    [Symbol.asyncIterator]();
  await feed.next();
  return { ended: endOf(feed) };
}

async function endOf(feed: AsyncIterator<unknown>): Promise<ConnectError | undefined> {
  try {
    while ((await feed.next()).done !== true);
    return undefined;
  } catch (error) {
    return ConnectError.from(error);
  }
}

const revoke = (key: string) => manageApiKeys(identity.keyFile, ["revoke", idOfKey(key) ?? ""], new Date());

describe.each(BIDI_STYLES)("a stream over %s", (style) => {
  it("ends when its token expires", async () => {
    // The skew that is allowed for ends in a moment.
    const { ended } = await follow(await identity.issuer.tokenOf("alice", { exp: inSeconds(-3) }), style);
    expect(await ended).toMatchObject({ code: Code.Unauthenticated, rawMessage: "the token has expired" });
  });

  it("ends when its key is revoked", async () => {
    const key = await identity.createKey("robot");
    const { ended } = await follow(key, style);
    await revoke(key);
    expect(await ended).toMatchObject({
      code: Code.Unauthenticated,
      rawMessage: "the key was revoked, or what it may do was changed",
    });
  });
});

it("a stream over a WebSocket ends when the token of its upgrade expires, and the socket stays", async () => {
  const authorization = `Bearer ${await identity.issuer.tokenOf("alice", { exp: inSeconds(-3) })}`;
  const client = await openCallClient(identity.server.baseUrl, { authorization });
  const call = client.call(GreeterService.method.watchGreetings);
  await call.send({});
  call.end();
  expect((await call.trailers).get("grpc-status")).toBe(String(Code.Unauthenticated));
  const authorized = { authorization: `Bearer ${await identity.issuer.tokenOf("alice")}` };
  const again = client.call(GreeterService.method.sayHello, authorized);
  await again.send({ name: "Ada" });
  again.end();
  expect((await again.trailers).get("grpc-status")).toBe("0");
  client.socket.close();
});

/** What a call with a credential ends with; 0 where it is let in. */
async function codeOf(credential: string): Promise<Code | 0> {
  const client = createClient(GreeterService, createTransport("grpc", identity.server.baseUrl));
  try {
    await client.sayHello({ name: "Ada" }, { headers: { authorization: `Bearer ${credential}` } });
    return 0;
  } catch (error) {
    return ConnectError.from(error).code;
  }
}

it("no key is let in while the file of keys cannot be read, and its streams end", async () => {
  const key = await identity.createKey("robot");
  const { ended } = await follow(key, "grpc");
  expect(await codeOf(key)).toBe(0);
  await writeFile(identity.keyFile, "{");
  expect(await ended).toMatchObject({ code: Code.Unauthenticated });
  expect(await codeOf(key)).toBe(Code.Unauthenticated);
  await rm(identity.keyFile);
  expect(await codeOf(await identity.createKey("robot"))).toBe(0);
});

it("a file of keys that hangs lets no key in, ends its streams, and holds up no other end", async () => {
  const key = await identity.createKey("robot");
  const byKey = await follow(key, "grpc");
  const byToken = await follow(await identity.issuer.tokenOf("alice", { exp: inSeconds(-2) }), "grpc");
  // Who opens a pipe to read waits for someone to write.
  const pipe = `${identity.keyFile}.pipe`;
  execFileSync("mkfifo", [pipe]);
  await rename(pipe, identity.keyFile);
  expect(await byToken.ended).toMatchObject({ rawMessage: "the token has expired" });
  expect(await byKey.ended).toMatchObject({
    code: Code.Unauthenticated,
    rawMessage: "the key was revoked, or what it may do was changed",
  });
  expect(await codeOf(key)).toBe(Code.Unauthenticated);
  const writer = await open(identity.keyFile, "w");
  await rm(identity.keyFile);
  await writer.close();
  expect(await codeOf(await identity.createKey("robot"))).toBe(0);
});
