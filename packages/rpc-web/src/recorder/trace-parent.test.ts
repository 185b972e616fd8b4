import { createClient, createRouterTransport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { expect, it } from "vitest";
import { sendTraceParent, traceIdOf } from "./trace-parent.ts";

/** A client whose calls are noted by the `traceparent` that they came with. */
function createTraced(isKept: () => boolean) {
  const received: (string | null)[] = [];
  const transport = createRouterTransport(
    (router) =>
      router.service(GreeterService, {
        sayHello(_request, { requestHeader }) {
          received.push(requestHeader.get("traceparent"));
          return {};
        },
      }),
    { transport: { interceptors: [sendTraceParent(isKept)] } },
  );
  return { received, client: createClient(GreeterService, transport) };
}

it("begins a trace with each call that is kept, and with no other", async () => {
  let isKept = true;
  const { received, client } = createTraced(() => isKept);
  await client.sayHello({});
  await client.sayHello({});
  isKept = false;
  await client.sayHello({});
  const [first, second, third] = received;
  expect(first).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  expect(second).not.toBe(first);
  expect(third).toBeNull();
});

it("goes on with the trace that a call has", async () => {
  const { received, client } = createTraced(() => true);
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
  await client.sayHello({}, { headers: { traceparent } });
  expect(received).toEqual([traceparent]);
});

it.each([
  [[["traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]], "0af7651916cd43dd8448eb211c80319c"],
  [[["traceparent", "none"]], undefined],
  [[], undefined],
] as const)("of %j the id is %s", (headers, id) => {
  expect(traceIdOf(headers)).toBe(id);
});
