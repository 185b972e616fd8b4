import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { createFakeEnvironment, takeWaiting } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it, vi } from "vitest";
import type { CallRecorder } from "./call-recorder.ts";
import { createMethodRegistry } from "./method-registry.ts";
import type { RecorderLimits } from "./recorder-limits.ts";
import { createRecorderStore } from "./recorder-store.ts";

const roomy: RecorderLimits = {
  calls: 10,
  framesPerCall: 20,
  payloadBytes: 100,
  callBytes: 1_000_000,
  totalBytes: 10_000_000,
};

function setUp(limits: Partial<RecorderLimits> = {}) {
  const environment = createFakeEnvironment();
  const methods = createMethodRegistry([]);
  const store = createRecorderStore({ environment, methods, limits: { ...roomy, ...limits } });
  return { store, environment };
}

function begin(recorder: CallRecorder, name = "M") {
  const headers = [["content-type", "application/grpc-web+proto"]] as const;
  const call = recorder.callStarted({ via: "fetch", httpMethod: "POST", url: `http://server/p.S/${name}`, headers });
  if (call === undefined) throw new Error("the call is not recorded");
  call.responseStarted(200, headers);
  return call;
}

function envelope(...payload: number[]): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, payload.length, ...payload);
}

it("publishes once a frame, with new objects only for what has changed", () => {
  const { store, environment } = setUp();
  const first = begin(store);
  begin(store);
  environment.paint();
  const before = store.getState();
  const listener = vi.fn();
  store.subscribe(listener);
  first.received(envelope(1));
  first.received(envelope(2));
  expect(store.getState()).toBe(before);
  environment.paint();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.getState().calls[0]?.receivedFrames).toBe(2);
  expect(store.getState().calls[1]).toBe(before.calls[1]);
});

it("keeps when a request was sent, also where that is known only after the call", () => {
  const { store, environment } = setUp();
  const call = begin(store);
  call.ended({ kind: "complete" });
  call.requestSent(environment.now() + 3);
  environment.paint();
  expect(store.getState().calls).toMatchObject([{ state: "complete", sentAfter: 3 }]);
});

it("forgets the calls that ended before those that are open", () => {
  const { store, environment } = setUp({ calls: 3 });
  begin(store, "Open");
  for (const name of ["A", "B", "C", "D"]) begin(store, name).ended({ kind: "complete" });
  environment.paint();
  expect(store.getState().calls.map(({ path }) => path)).toEqual(["p.S/Open", "p.S/C", "p.S/D"]);
});

it("forgets the oldest when all are open", () => {
  const { store, environment } = setUp({ calls: 2 });
  for (const name of ["A", "B", "C"]) begin(store, name);
  environment.paint();
  expect(store.getState().calls.map(({ path }) => path)).toEqual(["p.S/B", "p.S/C"]);
});

it("keeps the first frames of a call and the latest, and counts all", async () => {
  const { store, environment } = setUp();
  const call = begin(store);
  for (let value = 1; value <= 50; value += 1) call.received(envelope(value));
  environment.paint();
  const [shown] = store.getState().calls;
  expect(shown?.receivedFrames).toBe(50);
  expect(shown?.frames.map(({ number }) => number)).toEqual([1, 2, ...Array.from({ length: 18 }, (_, at) => at + 33)]);
});

it("numbers the frames of each direction by what they are for, those among them that are not kept", () => {
  const { store } = setUp();
  const call = store.callStarted({ via: "websocket", httpMethod: "POST", url: "ws://server/p.S/M", headers: [] });
  const message = { flag: 0, meaning: "message", payload: Uint8Array.of(1), size: 10 } as const;
  const control = { meaning: "control", payload: Uint8Array.of(1), size: 9 } as const;
  call?.sentFrame(message);
  for (let count = 0; count < 40; count += 1) {
    call?.receivedFrame(control);
    call?.receivedFrame(message);
  }
  const frames = store.getState().calls[0]?.frames ?? [];
  expect(frames.map(({ direction, meaning, numberOfKind }) => `${direction} ${meaning} ${numberOfKind}`)).toEqual([
    "sent message 1",
    "received control 1",
    ...Array.from({ length: 18 }, (_, at) => (at % 2 === 0 ? "received control" : "received message")).map(
      (name, at) => `${name} ${32 + Math.floor(at / 2)}`,
    ),
  ]);
});

it("keeps the beginning of a long payload", () => {
  const { store, environment } = setUp({ payloadBytes: 2 });
  begin(store).received(envelope(1, 2, 3, 4));
  environment.paint();
  const frame = store.getState().calls[0]?.frames[0];
  expect(frame).toMatchObject({ length: 4, payload: Uint8Array.of(1, 2) });
});

it("keeps of an open stream the latest that there is room for", () => {
  const { store } = setUp({ callBytes: 1_500 });
  const call = begin(store);
  for (let value = 1; value <= 15; value += 1) call.received(envelope(...new Array(100).fill(value)));
  expect(store.getState().calls[0]?.frames.map(({ number }) => number)).toEqual([13, 14, 15]);
});

it("does nothing but keep while nobody subscribes, and shows then what was recorded before", () => {
  const { store, environment } = setUp();
  begin(store).received(envelope(1));
  expect(takeWaiting()).toEqual([]);
  store.subscribe(() => {});
  environment.paint();
  expect(store.getState().calls.map(({ receivedFrames }) => receivedFrames)).toEqual([1]);
});

it("shows a call with its method once that is known", () => {
  const { store } = setUp();
  const url = "/triptych.calculator.v1.CalculatorService/Add";
  store.callStarted({ via: "fetch", httpMethod: "POST", url, headers: [] });
  expect(store.getState().calls[0]?.method).toBeUndefined();
  store.methods.add([CalculatorService]);
  store.setPaused(false);
  expect(store.getState().calls[0]?.method).toBe(CalculatorService.method.add);
});

it("stands still at once when it is paused, with all that was recorded until then", () => {
  const { store, environment } = setUp();
  store.subscribe(() => {});
  const call = begin(store);
  store.setPaused(true);
  call.received(envelope(1));
  environment.paint();
  expect(store.getState()).toMatchObject({ calls: [{ receivedFrames: 0 }], paused: true });
});

it("stands still while paused, records no new call, and shows afterwards what open ones did", () => {
  const { store, environment } = setUp();
  const call = begin(store);
  environment.paint();
  store.setPaused(true);
  const paused = store.getState();
  call.received(envelope(1));
  expect(store.callStarted({ via: "fetch", httpMethod: "POST", url: "/p.S/Late", headers: [] })).toBeUndefined();
  environment.paint();
  expect(store.getState()).toBe(paused);
  store.setPaused(false);
  expect(store.getState().calls.map(({ receivedFrames }) => receivedFrames)).toEqual([1]);
});

it("forgets on request what has ended, and follows what has not", () => {
  const { store, environment } = setUp();
  const open = begin(store, "Open");
  begin(store, "Ended").ended({ kind: "complete" });
  store.clear();
  open.received(envelope(1));
  environment.paint();
  expect(store.getState().calls.map(({ path, receivedFrames }) => [path, receivedFrames])).toEqual([["p.S/Open", 1]]);
});

it("records nothing more of a call that has ended", () => {
  const { store, environment } = setUp();
  const ended = begin(store, "Ended");
  ended.ended({ kind: "failed", reason: "parsed" });
  ended.received(envelope(1));
  ended.ended({ kind: "complete" });
  environment.paint();
  expect(store.getState().calls).toMatchObject([{ state: "failed", receivedFrames: 0 }]);
});

it("records the frames of a socket as the socket framed them", () => {
  const { store, environment } = setUp();
  const call = store.callStarted({ via: "websocket", httpMethod: "POST", url: "ws://server/p.S/M", headers: [] });
  call?.sentFrame({ flag: 0, meaning: "message", payload: Uint8Array.of(1), size: 10 });
  call?.sentEnd();
  call?.responseStarted(undefined, []);
  const trailers = new TextEncoder().encode("grpc-status: 0\r\n");
  call?.receivedFrame({ flag: 0x80, meaning: "trailers", payload: trailers, size: 30 });
  call?.ended({ kind: "complete" });
  environment.paint();
  expect(store.getState().calls[0]).toMatchObject({
    protocol: "websocket",
    state: "complete",
    status: { code: undefined },
    sentBytes: 10,
    receivedBytes: 30,
    sentFrames: 1,
    receivedFrames: 1,
  });
});
