import { type CallOrder, type Kind, METHODS } from "@triptych/testkit/come-and-go/call-bytes.ts";
import type { OpenCall, WayIn } from "@triptych/testkit/come-and-go/open-call.ts";
import { overHttp1 } from "@triptych/testkit/come-and-go/over-http1.ts";
import { overHttp2 } from "@triptych/testkit/come-and-go/over-http2.ts";
import { overOwnSocket, overSharedSocket } from "@triptych/testkit/come-and-go/over-web-socket.ts";
import { expectNothingLeft } from "@triptych/testkit/leftovers/expect-nothing-left.ts";
import { type Stock, takeProcessStock } from "@triptych/testkit/leftovers/take-stock.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Deed, doAsTold } from "./come-and-go/do-as-told.ts";
import { serveGreeter } from "./serve-greeter.ts";

const TIMEOUT = { timeout: 5_000, interval: 2 };
/** How many calls come and go at once, and how many times. */
const CALLS = 4;
const ROUNDS = 2;
const NEVER = new Promise<void>(() => undefined);

const waysIn: readonly WayIn[] = [
  overHttp1("connect"),
  overHttp1("grpc-web"),
  overHttp1("grpc-web-text"),
  overHttp2("connect"),
  overHttp2("grpc"),
  overHttp2("grpc-web"),
  overHttp2("grpc-web-text"),
  overOwnSocket,
  overSharedSocket,
];

const isAnswered = (kind: Kind) => kind === "server streaming" || kind === "bidi";
const always = () => true;

/** A way in which a call ends: what its handler does, what is waited for, and what its client does then. */
interface Ending {
  readonly deed: Deed;
  readonly timeoutMs?: number;
  readonly kinds?: (kind: Kind) => boolean;
  readonly after: "begun" | "running" | "answered" | "over";
  readonly act?: (call: OpenCall) => void;
}

const endings: Readonly<Record<string, Ending>> = {
  "is answered": { deed: "answers", after: "over" },
  "is answered long before its deadline": { deed: "answers", timeoutMs: 3_600_000, after: "over" },
  fails: { deed: "fails", after: "over" },
  "passes its deadline": { deed: "waits", timeoutMs: 30, after: "over" },
  "passes its deadline after a message": {
    deed: "answers, then waits",
    timeoutMs: 60,
    kinds: isAnswered,
    after: "over",
  },
  "is cancelled at once": { deed: "waits", after: "begun", act: (call) => call.cancel() },
  "is cancelled before its answer": { deed: "waits", after: "running", act: (call) => call.cancel() },
  "is cancelled after a message": {
    deed: "answers, then waits",
    kinds: isAnswered,
    after: "answered",
    act: (call) => call.cancel(),
  },
  "is reset": { deed: "waits", after: "running", act: (call) => call.reset() },
  "is reset after a message": {
    deed: "answers, then waits",
    kinds: isAnswered,
    after: "answered",
    act: (call) => call.reset(),
  },
  "loses its connection": { deed: "waits", after: "running", act: (call) => call.destroy() },
};

const kinds = Object.keys(METHODS) as Kind[];
const combinations = waysIn.flatMap((way) => kinds.filter((kind) => way.carries(kind)).map((kind) => ({ way, kind })));

/** Opens as many calls as come at once. */
function openAll(way: WayIn, port: number, order: CallOrder): Promise<OpenCall[]> {
  return Promise.all(Array.from({ length: CALLS }, () => way.open(port, order)));
}

describe("a server whose calls have come and gone", () => {
  let served: ServedRoutes;
  let atFirst: Stock;
  let before: Stock;
  beforeAll(async () => {
    atFirst = takeProcessStock({ late: true });
    served = await serveGreeter(doAsTold(NEVER));
  });
  beforeEach(() => {
    before = takeProcessStock();
  });
  afterEach(async () => {
    await served.expectNothingHeld();
    await expectNothingLeft(before, () => takeProcessStock());
  });
  afterAll(async () => {
    await served.close();
    await expectNothingLeft(atFirst, () => takeProcessStock({ late: true }));
  });

  async function comeAndGo(way: WayIn, kind: Kind, { deed, timeoutMs, after, act }: Ending): Promise<void> {
    const calls = await openAll(way, served.port, { kind, name: deed, timeoutMs });
    if (after === "running") await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(CALLS);
    if (after === "answered") await Promise.all(calls.map(({ answered }) => answered));
    for (const call of calls) act?.(call);
    await Promise.all(calls.map(({ over }) => over));
    for (const call of calls) call.leave();
    await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(0);
  }

  describe.each(combinations)("$kind, $way.name", ({ way, kind }) => {
    const fitting = Object.entries(endings).filter(([, { kinds: fits = always }]) => fits(kind));

    it.each(fitting)("holds nothing of a call that %s", async (_how, ending) => {
      for (let round = 0; round < ROUNDS; round++) await comeAndGo(way, kind, ending);
    });
  });
});

describe("a server that drains", () => {
  it.each(combinations)("holds nothing of calls: $kind, $way.name", async ({ way, kind }) => {
    const go = Promise.withResolvers<void>();
    const served = await serveGreeter(doAsTold(go.promise));
    const calls = await openAll(way, served.port, { kind, name: "waits" });
    await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(CALLS);
    served.drain();
    // Streams end by the drain; unary calls finish.
    if (kind === "unary") go.resolve();
    await Promise.all(calls.map(({ over }) => over));
    for (const call of calls) call.leave();
    await served.expectNothingHeld();
    await served.close();
  });
});
