import { Code, createClient } from "@connectrpc/connect";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { CARRIERS, openCarrier } from "./code-of-call.ts";
import { useIdentity } from "./use-identity.ts";

/** What a call of Recommend costs comes in ten seconds. */
const identity = useIdentity({
  CALLER_COST_PER_SECOND: "1",
  CALLER_COST_AT_ONCE: "100",
  MAX_ORDERS_PER_CALLER: "2",
});
const { recommend } = RecommendationService.method;

describe.each(CARRIERS)("over %s", (carrier) => {
  it("each principal has a share of their own, whatever address they come from", async () => {
    const calls = await openCarrier(carrier, identity.server.baseUrl);
    const [ada, alan] = await Promise.all(
      [`ada ${carrier}`, `alan ${carrier}`].map((subject) => identity.issuer.tokenOf(subject)),
    );
    const codes: (Code | 0)[] = [];
    for (let call = 0; call < 11; call++) codes.push(await calls.codeOf(recommend, ada));
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 0), Code.ResourceExhausted]);
    expect(await calls.codeOf(recommend, alan)).toBe(0);
    calls.close();
  });
});

it("a principal has a bounded number of orders, by whatever contract", async () => {
  const transport = createTransport("grpc", identity.server.baseUrl);
  const as = async (subject: string) => ({
    headers: { authorization: `Bearer ${await identity.issuer.tokenOf(subject)}` },
  });
  const orders = createClient(OrderService, transport);
  const order = { items: [{ bookId: 1, quantity: 1 }], phone: "030 1234" };
  const carol = await as("carol");
  await orders.createOrder(order, carol);
  await createClient(OrderHandler, transport).create_order({ phone: "1" }, carol);
  await expect(orders.createOrder(order, carol)).rejects.toMatchObject({
    code: Code.ResourceExhausted,
    rawMessage: "a caller may have at most 2 orders",
  });
  await orders.createOrder(order, await as("dave"));
});

it.each([
  ["no credential", undefined],
  ["a key that is none", "tk_nonsense"],
])("calls with %s lock out no token that is not known", async (_, credential) => {
  const calls = await openCarrier("grpc", identity.server.baseUrl);
  const { listRatings } = RecommendationService.method;
  for (let call = 0; call < 110; call++) expect(await calls.codeOf(listRatings, credential)).toBe(Code.Unauthenticated);
  expect(await calls.codeOf(listRatings, await identity.issuer.tokenOf(`mallory ${credential}`))).toBe(0);
  calls.close();
});

it("an address whose credentials are rejected again and again has none looked at for a while that is not known", async () => {
  const calls = await openCarrier("grpc", identity.server.baseUrl);
  const { listRatings } = RecommendationService.method;
  const key = await identity.createKey("robot");
  const [known, unknown] = await Promise.all(["erin", "frank"].map((subject) => identity.issuer.tokenOf(subject)));
  expect(await calls.codeOf(listRatings, known)).toBe(0);
  const codes: (Code | 0)[] = [];
  for (let call = 0; call < 110; call++) codes.push(await calls.codeOf(listRatings, "e30.e30.e30"));
  expect(codes.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => Code.Unauthenticated));
  expect(codes.slice(100)).toContain(Code.ResourceExhausted);
  expect(await calls.codeOf(listRatings, unknown)).toBe(Code.ResourceExhausted);
  // Those who are known, and who need not say who they are, are not in its way.
  expect(await calls.codeOf(listRatings, known)).toBe(0);
  expect(await calls.codeOf(listRatings, key)).toBe(0);
  expect(await calls.codeOf(GreeterService.method.listLanguages, undefined)).toBe(0);
  calls.close();
});
