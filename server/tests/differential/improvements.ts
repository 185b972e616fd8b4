import { Thrown } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import type { Outcome } from "./outcome.ts";
import type { ScriptedCall } from "./scripted-call.ts";

/** A difference from the library that is meant to be. */
interface Improvement {
  /** What is better, and why. */
  readonly reason: string;
  /** Whether it can make this call come out differently. */
  readonly concerns: (call: ScriptedCall) => boolean;
  /** The outcome without what it may change. */
  readonly without: (outcome: Outcome) => Partial<Outcome>;
}

const has = (call: ScriptedCall, step: (action: { readonly case?: unknown; readonly value?: unknown }) => boolean) =>
  (call.script.steps ?? []).some(({ action }) => action !== undefined && step(action));

const improvements: readonly Improvement[] = [
  {
    reason: "an implementation that throws undefined has failed: the library tells the client that all went well",
    concerns: (call) =>
      call.plan.some((doing) => doing.endsWith(":throw-undefined-after")) ||
      has(
        call,
        ({ case: name, value }) => name === "failure" && (value as { thrown: Thrown }).thrown === Thrown.UNDEFINED,
      ),
    without: ({ headers, body, trailers, ...rest }) => rest,
  },
  {
    reason:
      "an implementation sees the timeout as its client sent it: on the library's path one that no timer holds is shortened",
    concerns: ({ timeout, ...call }) =>
      /^(\d{10}|99999999[HMS])$/.test(timeout ?? "") &&
      has({ timeout, ...call }, ({ case: name }) => name === "report"),
    without: ({ body, ...rest }) => rest,
  },
  {
    reason: "metadata that an interceptor leaves out is left out: the library forgets to remove every other name",
    concerns: ({ plan }) =>
      plan.some((doing) =>
        /:(empty-response-header|replace-response-header|replace-trailer|answer-alone)$/.test(doing),
      ),
    without: ({ headers, body, trailers, ...rest }) => rest,
  },
  {
    reason:
      "a value that no HTTP carries is an error over HTTP/2, as over HTTP/1.1: the library loses it without a word",
    concerns: (call) => JSON.stringify(call.script).includes("\\u0001"),
    without: () => ({}),
  },
];

/** Whether two servers answered alike, but for what is meant to be better. */
export function isAlike(call: ScriptedCall, served: readonly Outcome[], oracle: readonly Outcome[]): boolean {
  // What the library leaves of a connection of HTTP/1.1 whose request it did not read to the end is of no use; ours may be.
  const compared = oracle.findLastIndex((outcome, index) => index === 0 || outcome.status !== 0) + 1;
  return served.slice(0, compared).every((outcome, index) => {
    const expected = oracle[index];
    return expected !== undefined && isAlikeOutcome(call, outcome, expected);
  });
}

function isAlikeOutcome(call: ScriptedCall, served: Outcome, oracle: Outcome): boolean {
  if (isSame(served, oracle)) return true;
  return improvements.some(({ concerns, without }) => concerns(call) && isSame(without(served), without(oracle)));
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
