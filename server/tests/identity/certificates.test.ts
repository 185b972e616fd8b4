import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";
import { overHttp2 } from "../surface-client.ts";
import { type ClientAuthority, type Credentials, createClientAuthority } from "./client-authority.ts";

let folder: string;
let server: StartedServer;
let authority: ClientAuthority;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "triptych-ca-"));
  authority = await createClientAuthority("clients");
  const file = join(folder, "clients.pem");
  await writeFile(file, authority.cert);
  server = await startServer({ TLS: "self-signed", TLS_CLIENT_CA: file, TLS_CLIENT_ADMINS: "operator" });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

it("has pages know that a certificate may say who calls", async () => {
  const { body } = await overHttp2(server.baseUrl, "/auth/session");
  expect(JSON.parse(body)).toEqual({ asks: true, signsIn: false, takesCertificates: true, user: null });
});

/** What a client shows, and that it trusts the certificate of the server. */
const shows = (credentials: Partial<Credentials>) => ({ rejectUnauthorized: false, ...credentials });

/** Transports whose clients show a certificate. Over HTTP/1.1 each call has a connection of its own. */
const transports: Readonly<Record<string, (credentials: Partial<Credentials>) => Transport>> = {
  "gRPC over HTTP/2": (credentials) =>
    createGrpcTransport({
      baseUrl: server.baseUrl,
      sessionManager: sessionManager(server.baseUrl, shows(credentials)),
    }),
  "gRPC-Web over HTTP/1.1": (credentials) =>
    createGrpcWebTransport({
      baseUrl: server.baseUrl,
      httpVersion: "1.1",
      nodeOptions: { ...shows(credentials), agent: false },
    }),
  "Connect over HTTP/1.1": (credentials) =>
    createConnectTransport({
      baseUrl: server.baseUrl,
      httpVersion: "1.1",
      nodeOptions: { ...shows(credentials), agent: false },
    }),
};

describe.each(Object.entries(transports))("over %s", (_name, open) => {
  it("a certificate that the authority has signed says who calls", async () => {
    const client = createClient(GreeterService, open(await authority.sign("robot")));
    expect((await client.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
  });

  it("no certificate, and that of another authority, say nothing", async () => {
    const other = await createClientAuthority("others");
    for (const credentials of [{}, await other.sign("robot")]) {
      const client = createClient(GreeterService, open(credentials));
      await expect(client.sayHello({ name: "Ada" })).rejects.toMatchObject({ code: Code.Unauthenticated });
    }
  });

  it("admins are those that are named", async () => {
    const code = async (name: string) => {
      const client = createClient(TraceService, open(await authority.sign(name)));
      return client.getTrace({ traceId: "0".repeat(32) }).catch((error) => ConnectError.from(error).code);
    };
    expect(await code("robot")).toBe(Code.PermissionDenied);
    expect(await code("operator")).toBe(Code.FailedPrecondition);
  });
});

it("over a WebSocket the certificate of its connection says who calls", async () => {
  const client = await openCallClient(server.baseUrl, {}, await authority.sign("robot"));
  const call = client.call(GreeterService.method.sayHello);
  await call.send({ name: "Ada" });
  call.end();
  expect((await call.trailers).get("grpc-status")).toBe("0");
  client.socket.close();
});

it("a stream ends when the certificate expires", { timeout: 20_000 }, async () => {
  const open = transports["gRPC over HTTP/2"];
  if (open === undefined) throw new Error("gRPC must be among the transports");
  const transport = open(await authority.sign("robot", 5_000));
  const feed = createClient(GreeterService, transport).watchGreetings({});
  await expect(Array.fromAsync(feed)).rejects.toMatchObject({
    code: Code.Unauthenticated,
    rawMessage: "the certificate has expired",
  });
});
