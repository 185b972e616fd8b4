import { once } from "node:events";
import { connect } from "node:http2";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { FairShareOptions } from "@triptych/rpc/call/fair-share.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, expect, it } from "vitest";
import { serveGreeter } from "./serve-greeter.ts";

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

/** What fills again so slowly that no test sees it. */
const SHARE: FairShareOptions = { costPerSecond: 0.01, burst: 1_000, maxCalls: 3, maxStreams: 0, maxBufferedBytes: 0 };

async function serve(options: Partial<RpcHandlerOptions>) {
  served = await serveGreeter({ sayHello: () => ({}) }, options);
  const greeter = createClient(GreeterService, createTransport("grpc", served.baseUrl));
  const codeOf = (credential: string, signal?: AbortSignal): Promise<Code | 0> =>
    greeter.sayHello({}, { headers: { credential }, ...(signal && { signal }) }).then(
      () => 0,
      (error: unknown) => ConnectError.from(error).code,
    );
  return { ...served, codeOf };
}

/** A gate that knows the credential `known`, and has to look up all others. */
function gateThat(look: () => Promise<void>): Pick<RpcHandlerOptions, "requestGate"> {
  return {
    requestGate: ({ requestHeader }) => (requestHeader.get("credential") === "known" ? undefined : look),
  };
}

it("calls that wait at the gate count for their address, also those whose client has left, until the gate is done", async () => {
  const opened = Promise.withResolvers<void>();
  const three = Promise.withResolvers<void>();
  let looking = 0;
  const look = () => {
    looking += 1;
    if (looking === 3) three.resolve();
    return opened.promise;
  };
  const { codeOf, held } = await serve({ ...gateThat(look), fairShare: SHARE });
  const leaving = new AbortController();
  const waiting = [codeOf("unknown"), codeOf("unknown"), codeOf("unknown", leaving.signal)];
  await three.promise;
  expect(await codeOf("unknown")).toBe(Code.ResourceExhausted);
  leaving.abort();
  await expect.poll(() => held().calls).toBe(2);
  expect(await codeOf("unknown")).toBe(Code.ResourceExhausted);
  expect(await codeOf("known")).toBe(0);
  expect(looking).toBe(3);
  opened.resolve();
  expect(await Promise.all(waiting)).toEqual([0, 0, Code.Canceled]);
  expect(await codeOf("unknown")).toBe(0);
  await expect.poll(() => held().callers).toBe(0);
});

it.each([
  ["a credential that is good for nothing", Code.Unauthenticated, Code.ResourceExhausted],
  ["a caller who may not", Code.PermissionDenied, Code.PermissionDenied],
  ["a credential that cannot be read", Code.Unavailable, Code.Unavailable],
])("%s costs its address as much as it should", async (_, code, third) => {
  const look = () => Promise.reject(new ConnectError("no", code));
  const fairShare = { ...SHARE, burst: 2 };
  const { codeOf } = await serve({ ...gateThat(look), fairShare });
  expect([await codeOf("unknown"), await codeOf("unknown"), await codeOf("unknown")]).toEqual([code, code, third]);
  expect(await codeOf("known")).toBe(0);
});

it("a credential that is good for nothing costs its address, also where anyone may call", async () => {
  const look = () => Promise.resolve();
  const fairShare = { ...SHARE, burst: 2, costOf: () => 0, callerOf: () => undefined };
  const { codeOf } = await serve({ ...gateThat(look), fairShare });
  expect([await codeOf("a"), await codeOf("b"), await codeOf("c")]).toEqual([0, 0, Code.ResourceExhausted]);
});

it("a refusal that waits holds nothing of the body of its call", async () => {
  const { codeOf, port } = await serve({ fairShare: { ...SHARE, burst: 1, maxCalls: 0 } });
  expect(await codeOf("known")).toBe(0);
  const session = connect(`http://127.0.0.1:${port}`);
  const path = `/${GreeterService.typeName}/SayHello`;
  const request = () => session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
  // As many as are refused at once, and more.
  for (let refusal = 0; refusal < 150; refusal++) request().resume();
  const call = request();
  const events: string[] = [];
  // More than the windows of stream and connection.
  call.write(Buffer.alloc(4_000_000), () => events.push("body taken"));
  call.on("response", () => events.push("answered"));
  await once(call, "response");
  expect(events).toEqual(["body taken", "answered"]);
  session.destroy();
});
