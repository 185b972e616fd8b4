import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { block, data, frame, PREFACE, settings, windowUpdate } from "@triptych/testkit/http2/http2-frames.ts";
import { expect, it } from "vitest";
import { loadCertificate } from "../src/certificate.ts";
import { serveGreeter } from "./serve-greeter.ts";

const PATH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const EMPTY_MESSAGE = Buffer.alloc(5);
const MANY_BYTES = 1_000_000_000;
const TIMEOUT = { timeout: 10_000, interval: 5 };

async function* silent(_request: unknown, { signal }: { readonly signal: AbortSignal }) {
  yield {};
  await once(signal, "abort");
}

async function* endless() {
  const message = "x".repeat(32_768);
  for (;;) yield { update: { case: "greeting", value: { message } } as const };
}

const http1 = [
  Buffer.from(
    `POST ${PATH} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/grpc-web+proto\r\ncontent-length: 5\r\n\r\n`,
  ),
  EMPTY_MESSAGE,
];
const head = block([
  [":method", "POST"],
  [":scheme", "http"],
  [":path", PATH],
  [":authority", "localhost"],
  ["content-type", "application/grpc"],
  ["te", "trailers"],
]);
const http2 = [PREFACE, settings(), frame(FrameType.headers, FrameFlag.endHeaders, 1, head), data(1, EMPTY_MESSAGE)];
const openWindows = [windowUpdate(0, MANY_BYTES), windowUpdate(1, MANY_BYTES)];

/** A stream to which nothing is written, and one whose client does not read what is. */
const cases = [
  { what: "a silent stream over HTTP/1.1", bytes: http1, stream: silent, reads: true },
  { what: "a silent stream over HTTP/2", bytes: http2, stream: silent, reads: true },
  {
    what: "a stream over HTTP/2 that it does not read",
    bytes: [...http2, ...openWindows],
    stream: endless,
    reads: false,
  },
].flatMap((each) => ["in clear text", "over TLS"].map((how) => ({ ...each, how })));

it.each(cases)("a client that closes its side behind $what, $how, has left", async ({ bytes, stream, reads, how }) => {
  const certificate = how === "over TLS" ? await loadCertificate({ kind: "self-signed" }) : undefined;
  const served = await serveGreeter({ watchGreetings: stream }, { certificate });
  const socket = connect({ port: served.port, host: "127.0.0.1", allowHalfOpen: true });
  const ALPNProtocols = [bytes === http1 ? "http/1.1" : "h2"];
  const client = certificate ? connectTls({ socket, ALPNProtocols, rejectUnauthorized: false }) : socket;
  client.on("error", () => undefined);
  if (reads) client.resume();
  client.write(Buffer.concat(bytes));
  await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(1);
  client.end();
  // It keeps its own side of the connection: nothing but its end says that it has left.
  await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(0);
  await served.expectNothingHeld();
  socket.destroy();
  await served.close();
});
