import { Oddity, Thrown } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import type { Outcome } from "./outcome.ts";
import {
  endsWithItem,
  justStatus,
  withoutBody,
  withoutCaching,
  withoutHeaders,
  withoutWording,
} from "./partial-outcome.ts";
import { encodeCall, readsMany, type ScriptedCall } from "./scripted-call.ts";
import { MAX_MESSAGE_BYTES } from "./serve-pair.ts";

/** A difference from the library that is meant to be. */
interface Improvement {
  /** What is better, and why. */
  readonly reason: string;
  /** Whether it can make this call come out differently. */
  readonly concerns: (call: ScriptedCall) => boolean;
  /** The outcome without what it may change. */
  readonly without: (outcome: Partial<Outcome>) => Partial<Outcome>;
}

/** The steps of all messages of a call. */
const scriptsOf = ({ script, more }: ScriptedCall) =>
  [script, ...more.map((message) => message.script)].flatMap(({ steps = [] }) => steps);

const has = (call: ScriptedCall, step: (action: { readonly case?: unknown; readonly value?: unknown }) => boolean) =>
  scriptsOf(call).some(({ action }) => action !== undefined && step(action));

/** Whether a request or its response is in text mode. */
const isText = ({ protocol, changes }: ScriptedCall) =>
  protocol === "grpc-web-text" || changes.some((change) => "set" in change && /grpc-web-text/i.test(change.set[1]));

/** Whether a request is, or becomes by what is done to it, a unary call of Connect. */
const isConnectUnary = ({ protocol, changes }: ScriptedCall) =>
  protocol === "connect" ||
  changes.some(
    (change) => "query" in change || ("set" in change && /^application\/(json|proto)\b/i.test(change.set[1])),
  );

/** Whether the message of a request is JSON, or is said to be. */
const isJson = ({ codec, changes }: ScriptedCall) =>
  codec === "json" ||
  changes.some(
    (change) =>
      ("set" in change && /json/i.test(change.set[1])) || ("query" in change && change.query.encoding === "json"),
  );

/** Whether the body of a request ends behind the head of an envelope whose message is missing. */
function endsWithHead(call: ScriptedCall): boolean {
  const body = Buffer.concat(encodeCall(call).chunks);
  let at = 0;
  while (at + 5 < body.length) at += 5 + body.readUInt32BE(at + 1);
  return at + 5 === body.length && body.readUInt32BE(at + 1) > 0;
}

/** Whether something of a request may be wrong. */
const isOdd = ({ changes, timeout, more }: ScriptedCall) =>
  changes.length > 0 ||
  timeout !== undefined ||
  more.some(({ bytes, dataSize }) => bytes !== undefined || dataSize > MAX_MESSAGE_BYTES);

const improvements: readonly Improvement[] = [
  {
    reason: "a cache hears that a response of Connect may be compressed, and that one to a GET is not to be kept",
    concerns: isConnectUnary,
    without: withoutCaching,
  },
  {
    reason: "what is said of JSON is never cut inside a character: what Connect cuts so, it cannot send",
    concerns: (call) => isJson(call) && call.changes.length > 0 && /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(call)),
    without: () => ({}),
  },
  {
    reason: "what is wrong with JSON is said in words for people, by the field",
    concerns: isJson,
    without: withoutWording,
  },
  {
    reason:
      "a header beyond ASCII has one byte a character however it goes out: Node writes UTF-8 where headers go out alone",
    concerns: (call) =>
      has(call, ({ case: name, value }) => name === "setMetadata" && /[\u0080-\u00ff]/.test(JSON.stringify(value))),
    without: ({ headers, ...rest }) => rest,
  },
  {
    reason: "a target with a fragment is none (RFC 9112, section 3.2; RFC 9113, section 8.3.1)",
    concerns: ({ changes }) => changes.some((change) => "path" in change && change.path.includes("#")),
    without: () => ({}),
  },
  {
    reason: "text that is no Unicode does not leave in JSON any more than in protobuf",
    concerns: (call) => isJson(call) && has(call, ({ value }) => value === Oddity.LONE_SURROGATE),
    without: withoutBody,
  },
  {
    reason:
      "white space at the end of a value is not sent: over HTTP/2 clients drop the header for it (RFC 9113, 8.2.1)",
    concerns: (call) => JSON.stringify(scriptsOf(call)).includes('"value":""'),
    without: ({ headers, trailers, ...rest }) => ({
      ...rest,
      ...(headers && { headers: headers.filter(endsWithItem) }),
      ...(trailers && { trailers: trailers.filter(endsWithItem) }),
    }),
  },
  {
    reason: "an envelope of which no more than the head has come is incomplete: Connect takes it for none",
    concerns: (call) => call.changes.some((change) => "shorten" in change) && endsWithHead(call),
    without: justStatus,
  },
  {
    reason:
      "what has come is read also under a signal that an interceptor has aborted: the oracle's guard of the input does not",
    concerns: ({ method, plan }) => readsMany(method) && plan.some((doing) => doing.endsWith(":aborted-signal")),
    without: justStatus,
  },
  {
    reason: "text that is no base64 is a bad request of HTTP, whatever else is wrong",
    concerns: (call) =>
      isText(call) && (call.protocol !== "grpc-web-text" || call.changes.some((change) => "shorten" in change)),
    without: () => ({}),
  },
  {
    reason: "the response to a method that is not there says how long it is",
    concerns: ({ changes }) => changes.some((change) => "path" in change),
    without: withoutHeaders(/^content-length: /),
  },
  {
    reason:
      "a request that is wrong stays wrong when an interceptor tries again: Connect goes on behind what was wrong",
    concerns: (call) => call.plan.some((doing) => doing.endsWith(":retry")) && isOdd(call),
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
    concerns: ({ changes, more }) =>
      changes.some((change) => "claim" in change || "append" in change) ||
      more.some(({ dataSize }) => dataSize > MAX_MESSAGE_BYTES),
    without: justStatus,
  },
  {
    reason: "a verb that a method does not take is answered with those that it takes (RFC 9110, section 15.5.6)",
    concerns: ({ changes }) => changes.some((change) => "verb" in change),
    without: withoutHeaders(/^allow: /),
  },
  {
    reason: "a call whose deadline has passed before it begins is not run",
    concerns: ({ timeout }) => /^0+[a-zA-Z]?$/.test(timeout ?? ""),
    without: () => ({}),
  },
  {
    reason: "no response in text mode is compressed: a client decodes a frame at a time, and would have to undo it",
    concerns: (call) =>
      isText(call) && (call.compression !== undefined || call.changes.some((change) => "compress" in change)),
    without: ({ body, ...rest }) => withoutHeaders(/^grpc-encoding: /)(rest),
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
    without: withoutBody,
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
    concerns: (call) => JSON.stringify(scriptsOf(call)).includes("\\u0001"),
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
  const concerned = improvements.filter(({ concerns }) => concerns(call));
  const compared = (outcome: Outcome) =>
    concerned.reduce<Partial<Outcome>>((rest, { without }) => without(rest), outcome);
  return isSame(compared(served), compared(oracle));
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
