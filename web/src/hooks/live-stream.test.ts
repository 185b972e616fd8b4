import { Code, ConnectError } from "@connectrpc/connect";
import { settled } from "@triptych/rpc-web/testing/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/rpc-web/testing/push-stream.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../test/fake-environment.ts";
import { type LiveStream, silenceLimitMs, stableAfterMs, startLiveStream } from "./live-stream.ts";

let environment: FakeEnvironment;
let running: LiveStream | undefined;
let calls: { signal: AbortSignal; resumeFrom: bigint | undefined; stream: PushStream<bigint> }[];
let told: string[];
let messages: bigint[];

beforeEach(() => {
  environment = createFakeEnvironment();
  calls = [];
  told = [];
  messages = [];
});

afterEach(() => running?.stop());

async function start(resumeFrom?: bigint) {
  running = startLiveStream<bigint>(
    {
      resumeFrom,
      sequenceOf: (message) => message,
      open(signal, from) {
        const stream = createPushStream<bigint>();
        calls.push({ signal, resumeFrom: from, stream });
        return stream;
      },
      onState: (state) => told.push(state.kind === "reconnecting" ? `reconnecting at ${state.retryAt}` : state.kind),
      onMessage: (message) => messages.push(message),
      onRestart: () => told.push("restarted"),
    },
    environment,
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

async function fail(index: number, code: Code) {
  call(index).stream.fail(new ConnectError("failed", code));
  await settled();
}

describe("a live stream", () => {
  test("tells of messages in order", async () => {
    await start();
    await arrive(0, 1n, 2n);
    expect(messages).toEqual([1n, 2n]);
    expect(told).toEqual(["connecting", "live"]);
  });

  test("resumes after the last message when the connection is lost", async () => {
    await start();
    await arrive(0, 1n, 2n);
    await fail(0, Code.Unavailable);
    expect(told.at(-1)).toBe("reconnecting at 500");
    await environment.advance(500);
    expect(call(1).resumeFrom).toBe(2n);
    await arrive(1, 3n);
    expect(messages).toEqual([1n, 2n, 3n]);
  });

  test("starts after the position it is given", async () => {
    await start(41n);
    expect(call(0).resumeFrom).toBe(41n);
  });

  test("waits longer after every failure", async () => {
    await start();
    for (const [index, delay] of [500, 1_000, 2_000, 4_000, 7_500, 7_500].entries()) {
      const now = environment.now();
      await fail(index, Code.Unavailable);
      expect(told.at(-1)).toBe(`reconnecting at ${now + delay}`);
      await environment.advance(delay);
    }
  });

  test("waits as after the first failure once it was live for some time", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    await arrive(1, 1n);
    await environment.advance(stableAfterMs);
    await fail(1, Code.Unavailable);
    expect(told.at(-1)).toBe(`reconnecting at ${environment.now() + 500}`);
  });

  test("keeps waiting longer when it was live for a moment only", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.advance(500);
    await arrive(1, 1n);
    await fail(1, Code.Unavailable);
    expect(told.at(-1)).toBe(`reconnecting at ${environment.now() + 1_000}`);
  });

  test("opens again at once when the network comes back", async () => {
    await start();
    await fail(0, Code.Unavailable);
    await environment.wake();
    expect(calls).toHaveLength(2);
    expect(environment.timers).toBe(1);
  });

  test("cancels every call that is over, also one that failed", async () => {
    await start();
    await fail(0, Code.Unavailable);
    expect(call(0).signal.aborted).toBe(true);
  });

  test("takes a connection that is silent for too long for dead", async () => {
    await start();
    await arrive(0, 7n);
    await environment.advance(silenceLimitMs - 1);
    expect(call(0).signal.aborted).toBe(false);
    await environment.advance(1);
    expect(call(0).signal.aborted).toBe(true);
    await environment.advance(500);
    expect(call(1).resumeFrom).toBe(7n);
  });

  test("is kept alive by any message", async () => {
    await start();
    await environment.advance(silenceLimitMs - 1);
    await arrive(0, 1n);
    await environment.advance(silenceLimitMs - 1);
    expect(call(0).signal.aborted).toBe(false);
  });

  test("takes a call that is never answered for dead", async () => {
    await start();
    await environment.advance(silenceLimitMs);
    expect(told.at(-1)).toMatch(/^reconnecting/);
  });

  test("ends when the server ends it", async () => {
    await start();
    call(0).stream.end();
    await settled();
    expect(told).toEqual(["connecting", "ended"]);
    expect(environment.timers).toBe(0);
  });

  test.each([
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
    expect(told).toEqual(["connecting", "failed"]);
    expect(environment.timers).toBe(0);
  });

  test.each([
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

  test.each([Code.OutOfRange, Code.InvalidArgument])(
    "starts from scratch when its position is refused with code %i",
    async (code) => {
      await start(99n);
      await fail(0, code);
      expect(call(1).resumeFrom).toBeUndefined();
      expect(told).toEqual(["connecting", "restarted", "connecting"]);
    },
  );

  test("fails when it is refused from scratch too", async () => {
    await start(99n);
    await fail(0, Code.OutOfRange);
    await fail(1, Code.OutOfRange);
    expect(told.at(-1)).toBe("failed");
  });

  test("cancels the call and tells nothing more when it is left", async () => {
    await start();
    await arrive(0, 5n);
    expect(running?.stop()).toBe(5n);
    await arrive(0, 6n);
    expect(call(0).signal.aborted).toBe(true);
    expect(messages).toEqual([5n]);
    expect(told.at(-1)).toBe("live");
    expect(environment.timers).toBe(0);
  });

  test("opens nothing more when it is left while it waits", async () => {
    await start();
    await fail(0, Code.Unavailable);
    running?.stop();
    await environment.advance(60_000);
    expect(calls).toHaveLength(1);
    expect(environment.timers).toBe(0);
  });
});
