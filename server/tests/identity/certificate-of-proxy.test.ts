import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";
import { type ClientAuthority, type Credentials, createClientAuthority } from "./client-authority.ts";

let folder: string;
let file: string;
let authority: ClientAuthority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-ca-"));
  authority = await createClientAuthority("clients");
  file = join(folder, "clients.pem");
  await writeFile(file, authority.cert);
});

afterAll(() => rm(folder, { recursive: true }));

/** How a call is made: with what a client shows, and the headers that it sends; resolves with the code that it ends with, 0 for a good end. */
type CodeOf = (baseUrl: string, shown: Credentials, headers: Record<string, string>) => Promise<Code | 0>;

async function codeOver(transport: Transport, headers: Record<string, string>): Promise<Code | 0> {
  try {
    await createClient(GreeterService, transport).sayHello({ name: "Ada" }, { headers });
    return 0;
  } catch (error) {
    return ConnectError.from(error).code;
  }
}

const carriers: Readonly<Record<string, CodeOf>> = {
  "HTTP/2": (baseUrl, shown, headers) => {
    const nodeOptions = { rejectUnauthorized: false, ...shown };
    return codeOver(createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl, nodeOptions) }), headers);
  },
  "HTTP/1.1": (baseUrl, shown, headers) => {
    const nodeOptions = { rejectUnauthorized: false, ...shown, agent: false } as const;
    return codeOver(createConnectTransport({ baseUrl, httpVersion: "1.1", nodeOptions }), headers);
  },
  "a WebSocket": async (baseUrl, shown, headers) => {
    const client = await openCallClient(baseUrl, headers, shown);
    const call = client.call(GreeterService.method.sayHello);
    await call.send({ name: "Ada" });
    call.end();
    const status = (await call.trailers).get("grpc-status");
    client.socket.close();
    return Number(status);
  },
};

/** What a proxy may say of its client. The server listens on the loopback, and so is the proxy. */
const FORWARDED: Readonly<Record<string, Record<string, string>>> = {
  "another address": { "x-forwarded-for": "203.0.113.9" },
  "its own address": { "x-forwarded-for": "127.0.0.1" },
  "its own address, mapped into IPv6": { "x-forwarded-for": "::ffff:127.0.0.1" },
  "what is no address": { "x-forwarded-for": "unknown" },
  nothing: {},
};

describe.each([
  ["so many proxies in a row are trusted", "1"],
  ["the network of the proxy is trusted", "127.0.0.0/8,::1"],
])("where %s", (_name, trusted) => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ TLS: "self-signed", TLS_CLIENT_CA: file, TRUST_PROXY: trusted });
  });
  afterAll(() => server.close());

  describe.each(Object.entries(carriers))("over %s", (_carrier, codeOf) => {
    it.each(Object.entries(FORWARDED))(
      "its certificate does not say who calls, when it names %s",
      async (_what, headers) => {
        expect(await codeOf(server.baseUrl, await authority.sign("proxy"), headers)).toBe(Code.Unauthenticated);
      },
    );
  });
});

describe("where the network of another proxy is trusted", () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({ TLS: "self-signed", TLS_CLIENT_CA: file, TRUST_PROXY: "192.0.2.0/24" });
  });
  afterAll(() => server.close());

  it.each(Object.entries(carriers))("the certificate of a client says who calls over %s", async (_carrier, codeOf) => {
    const headers = { "x-forwarded-for": "203.0.113.9" };
    expect(await codeOf(server.baseUrl, await authority.sign("robot"), headers)).toBe(0);
  });
});
