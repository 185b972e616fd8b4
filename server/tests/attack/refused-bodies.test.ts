import { once } from "node:events";
import { connect } from "node:net";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, expect, it, vi } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

/** How long a client may go on with a request that is answered, in milliseconds. */
const REST_LIMIT_MS = 10_000;

let served: ServedRoutes | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await served?.close();
});

it.each([
  ["of no known method", "/triptych.greeter.v1.GreeterService/SayGoodbye", "json"],
  ["of no known service", "/no.such.Service/Method", "grpc-web+proto"],
])(
  "a call over HTTP/1.1 %s whose body never ends is answered at once, and its connection cut after a while",
  async (_what, path, type) => {
    served = await serveGreeter({});
    const { port } = served;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    const closed = once(socket, "close");
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/${type}\r\ncontent-length: 100\r\n\r\n{`,
    );
    const [head] = await once(socket.setEncoding("latin1"), "data");
    expect(head).toMatch(/^HTTP\/1\.1 (404|200) /);
    socket.resume();
    vi.advanceTimersByTime(REST_LIMIT_MS - 1);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(1);
    await closed;
  },
);
