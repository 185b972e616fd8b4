import { connect } from "node:net";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const READ_TIMEOUT_MS = 3_000;
const TIMEOUT = { timeout: 5_000, interval: 5 };
const MESSAGE = '{"name":"Ada"}';

let served: ServedRoutes;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  served = await serveGreeter({ sayHello: ({ name }) => ({ message: name }) }, { readTimeoutMs: READ_TIMEOUT_MS });
});

afterEach(async () => {
  await served.close();
  vi.useRealTimers();
});

it("a call is answered however long its message takes, while something of it comes within the limit each time", async () => {
  const socket = connect(served.port, "127.0.0.1").setEncoding("latin1");
  const head = `POST /triptych.greeter.v1.GreeterService/SayHello HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${MESSAGE.length}`;
  socket.write(`${head}\r\n\r\n`);
  for (let sent = 1; sent < MESSAGE.length; sent++) {
    socket.write(MESSAGE.slice(sent - 1, sent));
    await expect.poll(() => served.held().requestBytes, TIMEOUT).toBe(sent);
    vi.advanceTimersByTime(READ_TIMEOUT_MS - 1_000);
  }
  socket.write(MESSAGE.slice(-1));
  expect((await socket.toArray()).join("")).toContain('{"message":"Ada"}');
});
