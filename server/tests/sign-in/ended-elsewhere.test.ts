import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Code, createClient } from "@connectrpc/connect";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { type OpenStream, openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { type SignInProvider, startSignInProvider } from "@triptych/testkit/sign-in/start-provider.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { noPostgres, usePostgres } from "../../src/storage/postgres/testing/use-postgres.ts";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";
import { ORIGIN } from "./use-sign-in.ts";

const postgres = usePostgres();
let provider: SignInProvider;
const started: StartedServer[] = [];
const folders: string[] = [];

beforeEach(async () => {
  provider = await startSignInProvider(ORIGIN, 600);
});

afterEach(async () => {
  // The servers keep their connections to it for their next question.
  await provider.stop();
  // The last first: each compares the process with what it was before it.
  for (const server of started.splice(0).reverse()) await server.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function start(settings: Readonly<Record<string, string>>): Promise<StartedServer> {
  const server = await startServer({ ...provider.settings, ...settings });
  started.push(server);
  return server;
}

/** A feed that the person of a browser may follow, at any server: it has begun. */
async function follow({ baseUrl }: StartedServer, { cookieHeader }: PageClient): Promise<OpenStream<unknown>> {
  const client = createClient(OrderService, createTransport("grpc-web over http/2", baseUrl));
  const headers = { cookie: cookieHeader, origin: ORIGIN };
  const stream = openStream((options) => client.watchOrders({}, { ...options, headers }));
  await stream.next();
  return stream;
}

async function expectRevoked(stream: OpenStream<unknown>): Promise<void> {
  await expect(stream.next()).rejects.toMatchObject({
    code: Code.Unauthenticated,
    rawMessage: "the session was revoked",
  });
}

describe.skipIf(noPostgres !== undefined)(`two servers on one database${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  it("end the streams of a session that was ended at the other", async () => {
    const DATABASE_URL = await postgres.newSchema();
    const [here, there] = [await start({ DATABASE_URL }), await start({ DATABASE_URL })];
    const browser = new PageClient(here.baseUrl, ORIGIN);
    await browser.signIn("alice");
    const other = new PageClient(here.baseUrl, ORIGIN);
    await other.signIn("bob");
    await using stream = await follow(there, browser);
    await using stays = await follow(there, other);
    const revoked = expectRevoked(stream);
    await browser.request("/auth/sign-out", { method: "POST" });
    await revoked;
    // The session of another goes on: an order of theirs comes.
    const { createOrder } = createClient(OrderService, createTransport("grpc-web over http/2", here.baseUrl));
    const headers = { cookie: other.cookieHeader, origin: ORIGIN };
    await createOrder({ items: [{ bookId: 1 }], phone: "112 112" }, { headers });
    await stays.next();
  }, 60_000);
});

describe("a server on SQLite", () => {
  it("ends the streams of a session that was ended in the database", async () => {
    const { server, browser, endSession } = await signedIn();
    await using stream = await follow(server, browser);
    const revoked = expectRevoked(stream);
    endSession();
    await revoked;
  }, 60_000);

  it("lets in no more calls of such a session over a connection that they came by", async () => {
    const { server, browser, endSession } = await signedIn();
    const { listOrders } = createClient(OrderService, createTransport("grpc-web over http/2", server.baseUrl, 10_000));
    const list = () => listOrders({}, { headers: { cookie: browser.cookieHeader, origin: ORIGIN } });
    // Until all that can be remembered of their headers is.
    for (let count = 0; count < 5; count++) await list();
    endSession();
    const ended = async () => expect(list()).rejects.toMatchObject({ code: Code.Unauthenticated });
    await vi.waitFor(ended, { timeout: 5_000, interval: 50 });
  }, 60_000);
});

/** A server whose database a test can write to, and a person who has signed in. */
async function signedIn() {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  folders.push(directory);
  const server = await start({ DATA_DIR: directory });
  const browser = new PageClient(server.baseUrl, ORIGIN);
  await browser.signIn("alice");
  const endSession = () => {
    using database = new DatabaseSync(join(directory, "triptych.sqlite"), { timeout: 5_000 });
    database.exec("delete from sessions where subject = 'alice'");
  };
  return { server, browser, endSession };
}
