import { Writable } from "node:stream";
import { ErrorCode } from "./error-code.ts";
import type { Http2Stream } from "./face.ts";
import type { PreparedHeaders } from "./prepare-headers.ts";
import { prepareHeaders } from "./prepare-headers.ts";

/** A value of a header as Node's responses take it; several stand for as many headers. */
export type HeaderValue = string | number | readonly string[];

/** Status codes whose responses have no body (RFC 9110, section 6.4.1). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);

/**
 * A response as Node's listeners write it: what they have in common with `ServerResponse`. Bodies that the request or the status does not allow
 * are dropped. Ends with "close" alone when the stream is reset or lost.
 */
export class ExchangeResponse extends Writable {
  statusCode = 200;
  headersSent = false;
  private readonly stream: Http2Stream;
  private readonly isHead: boolean;
  private readonly headers = new Map<string, HeaderValue>();
  private drainedCallback: (() => void) | undefined = undefined;

  constructor(stream: Http2Stream, method: string) {
    super({ decodeStrings: true });
    this.stream = stream;
    this.isHead = method === "HEAD";
  }

  /** @throws Error when the headers are sent. */
  setHeader(name: string, value: HeaderValue): this {
    if (this.headersSent) throw new Error(`headers are sent: cannot set ${name}`);
    this.headers.set(name.toLowerCase(), value);
    return this;
  }

  getHeader(name: string): HeaderValue | undefined {
    return this.headers.get(name.toLowerCase());
  }

  removeHeader(name: string): void {
    this.headers.delete(name.toLowerCase());
  }

  /** Sets status and headers, and sends them with what is written next. */
  writeHead(statusCode: number, headers: Readonly<Record<string, HeaderValue>> = {}): this {
    this.statusCode = statusCode;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    return this;
  }

  /** Sends status and headers now. */
  flushHeaders(): void {
    if (!this.headersSent) this.stream.respond(this.takeHead(), false);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    try {
      this.flushHeaders();
    } catch (error) {
      // What prepareHeaders throws is a TypeError.
      done(error as Error);
      return;
    }
    if (this.hasNoBody || this.stream.write(chunk)) done();
    else this.drainedCallback = done;
  }

  override _final(done: (error?: Error) => void): void {
    try {
      if (this.headersSent) this.stream.end();
      else this.stream.respond(this.takeHead(), true);
      done();
    } catch (error) {
      // As above.
      done(error as Error);
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const { drainedCallback } = this;
    this.drainedCallback = undefined;
    // Of a response that is not out nothing is left to be sent.
    if (!this.writableFinished) this.stream.reset(ErrorCode.cancel);
    drainedCallback?.();
    done(error);
  }

  /** Goes on after the client has taken what waited. */
  resumeWriting(): void {
    const { drainedCallback } = this;
    this.drainedCallback = undefined;
    drainedCallback?.();
  }

  private get hasNoBody(): boolean {
    return this.isHead || WITHOUT_BODY.has(this.statusCode);
  }

  private takeHead(): PreparedHeaders {
    this.headersSent = true;
    const fields = [...this.headers].flatMap(([name, value]) =>
      typeof value === "object"
        ? value.map((each): [string, string] => [name, each])
        : [[name, String(value)] satisfies [string, string]],
    );
    return prepareHeaders(this.statusCode, fields);
  }
}
