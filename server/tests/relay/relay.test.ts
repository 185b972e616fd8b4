import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { Metadata } from "@grpc/grpc-js";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { refusalOf } from "../../src/testing/refusal.ts";
import { useServer } from "../../src/testing/use-server.ts";
import { messagesOf, partsOf, relayCall, relayClient } from "./relayed-call.ts";
import { type BytesCall, type GrpcJsServer, startGrpcJsServer } from "./start-grpc-js-server.ts";

const { sayHello, streamGreetings, converse, watchGreetings } = GreeterService.method;
const { sum } = CalculatorService.method;

const nameOf = (method: { readonly parent: { readonly typeName: string }; readonly name: string }) =>
  `${method.parent.typeName}/${method.name}`;
const bytesOf = <D extends DescMessage>(desc: D, init: MessageInitShape<D>) => toBinary(desc, create(desc, init));

const target = useServer();
const deadPort = await freePort();
let other: GrpcJsServer;
/** What serves the next call of the server of grpc-js. */
let serve: (call: BytesCall) => void;

beforeAll(async () => {
  other = await startGrpcJsServer((call) => serve(call));
});
afterAll(() => other.close());

const relay = useServer(async () => ({
  EXPLORER_TARGETS: `127.0.0.1:${target.port},127.0.0.1:${other.port},127.0.0.1:${deadPort}`,
}));
const address = () => `grpc://127.0.0.1:${target.port}`;
const otherHead = () => ({ target: `grpc://127.0.0.1:${other.port}`, method: "other.Bytes/Talk" });
const call = (method: Parameters<typeof nameOf>[0], ...messages: Uint8Array[]) =>
  relayCall(relay.baseUrl, { target: address(), method: nameOf(method) }, messages);

describe("the relay", () => {
  it("lists where it leads", async () => {
    expect((await relayClient(relay.baseUrl).listTargets({})).targets).toEqual([
      address(),
      `grpc://127.0.0.1:${other.port}`,
      `grpc://127.0.0.1:${deadPort}`,
    ]);
  });

  it("carries unary calls", async () => {
    const relayed = await call(sayHello, bytesOf(sayHello.input, { name: "Ada" }));
    expect(messagesOf(relayed, sayHello)).toMatchObject([{ message: "Hello, Ada!" }]);
    expect(relayed.status).toMatchObject({ code: 0 });
  });

  it("carries streams of responses", async () => {
    const relayed = await call(streamGreetings, bytesOf(streamGreetings.input, { name: "Ada", count: 3 }));
    expect(relayed.messages).toHaveLength(3);
    expect(relayed.status).toMatchObject({ code: 0 });
  });

  it("carries streams of requests", async () => {
    const relayed = await call(sum, ...[1, 2, 3.5].map((number) => bytesOf(sum.input, { number })));
    expect(messagesOf(relayed, sum)).toMatchObject([{ figures: { sum: 6.5, count: 3n } }]);
  });

  it("carries streams both ways, each message when it is sent", async () => {
    const turn = Promise.withResolvers<void>();
    async function* names() {
      yield bytesOf(converse.input, { name: "Ada" });
      await turn.promise;
      yield bytesOf(converse.input, { name: "Grace" });
    }
    const parts = relayClient(relay.baseUrl).relay(partsOf({ target: address(), method: nameOf(converse) }, names()));
    const kinds: (string | undefined)[] = [];
    for await (const { part } of parts) {
      kinds.push(part.case);
      if (part.case === "message") turn.resolve();
    }
    expect(kinds).toEqual(["headers", "message", "message", "status"]);
  });

  it("gives the bytes on as they are, and metadata both ways", async () => {
    // The second one is no message at all, and the last would take long to read as one.
    const bytes = [[8, 1, 0xf2, 0x3f, 2, 0xff], [0xff, 0xff], [], Buffer.alloc(100_000, "\x08\x01")].map((data) =>
      Uint8Array.from(data),
    );
    const received: Buffer[] = [];
    let metadata = new Metadata();
    serve = (served) => {
      metadata = served.metadata;
      const headers = new Metadata();
      headers.set("x-header", "a");
      headers.set("x-bytes-bin", Buffer.of(1, 2));
      served.sendMetadata(headers);
      served.on("data", (message: Buffer) => {
        received.push(message);
        served.write(message);
      });
      served.on("end", () => {
        const trailers = new Metadata();
        trailers.set("x-trailer", "b");
        served.end(trailers);
      });
    };
    const head = { ...otherHead(), metadata: [{ name: "authorization", value: "Bearer typed" }] };
    // What the caller shows to this server is not for the other one.
    const headers = { authorization: "Bearer own", cookie: "session=own", "x-own": "own" };
    const relayed = await relayCall(relay.baseUrl, head, bytes, { headers });
    expect(received.map((message) => [...message])).toEqual(bytes.map((message) => [...message]));
    expect(relayed.messages.map((message) => [...message])).toEqual(bytes.map((message) => [...message]));
    expect(metadata.getMap()).toMatchObject({ authorization: "Bearer typed" });
    expect(JSON.stringify(metadata.toJSON())).not.toContain("own");
    expect(relayed.headers.get("x-header")).toBe("a");
    expect(relayed.headers.get("x-bytes-bin")).toBe("AQI=");
    expect(relayed.status?.trailers).toContainEqual(expect.objectContaining({ name: "x-trailer", value: "b" }));
  });

  it("gives on what a call ends with, details included", async () => {
    const relayed = await call(sayHello, bytesOf(sayHello.input, { name: "Ada", language: "no such tag" }));
    expect(relayed.status).toMatchObject({ code: Code.InvalidArgument, details: [{ type: "google.rpc.BadRequest" }] });
    expect(relayed.status?.message).toContain("language");
  });

  it("says so where nothing answers at an address that is listed", async () => {
    const head = { target: `grpc://127.0.0.1:${deadPort}`, method: "a.B/C" };
    expect((await relayCall(relay.baseUrl, head, [])).status).toMatchObject({ code: Code.Unavailable });
  });

  it("passes its deadline on", async () => {
    const deadline = Promise.withResolvers<unknown>();
    serve = (served) => {
      deadline.resolve(served.getDeadline());
      served.end();
    };
    await relayCall(relay.baseUrl, otherHead(), [], { timeoutMs: 60_000 });
    const left = Number(await deadline.promise) - Date.now();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  it("cancels the call whose client has cancelled", async () => {
    const cancelled = Promise.withResolvers<void>();
    const left = new AbortController();
    serve = (served) => {
      served.on("cancelled", cancelled.resolve);
      served.write(Buffer.of());
    };
    const parts = relayClient(relay.baseUrl).relay(partsOf(otherHead(), never(left.signal)), { signal: left.signal });
    const reading = (async () => {
      for await (const { part } of parts) if (part.case === "message") left.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: Code.Canceled });
    await cancelled.promise;
  });

  it("holds back a server whose messages nobody reads", async () => {
    const left = new AbortController();
    const held = Promise.withResolvers<void>();
    let written = 0;
    serve = (served) => {
      // Half a megabyte each, far beyond what fits between the three: a relay that reads on would take them all.
      const write = () => {
        while (written < 200) {
          written++;
          if (!served.write(Buffer.concat([Buffer.of(10, 0x80, 0x80, 0x20), Buffer.alloc(524_288)]))) break;
        }
      };
      served.on("drain", write);
      served.on("cancelled", held.resolve);
      write();
    };
    const parts = relayClient(relay.baseUrl)
      .relay(partsOf(otherHead(), never(left.signal)), { signal: left.signal })
      [Symbol.asyncIterator]();
    await parts.next();
    // Another call over the same connection has been there and back meanwhile.
    await relayCall(relay.baseUrl, { target: address(), method: nameOf(sayHello) }, [
      bytesOf(sayHello.input, { name: "Ada" }),
    ]);
    expect(written).toBeLessThan(100);
    left.abort();
    await held.promise;
  });
});

describe("what is not relayed", () => {
  it.each([
    ["a server that is not listed", { target: "grpc://127.0.0.1:1", method: "a.B/C" }, "NotFound"],
    ["its own other spelling", { target: `http://127.0.0.1:${deadPort}`, method: "a.B/C" }, "NotFound"],
    ["no method", { target: `grpc://127.0.0.1:${deadPort}`, method: "/a.B/C" }, "InvalidArgument"],
    ["a path", { target: `grpc://127.0.0.1:${deadPort}`, method: "a/../B/C" }, "InvalidArgument"],
  ])("%s", async (_what, head, code) => {
    expect(await refusalOf(relayCall(relay.baseUrl, head))).toMatchObject({ code });
  });

  it.each([
    ["te", "trailers"],
    ["grpc-timeout", "1S"],
    [":authority", "elsewhere"],
    ["host", "elsewhere"],
    ["http2-settings", "AAMAAABk"],
    ["x-forwarded-for", "127.0.0.1"],
    ["x-a", "a\r\nb: c"],
    ["x-long", "a".repeat(20_000)],
  ])("metadata such as %s", async (name, value) => {
    const head = { target: address(), method: nameOf(sayHello), metadata: [{ name, value }] };
    expect(await refusalOf(relayCall(relay.baseUrl, head))).toMatchObject({ code: "InvalidArgument" });
  });

  it("more entries of metadata than there may be, with one violation for all of them", async () => {
    const metadata = Array.from({ length: 600 }, () => ({ name: "", value: "" }));
    const refused = relayCall(relay.baseUrl, { target: address(), method: nameOf(sayHello), metadata });
    expect(await refusalOf(refused)).toMatchObject({
      code: "InvalidArgument",
      message: "head.metadata must have at most 16384 characters, 32 more for each entry: got 19200",
    });
  });

  it("a call without a head, or with two", async () => {
    const client = relayClient(relay.baseUrl);
    async function* headless() {
      yield { part: { case: "message", value: Uint8Array.of() } } as const;
    }
    async function* twice() {
      yield* partsOf({ target: address(), method: nameOf(sum) });
      yield* partsOf({ target: address(), method: nameOf(sum) });
    }
    for (const parts of [headless(), twice()]) {
      expect(await refusalOf(Array.fromAsync(client.relay(parts)))).toMatchObject({ code: "InvalidArgument" });
    }
  });

  it("more calls than there are places", async () => {
    await relay.expectNothingHeld();
    const left = new AbortController();
    onTestFinished(() => left.abort());
    const head = { target: address(), method: nameOf(watchGreetings) };
    const client = relayClient(relay.baseUrl);
    const running = Array.from({ length: 200 }, () => {
      const parts = client.relay(partsOf(head, [Uint8Array.of()]), { signal: left.signal })[Symbol.asyncIterator]();
      return parts.next();
    });
    await Promise.all(running);
    expect(await refusalOf(relayCall(relay.baseUrl, head))).toMatchObject({ code: "ResourceExhausted" });
  });
});

describe("a server that is not told to", () => {
  it("relays nothing, and says what to set", async () => {
    const client = relayClient(target.baseUrl);
    const expected = { code: "FailedPrecondition", message: expect.stringContaining("EXPLORER_TARGETS") };
    expect(await refusalOf(client.listTargets({}))).toMatchObject(expected);
    expect(await refusalOf(relayCall(target.baseUrl, otherHead()))).toMatchObject(expected);
  });
});

/** No message, until the call has ended. */
async function* never(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}
