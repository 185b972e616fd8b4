import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { mergeHeaders } from "../merge-headers.ts";
import { atEndOfTurn, type PutOff } from "./end-of-turn.ts";
import type { Reply, WholeAnswer } from "./reply.ts";

/** Larger answers are not worth copying. */
const ONE_PIECE_BYTES = 16_384;
const NO_BYTES = new Uint8Array(0);

/** Answers over HTTP/1.1, where no protocol of the direct path has trailers. */
export class Http1Reply implements Reply, PutOff {
  private readonly response: ServerResponse;
  /** Sent with every answer. */
  private readonly common: OutgoingHttpHeaders;
  private body: Uint8Array = NO_BYTES;

  constructor(response: ServerResponse, common: OutgoingHttpHeaders) {
    this.response = response;
    this.common = common;
  }

  get gone(): boolean {
    return this.response.destroyed;
  }

  send({ status, headers, body = NO_BYTES }: WholeAnswer): void {
    this.response.writeHead(status, mergeHeaders(this.common, { ...headers, "content-length": body.length }));
    this.body = body;
    atEndOfTurn(this);
  }

  endOfTurn(): void {
    const { body, response } = this;
    if (body.length > ONE_PIECE_BYTES) response.end(body);
    // As text of one byte a character, in which Node writes headers, too: both then go out in one piece, which takes half the time.
    else response.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1"), "latin1");
  }

  head(headers: OutgoingHttpHeaders): void {
    this.response.writeHead(200, mergeHeaders(this.common, headers));
    this.response.flushHeaders();
  }

  write(bytes: Uint8Array): boolean {
    return this.response.write(bytes);
  }

  onDrain(resume: () => void): void {
    this.response.once("drain", resume);
  }

  end(bytes: Uint8Array | undefined): void {
    this.response.end(bytes);
  }

  destroy(): void {
    this.response.destroy();
  }
}
