import { type DescMessage, fromBinary, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { type CallOptions, type Client, createClient } from "@connectrpc/connect";
import {
  type RelayedHeadSchema,
  type RelayedStatus,
  type RelayRequestSchema,
  type RelayResponse,
  RelayService,
} from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";

type Head = MessageInitShape<typeof RelayedHeadSchema>;
type Request = MessageInitShape<typeof RelayRequestSchema>;

/** What came of a relayed call. */
export interface Relayed {
  readonly headers: ReadonlyMap<string, string>;
  readonly messages: readonly Uint8Array[];
  readonly status: RelayedStatus | undefined;
}

/** A client of the relay of a server. */
export function relayClient(baseUrl: string): Client<typeof RelayService> {
  return createClient(RelayService, createTransport("grpc", baseUrl));
}

/** The parts of a call with these messages. */
export async function* partsOf(
  head: Head,
  messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array> = [],
): AsyncGenerator<Request> {
  yield { part: { case: "head", value: head } };
  for await (const message of messages) yield { part: { case: "message", value: message } };
}

/** Makes a call through the relay of a server, and gathers what comes of it. */
export async function relayCall(
  baseUrl: string,
  head: Head,
  messages: Iterable<Uint8Array> | AsyncIterable<Uint8Array> = [],
  options: CallOptions = {},
): Promise<Relayed> {
  return gather(await Array.fromAsync(relayClient(baseUrl).relay(partsOf(head, messages), options)));
}

/** The messages of what came of a call, as those of its method. */
export function messagesOf<O extends DescMessage>(
  { messages }: Relayed,
  { output }: { readonly output: O },
): MessageShape<O>[] {
  return messages.map((bytes) => fromBinary(output, bytes));
}

function gather(responses: readonly RelayResponse[]): Relayed {
  const parts = responses.map(({ part }) => part);
  const headers = parts.flatMap((part) => (part.case === "headers" ? part.value.metadata : []));
  return {
    headers: new Map(headers.map(({ name, value }) => [name, value])),
    messages: parts.flatMap((part) => (part.case === "message" ? [part.value] : [])),
    status: parts.flatMap((part) => (part.case === "status" ? [part.value] : [])).at(-1),
  };
}
