import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { appendBounded } from "../../../hooks/append-bounded.ts";
import { roughSize } from "./rough-size.ts";

/** Something that happened in a call; `at` is in milliseconds since the call was started. */
export type CallEvent = { readonly at: number } & (
  | { readonly kind: "sent" | "received"; readonly message: Message }
  | { readonly kind: "half-closed" }
  | { readonly kind: "headers" | "trailers"; readonly metadata: Headers }
  | { readonly kind: "ended"; readonly error: ConnectError | undefined }
);

/** A message of a call. */
export interface LogEntry {
  /** Its number among all messages of the call, both ways, from 1. */
  readonly number: number;
  readonly direction: "sent" | "received";
  readonly at: number;
  readonly message: Message;
}

/** A call so far. */
export interface CallLog {
  readonly phase: "idle" | "open" | "ended";
  /** Whether more can be sent. */
  readonly isSending: boolean;
  /** The latest messages, oldest first. */
  readonly entries: readonly LogEntry[];
  /** How large these are, and some that are not kept any more. */
  readonly size: number;
  readonly sent: number;
  readonly received: number;
  readonly headers: Headers | undefined;
  readonly trailers: Headers | undefined;
  /** What it ended with; undefined while it is open, and when it ended with OK. */
  readonly error: ConnectError | undefined;
  readonly headersAt: number | undefined;
  readonly firstAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** No call yet. */
export const noCall: CallLog = {
  phase: "idle",
  isSending: false,
  entries: [],
  size: 0,
  sent: 0,
  received: 0,
  headers: undefined,
  trailers: undefined,
  error: undefined,
  headersAt: undefined,
  firstAt: undefined,
  endedAt: undefined,
};

/** A call that was just started. */
export const openedCall: CallLog = { ...noCall, phase: "open", isSending: true };

/** How many messages of a call are kept at most, and how much of them: characters of text and bytes. */
export const keptMessages = 10_000;
export const keptSize = 150_000_000;

/** The call after more has happened; what is given is not changed. */
export function addEvents(log: CallLog, events: readonly CallEvent[]): CallLog {
  const entries: LogEntry[] = [];
  let next = log;
  for (const event of events) {
    next = addEvent(next, event);
    if (event.kind !== "sent" && event.kind !== "received") continue;
    entries.push({ number: next.sent + next.received, direction: event.kind, at: event.at, message: event.message });
  }
  if (entries.length === 0) return next;
  const sizes = entries.map(({ message }) => roughSize(message));
  const size = sizes.reduce((sum, one) => sum + one, log.size);
  return withinSize({ ...next, size, entries: appendBounded(log.entries, entries, keptMessages) });
}

/** The call without the oldest messages that are too much; the latest stays, however large it is. */
function withinSize(log: CallLog): CallLog {
  if (log.size <= keptSize) return log;
  let { size } = log;
  let first = 0;
  for (; first < log.entries.length - 1 && size > keptSize; first++) {
    const entry = log.entries[first];
    if (entry !== undefined) size -= roughSize(entry.message);
  }
  return { ...log, size, entries: log.entries.slice(first) };
}

function addEvent(log: CallLog, event: CallEvent): CallLog {
  switch (event.kind) {
    case "sent":
      return { ...log, sent: log.sent + 1 };
    case "received":
      return { ...log, received: log.received + 1, firstAt: log.firstAt ?? event.at };
    case "half-closed":
      return { ...log, isSending: false };
    case "headers":
      return { ...log, headers: event.metadata, headersAt: event.at };
    case "trailers":
      return { ...log, trailers: event.metadata };
    case "ended":
      return { ...log, phase: "ended", isSending: false, error: event.error, endedAt: event.at };
  }
}
