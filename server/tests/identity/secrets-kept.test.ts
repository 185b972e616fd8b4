import { toJsonString } from "@bufbuild/protobuf";
import { ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { GetTraceResponseSchema, TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { useIdentity } from "./use-identity.ts";

const lines: string[] = [];
const logger = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
const identity = useIdentity({ SHOW_SPANS: "yes" }, { logger });

/** What a call with a credential ends with. */
async function sayHello(credential: string, style: (typeof CALL_STYLES)[number]) {
  const client = createClient(GreeterService, createTransport(style, identity.server.baseUrl));
  try {
    return (await client.sayHello({ name: "Ada" }, { headers: { authorization: `Bearer ${credential}` } })).message;
  } catch (error) {
    return ConnectError.from(error);
  }
}

it.each(CALL_STYLES)("logs who called, over %s", async (style) => {
  lines.length = 0;
  await sayHello(await identity.issuer.tokenOf("alice"), style);
  const principal = `${identity.issuer.url}#alice`;
  await vi.waitFor(() => expect(lines.map((line) => JSON.parse(line).principal)).toContain(principal));
});

it("keeps tokens out of spans, and what a query says out of the log and of spans", async () => {
  const token = await identity.issuer.tokenOf("alice");
  const traceId = "c".repeat(32);
  const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, "content-type": "application/json" };
  const path = `/${GreeterService.typeName}/SayHello?access_token=${token}`;
  const post = { method: "POST", headers: { ...headers, authorization: `Bearer ${token}` }, body: '{"name": "Ada"}' };
  expect((await sendRequest(identity.server.baseUrl, path, post)).status).toBe(200);
  const tracing = createClient(TraceService, createTransport("grpc", identity.server.baseUrl));
  const root = { headers: { authorization: `Bearer ${await identity.issuer.tokenOf("root")}` } };
  const spans = await vi.waitFor(async () => {
    const trace = await tracing.getTrace({ traceId }, root);
    expect(trace.spans.length).toBeGreaterThan(0);
    return toJsonString(GetTraceResponseSchema, trace);
  });
  const shown = [...lines, spans].join("\n");
  for (const part of token.split(".").slice(1)) expect(shown).not.toContain(part);
});

it.each(CALL_STYLES)("keeps tokens out of the log and of errors, over %s", async (style) => {
  const good = await identity.issuer.tokenOf("alice");
  const bad = await identity.issuer.tokenOf("mallory", { aud: "https://other.example" });
  expect(await sayHello(good, style)).toBe("Hello, Ada!");
  const error = await sayHello(bad, style);
  const shown = [...lines, JSON.stringify(error), String(error)].join("\n");
  expect(lines.length).toBeGreaterThan(0);
  for (const token of [good, bad]) for (const part of token.split(".").slice(1)) expect(shown).not.toContain(part);
});
