import { setImmediate } from "node:timers/promises";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type EnvelopedMessage,
  pipe,
  transformJoinEnvelopes,
  transformSplitEnvelope,
} from "@connectrpc/connect/protocol";
import { codeFromHttpStatus, requestHeader } from "@connectrpc/connect/protocol-grpc";
import { createNodeHttpClient } from "@connectrpc/connect-node";
import type { RelayedCall, RelayedResponse } from "../services/explorer/domain/relay-targets.ts";
import { openConnection } from "./open-connection.ts";
import { readStatus } from "./read-status.ts";

/**
 * Makes a call over gRPC, on a connection of its own that lasts until the signal of the call is aborted. Messages are bytes and stay so: to read them would take the type that
 * only the caller knows. It asks for none that is compressed.
 * @throws ConnectError with the status of the call.
 */
export async function callTarget(url: string, call: RelayedCall, maxMessageBytes: number): Promise<RelayedResponse> {
  call.signal.throwIfAborted();
  const connection = openConnection(url);
  call.signal.addEventListener("abort", () => connection.close(), { once: true });
  const request = createNodeHttpClient({ httpVersion: "2", sessionProvider: () => connection });
  const failure = (reason: unknown) => failureOf(connection.failed, reason);
  const { status, header, body, trailer } = await request({
    url: `${url}/${call.service}/${call.method}`,
    method: "POST",
    header: requestHeader(true, call.timeoutMs, call.metadata),
    body: pipe(call.messages, inEnvelopes, transformJoinEnvelopes(), { propagateDownStreamError: true }),
    signal: AbortSignal.any([call.signal, connection.failed]),
  }).catch(failure);
  checkResponse(status, header);
  const messages = messagesOf(body, { header, trailer, maxMessageBytes, failure });
  return { headers: header, messages, trailers: trailer };
}

/** Fails with what is wrong with a call: a message that is being written fails before its connection says what it is. */
async function failureOf(failed: AbortSignal, reason: unknown): Promise<never> {
  await setImmediate();
  throw failed.aborted ? failed.reason : reason;
}

/** A server that answers otherwise is none of gRPC. */
function checkResponse(status: number, header: Headers): void {
  if (status !== 200) throw new ConnectError(`HTTP status ${status}`, codeFromHttpStatus(status), header);
  const contentType = header.get("content-type") ?? "";
  if (contentType.startsWith("application/grpc")) return;
  throw new ConnectError(`the response has the content type "${contentType}"`, Code.Unknown, header);
}

async function* inEnvelopes(messages: AsyncIterable<Uint8Array>): AsyncGenerator<EnvelopedMessage> {
  for await (const data of messages) yield { flags: 0, data };
}

/** What is known of a response beside its body. */
interface ResponseParts {
  readonly header: Headers;
  /** Complete once the body has ended. */
  readonly trailer: Headers;
  readonly maxMessageBytes: number;
  /** Fails with what is wrong with the call. */
  readonly failure: (reason: unknown) => Promise<never>;
}

async function* messagesOf(
  body: AsyncIterable<Uint8Array>,
  { header, trailer, maxMessageBytes, failure }: ResponseParts,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const { flags, data } of pipe(body, transformSplitEnvelope(maxMessageBytes))) {
      if (flags !== 0) throw new ConnectError("a message is compressed, which was not asked for", Code.Internal);
      yield data;
    }
  } catch (reason) {
    await failure(reason);
  }
  const error = readStatus(trailer.has("grpc-status") ? trailer : header);
  if (error !== undefined) throw error;
}
