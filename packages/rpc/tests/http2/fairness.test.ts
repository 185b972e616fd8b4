import { headers, windowUpdate } from "@triptych/testkit/http2/http2-frames.ts";
import { expect, it } from "vitest";
import { FrameType } from "../../src/http2/frame.ts";
import { openRawClient } from "./raw-client.ts";
import { OK, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const MANY = 20_000;

it("serves another connection long before it has served all that one has sent at once", async () => {
  const engine = await serve({ onEnd: ({ stream }) => stream.respond(OK, true) });
  using greedy = await openRawClient(engine.port);
  using modest = await openRawClient(engine.port);
  await modest.settled();
  greedy.send(...Array.from({ length: MANY }, (_, index) => headers(2 * index + 1, { end: true })));
  modest.send(headers(1, { end: true }));
  await modest.next(FrameType.headers, 1);
  const servedBefore = engine.streams.findIndex(({ stream }) => stream.connection === engine.connections[1]);
  expect(servedBefore).toBeLessThan(MANY / 4);
  await greedy.next(FrameType.headers, 2 * MANY - 1);
});

it("sends to another connection long before it has sent all that one takes", async () => {
  const large = Buffer.alloc(30_000_000);
  const engine = await serve({
    onEnd: ({ stream, head }) => stream.sendAll(OK, head.method === "GET" ? large : Buffer.alloc(1), undefined),
  });
  using greedy = await openRawClient(engine.port, { settings: [[4, 0x7fff_ffff]] });
  using modest = await openRawClient(engine.port);
  await modest.settled();
  greedy.send(windowUpdate(0, 0x7fff_0000), headers(1, { end: true, method: "GET" }));
  modest.send(headers(1, { end: true }));
  await modest.next(FrameType.data, 1);
  expect(engine.connection.bufferedBytes).toBeGreaterThan(large.length / 2);
});
