import type { HeaderEntry, RecordedCall } from "@triptych/rpc-web";
import { bytesText, durationText } from "../../text/amount-text.ts";
import { callKind } from "../call-kind.ts";
import { callOutcome } from "../call-outcome.ts";
import { protocolLabel } from "../protocol-label.ts";

/** What two calls have under one name; undefined where a call has nothing. */
export interface ComparedRow {
  readonly name: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly differs: boolean;
}

/** How two calls went: what was called, how it ended, how long it took and how much crossed. */
export function comparedFacts(first: RecordedCall, second: RecordedCall): readonly ComparedRow[] {
  const facts: readonly (readonly [name: string, of: (call: RecordedCall) => string | undefined])[] = [
    ["method", ({ path }) => path],
    ["protocol", ({ protocol }) => protocolLabel(protocol)],
    ["kind", callKind],
    ["status", (call) => callOutcome(call).label],
    ["message", ({ status, reason }) => status?.message || reason],
    ["began", ({ startedAt }) => new Date(startedAt).toISOString().slice(11, 23)],
    ["queued", ({ sentAfter }) => time(sentAfter)],
    ["response headers", ({ respondedAfter }) => time(respondedAfter)],
    ["first message", firstMessage],
    ["end", ({ endedAfter }) => time(endedAfter)],
    ["sent", ({ sentBytes, sentFrames }) => amount(sentBytes, sentFrames)],
    ["received", ({ receivedBytes, receivedFrames }) => amount(receivedBytes, receivedFrames)],
  ];
  return facts.map(([name, of]) => row(name, of(first), of(second))).filter(({ first, second }) => first ?? second);
}

/** The headers of two calls by their names, which may stand there several times, in the order of the first call and then of the second. */
export function comparedHeaders(first: readonly HeaderEntry[], second: readonly HeaderEntry[]): readonly ComparedRow[] {
  const names = new Set([...first, ...second].map(([name]) => name.toLowerCase()));
  return [...names].map((name) => row(name, valuesOf(first, name), valuesOf(second, name)));
}

function row(name: string, first: string | undefined, second: string | undefined): ComparedRow {
  return { name, first, second, differs: first !== second };
}

function valuesOf(headers: readonly HeaderEntry[], wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join("\n");
}

function firstMessage({ frames }: RecordedCall): string | undefined {
  return time(frames.find(({ direction, meaning }) => direction === "received" && meaning === "message")?.at);
}

function time(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `+${durationText(ms)}`;
}

function amount(bytes: number, frames: number): string {
  return `${bytesText(bytes)} in ${frames === 1 ? "1 frame" : `${frames} frames`}`;
}
