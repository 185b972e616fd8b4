// @vitest-environment happy-dom
import { create } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
  type HandlerContext,
  type Transport,
} from "@connectrpc/connect";
import { act, renderHook } from "@testing-library/react";
import {
  GreeterService,
  type WatchGreetingsRequest,
  type WatchGreetingsResponse,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createFakeEnvironment, type FakeEnvironment, settled } from "@triptych/testkit/page/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import { beforeEach, expect, it } from "vitest";
import { useLiveStream } from "./use-live-stream.ts";

interface Call {
  readonly request: WatchGreetingsRequest;
  readonly context: HandlerContext;
  readonly stream: PushStream<WatchGreetingsResponse>;
}

let environment: FakeEnvironment;
let calls: Call[];

beforeEach(() => {
  environment = createFakeEnvironment();
  calls = [];
});

function createGreeterTransport(): Transport {
  return createRouterTransport(({ rpc }) => {
    rpc(GreeterService.method.watchGreetings, async function* (request, context) {
      const stream = createPushStream<WatchGreetingsResponse>();
      calls.push({ request, context, stream });
      yield* stream;
    });
  });
}

interface NamesProps {
  readonly transport: Transport;
  readonly streamKey: string;
  readonly onRender?: (() => void) | undefined;
}

/** The last three names that were greeted. */
function useGreetedNames({ transport, streamKey, onRender }: NamesProps) {
  onRender?.();
  const client = createClient(GreeterService, transport);
  return useLiveStream<WatchGreetingsResponse, readonly string[]>({
    streamKey,
    transport,
    environment,
    open: (signal, afterSequence) =>
      client.watchGreetings(afterSequence === undefined ? { recent: 5 } : { afterSequence }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    initial: [],
    reduce: (names, batch) =>
      [...names, ...batch.flatMap(({ update }) => (update.case === "greeting" ? [update.value.name] : []))].slice(-3),
  });
}

function renderNames(props: Partial<NamesProps> = {}) {
  const initialProps = { transport: createGreeterTransport(), streamKey: "greetings", ...props };
  const { rerender, ...rendered } = renderHook(useGreetedNames, { initialProps });
  const change = (next: Partial<NamesProps>) => rerender({ ...initialProps, ...next });
  return { ...rendered, rerender: change, changeTransport: () => change({ transport: createGreeterTransport() }) };
}

function call(index: number): Call {
  const found = calls[index];
  if (found === undefined) throw new Error(`there was no call ${index}`);
  return found;
}

function greet(index: number, ...greetings: [sequence: bigint, name: string][]) {
  const messages = greetings.map(([sequence, name]) =>
    create(WatchGreetingsResponseSchema, { update: { case: "greeting", value: { sequence, name } } }),
  );
  return act(async () => {
    call(index).stream.push(...messages);
    await settled();
    environment.paint();
  });
}

it("is live with the first message and gathers a bounded list", async () => {
  const { result } = renderNames();
  await act(settled);
  expect(result.current.state.kind).toBe("connecting");
  await greet(0, [1n, "Ada"], [2n, "Bo"], [3n, "Cy"], [4n, "Di"]);
  expect(result.current.state.kind).toBe("live");
  expect(result.current.data).toEqual(["Bo", "Cy", "Di"]);
});

it("renders once for all the messages of a frame", async () => {
  let renders = 0;
  const { result } = renderNames({ onRender: () => renders++ });
  await act(settled);
  await greet(0, [1n, "Ada"]);
  const before = renders;
  for (const sequence of [2n, 3n, 4n, 5n]) {
    await act(async () => {
      const value = { sequence, name: `Guest ${sequence}` };
      call(0).stream.push(create(WatchGreetingsResponseSchema, { update: { case: "greeting", value } }));
      await settled();
    });
  }
  expect(renders).toBe(before);
  act(() => environment.paint());
  expect(renders).toBe(before + 1);
  expect(result.current.data).toEqual(["Guest 3", "Guest 4", "Guest 5"]);
});

it("reconnects after the last sequence number, and keeps what it has", async () => {
  const { result } = renderNames();
  await act(settled);
  await greet(0, [1n, "Ada"]);
  await act(async () => {
    call(0).stream.fail(new ConnectError("draining", Code.Unavailable));
    await settled();
  });
  expect(result.current.state).toMatchObject({ kind: "reconnecting", retryAt: 500 });
  expect(result.current.data).toEqual(["Ada"]);
  await act(() => environment.advance(500));
  expect(call(1).request.afterSequence).toBe(1n);
  await greet(1, [2n, "Bo"]);
  expect(result.current.data).toEqual(["Ada", "Bo"]);
});

it("cancels the call when the component leaves", async () => {
  const { unmount } = renderNames();
  await act(settled);
  unmount();
  await settled();
  expect(call(0).context.signal.aborted).toBe(true);
  expect(environment.timers).toBe(0);
});

it("goes on over another transport, where the first one stopped", async () => {
  const { result, changeTransport } = renderNames();
  await act(settled);
  await greet(0, [1n, "Ada"]);
  changeTransport();
  await act(settled);
  expect(call(0).context.signal.aborted).toBe(true);
  expect(call(1).request.afterSequence).toBe(1n);
  expect(result.current.data).toEqual(["Ada"]);
});

it("loses nothing that had arrived but was not painted when the transport changed", async () => {
  const { result, changeTransport } = renderNames();
  await act(settled);
  const message = create(WatchGreetingsResponseSchema, {
    update: { case: "greeting", value: { sequence: 1n, name: "Ada" } },
  });
  call(0).stream.push(message);
  await act(settled);
  changeTransport();
  await act(settled);
  expect(call(1).request.afterSequence).toBe(1n);
  expect(result.current.data).toEqual(["Ada"]);
});

it("starts over under another key, and again when the first one comes back", async () => {
  const { result, rerender } = renderNames({ streamKey: "a" });
  await act(settled);
  await greet(0, [1n, "Ada"]);
  rerender({ streamKey: "b" });
  expect(result.current.data).toEqual([]);
  await act(settled);
  rerender({ streamKey: "a" });
  await act(settled);
  expect(result.current.data).toEqual([]);
  expect(call(1).request.afterSequence).toBeUndefined();
  expect(call(2).request.afterSequence).toBeUndefined();
});

it("starts from scratch when the server has lost the position", async () => {
  const { result, changeTransport } = renderNames();
  await act(settled);
  await greet(0, [9n, "Ada"]);
  changeTransport();
  await act(async () => {
    await settled();
    call(1).stream.fail(new ConnectError("ahead of the log", Code.InvalidArgument));
    await settled();
  });
  expect(result.current.data).toEqual([]);
  expect(call(2).request.recent).toBe(5);
});

it("lets the stream go while the page is hidden, and goes on after the last sequence number when it is shown", async () => {
  const { result } = renderNames();
  await act(settled);
  await greet(0, [1n, "Ada"]);
  await act(async () => environment.show(false));
  expect(call(0).context.signal.aborted).toBe(true);
  expect(result.current.state.kind).toBe("paused");
  expect(result.current.data).toEqual(["Ada"]);
  await act(async () => {
    environment.show(true);
    await settled();
  });
  expect(call(1).request.afterSequence).toBe(1n);
  await greet(1, [2n, "Bo"]);
  expect(result.current.state.kind).toBe("live");
  expect(result.current.data).toEqual(["Ada", "Bo"]);
});

it("calls nothing for a page that nobody has seen yet", async () => {
  environment.show(false);
  renderNames();
  await act(settled);
  expect(calls).toHaveLength(0);
});

it("opens at once what waited to reconnect when the page was hidden", async () => {
  renderNames();
  await act(settled);
  await act(async () => {
    call(0).stream.fail(new ConnectError("draining", Code.Unavailable));
    await settled();
    environment.show(false);
  });
  expect(environment.timers).toBe(0);
  await act(async () => {
    environment.show(true);
    await settled();
  });
  expect(calls).toHaveLength(2);
});

it("opens a failed stream again when asked to", async () => {
  const { result } = renderNames();
  await act(async () => {
    await settled();
    call(0).stream.fail(new ConnectError("no", Code.PermissionDenied));
    await settled();
  });
  expect(result.current.state.kind).toBe("failed");
  await act(async () => {
    result.current.retry();
    await settled();
  });
  expect(calls).toHaveLength(2);
});
