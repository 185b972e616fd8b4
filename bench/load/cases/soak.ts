import { setTimeout as pause } from "node:timers/promises";
import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type Flood, floods } from "@triptych/testkit/attack/floods.ts";
import { residentBytes } from "../../process-figures.ts";
import { quantile } from "../../statistics.ts";
import { beside } from "../calm-client.ts";
import { describeCalm, mebibytes } from "../figures.ts";
import type { LoadCase, LoadContext } from "../load-case.ts";

const SAMPLE_MS = 2_000;
/** The part of the time in which the server warms up, and that in which its memory is compared, at the beginning and at the end. */
const WARM_UP = 0.2;
const COMPARED = 0.2;
/** How much more memory the end may show than the beginning: what a heap needs to breathe. */
const ALLOWED_GROWTH = 1.15;
/** How much of each flood comes, one flood after the other. */
const FLOOD_AMOUNT = 500;

interface Sample {
  readonly resident: number;
  readonly heap: number;
}

/** Calls of all kinds, good and bad, for minutes; memory must end where it began. */
export const soak: LoadCase = {
  name: "soak",
  title: "calls, streams that are left, deadlines that pass and floods, for minutes",
  async run(context) {
    const { baseUrl, minutes, print, metric } = context;
    const over = new AbortController();
    const made = { calls: 0, streams: 0, deadlines: 0, floods: 0 };
    const samples: Sample[] = [];
    const [, calm] = await beside(baseUrl, async () => {
      const work = [
        ...transports(baseUrl).map((transport) => callOnAndOn(transport, over.signal, made)),
        leaveStreams(baseUrl, over.signal, made),
        missDeadlines(baseUrl, over.signal, made),
        flood(context, over.signal, made),
      ];
      const end = performance.now() + minutes * 60_000;
      while (performance.now() < end) {
        samples.push({
          resident: residentBytes(context.server.pid) ?? 0,
          heap: await metric("nodejs_heap_size_used_bytes"),
        });
        await pause(SAMPLE_MS);
      }
      over.abort();
      await Promise.all(work);
    });
    print(
      `${minutes} minutes: ${made.calls} calls, ${made.streams} streams left, ${made.deadlines} deadlines passed, ${made.floods} floods`,
    );
    print(describeCalm(calm));
    const failures = calm.failed === 0 ? [] : ["calls of the other client failed"];
    failures.push(...compare(samples, print));
    const handlers = await metric("rpc_handlers_running");
    if (handlers > 0) failures.push(`${handlers} handlers run on`);
    return failures;
  },
};

/** Says how memory was at the beginning and at the end, and what has grown. */
function compare(samples: readonly Sample[], print: (line: string) => void): string[] {
  const count = Math.max(1, Math.floor(samples.length * COMPARED));
  const first = samples.slice(Math.floor(samples.length * WARM_UP)).slice(0, count);
  const last = samples.slice(-count);
  // A heap is as large as what is alive just after its garbage is collected, which is when it is smallest.
  const heaps = [first, last].map((part) => Math.min(...part.map(({ heap }) => heap)));
  const residents = [first, last].map((part) =>
    quantile(
      part.map(({ resident }) => resident),
      0.5,
    ),
  );
  const grown = (name: string, [before = 0, after = 0]: readonly number[]) => {
    print(`${name}: ${mebibytes(before)} after the warm-up, ${mebibytes(after)} at the end`);
    return after > before * ALLOWED_GROWTH ? [`${name} has grown`] : [];
  };
  return [...grown("heap in use, at its smallest", heaps), ...grown("resident memory, median", residents)];
}

function transports(baseUrl: string): Transport[] {
  return [
    createGrpcTransport({ baseUrl }),
    createGrpcWebTransport({ baseUrl, httpVersion: "1.1" }),
    createConnectTransport({ baseUrl, httpVersion: "1.1", useBinaryFormat: false }),
    createConnectTransport({ baseUrl, httpVersion: "2" }),
  ];
}

type Made = { calls: number; streams: number; deadlines: number; floods: number };

async function callOnAndOn(transport: Transport, over: AbortSignal, made: Made): Promise<void> {
  const greeter = createClient(GreeterService, transport);
  while (!over.aborted) {
    await greeter.sayHello({ name: `reader ${made.calls}` });
    made.calls += 1;
    await pause(5);
  }
}

/** Opens streams and leaves them after their first message. */
async function leaveStreams(baseUrl: string, over: AbortSignal, made: Made): Promise<void> {
  const greeter = createClient(GreeterService, createGrpcTransport({ baseUrl }));
  while (!over.aborted) {
    const left = new AbortController();
    const messages = greeter.watchGreetings({ recent: 5 }, { signal: left.signal })[Symbol.asyncIterator]();
    await messages.next();
    left.abort();
    await messages.next().catch(() => undefined);
    made.streams += 1;
    await pause(20);
  }
}

/** Watches until the deadline. */
async function missDeadlines(baseUrl: string, over: AbortSignal, made: Made): Promise<void> {
  const greeter = createClient(GreeterService, createGrpcTransport({ baseUrl }));
  while (!over.aborted) {
    await Array.fromAsync(greeter.watchGreetings({}, { timeoutMs: 100 })).catch(() => undefined);
    made.deadlines += 1;
  }
}

async function flood({ server }: LoadContext, over: AbortSignal, made: Made): Promise<void> {
  const all: Flood[] = Object.values(floods);
  while (!over.aborted) {
    await all[made.floods % all.length]?.(server.port, FLOOD_AMOUNT);
    made.floods += 1;
    await pause(500);
  }
}
