import { Code, ConnectError } from "@connectrpc/connect";
import { createFakeEnvironment, type FakeEnvironment, settled } from "@triptych/testkit/page/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FollowOptions, follow, SILENCE_MS, STABLE_AFTER_MS } from "./follow.ts";

let environment: FakeEnvironment;
let left: AbortController;
let calls: { signal: AbortSignal; resumeFrom: bigint | undefined; logId: string; stream: PushStream<bigint> }[];
let notified: string[];
let messages: bigint[];
/** How following has ended, once it has. */
let outcome: "returned" | ConnectError | undefined;

beforeEach(() => {
  environment = createFakeEnvironment();
  left = new AbortController();
  calls = [];
  notified = [];
  messages = [];
  outcome = undefined;
});

afterEach(() => left.abort());

function followNumbers(options: FollowOptions<bigint> = {}) {
  return follow<bigint>(
    (signal, resumeFrom, logId) => {
      const stream = createPushStream<bigint>();
      calls.push({ signal, resumeFrom, logId, stream });
      return stream;
    },
    {
      sequenceOf: (message) => message,
      signal: left.signal,
      environment,
      onState: (state) =>
        notified.push(state.kind === "reconnecting" ? `reconnecting at ${state.retryAt}` : state.kind),
      onRestart: () => notified.push("restarted"),
      ...options,
    },
  );
}

/** Follows, and reads all that comes. */
async function start(options: FollowOptions<bigint> = {}) {
  const read = async () => {
    for await (const message of followNumbers(options)) messages.push(message);
  };
  read().then(
    () => {
      outcome = "returned";
    },
    (error: ConnectError) => {
      outcome = error;
    },
  );
  await settled();
}

function call(index: number) {
  const found = calls[index];
  if (found === undefined) throw new Error(`there was no call ${index}`);
  return found;
}

async function arrive(index: number, ...sequences: bigint[]) {
  call(index).stream.push(...sequences);
  await settled();
}

async function askToMove(index: number) {
  call(index).stream.fail(new ConnectError("call again", Code.Unavailable, { "grpc-retry-pushback-ms": "0" }));
  await settled();
}

async function fail(index: number, code: Code) {
  call(index).stream.fail(new ConnectError("failed", code));
  await settled();
}

describe("a stream that is followed", () => {
  it("yields messages in order", async () => {
    await start();
    await arrive(0, 1n, 2n);
    expect(messages).toEqual([1n, 2n]);
    expect(notified).toEqual(["connecting", "live"]);
  });

  it("resumes after the last message when the connection is lost", async () => {
    await start();
    await arrive(0, 1n, 2n);
    await fail(0, Code.Unavailable);
    expect(notified.at(-1)).toBe("reconnecting at 500");
    await environment.advance(500);
    expect(call(1).resumeFrom).toBe(2n);
    await arrive(1, 3n);
    expect(messages).toEqual([1n, 2n, 3n]);
  });

  it("moves at once, and stays live, when the server asks for it", async () => {
    await start();
    await arrive(0, 1n, 2n);
    await askToMove(0);
    expect(call(1).resumeFrom).toBe(2n);
    await arrive(1, 3n);
    expect(messages).toEqual([1n, 2n, 3n]);
    expect(notified).toEqual(["connecting", "live", "live"]);
  });

  it("waits when the server asks for it again at once", async () => {
    await start();
    await arrive(0, 1n);
    await askToMove(0);
    await arrive(1, 2n);
    await askToMove(1);
    expect(notified.at(-1)).toBe("reconnecting at 1000");
  });

  it("moves again at once after it was live for some time", async () => {
    await start();
    for (const index of [0, 1, 2]) {
      await arrive(index, BigInt(index + 1));
      await environment.advance(STABLE_AFTER_MS);
      await askToMove(index);
    }
    expect(call(3).resumeFrom).toBe(3n);
    expect(notified).toEqual(["connecting", "live", "live", "live"]);
  });

  it("starts after the position it is given", async () => {
    await start({ resumeFrom: 41n });
    expect(call(0).resumeFrom).toBe(41n);
  });

  it("waits longer after every failure", async () => {
    await start();
    for (const [index, delay] of [500, 1_000, 2_000, 4_000, 7_500, 7_500].entries()) {
      const now = environment.now();
      await fail(index, Code.Unavailable);
      expect(notified.at(-1)).toBe(`reconnecting at ${now + delay}`);
      await environment.advance(delay);
    }
  });

  it("waits as after the first failure once it was live for some time", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    await arrive(1, 1n);
    await environment.advance(STABLE_AFTER_MS);
    await fail(1, Code.Unavailable);
    expect(notified.at(-1)).toBe(`reconnecting at ${environment.now() + 500}`);
  });

  it("keeps waiting longer when it was live for a moment only", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    await arrive(1, 1n);
    await fail(1, Code.Unavailable);
    expect(notified.at(-1)).toBe(`reconnecting at ${environment.now() + 1_000}`);
  });

  it("opens again at once when the network comes back", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.wake();
    expect(calls).toHaveLength(2);
    expect(environment.timers).toBe(1);
  });

  it("cancels every call that has ended, also one that failed", async () => {
    await start();
    await fail(0, Code.Unavailable);
    expect(call(0).signal.aborted).toBe(true);
  });

  it("takes a connection that is silent for too long for dead", async () => {
    await start();
    await arrive(0, 7n);
    await environment.advance(SILENCE_MS - 1);
    expect(call(0).signal.aborted).toBe(false);
    await environment.advance(1);
    expect(call(0).signal.aborted).toBe(true);
    await environment.advance(500);
    expect(call(1).resumeFrom).toBe(7n);
  });

  it("is kept alive by any message", async () => {
    await start();
    await environment.advance(SILENCE_MS - 1);
    await arrive(0, 1n);
    await environment.advance(SILENCE_MS - 1);
    expect(call(0).signal.aborted).toBe(false);
  });

  it("takes a call that is never answered for dead", async () => {
    await start();
    await environment.advance(SILENCE_MS);
    expect(notified.at(-1)).toMatch(/^reconnecting/);
  });

  it("ends when the server ends it", async () => {
    await start();
    call(0).stream.end();
    await settled();
    expect(notified).toEqual(["connecting", "ended"]);
    expect(outcome).toBe("returned");
    expect(environment.timers).toBe(0);
  });

  it.each([
    Code.InvalidArgument,
    Code.NotFound,
    Code.AlreadyExists,
    Code.PermissionDenied,
    Code.FailedPrecondition,
    Code.OutOfRange,
    Code.Unimplemented,
    Code.Unauthenticated,
  ])("fails with code %i, which trying again would not change", async (code) => {
    await start();
    await fail(0, code);
    expect(notified).toEqual(["connecting", "failed"]);
    expect(outcome).toMatchObject({ code });
    expect(environment.timers).toBe(0);
  });

  it.each([
    Code.Canceled,
    Code.Unknown,
    Code.DeadlineExceeded,
    Code.ResourceExhausted,
    Code.Aborted,
    Code.Internal,
    Code.Unavailable,
    Code.DataLoss,
  ])("reconnects after code %i", async (code) => {
    await start();
    await fail(0, code);
    await environment.advance(500);
    expect(calls).toHaveLength(2);
  });

  it.each([Code.OutOfRange, Code.InvalidArgument])(
    "starts from scratch when its position is rejected with code %i",
    async (code) => {
      await start({ resumeFrom: 99n });
      await fail(0, code);
      expect(call(1).resumeFrom).toBeUndefined();
      expect(notified).toEqual(["connecting", "restarted", "connecting"]);
    },
  );

  it("fails when it is rejected from scratch too", async () => {
    await start({ resumeFrom: 99n });
    await fail(0, Code.OutOfRange);
    await fail(1, Code.OutOfRange);
    expect(notified.at(-1)).toBe("failed");
    expect(outcome).toMatchObject({ code: Code.OutOfRange });
  });

  it("cancels the call and returns when its signal is aborted", async () => {
    await start();
    await arrive(0, 5n);
    left.abort();
    await arrive(0, 6n);
    expect(call(0).signal.aborted).toBe(true);
    expect(messages).toEqual([5n]);
    expect(notified.at(-1)).toBe("live");
    expect(outcome).toBe("returned");
    expect(environment.timers).toBe(0);
  });

  it("cancels the call when its reader breaks off", async () => {
    const stream = followNumbers();
    const first = stream.next();
    await arrive(0, 5n);
    expect(await first).toEqual({ done: false, value: 5n });
    expect(call(0).signal.aborted).toBe(false);
    await stream.return();
    expect(call(0).signal.aborted).toBe(true);
    expect(environment.timers).toBe(0);
  });

  it("opens nothing when its signal was aborted before", async () => {
    left.abort();
    await start();
    expect(outcome).toBe("returned");
    expect(calls).toHaveLength(0);
    expect(notified).toEqual([]);
  });

  it("does not take a reader that is busy for a server that is silent", async () => {
    const stream = followNumbers();
    const first = stream.next();
    await arrive(0, 1n);
    await first;
    await environment.advance(2 * SILENCE_MS);
    expect(call(0).signal.aborted).toBe(false);
    const second = stream.next();
    await arrive(0, 2n);
    expect(await second).toEqual({ done: false, value: 2n });
  });

  it("waits for a message as long as it is notified to", async () => {
    await start({ silenceMs: 1_000 });
    await environment.advance(999);
    expect(call(0).signal.aborted).toBe(false);
    await environment.advance(1);
    expect(call(0).signal.reason).toMatchObject({ rawMessage: "nothing came for 1 s" });
  });

  it("names a lost network UNAVAILABLE", async () => {
    const onState = vi.fn();
    await start({ onState });
    call(0).stream.fail(new TypeError("Failed to fetch"));
    await settled();
    expect(onState).toHaveBeenLastCalledWith({
      kind: "reconnecting",
      retryAt: 500,
      error: expect.objectContaining({ code: Code.Unavailable }),
    });
  });

  it("says in which log its position counts, and forgets that with the position", async () => {
    await start({ resumeFrom: 7n, logId: "first", logIdOf: (message) => (message === 9n ? "second" : undefined) });
    expect(call(0)).toMatchObject({ resumeFrom: 7n, logId: "first" });
    await arrive(0, 8n, 9n);
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    expect(call(1)).toMatchObject({ resumeFrom: 9n, logId: "second" });
    await fail(1, Code.InvalidArgument);
    expect(call(2)).toMatchObject({ resumeFrom: undefined, logId: "" });
  });

  it("starts every attempt from scratch when messages have no sequence", async () => {
    await start({ sequenceOf: () => undefined });
    await arrive(0, 1n);
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    expect(call(1).resumeFrom).toBeUndefined();
  });

  it("lets a fault of the reader's own functions through", async () => {
    const fault = new TypeError("not a number");
    await start({
      sequenceOf() {
        throw fault;
      },
    });
    await arrive(0, 1n);
    expect(outcome).toBe(fault);
    expect(call(0).signal.aborted).toBe(true);
  });

  it("opens nothing more when it is left while it waits", async () => {
    await start();
    await fail(0, Code.Unavailable);
    left.abort();
    await environment.advance(60_000);
    expect(calls).toHaveLength(1);
    expect(environment.timers).toBe(0);
  });
});

describe("a stream whose credential the server takes no more", () => {
  /** Follows with a credential that is had again, or not, each time that the test says so. */
  async function startWithCredential() {
    const asked: PromiseWithResolvers<boolean>[] = [];
    await start({
      refreshCredential() {
        const refresh = Promise.withResolvers<boolean>();
        asked.push(refresh);
        return refresh.promise;
      },
    });
    return asked;
  }

  it("goes on at once after the last message, with another", async () => {
    const asked = await startWithCredential();
    await arrive(0, 1n, 2n);
    await fail(0, Code.Unauthenticated);
    expect([asked.length, calls.length]).toEqual([1, 1]);
    asked[0]?.resolve(true);
    await settled();
    expect(call(1).resumeFrom).toBe(2n);
    await arrive(1, 3n);
    expect(messages).toEqual([1n, 2n, 3n]);
    expect(notified).toEqual(["connecting", "live", "connecting", "live"]);
  });

  it("ends where there is none to be had", async () => {
    const asked = await startWithCredential();
    await fail(0, Code.Unauthenticated);
    asked[0]?.resolve(false);
    await settled();
    expect(outcome).toMatchObject({ code: Code.Unauthenticated });
  });

  it("ends where another is not taken either", async () => {
    const asked = await startWithCredential();
    await fail(0, Code.Unauthenticated);
    asked[0]?.resolve(true);
    await settled();
    await fail(1, Code.Unauthenticated);
    expect([asked.length, outcome]).toMatchObject([1, { code: Code.Unauthenticated }]);
  });

  it("tries again later where it is not known whether there is one", async () => {
    const asked = await startWithCredential();
    await fail(0, Code.Unauthenticated);
    asked[0]?.reject(new Error("no connection"));
    await settled();
    expect(notified.at(-1)).toMatch(/^reconnecting/);
    await environment.advance(1_000);
    await fail(1, Code.Unauthenticated);
    asked[1]?.resolve(true);
    await settled();
    expect(calls).toHaveLength(3);
  });

  it("asks for none when it was left", async () => {
    const asked = await startWithCredential();
    await fail(0, Code.Unauthenticated);
    left.abort();
    asked[0]?.resolve(true);
    await settled();
    expect([calls.length, outcome]).toEqual([1, "returned"]);
  });
});
