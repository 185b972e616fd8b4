import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { expect, it } from "vitest";
import { whoMayCall } from "./who-may-call.ts";

it("says of a method that anyone may call it, without a lock", () => {
  expect(whoMayCall(CalculatorService.method.add)).toEqual({ sentence: "Anyone may call it.", isLocked: false });
});

it("locks a method that asks who calls", () => {
  expect(whoMayCall(OrderService.method.getOrder)).toEqual({
    sentence: "Where the server asks who calls: callers who are signed in, for what is their own; an admin for all.",
    isLocked: true,
  });
});
