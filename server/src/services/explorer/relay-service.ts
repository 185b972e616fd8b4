import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from "@connectrpc/connect";
import type {
  RelayedHead,
  RelayedStatusSchema,
  RelayRequest,
  RelayResponseSchema,
  RelayService,
} from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { DomainError, InvalidInput } from "../../domain/errors.ts";
import type { RelayTargets } from "./domain/relay-targets.ts";
import { readRelayedHead } from "./domain/relayed-head.ts";

type Part = NonNullable<MessageInitShape<typeof RelayResponseSchema>["part"]>;
type Status = MessageInitShape<typeof RelayedStatusSchema>;

/** Relays calls to the servers that are listed, where some are. */
export function createRelayService(targets: RelayTargets | undefined): ServiceImpl<typeof RelayService> {
  return {
    listTargets: () => ({ targets: [...targetsOf(targets).addresses] }),
    async *relay(requests, context) {
      for await (const part of relayed(targetsOf(targets), requests, context)) yield { part };
    },
  };
}

function targetsOf(targets: RelayTargets | undefined): RelayTargets {
  if (targets !== undefined) return targets;
  const text = "this server relays no calls: EXPLORER_TARGETS lists the servers that it relays them to";
  throw new ConnectError(text, Code.FailedPrecondition);
}

/** The parts of what comes of a call. Whatever it ends with is its status; only what kept it from being made is thrown. */
async function* relayed(
  targets: RelayTargets,
  requests: AsyncIterable<RelayRequest>,
  { signal, timeoutMs }: HandlerContext,
): AsyncGenerator<Part> {
  const parts = requests[Symbol.asyncIterator]();
  const head = await readHead(parts);
  const checked = readRelayedHead(head);
  const giveBack = targets.reserve();
  // However this ends, the call to the other server does, too.
  const over = new AbortController();
  const call = { ...checked, timeoutMs: timeoutMs(), signal: AbortSignal.any([signal, over.signal]) };
  try {
    const response = await targets.call(head.target, { ...call, messages: messagesOf(parts) });
    yield { case: "headers", value: { metadata: entriesOf(response.headers) } };
    for await (const message of response.messages) yield { case: "message", value: message };
    yield { case: "status", value: { trailers: entriesOf(response.trailers) } };
  } catch (reason) {
    // What is wrong with the call itself, also where it comes to light while its messages are sent.
    const cause = reason instanceof ConnectError ? reason.cause : reason;
    if (signal.aborted || cause instanceof DomainError) throw cause;
    yield { case: "status", value: statusOf(ConnectError.from(reason)) };
  } finally {
    over.abort();
    giveBack();
  }
}

async function readHead(parts: AsyncIterator<RelayRequest>): Promise<RelayedHead> {
  const { value, done } = await parts.next();
  if (!done && value.part.case === "head") return value.part.value;
  throw new InvalidInput({ field: "head", description: "must come first" });
}

async function* messagesOf(parts: AsyncIterator<RelayRequest>): AsyncGenerator<Uint8Array> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const { part } = next.value;
    if (part.case !== "message") throw new InvalidInput({ field: "message", description: "must follow the head" });
    yield part.value;
  }
}

function statusOf({ code, rawMessage, details, metadata }: ConnectError): Status {
  const relayedDetails = details.flatMap((detail) => ("desc" in detail ? [] : [detail]));
  return { code, message: rawMessage, details: relayedDetails, trailers: entriesOf(metadata) };
}

function entriesOf(metadata: Headers) {
  return [...metadata].map(([name, value]) => ({ name, value }));
}
