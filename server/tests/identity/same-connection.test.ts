import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { inSeconds } from "@triptych/testkit/sign-in/issuer.ts";
import { expect, it, vi } from "vitest";
import { idOfKey } from "../../src/identity/api-key.ts";
import { manageApiKeys } from "../../src/manage-api-keys.ts";
import { openCarrier } from "./code-of-call.ts";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity({ REFLECTION: "admin" });
/** How often a call is made until all that can be remembered of its headers is. */
const AGAIN = 5;
/** For how long a connection stays without a call, in milliseconds: it is one for all calls of a test. */
const STAYS_MS = 10_000;

const revoke = (key: string) => manageApiKeys(identity.keyFile, ["revoke", idOfKey(key) ?? ""], new Date());
const bearing = (credential: string) => ({ headers: { authorization: `Bearer ${credential}` } });

/** Calls with a credential, all over one connection of HTTP/2 and in the same bytes; resolves with what a call ends with, 0 where it is let in. */
function callsOfOneConnection(credential: string): () => Promise<Code | 0> {
  const client = createClient(GreeterService, createTransport("grpc", identity.server.baseUrl, STAYS_MS));
  return () =>
    client.listLanguages({}, bearing(credential)).then(
      () => 0 as const,
      (error) => ConnectError.from(error).code,
    );
}

async function lettingIn(codeOf: () => Promise<Code | 0>): Promise<void> {
  for (let count = 0; count < AGAIN; count++) expect(await codeOf()).toBe(0);
}

const untilRejected = (codeOf: () => Promise<Code | 0>) =>
  vi.waitFor(async () => expect(await codeOf()).toBe(Code.Unauthenticated), { timeout: 10_000, interval: 50 });

it("a key that is revoked is let in no more over a connection that it came by", async () => {
  const key = await identity.createKey("robot");
  const codeOf = callsOfOneConnection(key);
  await lettingIn(codeOf);
  await revoke(key);
  await untilRejected(codeOf);
});

it("a token that has expired is let in no more over a connection that it came by", async () => {
  const codeOf = callsOfOneConnection(await identity.issuer.tokenOf("alice", { exp: inSeconds(-2) }));
  await lettingIn(codeOf);
  await untilRejected(codeOf);
});

it("a stream of a caller who has had others over the connection ends when the key is revoked", async () => {
  const key = await identity.createKey("robot");
  const client = createClient(GreeterService, createTransport("grpc", identity.server.baseUrl, STAYS_MS));
  const open = async () => {
    const leaves = new AbortController();
    const feed = client.watchGreetings({}, { ...bearing(key), signal: leaves.signal })[Symbol.asyncIterator]();
    await feed.next();
    return { feed, leaves };
  };
  for (let count = 0; count < AGAIN; count++) (await open()).leaves.abort();
  const { feed } = await open();
  await revoke(key);
  await expect(untilEnd(feed)).rejects.toMatchObject({ code: Code.Unauthenticated });
});

it("what a caller may not call they may not call again either", async () => {
  const { codeOf } = await openCarrier("grpc", identity.server.baseUrl);
  const token = await identity.issuer.tokenOf("alice");
  for (let count = 0; count < AGAIN; count++)
    expect(await codeOf(ServerReflection.method.serverReflectionInfo, token)).toBe(Code.PermissionDenied);
});

async function untilEnd(feed: AsyncIterator<unknown>): Promise<void> {
  while ((await feed.next()).done !== true);
}

it("callers who share a connection are told apart", async () => {
  const books = createClient(RecommendationService, createTransport("grpc", identity.server.baseUrl, STAYS_MS));
  const [alice, bob] = [await identity.issuer.tokenOf("alice"), await identity.issuer.tokenOf("bob")].map(bearing);
  await books.rateBook({ bookId: 1, change: { case: "stars", value: 5 } }, alice);
  for (let count = 0; count < AGAIN; count++) {
    expect((await books.listRatings({}, alice)).totalSize).toBe(1);
    expect((await books.listRatings({}, bob)).totalSize).toBe(0);
    await expect(books.listRatings({})).rejects.toMatchObject({ code: Code.Unauthenticated });
  }
});
