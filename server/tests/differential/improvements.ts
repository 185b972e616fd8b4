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

/** Whether a request or its response is in text mode. */
const isText = ({ protocol, changes }: ScriptedCall) =>
  protocol === "grpc-web-text" || changes.some((change) => "set" in change && /grpc-web-text/i.test(change.set[1]));

const improvements: readonly Improvement[] = [
  {
    reason: "text that is no base64 is a bad request of HTTP, whatever else is wrong",
    concerns: (call) => isText(call) && call.changes.some((change) => "shorten" in change),
    without: () => ({}),
  },
  {
    reason: "the response to a method that is not there says how long it is",
    concerns: ({ changes }) => changes.some((change) => "path" in change),
    without: ({ headers, ...rest }) => ({
      ...rest,
      headers: headers.filter((field) => !field.startsWith("content-length: ")),
    }),
  },
  {
    reason:
      "a request that is wrong stays wrong when an interceptor tries again: Connect goes on behind what was wrong",
    concerns: ({ plan, changes }) => plan.some((doing) => doing.endsWith(":retry")) && changes.length > 0,
    without: () => ({}),
  },
  {
    reason: "a query that is no base64 is the fault of its client, not of the server",
    concerns: ({ changes }) => changes.some((change) => "query" in change && change.query.message === "!"),
    without: () => ({}),
  },
  {
    reason:
      "the first thing that is wrong with a body is what its client is told: Connect looks at all envelopes of a chunk first",
    concerns: ({ changes }) => changes.some((change) => "claim" in change || "append" in change),
    without: ({ status, ending }) => ({ status, ending }),
  },
  {
    reason: "a verb that a method does not take is answered with those that it takes (RFC 9110, section 15.5.6)",
    concerns: ({ changes }) => changes.some((change) => "verb" in change),
    without: ({ headers, ...rest }) => ({ ...rest, headers: headers.filter((field) => !field.startsWith("allow: ")) }),
  },
  {
    reason: "a call whose deadline has passed before it begins is not run",
    concerns: ({ timeout }) => /^0+[a-zA-Z]?$/.test(timeout ?? ""),
    without: () => ({}),
  },
  {
    reason: "no response in text mode is compressed: a client decodes a frame at a time, and would have to undo it",
    concerns: (call) => isText(call) && call.changes.some((change) => "compress" in change),
    without: ({ headers, body, ...rest }) => rest,
  },
  {
    reason:
      "an implementation sees the headers of a text-mode call as its client sent them, not as Connect would have them",
    concerns: (call) => isText(call) && has(call, ({ case: name }) => name === "report"),
    without: ({ body, ...rest }) => rest,
  },
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
