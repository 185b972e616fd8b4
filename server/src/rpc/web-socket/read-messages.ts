import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { compressedFlag } from "@connectrpc/connect/protocol";
import { trailerFlag } from "@connectrpc/connect/protocol-grpc-web";
import type { DirectMethod } from "../direct/direct-method.ts";
import { declaredLength, ENVELOPE_BYTES } from "../direct/envelope.ts";
import { readEnvelopes } from "../messages/read-request.ts";

/** Reads the messages of a request as they come, in whatever pieces. ConnectError for what is none, as the library has it. */
export async function* readMessages(
  chunks: AsyncIterable<Uint8Array>,
  { serialization, maxMessageBytes, requestBytes }: DirectMethod,
): AsyncGenerator<Message> {
  const parser = serialization.getI(true);
  const reading = { requestBytes, maxMessageBytes, compression: undefined, check: undefined };
  for await (const enveloped of readEnvelopes(chunks, reading)) {
    if (enveloped.length < ENVELOPE_BYTES || enveloped.length < ENVELOPE_BYTES + declaredLength(enveloped)) {
      throw new ConnectError("protocol error: incomplete envelope", Code.InvalidArgument);
    }
    const [flags = 0] = enveloped;
    if ((flags & compressedFlag) !== 0) throw compressed();
    if ((flags & trailerFlag) === 0) yield parser.parse(enveloped.subarray(ENVELOPE_BYTES));
  }
}

function compressed(): ConnectError {
  return new ConnectError("received compressed envelope, but do not know how to decompress", Code.Internal);
}
