import {
  create,
  type DescMessage,
  type DescMethodStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  type CallOptions,
  type Client,
  Code,
  ConnectError,
  type StreamResponse,
  type Transport,
  type UnaryResponse,
} from "@connectrpc/connect";
import type {
  MetadataEntry,
  RelayedStatus,
  RelayRequestSchema,
  RelayResponse,
  RelayService,
} from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";

type Parts = AsyncIterator<RelayResponse>;

/**
 * A transport to a server behind the relay, for calls of all kinds. A call ends with the status of that server; with one of the relay where it could not
 * be made.
 */
export function relayTransport(relay: Client<typeof RelayService>, target: string): Transport {
  /** Opens a call, and waits for its headers. */
  async function open<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O> | DescMethodStreaming<I, O>,
    input: AsyncIterable<MessageInitShape<I>>,
    header: HeadersInit | undefined,
    options: CallOptions,
  ): Promise<StreamResponse<I, O>> {
    const head = { target, method: `${method.parent.typeName}/${method.name}`, metadata: entriesOf(header) };
    const parts = relay.relay(partsOf(head, method.input, input), options)[Symbol.asyncIterator]();
    const trailer = new Headers();
    const first = await nextPart(parts);
    if (first.part.case === "status") endWith(first.part.value, trailer);
    const streaming = { ...method, methodKind: "bidi_streaming" } as DescMethodStreaming<I, O>;
    return {
      ...{ stream: true, service: method.parent, method: streaming, trailer },
      header: first.part.case === "headers" ? headersOf(first.part.value.metadata) : new Headers(),
      message: first.part.case === "headers" ? messagesOf(parts, method.output, trailer) : noMessages(),
    };
  }

  return {
    async unary(method, signal, timeoutMs, header, input) {
      const { message, ...response } = await open(method, one(input), header, optionsOf(signal, timeoutMs));
      const [only, ...more] = await Array.fromAsync(message);
      if (only === undefined || more.length > 0)
        throw new ConnectError(
          `the server sent ${more.length + (only ? 1 : 0)} messages, and not one`,
          Code.Unimplemented,
        );
      return { ...response, stream: false, method, message: only } as UnaryResponse<
        typeof method.input,
        typeof method.output
      >;
    },
    stream: (method, signal, timeoutMs, header, input) => open(method, input, header, optionsOf(signal, timeoutMs)),
  };
}

function optionsOf(signal: AbortSignal | undefined, timeoutMs: number | undefined): CallOptions {
  return { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
}

async function* partsOf<I extends DescMessage>(
  head: { readonly target: string; readonly method: string; readonly metadata: { name: string; value: string }[] },
  desc: I,
  input: AsyncIterable<MessageInitShape<I>>,
): AsyncGenerator<MessageInitShape<typeof RelayRequestSchema>> {
  yield { part: { case: "head", value: head } };
  for await (const message of input) {
    yield { part: { case: "message", value: toBinary(desc, create(desc, message)) } };
  }
}

async function* messagesOf<O extends DescMessage>(
  parts: Parts,
  desc: O,
  trailer: Headers,
): AsyncGenerator<MessageShape<O>> {
  for (;;) {
    const { part } = await nextPart(parts);
    if (part.case === "status") return endWith(part.value, trailer);
    if (part.case === "message") yield fromBinary(desc, part.value);
  }
}

async function* noMessages(): AsyncGenerator<never> {}

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function nextPart(parts: Parts): Promise<RelayResponse> {
  const { value, done } = await parts.next();
  if (done) throw new ConnectError("the relay ended the call without a status", Code.Internal);
  return value;
}

/** Takes the trailers of a call that has ended. @throws ConnectError that it ended with, unless that is OK. */
function endWith({ code, message, details, trailers }: RelayedStatus, trailer: Headers): void {
  for (const { name, value } of trailers) trailer.append(name, value);
  if (code === 0) return;
  const error = new ConnectError(message, code in Code ? code : Code.Unknown, trailer);
  error.details = details.map(({ type, value }) => ({ type, value }));
  throw error;
}

function entriesOf(header: HeadersInit | undefined): { name: string; value: string }[] {
  return [...new Headers(header)].map(([name, value]) => ({ name, value }));
}

function headersOf(entries: readonly MetadataEntry[]): Headers {
  return new Headers(entries.map(({ name, value }) => [name, value]));
}
