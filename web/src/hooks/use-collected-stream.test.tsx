import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { act, renderHook } from "@testing-library/react";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import type { ReactNode } from "react";
import { beforeEach, expect, it } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../test/fake-environment.ts";
import { StreamEnvironmentContext } from "./stream-environment.ts";
import { useCollectedStream } from "./use-collected-stream.ts";

let environment: FakeEnvironment;
let stream: PushStream<number>;
let signals: AbortSignal[];

beforeEach(() => {
  environment = createFakeEnvironment();
  stream = createPushStream();
  signals = [];
});

function renderStream(limit?: number) {
  let transport = createRouterTransport(() => {});
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StreamEnvironmentContext value={environment}>
      <TransportProvider transport={transport}>{children}</TransportProvider>
    </StreamEnvironmentContext>
  );
  const rendered = renderHook(() => useCollectedStream<number>(limit), { wrapper });
  return {
    ...rendered,
    start: () =>
      act(() =>
        rendered.result.current.start((signal) => {
          signals.push(signal);
          return stream;
        }),
      ),
    changeTransport() {
      transport = createRouterTransport(() => {});
      rendered.rerender();
    },
  };
}

function arrive(...numbers: number[]) {
  return act(async () => {
    stream.push(...numbers);
    await settled();
    environment.paint();
  });
}

it("is idle until it is started", () => {
  const { result } = renderStream();
  expect(result.current).toMatchObject({ state: { kind: "idle" }, items: [], total: 0 });
});

it("shows messages while the stream is open, and then that it is done", async () => {
  const { result, start } = renderStream();
  start();
  await arrive(1, 2);
  expect(result.current).toMatchObject({ state: { kind: "open" }, items: [1, 2], total: 2 });
  await act(async () => {
    stream.push(3);
    stream.end();
    await settled();
  });
  expect(result.current).toMatchObject({ state: { kind: "done" }, items: [1, 2, 3], total: 3 });
});

it("keeps the latest messages only, and counts all", async () => {
  const { result, start } = renderStream(2);
  start();
  await arrive(1, 2, 3);
  expect(result.current).toMatchObject({ items: [2, 3], total: 3 });
});

it("fails with the error of the call and keeps what had come", async () => {
  const { result, start } = renderStream();
  start();
  await arrive(1);
  await act(async () => {
    stream.fail(new ConnectError("too much", Code.ResourceExhausted));
    await settled();
  });
  expect(result.current.state).toMatchObject({ kind: "failed", error: { code: Code.ResourceExhausted } });
  expect(result.current.items).toEqual([1]);
});

it("cancels the call when it is stopped", async () => {
  const { result, start } = renderStream();
  start();
  await arrive(1);
  await act(async () => {
    result.current.stop();
    await settled();
  });
  expect(signals[0]?.aborted).toBe(true);
  expect(result.current).toMatchObject({ state: { kind: "cancelled" }, items: [1] });
});

it("cancels the call before it starts another", async () => {
  const { result, start } = renderStream();
  start();
  await arrive(1);
  stream = createPushStream();
  start();
  await act(settled);
  expect(signals[0]?.aborted).toBe(true);
  expect(result.current).toMatchObject({ state: { kind: "open" }, items: [] });
});

it("shows nothing of a call any more once another has started, neither what had come nor what comes", async () => {
  const { result, start } = renderStream();
  start();
  const first = stream;
  await act(async () => {
    first.push(1);
    await settled();
  });
  stream = createPushStream();
  start();
  await act(async () => {
    first.push(2);
    await settled();
    environment.paint();
  });
  expect(result.current).toMatchObject({ state: { kind: "open" }, items: [], total: 0 });
  await arrive(3);
  expect(result.current).toMatchObject({ items: [3], total: 1 });
});

it("cancels the call when the protocol changes", async () => {
  const { result, start, changeTransport } = renderStream();
  start();
  changeTransport();
  await act(settled);
  expect(signals[0]?.aborted).toBe(true);
  expect(result.current.state.kind).toBe("cancelled");
});

it("cancels the call when the component leaves", () => {
  const { start, unmount } = renderStream();
  start();
  unmount();
  expect(signals[0]?.aborted).toBe(true);
});

it("is as new when cleared", async () => {
  const { result, start } = renderStream();
  start();
  await arrive(1);
  await act(async () => {
    result.current.clear();
    await settled();
  });
  expect(signals[0]?.aborted).toBe(true);
  expect(result.current).toMatchObject({ state: { kind: "idle" }, items: [], total: 0 });
});
