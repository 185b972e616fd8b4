import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ScriptService } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { contentTypeOf, type Protocol } from "@triptych/testkit/raw/call-protocol.ts";
import { ENCRYPTED_STYLES, STYLES } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import { openStream } from "@triptych/testkit/raw/http2-client.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadCertificate } from "../../src/certificate.ts";

// 128 MiB go through here, which takes seconds where the machine is busy with other things.
vi.setConfig({ testTimeout: 90_000 });

const TIMEOUT = { timeout: 60_000, interval: 20 };
const MESSAGE_BYTES = 32_768;
/** 128 MiB in all: far more than the buffers of a connection hold. */
const MESSAGES = 4_096;

/** A client that may hold what it cannot send, in MB; else it would not even take headers. */
const CLIENT_OPTIONS = { maxSessionMemory: 1_000, rejectUnauthorized: false };

let served: ServedRoutes | undefined;
let leave: () => void = () => undefined;

afterEach(async () => {
  leave();
  await served?.close();
});

async function serve(how: string) {
  const certificate = how === "over TLS" ? await loadCertificate({ kind: "self-signed" }) : undefined;
  const counts = { made: 0, read: 0 };
  const gate = Promise.withResolvers<void>();
  const data = new Uint8Array(MESSAGE_BYTES);
  async function* replies() {
    for (; counts.made < MESSAGES; counts.made++) yield { reply: { data } };
  }
  async function readAll(requests: AsyncIterable<unknown>) {
    await gate.promise;
    for await (const _ of requests) counts.read += 1;
  }
  const implementation = {
    playOnce: () => ({}),
    readOnce: () => ({}),
    playStream: replies,
    async playUpload(requests: AsyncIterable<unknown>) {
      await readAll(requests);
      return {};
    },
    async *playConversation(requests: AsyncIterable<unknown>) {
      await readAll(requests);
      yield {};
    },
  };
  served = await serveRoutes([serviceRoute(ScriptService, implementation)], { certificate });
  return { counts, gate, baseUrl: served.baseUrl, running: served.rpc.running };
}

const headersOf = (protocol: Protocol): (readonly [string, string])[] => [
  ["host", "localhost"],
  ["content-type", contentTypeOf(protocol, "proto", true)],
  ...(protocol === "grpc" ? [["te", "trailers"] as const] : []),
];

const encode = (protocol: Protocol, bytes: Buffer) =>
  protocol === "grpc-web-text" ? Buffer.from(bytes.toString("base64")) : bytes;

/** Opens a call and returns where its request goes, what comes back, and how many bytes have left this side. */
async function open(http: string, baseUrl: string, protocol: Protocol, method: string) {
  const path = `/triptych.testing.v1.ScriptService/${method}`;
  if (http === "HTTP/1.1") return openHttp1(baseUrl, path, protocol);
  const session: ClientHttp2Session = connectHttp2(baseUrl, CLIENT_OPTIONS);
  leave = () => session.destroy();
  session.on("error", () => undefined);
  await once(session, "connect");
  const { socket } = session;
  const stream = openStream(session, { method: "POST", path, headers: headersOf(protocol), chunks: [] });
  stream.on("error", () => undefined);
  return {
    write: (bytes: Buffer) => stream.write(bytes),
    end: () => void stream.end(),
    response: stream,
    sent: () => socket.bytesWritten ?? 0,
  };
}

async function openHttp1(baseUrl: string, path: string, protocol: Protocol) {
  const { hostname: host, port, protocol: scheme } = new URL(baseUrl);
  const isEncrypted = scheme === "https:";
  const target = { host, port: Number(port) };
  const socket: Socket = isEncrypted ? connectTls({ ...target, rejectUnauthorized: false }) : connect(target);
  leave = () => socket.destroy();
  socket.on("error", () => undefined);
  await once(socket, isEncrypted ? "secureConnect" : "connect");
  const fields = [...headersOf(protocol), ["transfer-encoding", "chunked"], ["connection", "close"]];
  socket.write(`POST ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  return {
    write(bytes: Buffer) {
      socket.write(`${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
      return socket.write("\r\n");
    },
    end: () => void socket.write("0\r\n\r\n"),
    response: socket,
    // What waits in this process is counted among what is written.
    sent: () => socket.bytesWritten - socket.writableLength,
  };
}

/** Resolves when something has stopped to grow, with what it has grown to. */
async function settled(count: () => number): Promise<number> {
  let last = -1;
  let same = 0;
  await vi.waitFor(() => {
    same = count() === last && last > 0 ? same + 1 : 0;
    last = count();
    expect(same).toBeGreaterThanOrEqual(5);
  }, TIMEOUT);
  return last;
}

const styles = [
  ...STYLES.map((style) => ({ ...style, how: "in clear text" })),
  ...ENCRYPTED_STYLES.map((style) => ({ ...style, how: "over TLS" })),
].filter(({ codec }) => codec === "proto");

describe.each(styles)("over $protocol and $http, $how,", ({ protocol, http, how }) => {
  it("a client that does not read stops the handler, which goes on when it does", async () => {
    const { counts, baseUrl, running } = await serve(how);
    const call = await open(http, baseUrl, protocol, "PlayStream");
    call.write(encode(protocol, envelope(Buffer.alloc(0))));
    call.end();
    expect(await settled(() => counts.made)).toBeLessThan(MESSAGES / 2);
    call.response.resume();
    await vi.waitFor(() => expect(counts.made).toBe(MESSAGES), TIMEOUT);
    await vi.waitFor(() => expect(running.count).toBe(0), TIMEOUT);
  });

  it("a client that leaves without having read ends the handler", async () => {
    const { counts, baseUrl, running } = await serve(how);
    const call = await open(http, baseUrl, protocol, "PlayStream");
    call.write(encode(protocol, envelope(Buffer.alloc(0))));
    call.end();
    await settled(() => counts.made);
    leave();
    await vi.waitFor(() => expect(running.count).toBe(0), TIMEOUT);
    expect(counts.made).toBeLessThan(MESSAGES / 2);
  });

  const readers = http === "HTTP/2" ? ["PlayUpload", "PlayConversation"] : ["PlayUpload"];
  it.each(readers)("a handler of %s that does not read stops the client, and then loses nothing", async (method) => {
    const { counts, gate, baseUrl, running } = await serve(how);
    const call = await open(http, baseUrl, protocol, method);
    call.response.resume();
    const one = encode(protocol, envelope(Buffer.from([0x12, 0x80, 0x80, 2, ...Buffer.alloc(MESSAGE_BYTES)])));
    for (let index = 0; index < MESSAGES / 4; index++) call.write(one);
    call.end();
    await vi.waitFor(() => expect(running.count).toBe(1), TIMEOUT);
    expect(await settled(call.sent)).toBeLessThan((MESSAGES / 8) * MESSAGE_BYTES);
    gate.resolve();
    await vi.waitFor(() => expect(counts.read).toBe(MESSAGES / 4), TIMEOUT);
    await vi.waitFor(() => expect(running.count).toBe(0), TIMEOUT);
  });
});
