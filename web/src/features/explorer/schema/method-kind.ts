import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";

/** How many messages go each way. */
export type MethodKind = DescMethod["methodKind"];

const names: Readonly<Record<MethodKind, string>> = {
  unary: "Unary",
  server_streaming: "Server streaming",
  client_streaming: "Client streaming",
  bidi_streaming: "Bidirectional streaming",
};

const sentences: Readonly<Record<MethodKind, string>> = {
  unary: "One request, one response.",
  server_streaming: "One request, a stream of responses.",
  client_streaming: "A stream of requests, one response.",
  bidi_streaming: "Streams in both directions at once.",
};

/** The field's name of a kind, such as `Server streaming`. */
export function kindName(kind: MethodKind): string {
  return names[kind];
}

/** What a kind means, in a sentence. */
export function kindSentence(kind: MethodKind): string {
  return sentences[kind];
}

/** Whether a call goes on sending after its first message. */
export function streamsRequests({ methodKind }: DescMethod): boolean {
  return methodKind === "client_streaming" || methodKind === "bidi_streaming";
}

/** What the contract promises about calling a method, as one word for people; undefined where it promises nothing. */
export function promiseOf({ idempotency }: DescMethod): "Read only" | "Idempotent" | undefined {
  if (idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS) return "Read only";
  return idempotency === MethodOptions_IdempotencyLevel.IDEMPOTENT ? "Idempotent" : undefined;
}
