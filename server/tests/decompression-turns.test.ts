import { gzipSync } from "node:zlib";
import { compressionGzip } from "@connectrpc/connect-node";
import type { CallObserver } from "@triptych/rpc/call/observer.ts";
import { MAX_DECOMPRESSIONS } from "@triptych/rpc/messages/concurrency-limit.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { serveGreeter } from "./serve-greeter.ts";

const GREET = "/triptych.greeter.v1.GreeterService/SayHello";

let served: ServedRoutes | undefined;
let release = Promise.withResolvers<void>();

afterEach(async () => {
  release.resolve();
  await served?.close();
});

/** Serves a greeter whose compressed requests wait for the test, and records whom it has greeted. */
async function serve() {
  release = Promise.withResolvers();
  const greeted: string[] = [];
  let begun = 0;
  const acceptCompression = [
    {
      ...compressionGzip,
      async decompress(bytes: Uint8Array, maxBytes: number) {
        begun += 1;
        await release.promise;
        return compressionGzip.decompress(bytes as Uint8Array<ArrayBuffer>, maxBytes);
      },
    },
  ];
  const sayHello = ({ name }: { name: string }) => {
    greeted.push(name);
    return { message: name };
  };
  const waits: string[] = [];
  const observer: CallObserver = { waited: (_call, { what }) => void waits.push(what), ended: () => undefined };
  served = await serveGreeter({ sayHello }, { acceptCompression, observer });
  const { baseUrl, rpc } = served;
  const call = (name: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${baseUrl}${GREET}`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip", ...headers },
      body: gzipSync(JSON.stringify({ name })),
      signal: signal ?? null,
    });
  /** Calls that take all turns. */
  const fill = async () => {
    const calls = Array.from({ length: MAX_DECOMPRESSIONS }, (_, index) => call(`first ${index}`));
    await expect.poll(() => begun).toBe(MAX_DECOMPRESSIONS);
    return Promise.all(calls);
  };
  return { call, fill, greeted, rpc, waits, begun: () => begun };
}

describe("a compressed request that waits for its turn", () => {
  it("ends at its deadline, and its implementation does not run", async () => {
    const { call, fill, greeted, rpc } = await serve();
    const first = fill();
    await expect.poll(() => rpc.running.count).toBe(MAX_DECOMPRESSIONS);
    const response = await call("late", { "connect-timeout-ms": "50" });
    expect(await response.json()).toMatchObject({ code: "deadline_exceeded" });
    release.resolve();
    await first;
    await expect.poll(() => rpc.running.count).toBe(0);
    expect(greeted.toSorted()).toEqual(["first 0", "first 1", "first 2", "first 3"]);
  });

  it("reports that it has waited, as those that have their turn at once do not", async () => {
    const { call, fill, rpc, waits } = await serve();
    const first = fill();
    await expect.poll(() => rpc.running.count).toBe(MAX_DECOMPRESSIONS);
    const last = call("last");
    await expect.poll(() => rpc.running.count).toBe(MAX_DECOMPRESSIONS + 1);
    release.resolve();
    await Promise.all([first, last]);
    expect(waits).toEqual(["turn to decompress"]);
  });

  it("is counted after its client has left, and is not decompressed any more", async () => {
    const { call, fill, rpc, begun } = await serve();
    const first = fill();
    const leave = new AbortController();
    const left = call("left", {}, leave.signal).catch(() => "left");
    await expect.poll(() => rpc.running.count).toBe(MAX_DECOMPRESSIONS + 1);
    leave.abort();
    expect(await left).toBe("left");
    await expect.poll(() => rpc.held().calls).toBe(MAX_DECOMPRESSIONS);
    expect(rpc.running.count).toBe(MAX_DECOMPRESSIONS + 1);
    release.resolve();
    await first;
    await expect.poll(() => rpc.running.count).toBe(0);
    expect(begun()).toBe(MAX_DECOMPRESSIONS);
  });
});
