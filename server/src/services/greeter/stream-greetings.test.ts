import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { readAll, setUpGreeter, violationsOf } from "./testing/greeter-fixture.ts";

const iterate = <T>(stream: AsyncIterable<T>) => stream[Symbol.asyncIterator]();

describe("streamGreetings", () => {
  it("greets at once and ends after the count", async () => {
    const { client, time } = setUpGreeter();
    expect(await readAll(client.streamGreetings({ name: "Ada", language: "de", count: 1 }))).toMatchObject([
      { message: "Hallo, Ada!", language: "de", number: 1 },
    ]);
    expect(time.pending).toBe(0);
  });

  it("greets again at every interval", async () => {
    const { client, time } = setUpGreeter();
    const all = readAll(client.streamGreetings({ name: "Ada", interval: durationFromMs(250), count: 3 }));
    for (let number = 2; number <= 3; number++) {
      expect(await time.waiting()).toBe(250);
      time.advance(250);
    }
    expect((await all).map(({ number, message }) => `${number} ${message}`)).toEqual([
      "1 Hello, Ada!",
      "2 Hello, Ada!",
      "3 Hello, Ada!",
    ]);
  });

  it("greets every second unless told otherwise", async () => {
    const { client, time } = setUpGreeter();
    const all = readAll(client.streamGreetings({ name: "Ada", count: 2 }));
    expect(await time.waiting()).toBe(1_000);
    time.advance(1_000);
    await all;
  });

  it("stores every greeting", async () => {
    const { client, time, feed } = setUpGreeter();
    const all = readAll(client.streamGreetings({ name: "Ada", count: 2 }));
    await time.waiting();
    expect(feed.appended).toHaveLength(1);
    time.advance(1_000);
    await all;
    expect(feed.appended.map(({ message, method }) => [message, method])).toEqual([
      ["Hello, Ada!", "triptych.greeter.v1.GreeterService/StreamGreetings"],
      ["Hello, Ada!", "triptych.greeter.v1.GreeterService/StreamGreetings"],
    ]);
  });

  it("goes on until the client leaves, and leaves no wait behind", async () => {
    const { client, time, feed } = setUpGreeter();
    const leave = new AbortController();
    const stream = iterate(client.streamGreetings({ name: "Ada" }, { signal: leave.signal }));
    await stream.next();
    for (let number = 2; number <= 20; number++) {
      const next = stream.next();
      time.advance(await time.waiting());
      await next;
    }
    const last = stream.next();
    await time.waiting();
    leave.abort();
    await expect(last).rejects.toMatchObject({ code: Code.Canceled });
    await time.idle();
    expect(feed.appended).toHaveLength(20);
  });

  it.each([
    [{ name: " " }, "name must have 1 to 200 characters, one of them visible: got only blanks"],
    [{ language: "??" }, 'language must be a BCP 47 tag such as "pt-BR": got "??"'],
    [{ count: -1 }, "count must be 0 (until the client leaves) or more: got -1"],
    [{ interval: durationFromMs(9) }, "interval must be 10 ms to 1 hour: got 9 ms"],
    [{ interval: {} }, "interval must be 10 ms to 1 hour: got 0 ms"],
    [{ interval: { seconds: -1n } }, "interval must be 10 ms to 1 hour: got -1000 ms"],
    [{ interval: { seconds: 3_600n, nanos: 1_000_000 } }, "interval must be 10 ms to 1 hour: got 3600001 ms"],
    [{ interval: { seconds: 2n ** 63n - 1n } }, "interval must be 10 ms to 1 hour: got 9.223372036854776e+21 ms"],
  ])("refuses %o and stores nothing", async (fields, violation) => {
    const { client, feed } = setUpGreeter();
    const request = { name: "Ada", count: 1, ...fields };
    expect(await violationsOf(readAll(client.streamGreetings(request)))).toEqual([violation]);
    expect(feed.appended).toEqual([]);
  });

  it.each([10, 3_600_000])("takes an interval of %d ms", async (milliseconds) => {
    const { client } = setUpGreeter();
    const request = { name: "Ada", count: 1, interval: durationFromMs(milliseconds) };
    expect(await readAll(client.streamGreetings(request))).toHaveLength(1);
  });
});
