import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { compressedFlag } from "@connectrpc/connect/protocol";
import { trailerFlag } from "@connectrpc/connect/protocol-grpc-web";
import type { DirectMethod } from "../direct/direct-method.ts";
import { declaredLength, ENVELOPE_BYTES } from "../direct/envelope.ts";
import { joinChunks } from "../direct/read-body.ts";

/** Reads the messages of a request as they come, in whatever pieces. ConnectError for what is none, as the library has it. */
export async function* readMessages(
  chunks: AsyncIterable<Uint8Array>,
  { serialization, maxMessageBytes }: DirectMethod,
): AsyncGenerator<Message> {
  const parser = serialization.getI(true);
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let neededBytes = ENVELOPE_BYTES;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    waitingBytes += chunk.length;
    // Joined only when there is a whole envelope: a large message comes in many chunks.
    while (waitingBytes >= neededBytes) {
      const bytes = joinChunks(waiting);
      waiting = [bytes];
      const length = declaredLength(bytes);
      if (length > maxMessageBytes) throw tooLarge(length, maxMessageBytes);
      neededBytes = ENVELOPE_BYTES + length;
      if (bytes.length < neededBytes) break;
      const rest = bytes.subarray(neededBytes);
      waiting = rest.length === 0 ? [] : [rest];
      waitingBytes = rest.length;
      const [flags = 0] = bytes;
      const message = bytes.subarray(ENVELOPE_BYTES, neededBytes);
      neededBytes = ENVELOPE_BYTES;
      if ((flags & compressedFlag) !== 0) throw compressed();
      if ((flags & trailerFlag) === 0) yield parser.parse(message);
    }
  }
  if (waitingBytes > 0) throw new ConnectError("protocol error: incomplete envelope", Code.InvalidArgument);
}

function tooLarge(length: number, limit: number): ConnectError {
  const text = `message size ${length} is larger than configured readMaxBytes ${limit}`;
  return new ConnectError(text, Code.ResourceExhausted);
}

function compressed(): ConnectError {
  return new ConnectError("received compressed envelope, but do not know how to decompress", Code.Internal);
}
