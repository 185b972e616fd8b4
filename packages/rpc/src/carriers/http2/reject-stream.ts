import type { OutgoingHttpHeaders } from "node:http";
import type { WholeResponse } from "../../call/response-writer.ts";
import type { Http2Stream, StreamConsumer } from "../../http2/face.ts";
import { prepareHead } from "./prepared-heads.ts";

/** Reads and drops what is left of a request that is answered; the engine bounds it. */
class Discard implements StreamConsumer {
  private readonly stream: Http2Stream;

  constructor(stream: Http2Stream) {
    this.stream = stream;
  }

  data(chunk: Uint8Array): void {
    this.stream.consumed(chunk.length);
  }

  end(): void {}
  closed(): void {}
  drained(): void {}
}

/** Answers a stream from its head alone. */
export function rejectStream(
  stream: Http2Stream,
  { status, headers, body }: WholeResponse,
  common: OutgoingHttpHeaders,
): void {
  stream.consumer = new Discard(stream);
  stream.sendAll(prepareHead(status, common, headers), body, undefined);
}
