import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { envelope } from "../direct/envelope.ts";
import { type RequestReading, readEnvelopes, readWhole } from "./read-request.ts";
import { RequestBytes } from "./request-bytes.ts";

const message = (size: number) => new Uint8Array(size).fill(7);

function reading(changes: Partial<RequestReading> = {}): RequestReading {
  return {
    requestBytes: new RequestBytes({ maxBufferedBytes: 1_000 }),
    maxMessageBytes: 100,
    compression: undefined,
    check: undefined,
    ...changes,
  };
}

/** Chunks of these sizes, cut from the bytes. */
async function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("readEnvelopes", () => {
  it.each([1, 3, 5, 7, 1_000])("gives each message whole, whatever the chunks: %i bytes", async (size) => {
    const envelopes = [message(3), message(0), message(100)].map((bytes) => envelope(0, bytes));
    const options = reading();
    const read = await Array.fromAsync(readEnvelopes(cut(Buffer.concat(envelopes), size), options));
    expect(read.map((bytes) => Buffer.from(bytes))).toEqual(envelopes);
    expect(options.requestBytes.total).toBe(0);
  });

  it("counts what waits for more of its message, and nothing while its reader is at work", async () => {
    const options = reading();
    const { requestBytes } = options;
    const second = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    async function* body() {
      yield Buffer.concat([envelope(0, message(3)), envelope(0, message(10)).subarray(0, 8)]);
      asked.resolve();
      await second.promise;
      yield envelope(0, message(10)).subarray(8);
    }
    const envelopes = readEnvelopes(body(), options);
    await envelopes.next();
    expect(requestBytes.total).toBe(0);
    const next = envelopes.next();
    await asked.promise;
    expect(requestBytes.total).toBe(8);
    second.resolve();
    expect((await next).value).toHaveLength(15);
    expect(requestBytes.total).toBe(0);
    await envelopes.return(undefined);
  });

  it("rejects when it is refused while it waits, and holds nothing after that", async () => {
    const options = reading({ requestBytes: new RequestBytes({ maxBufferedBytes: 20 }), maxMessageBytes: 1_000 });
    const asked = Promise.withResolvers<void>();
    async function* body() {
      yield envelope(0, message(100)).subarray(0, 15);
      asked.resolve();
      await new Promise(() => undefined);
    }
    const next = readEnvelopes(body(), options).next();
    next.catch(() => undefined);
    await asked.promise;
    options.requestBytes.add({ refuse: () => undefined }, 6);
    await expect(next).rejects.toMatchObject({ code: Code.ResourceExhausted });
    expect(options.requestBytes.total).toBe(6);
  });

  it("rejects for a message that is too large, as its head says, and for one that there is something against", async () => {
    const tooLarge = readEnvelopes(cut(envelope(0, message(101)).subarray(0, 6), 6), reading());
    await expect(tooLarge.next()).rejects.toMatchObject({ code: Code.ResourceExhausted });
    const check = () => {
      throw new ConnectError("no", Code.InvalidArgument);
    };
    await expect(readEnvelopes(cut(envelope(0, message(1)), 9), reading({ check })).next()).rejects.toThrow("no");
  });

  it("passes on what is left of a message that does not come", async () => {
    const start = envelope(0, message(10)).subarray(0, 8);
    const read = await Array.fromAsync(readEnvelopes(cut(start, 3), reading()));
    expect(Buffer.concat(read)).toEqual(Buffer.from(start));
  });
});

describe("readWhole", () => {
  it("gives the body in one piece when it is as long as promised", async () => {
    expect(await Array.fromAsync(readWhole(cut(message(50), 7), 50, reading()))).toEqual([Buffer.from(message(50))]);
    expect(await Array.fromAsync(readWhole(cut(message(50), 7), undefined, reading()))).toHaveLength(1);
  });

  it.each([
    ["shorter than promised", 51, Code.InvalidArgument],
    ["longer than promised", 49, Code.InvalidArgument],
    ["promised to be too large", 101, Code.ResourceExhausted],
  ])("rejects for a body that is %s", async (_what, promised, code) => {
    const options = reading();
    await expect(readWhole(cut(message(50), 7), promised, options).next()).rejects.toMatchObject({ code });
    expect(options.requestBytes.total).toBe(0);
  });

  it("rejects for a body that is too large", async () => {
    const read = readWhole(cut(message(101), 7), undefined, reading());
    await expect(read.next()).rejects.toMatchObject({ code: Code.ResourceExhausted });
  });
});
