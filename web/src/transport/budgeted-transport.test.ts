import { create } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
  type HandlerContext,
  type Transport,
} from "@connectrpc/connect";
import {
  GreeterService,
  type StreamGreetingsResponse,
  StreamGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import { beforeEach, expect, it, vi } from "vitest";
import { budgetedTransport } from "./budgeted-transport.ts";
import { createDivertedStreams, type DivertedStreams } from "./diverted-streams.ts";
import type { StreamPermit } from "./stream-budget.ts";

interface ServedStream {
  readonly context: HandlerContext;
  readonly messages: PushStream<StreamGreetingsResponse>;
}

let served: { http: ServedStream[]; webSocket: ServedStream[] };
let unaryCalls: string[];
let diverted: DivertedStreams;
const release = vi.fn();
let permit: StreamPermit;

beforeEach(() => {
  served = { http: [], webSocket: [] };
  unaryCalls = [];
  diverted = createDivertedStreams();
  release.mockClear();
  permit = { carrier: "http", release };
});

function serverOver(carrier: "http" | "webSocket") {
  return createRouterTransport(({ rpc }) => {
    rpc(GreeterService.method.sayHello, () => {
      unaryCalls.push(carrier);
      return {};
    });
    rpc(GreeterService.method.streamGreetings, async function* (_request, context) {
      const messages = createPushStream<StreamGreetingsResponse>();
      served[carrier].push({ context, messages });
      yield* messages;
    });
  });
}

function greeter() {
  const webSocket = serverOver("webSocket");
  return createClient(
    GreeterService,
    budgetedTransport({
      http: serverOver("http"),
      webSocket: () => webSocket,
      budget: { request: async () => permit },
      diverted,
    }),
  );
}

/** Opens a stream and waits until it is served. */
async function openStream(carrier: "http" | "webSocket", signal?: AbortSignal) {
  const messages = greeter()
    .streamGreetings({ name: "Ada" }, signal === undefined ? {} : { signal })
    [Symbol.asyncIterator]();
  const first = messages.next();
  await vi.waitFor(() => expect(served[carrier]).toHaveLength(1));
  const [stream] = served[carrier];
  if (stream === undefined) throw new Error(`no stream came over ${carrier}`);
  return { stream, messages, first };
}

const hello = create(StreamGreetingsResponseSchema, { message: "Hello" });

it("carries a stream over HTTP while it holds a connection, and gives that back at the end", async () => {
  const { stream, messages, first } = await openStream("http");
  stream.messages.push(hello);
  expect((await first).value?.message).toBe("Hello");
  expect(release).not.toHaveBeenCalled();
  stream.messages.end();
  expect((await messages.next()).done).toBe(true);
  expect(release).toHaveBeenCalled();
  expect(diverted.current()).toEqual([]);
});

it("gives the connection back when the stream fails", async () => {
  const { stream, first } = await openStream("http");
  stream.messages.fail(new ConnectError("draining", Code.Unavailable));
  await expect(first).rejects.toMatchObject({ code: Code.Unavailable });
  expect(release).toHaveBeenCalled();
});

it("gives the connection back at once when the call is cancelled", async () => {
  const call = new AbortController();
  const { first } = await openStream("http", call.signal);
  call.abort();
  expect(release).toHaveBeenCalled();
  await expect(first).rejects.toMatchObject({ code: Code.Canceled });
});

it("gives the connection back and makes no call when the call was cancelled before there was one", async () => {
  const signal = AbortSignal.abort();
  const stream = greeter().streamGreetings({ name: "Ada" }, { signal })[Symbol.asyncIterator]();
  await expect(stream.next()).rejects.toMatchObject({ code: Code.Canceled });
  expect(release).toHaveBeenCalled();
  expect(served.http).toHaveLength(0);
});

it("ends the call of a stream that nobody reads on, though no message comes any more", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const http: Transport = {
    ...serverOver("http"),
    async stream(method, signal) {
      signals.push(signal);
      const message = createPushStream<never>();
      return { stream: true, service: method.parent, method, header: new Headers(), trailer: new Headers(), message };
    },
  };
  const transport = budgetedTransport({
    http,
    webSocket: () => serverOver("webSocket"),
    budget: { request: async () => permit },
    diverted,
  });
  const method = GreeterService.method.streamGreetings;
  const response = await transport.stream(
    method,
    undefined,
    undefined,
    undefined,
    createPushStream<{ name: string }>(),
  );
  const messages = response.message[Symbol.asyncIterator]();
  void messages.next();
  await messages.return?.();
  expect(release).toHaveBeenCalled();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});

it("carries a stream without a connection over the WebSocket, and lists it while it lasts", async () => {
  permit = { carrier: "websocket", reason: "budget-spent" };
  const { stream, messages, first } = await openStream("webSocket");
  expect(diverted.current()).toEqual([{ method: "StreamGreetings", reason: "budget-spent" }]);
  stream.messages.push(hello);
  expect((await first).value?.message).toBe("Hello");
  stream.messages.end();
  await messages.next();
  expect(diverted.current()).toEqual([]);
  expect(served.http).toHaveLength(0);
});

it("carries unary calls over HTTP, whatever streams go over", async () => {
  permit = { carrier: "websocket", reason: "budget-spent" };
  await greeter().sayHello({ name: "Ada" });
  expect(unaryCalls).toEqual(["http"]);
});
