import { create } from "@bufbuild/protobuf";
import { createRouterTransport, type HandlerContext, type Transport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { act, renderHook } from "@testing-library/react";
import {
  GreeterService,
  type WatchGreetingsRequest,
  type WatchGreetingsResponse,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import type { ReactNode } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../test/fake-environment.ts";
import { createTransport } from "../transport/create-transport.ts";
import { protocols } from "../transport/protocol.ts";
import { useServiceClient } from "../transport/use-service-client.ts";
import { appendBounded } from "./append-bounded.ts";
import { StreamEnvironmentContext } from "./stream-environment.ts";
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

function useGreetedNames({ streamKey = "greetings", onRender }: { streamKey?: string; onRender?: () => void }) {
  onRender?.();
  const client = useServiceClient(GreeterService);
  return useLiveStream<WatchGreetingsResponse, readonly string[]>({
    streamKey,
    open: (signal, afterSequence) =>
      client.watchGreetings(afterSequence === undefined ? { recent: 5 } : { afterSequence }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    initial: [],
    reduce: (names, batch) =>
      appendBounded(
        names,
        batch.flatMap(({ update }) => (update.case === "greeting" ? [update.value.name] : [])),
        3,
      ),
  });
}

function renderNames(initialProps: Parameters<typeof useGreetedNames>[0] = {}, first = createGreeterTransport()) {
  let transport = first;
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <StreamEnvironmentContext value={environment}>
      <TransportProvider transport={transport}>{children}</TransportProvider>
    </StreamEnvironmentContext>
  );
  const rendered = renderHook(useGreetedNames, { wrapper, initialProps });
  return {
    ...rendered,
    changeTransport() {
      transport = createGreeterTransport();
      rendered.rerender(initialProps);
    },
  };
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

// A WebSocket carries many calls; that each is cancelled by itself is tested beside that transport.
it.each(protocols.filter(({ protocol }) => protocol !== "websocket"))(
  "cancels the request of $protocol itself when the component leaves",
  async ({ protocol }) => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const fetch = async (_url: RequestInfo | URL, init?: RequestInit) => {
      signals.push(init?.signal);
      return new Promise<never>(() => {});
    };
    const { unmount } = renderNames({}, createTransport({ protocol, baseUrl: "http://server", fetch }));
    // The code of the protocol is loaded before the request is made.
    await vi.waitFor(() => expect(signals.map((signal) => signal?.aborted)).toEqual([false]));
    unmount();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  },
);
