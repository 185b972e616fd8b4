import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createRpcServer } from "@triptych/rpc";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { createPushStream } from "@triptych/testkit/page/push-stream.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { expect, it, onTestFinished, vi } from "vitest";
import { WebSocket } from "ws";
import { noNginx, startNginx } from "./start-nginx.ts";

/** What nginx cuts streams after that are silent; far longer than it takes a server to ping. */
const LIMIT = "8s";
const PING_MS = 500;
const NEVER_MS = 3_600_000;

/** Starts a server that pings so often, and nginx as in `deploy/` before it, with limits that a test can wait for; returns where that listens. */
async function start(pingIntervalMs: number): Promise<string> {
  const server = createRpcServer({
    routes: (router) =>
      router.service(GreeterService, {
        async *converse(requests) {
          for await (const { name } of requests) yield { message: `Hello, ${name}!` };
        },
      }),
    http2Limits: { pingIntervalMs },
    socketLimits: { pingIntervalMs },
    drainMs: 1,
  });
  onTestFinished(() => server.close());
  const { port: behind } = await server.listen(0, "127.0.0.1");
  const folder = await mkdtemp(join(tmpdir(), "triptych-quiet-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const host = `127.0.0.1:${behind}`;
  const nginx = await startNginx({
    ...{ folder, file: "nginx.conf", listen: [`127.0.0.1:${port}`], servers: [host, host] },
    ...{ certificate: await createCertificate(), limitOfStreams: LIMIT },
  });
  onTestFinished(() => nginx.close());
  return `https://localhost:${port}`;
}

/** A conversation whose first message is answered. */
async function converse(baseUrl: string) {
  const said = createPushStream<{ name: string }>();
  const answers = createClient(GreeterService, createTransport("grpc", baseUrl)).converse(said)[Symbol.asyncIterator]();
  const say = async (name: string) => {
    said.push({ name });
    return (await answers.next()).value?.message;
  };
  // It takes a moment until nginx listens.
  await vi.waitFor(() => requestOver(baseUrl), { timeout: 30_000 });
  expect(await say("Ada")).toBe("Hello, Ada!");
  return { say, next: () => answers.next(), end: () => said.end() };
}

async function requestOver(baseUrl: string): Promise<void> {
  const socket = openSocket(baseUrl);
  await once(socket, "open");
  socket.terminate();
}

const openSocket = (baseUrl: string) =>
  new WebSocket(`${baseUrl.replace("https", "wss")}/calls`, "triptych-calls.v1", { rejectUnauthorized: false });

it.skipIf(noNginx !== undefined)(
  `streams on which both sides are silent outlive the limits of nginx by the pings of the server${noNginx ? `: ${noNginx}` : ""}`,
  { timeout: 120_000 },
  async () => {
    const [pinging, silent] = await Promise.all([start(PING_MS), start(NEVER_MS)]);
    const kept = await converse(pinging);
    const socketKept = openSocket(pinging);
    await once(socketKept, "open");
    const cut = await converse(silent);
    const socketCut = openSocket(silent);
    await Promise.all([expect(cut.next()).rejects.toThrow(), once(socketCut, "close")]);
    // These have been silent for longer.
    expect(await kept.say("Grace")).toBe("Hello, Grace!");
    expect(socketKept.readyState).toBe(WebSocket.OPEN);
    kept.end();
    socketKept.terminate();
  },
);
