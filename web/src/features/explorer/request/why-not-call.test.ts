import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { describe, expect, it } from "vitest";
import type { Session } from "../../../session/session.ts";
import { whyNotCall } from "./why-not-call.ts";

const user = (isAdmin: boolean): Session => ({
  kind: "signed-in",
  user: { name: "Alice", isAdmin, readerId: 1_000_000_000, expiresAt: 60_000 },
});
const guest: Session = { kind: "signed-out", signsIn: true };
const withoutSignIn: Session = { kind: "signed-out", signsIn: false };
const forAnyone = CalculatorService.method.add;
const forSignedIn = GreeterService.method.sayHello;
const forOwner = OrderService.method.getOrder;
const forAdmin = TraceService.method.getTrace;
const own = { isOwnServer: true, metadata: [] };

describe("a call at the server of the page", () => {
  it.each([
    ["a guest", "what is for those who are signed in", guest, forSignedIn, /^Sign in to do this\./],
    ["a guest", "what is for owners", guest, forOwner, /^Sign in to do this\./],
    ["a guest", "what is for admins", guest, forAdmin, /^Sign in to do this\./],
    ["someone signed in", "what is for admins", user(false), forAdmin, /^This is for admins\./],
    ["who cannot sign in", "what is for owners", withoutSignIn, forOwner, /^This server has no sign-in for pages\./],
  ])("may not be made by %s: %s", (_, _what, session, method, why) => {
    expect(whyNotCall(session, { ...own, method })).toMatch(why);
  });

  it.each([
    ["a guest", "what is for anyone", guest, forAnyone],
    ["someone signed in", "what is for owners", user(false), forOwner],
    ["an admin", "what is for admins", user(true), forAdmin],
    ["a browser that may show a certificate", "anything", { ...guest, takesCertificates: true } as const, forAdmin],
    ["anybody", "anything, where the server does not ask", { kind: "not-asked" } as const, forAdmin],
    ["anybody", "anything, while it is not known who they are", { kind: "unknown" } as const, forAdmin],
  ])("may be made by %s: %s", (_, _what, session, method) => {
    expect(whyNotCall(session, { ...own, method })).toBeUndefined();
  });

  it.each(["authorization", "x-api-key"])("may be made with a credential in %s", (name) => {
    expect(whyNotCall(guest, { ...own, method: forAdmin, metadata: [[name, "Bearer tk_1"]] })).toBeUndefined();
  });
});

it("may be made at another server, which knows nothing of the session", () => {
  expect(whyNotCall(guest, { ...own, method: forAdmin, isOwnServer: false })).toBeUndefined();
});
