import type { HandlerContext } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import type { Call } from "@triptych/rpc/call/call.ts";
import { CallValues } from "@triptych/rpc/call/context-values.ts";
import { RepeatedHead } from "@triptych/rpc/call/repeated-head.ts";
import { expect, it } from "vitest";
import { createAuthenticate } from "./authenticate.ts";
import { createRequestGate } from "./request-gate.ts";
import type { Session } from "./session.ts";

/** A gate before which pages stand, all of one session, and how often it was looked for. */
function openGate() {
  let looks = 0;
  const session = { freshUntil: 1_000, isEnded: false };
  const found: Session = {
    by: "session",
    principal: { id: "alice", isAdmin: false },
    expiresAt: 1_000_000,
    get freshUntil() {
      return session.freshUntil;
    },
    isRevoked: () => session.isEnded,
  };
  const gate = createRequestGate({
    policyOf: () => "signed in",
    costOf: () => 1,
    authenticate: createAuthenticate({ verifyToken: undefined, apiKeys: undefined, now: () => 0 }),
    certificateSession: undefined,
    browserSession: () => {
      looks += 1;
      return session.isEnded ? undefined : found;
    },
    now: () => 0,
    onStream: () => undefined,
    howToSignIn: "",
  });
  /** Passes a call that began at a time; returns how often its session was looked for. */
  function pass(repeatedHead: RepeatedHead | undefined, startedAt: number): number {
    const before = looks;
    const context = { method, values: new CallValues(), requestHeader: new Headers() } as unknown as HandlerContext;
    const call = { context, repeatedHead, startedAt, method: { desc: method, streams: false }, peer: {} };
    gate(context, call as unknown as Call);
    return looks - before;
  }
  return { session, pass };
}

const method = CalculatorService.method.add;
// Where it leads is nothing to the gate.
const makeHead = () => new RepeatedHead({} as RepeatedHead["route"]);

it("looks for the session of a page once for all calls with the same headers, until it is to be looked for again", () => {
  const { session, pass } = openGate();
  const [head, other] = [makeHead(), makeHead()];
  expect([pass(head, 0), pass(head, 1), pass(other, 2), pass(head, 999)]).toEqual([1, 0, 1, 0]);
  expect([pass(head, 1_000), pass(head, 1_001)]).toEqual([1, 1]);
  session.freshUntil = 2_000;
  expect([pass(head, 1_500), pass(head, 1_501)]).toEqual([0, 0]);
});

it("looks for it each time where it is not known which headers are the same", () => {
  const { pass } = openGate();
  expect([pass(undefined, 0), pass(undefined, 1)]).toEqual([1, 1]);
});

it("keeps nothing of a session that has ended", () => {
  const { session, pass } = openGate();
  const head = makeHead();
  pass(head, 0);
  session.isEnded = true;
  expect(() => pass(head, 1)).toThrow("asks who calls");
  expect(head.sender).toBeUndefined();
});
