import { timestampDate } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { Protocol, type WatchGreetingsResponse } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { describe, expect, it } from "vitest";
import type { FeedUpdate } from "../../domain/feed.ts";
import type { GreetingMade, RpcProtocol } from "./domain/greeting-made.ts";
import { readAll, setUpGreeter, violationsOf } from "./testing/greeter-fixture.ts";

const time = new Date("2026-11-21T10:00:00.123Z");
const greeting: GreetingMade = {
  name: "Ada",
  language: "de",
  message: "Hallo, Ada!",
  protocol: "grpc",
  method: "helloworld.Greeter/SayHello",
};
const position = { kind: "position", logId: "log", sequence: 6, oldestSequence: 2 } as const;
const event = (protocol: RpcProtocol): FeedUpdate<GreetingMade> => ({
  kind: "event",
  sequence: 7,
  time,
  event: { ...greeting, protocol },
});

/** Watches until as many updates came as the feed has, then leaves; answers them and how the stream ended. */
async function watch(updates: readonly FeedUpdate<GreetingMade>[], request = {}) {
  const { client, feed } = setUpGreeter({ updates });
  const leave = new AbortController();
  const stream = client.watchGreetings(request, { signal: leave.signal })[Symbol.asyncIterator]();
  const seen: WatchGreetingsResponse["update"][] = [];
  while (seen.length < updates.length) seen.push((await stream.next()).value.update);
  return { feed, leave, stream, seen };
}

describe("watchGreetings", () => {
  it("tells where it stands", async () => {
    const { seen } = await watch([position]);
    expect(seen).toMatchObject([{ case: "position", value: { sequence: 6n, oldestSequence: 2n } }]);
  });

  it("brings every greeting with what is known of it", async () => {
    const { seen } = await watch([position, event("grpc")]);
    expect(seen[1]).toMatchObject({
      case: "greeting",
      value: {
        ...greeting,
        sequence: 7n,
        protocol: Protocol.GRPC,
        time: expect.objectContaining({ nanos: 123_000_000 }),
      },
    });
  });

  it("keeps the time to the millisecond", async () => {
    const { seen } = await watch([event("grpc")]);
    const times = seen.map(({ value }) => value && "time" in value && value.time && timestampDate(value.time));
    expect(times).toEqual([time]);
  });

  it.each([
    ["grpc", Protocol.GRPC],
    ["grpc-web", Protocol.GRPC_WEB],
    ["connect", Protocol.CONNECT],
    ["unknown", Protocol.UNSPECIFIED],
  ] as const)("says that a greeting came by %s", async (protocol, expected) => {
    const { seen } = await watch([event(protocol)]);
    expect(seen).toMatchObject([{ value: { protocol: expected } }]);
  });

  it.each([
    [{}, { recent: 0 }],
    [{ recent: 1_000 }, { recent: 1_000 }],
    [{ afterSequence: 0n }, { afterSequence: 0 }],
    [{ afterSequence: 9_007_199_254_740_991n, recent: -5 }, { afterSequence: 9_007_199_254_740_991 }],
  ])("starts for %o where the feed says", async (request, start) => {
    const { feed } = await watch([position], request);
    expect(feed.starts).toEqual([start]);
  });

  it("ends when the client leaves, and stops following", async () => {
    const { feed, leave, stream } = await watch([position]);
    expect(feed.following).toBe(1);
    const next = stream.next();
    leave.abort();
    await expect(next).rejects.toMatchObject({ code: Code.Canceled });
    await feed.idle();
  });

  it.each([
    [{ afterSequence: -1n }, "after_sequence must be 0 to the number of the latest event: got -1"],
    [{ afterSequence: 2n ** 53n }, `after_sequence must be 0 to the number of the latest event: got ${2n ** 53n}`],
    [{ recent: -1 }, "recent must be 0 to 1000: got -1"],
    [{ recent: 1_001 }, "recent must be 0 to 1000: got 1001"],
  ])("refuses to start with %o", async (request, violation) => {
    const { client, feed } = setUpGreeter({ updates: [] });
    expect(await violationsOf(readAll(client.watchGreetings(request)))).toEqual([violation]);
    expect(feed.starts).toEqual([]);
  });
});
