import { Readable } from "node:stream";
import type { Http2Stream, RequestHead } from "./face.ts";

/** A request as Node's listeners take it: what they have in common with `IncomingMessage`, and its body to be read. */
export class ExchangeRequest extends Readable {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly httpVersion: string = "2.0";
  readonly httpVersionMajor: number = 2;
  readonly httpVersionMinor: number = 0;
  /** What was meant by the request's `:authority` or `host`. */
  readonly authority: string;
  /** What is known of the connection. */
  readonly socket: { readonly remoteAddress: string | undefined; readonly encrypted: boolean };
  /** Behind the body, once it has ended. */
  trailers: Readonly<Record<string, string>> = {};
  /** Whether the request has come whole. */
  complete = false;
  private readonly stream: Http2Stream;
  /** Bytes that are here, whose credit the client has back when somebody reads. */
  private owed = 0;

  constructor(stream: Http2Stream, head: RequestHead) {
    super();
    this.stream = stream;
    this.method = head.method;
    this.url = head.path;
    this.headers = head.headers;
    this.authority = head.authority;
    this.socket = { remoteAddress: stream.connection.remoteAddress, encrypted: stream.connection.isEncrypted };
  }

  /** Takes a part of the body, which is copied. */
  receive(chunk: Uint8Array): void {
    this.owed += chunk.length;
    if (this.push(Buffer.from(chunk))) this.giveBack();
  }

  /** Takes the end. */
  receiveEnd(trailers: Readonly<Record<string, string>> | undefined): void {
    this.complete = true;
    if (trailers !== undefined) this.trailers = trailers;
    this.push(null);
  }

  override _read(): void {
    this.giveBack();
  }

  private giveBack(): void {
    const { owed } = this;
    this.owed = 0;
    this.stream.consumed(owed);
  }
}
