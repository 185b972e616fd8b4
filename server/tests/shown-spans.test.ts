import { Code, createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type Span, TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it, vi } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const HELLO = "triptych.greeter.v1.GreeterService/SayHello";
const STEPS = ["queued", "transaction", "sync"];

let traces = 0;
/** An id of a trace that no other test has. */
const newTrace = () => (traces++).toString(16).padStart(32, "a");
const headersOf = (traceId: string) => ({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });

describe("a server that shows its spans", () => {
  const server = useServer({ SHOW_SPANS: "yes" });
  const clientOf = <S extends typeof GreeterService | typeof TraceService | typeof CalculatorService>(service: S) =>
    createClient(service, createTransport("grpc", server.baseUrl));

  it.each(CALL_STYLES)("shows those of a call over %s, by the trace of its client", async (style) => {
    const traceId = newTrace();
    const transport = createTransport(style, server.baseUrl);
    await createClient(GreeterService, transport).sayHello({ name: "Ada" }, { headers: headersOf(traceId) });
    const tracing = createClient(TraceService, transport);
    // The client may have its answer before the server has seen that it is sent.
    const { spans } = await vi.waitFor(async () => {
      const trace = await tracing.getTrace({ traceId });
      expect(trace.spans.every(({ endUnixNano }) => endUnixNano > 0n)).toBe(true);
      return trace;
    });
    expect(spans.map(({ name }) => name)).toEqual([HELLO, "store write", ...STEPS]);
    const [call, write] = spans;
    expect(call).toMatchObject({ parentSpanId: "", links: [{ traceId }] });
    expect(write?.parentSpanId).toBe(call?.spanId);
    expect(spans.every(({ startUnixNano, endUnixNano }) => startUnixNano > 0n && endUnixNano >= startUnixNano)).toBe(
      true,
    );
    // The trace can be asked for by its own id, too.
    expect((await tracing.getTrace({ traceId: call?.traceId ?? "" })).spans).toEqual(spans);
  });

  it("shows a stream while it runs, message by message", async () => {
    const traceId = newTrace();
    const leaving = new AbortController();
    const options = { signal: leaving.signal };
    const watch = clientOf(TraceService).watchSpans({ traceId }, options)[Symbol.asyncIterator]();
    expect((await watch.next()).value?.spans).toEqual([]);
    const greetings = clientOf(GreeterService).watchGreetings({}, { ...options, headers: headersOf(traceId) });
    await greetings[Symbol.asyncIterator]().next();
    const seen: Span[] = [];
    while (!seen.some(({ events }) => events.length > 0)) seen.push(...((await watch.next()).value?.spans ?? []));
    expect(seen.at(-1)).toMatchObject({
      name: "triptych.greeter.v1.GreeterService/WatchGreetings",
      endUnixNano: 0n,
      events: [{ attributes: { "rpc.message.type": "SENT", "rpc.message.id": "1" } }],
    });
    leaving.abort();
    await expect(watch.next()).rejects.toThrow();
  });

  it("does not take a stream that is sent what a call made for a part of its trace", async () => {
    const traceId = newTrace();
    const leaving = new AbortController();
    const greeter = clientOf(GreeterService);
    const greetings = greeter.watchGreetings({}, { signal: leaving.signal })[Symbol.asyncIterator]();
    await greetings.next();
    await greeter.sayHello({ name: "Ada" }, { headers: headersOf(traceId) });
    await greetings.next();
    const [call] = (await clientOf(TraceService).getTrace({ traceId })).spans;
    const { spans } = await clientOf(TraceService).getTrace({ traceId: call?.traceId ?? "" });
    expect(spans.map(({ name }) => name)).toEqual([HELLO, "store write", ...STEPS]);
    leaving.abort();
    await expect(greetings.next()).rejects.toThrow();
  });

  it("shows when what was watched has ended", async () => {
    const traceId = newTrace();
    const leaving = new AbortController();
    const watch = clientOf(TraceService).watchSpans({ traceId }, { signal: leaving.signal })[Symbol.asyncIterator]();
    await watch.next();
    await clientOf(CalculatorService).evaluate({ expression: "1 + 1" }, { headers: headersOf(traceId) });
    let last: Span | undefined;
    while (last === undefined || last.endUnixNano === 0n) last = (await watch.next()).value?.spans.at(-1);
    expect(last).toMatchObject({ name: "triptych.calculator.v1.CalculatorService/Evaluate", error: "" });
    leaving.abort();
    await expect(watch.next()).rejects.toThrow();
  });

  it("knows no trace that there is none of, and takes no id that is none", async () => {
    const client = clientOf(TraceService);
    expect(await refusalOf(client.getTrace({ traceId: newTrace() }))).toMatchObject({ code: "NotFound" });
    expect(await refusalOf(client.getTrace({ traceId: "ABC" }))).toMatchObject({ code: "InvalidArgument" });
    await expect(Array.fromAsync(client.watchSpans({ traceId: "" }))).rejects.toMatchObject({
      code: Code.InvalidArgument,
    });
  });
});

describe("a server that is not told to show its spans", () => {
  const server = useServer();

  it("says what to set", async () => {
    const client = createClient(TraceService, createTransport("grpc", server.baseUrl));
    const refused = { code: Code.FailedPrecondition, rawMessage: expect.stringContaining("SHOW_SPANS=yes") };
    await expect(client.getTrace({ traceId: newTrace() })).rejects.toMatchObject(refused);
    await expect(Array.fromAsync(client.watchSpans({ traceId: newTrace() }))).rejects.toMatchObject(refused);
  });
});
