import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect, Socket } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import type { RequestListener } from "@triptych/rpc/port/http.ts";
import { createListener, type Listener, type ListenerOptions } from "@triptych/rpc/port/listener.ts";
import { block, frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { answerStreams } from "@triptych/testkit/servers/answer-streams.ts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const TIMEOUT = { timeout: 10_000, interval: 10 };

describe("an address with as many connections as it may have", () => {
  const server = useServer({ MAX_CONNECTIONS_PER_ADDRESS: "3" });

  async function open(): Promise<Socket> {
    const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  }

  it("has the next one cut at once, which is counted, and may open another when it has closed one", async () => {
    const kept = [await open(), await open()];
    await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(2);
    const third = await open();
    await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(3);
    const fourth = connect(server.port, "127.0.0.1").on("error", () => undefined);
    await new Promise((resolve) => fourth.on("close", resolve));
    expect(server.server.openConnections()).toBe(3);
    third.destroy();
    await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(2);
    expect(await server.readMetric("connections_refused_total", { reason: "address" })).toBe(1);
    expect(await server.readMetric("connections_open")).toBe(3);
    for (const socket of kept) socket.destroy();
  });
});

describe("a connection over HTTP/2", () => {
  let listener: Listener | undefined;

  async function listen(http2Limits: NonNullable<ListenerOptions["http2Limits"]>): Promise<number> {
    const onRequest: RequestListener = (_request, response) => {
      response.end();
    };
    const onStream = answerStreams(onRequest);
    listener = createListener({ certificate: undefined, onRequest, onStream, http2Limits });
    return (await listener.listen(0, "127.0.0.1")).port;
  }

  afterEach(async () => {
    listener?.destroy();
    await listener?.close();
  });

  it("is cut when its client answers no pings", async () => {
    using connection = await openRawConnection(await listen({ pingIntervalMs: 20 }), { answers: false });
    await connection.closed;
    expect(connection.count(FrameType.ping)).toBe(2);
  });

  it("is cut when its client does not read", async () => {
    using connection = await openRawConnection(await listen({ pingIntervalMs: 20 }), { reads: false, answers: false });
    await expect.poll(() => listener?.openConnections(), TIMEOUT).toBe(0);
    expect(connection.received).toEqual([]);
  });

  it("is kept when its client does", async () => {
    using connection = await openRawConnection(await listen({ pingIntervalMs: 20 }));
    await expect.poll(() => connection.count(FrameType.ping), TIMEOUT).toBeGreaterThan(3);
    expect(connection.isClosed).toBe(false);
  });

  it("is kept as long as calls begin, however long that goes on", async () => {
    using connection = await openRawConnection(await listen({ pingIntervalMs: 10, idleTimeoutMs: 200 }));
    const page = block([
      [":method", "GET"],
      [":scheme", "http"],
      [":path", "/"],
      [":authority", "localhost"],
    ]);
    // A connection is looked at once a second, so that five rounds are many times the limit.
    for (let round = 0; round < 5; round++) {
      const pings = connection.count(FrameType.ping);
      await connection.send(frame(FrameType.headers, FrameFlag.endHeaders | FrameFlag.endStream, 2 * round + 1, page));
      await expect.poll(() => connection.count(FrameType.ping), TIMEOUT).toBeGreaterThan(pings);
    }
    expect(connection.goAway()).toBeUndefined();
  });

  it("is told to go when the listener closes, and goes when its calls have ended", async () => {
    const answer = Promise.withResolvers<() => void>();
    const onRequest: RequestListener = (_request, response) => answer.resolve(() => response.end("finished"));
    listener = createListener({ certificate: undefined, onRequest, onStream: answerStreams(onRequest) });
    const { port } = await listener.listen(0, "127.0.0.1");
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const text = session.request({ ":path": "/" }).setEncoding("utf8").toArray();
    const finish = await answer.promise;
    const told = once(session, "goaway");
    const closed = listener.close();
    await told;
    finish();
    expect((await text).join("")).toBe("finished");
    await closed;
    listener = undefined;
  });

  it("has the system find out when its client is gone without a word", async () => {
    const keepAlive = vi.spyOn(Socket.prototype, "setKeepAlive");
    using _ = await openRawConnection(await listen({}));
    await expect.poll(() => keepAlive.mock.calls, TIMEOUT).toContainEqual([true, 60_000, 10_000, 6]);
    keepAlive.mockRestore();
  });

  it("is told to go when no call has begun for too long, and its calls go on", async () => {
    const answer = Promise.withResolvers<() => void>();
    const onRequest: RequestListener = (_request, response) => answer.resolve(() => response.end("finished"));
    const http2Limits = { pingIntervalMs: 10, idleTimeoutMs: 50 };
    listener = createListener({ certificate: undefined, onRequest, onStream: answerStreams(onRequest), http2Limits });
    const { port } = await listener.listen(0, "127.0.0.1");
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":path": "/" });
    const text = stream.setEncoding("utf8").toArray();
    await once(session, "goaway");
    (await answer.promise)();
    expect((await text).join("")).toBe("finished");
    await once(session, "close");
  });
});
