import { Readable } from "node:stream";
import type { Http2Stream, RequestHead } from "./face.ts";

function withHost({ authority, headers }: RequestHead): RequestHead["headers"] {
  // An object without a prototype, as the other is.
  return authority === "" ? headers : Object.assign(Object.create(null), headers, { host: authority });
}

/** A request as Node's listeners take it: what they have in common with `IncomingMessage`, and its body to be read. */
export class ExchangeRequest extends Readable {
  readonly method: string;
  readonly url: string;
  /** Those of the head, with `host` as HTTP/1.1 has it: `:authority` where the request has that. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is known of the connection. */
  readonly socket: { readonly remoteAddress: string | undefined; readonly encrypted: boolean };
  /** Whether the request has come whole. */
  complete = false;
  private readonly stream: Http2Stream;
  /** Bytes that are here, for which its window opens when they are read. */
  private owed = 0;

  constructor(stream: Http2Stream, head: RequestHead) {
    super();
    this.stream = stream;
    this.method = head.method;
    this.url = head.path;
    this.headers = withHost(head);
    this.socket = { remoteAddress: stream.connection.remoteAddress, encrypted: stream.connection.isEncrypted };
  }

  /** Takes a part of the body, which is copied. */
  receive(chunk: Uint8Array): void {
    this.owed += chunk.length;
    if (this.push(Buffer.from(chunk))) this.giveBack();
  }

  /** Takes the end. */
  receiveEnd(): void {
    this.complete = true;
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
