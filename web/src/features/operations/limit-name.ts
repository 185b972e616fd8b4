/** What the limits are called, by the metric that counts what they refuse and its reason. */
const names: Readonly<Record<string, string>> = {
  "rpc_calls_refused_total calls_in_flight": "Calls beyond those that may be in flight (MAX_CALLS_IN_FLIGHT)",
  "rpc_calls_refused_total buffered_bytes": "Calls beyond the memory for incomplete messages (MAX_BUFFERED_BYTES)",
  "rpc_calls_refused_total slow_message": "Calls whose messages came too slowly",
  "rpc_calls_refused_total message_elements": "Calls whose messages have too many elements (MAX_MESSAGE_ELEMENTS)",
  "rpc_calls_refused_total caller_rate":
    "Calls beyond what those of one caller may cost (CALLER_COST_PER_SECOND, CALLER_COST_AT_ONCE)",
  "rpc_calls_refused_total caller_calls": "Calls beyond those of one caller in flight (MAX_CALLS_PER_CALLER)",
  "rpc_calls_refused_total caller_streams": "Streams beyond those of one caller (MAX_STREAMS_PER_CALLER)",
  "rpc_calls_refused_total caller_bytes":
    "Calls beyond the memory for incomplete messages of one caller (MAX_BUFFERED_BYTES_PER_CALLER)",
  "rpc_calls_refused_total overload":
    "Calls while the event loop was late for too long, the costly ones first (MAX_EVENT_LOOP_DELAY_MS)",
  "connections_refused_total address": "Connections beyond those of one address (MAX_CONNECTIONS_PER_ADDRESS)",
  "answers_refused_total answers": "Requests that are no calls, beyond those that may be open",
  "answers_refused_total address": "Requests that are no calls, beyond those of one address (MAX_ANSWERS_PER_ADDRESS)",
};

/** What a limit refuses, in words; the names of its metric and reason where this page does not know it. */
export function limitName({ metric, reason }: { readonly metric: string; readonly reason: string }): string {
  return names[`${metric} ${reason}`] ?? `${metric}, ${reason}`;
}
