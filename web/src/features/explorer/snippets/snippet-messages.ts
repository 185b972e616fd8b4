import { type DescMethod, type Registry, toJson } from "@bufbuild/protobuf";
import type { CallLog } from "../call/call-log.ts";
import type { ReadMessage } from "../form/read-message.ts";
import { streamsRequests } from "../schema/method-kind.ts";
import type { SnippetMessage } from "./snippet-call.ts";

/** How many messages of a stream are written down: the first ones that are kept. */
const most = 20;

/**
 * What a program sends that makes the same call: the messages that were sent into the stream, or, where none was or there is no
 * stream, the message as it stands. Undefined while that is no message.
 */
export function snippetMessages(
  method: DescMethod,
  read: ReadMessage,
  log: CallLog,
  types: Registry,
): readonly SnippetMessage[] | undefined {
  const sent = streamsRequests(method) ? log.entries.filter(({ direction }) => direction === "sent") : [];
  if (sent.length > 0) {
    return sent
      .slice(0, most)
      .map(({ message }) => ({ message, json: toJson(method.input, message, { registry: types }) }));
  }
  return "problem" in read ? undefined : [read];
}
