import type { OutgoingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { trailerParse } from "@connectrpc/connect/protocol-grpc-web";
import { SWEEP_INTERVAL_MS } from "../call/calls-in-flight.ts";
import { ServerCall } from "../call/server-call.ts";
import { ENVELOPE_BYTES, type Envelope, envelope, joinEnvelopes } from "../protocols/envelope.ts";
import { sendable } from "../protocols/response-parts.ts";
import { createBase64Decoder, MalformedBase64 } from "./web-text/base64-decoder.ts";

/** Written out at once, however fast messages come: about what a socket takes. */
const FLUSH_AT_BYTES = 32_768;
/** How long a client may take nothing of a response that is too late, because the deadline of its call has passed, in milliseconds. */
const LATE_TIMEOUT_MS = 1_000;

/**
 * A call over HTTP. Writes the messages of a stream together: what is made before the event loop turns goes out in one piece, which makes a
 * fast stream five times as fast, and a slow one no slower: its piece goes out as soon as the implementation waits for something.
 */
export abstract class HttpCall extends ServerCall {
  headersSent = false;
  private head: OutgoingHttpHeaders | undefined = undefined;
  private pending: Envelope[] = NOTHING;
  private pendingBytes = 0;
  private scheduled = false;
  private full = false;
  private statusSent = false;
  private lateMs = 0;
  private readonly decoder = this.format.text.request ? createBase64Decoder() : undefined;
  private malformed: MalformedBase64 | undefined = undefined;

  override receive(chunk: Uint8Array): void {
    if (this.decoder === undefined) super.receive(chunk);
    else this.decodeText(() => super.receive(this.decoder?.decode(chunk) ?? chunk));
  }

  override endRequest(): void {
    this.decodeText(() => this.decoder?.finish());
    super.endRequest();
  }

  private decodeText(decode: () => void): void {
    if (this.malformed !== undefined) return;
    try {
      decode();
    } catch (error) {
      if (!(error instanceof MalformedBase64)) throw error;
      this.malformed = error;
      this.body.fail(new ConnectError(error.message, Code.InvalidArgument));
    }
  }

  /** A client has its status a moment after its deadline, or does not take it: it is not waited for. */
  override sweep(): void {
    super.sweep();
    const { reason } = this;
    if (!this.statusSent || !(reason instanceof ConnectError) || reason.code !== Code.DeadlineExceeded) return;
    this.lateMs += SWEEP_INTERVAL_MS;
    if (this.lateMs > LATE_TIMEOUT_MS) this.cut();
  }

  /** Cuts off a client that does not take its response. */
  protected abstract cut(): void;
  /** Writes the head of a response. */
  protected abstract writeHead(status: number, headers: OutgoingHttpHeaders): void;
  /** Writes a part of the body; false when the client is slower than that: `drained` is called when it has caught up. */
  protected abstract writeBody(bytes: Uint8Array): boolean;
  /** Writes the last part of the body, and trailers. */
  protected abstract endBody(bytes: Uint8Array | undefined, trailers: OutgoingHttpHeaders | undefined): void;

  sendHeaders(headers: OutgoingHttpHeaders): void {
    if (this.headersSent) return;
    this.headersSent = true;
    const { text, contentType } = this.format;
    // In text mode an implementation cannot say that the body is anything else.
    this.head = text.response ? { ...headers, "content-type": contentType } : headers;
    this.schedule();
  }

  sendMessage(envelope: Envelope): boolean {
    // Nobody reads: the sender waits for the end of the call.
    if (this.isClosed) return false;
    if (this.pending === NOTHING) this.pending = [];
    this.pending.push(envelope);
    this.pendingBytes += ENVELOPE_BYTES + envelope.data.length;
    if (this.pendingBytes >= FLUSH_AT_BYTES) this.flush();
    else this.schedule();
    return !this.full;
  }

  sendStatus(last: Envelope | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    if (this.isClosed) return;
    this.statusSent = true;
    if (this.malformed !== undefined && this.head !== undefined) {
      // What is no base64 is a bad request of HTTP, as long as nothing is sent.
      this.head = undefined;
      this.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
      this.endBody(Buffer.from(`${this.malformed.message}\n`), undefined);
      return;
    }
    const isAlone = !this.openedEarly && this.pending.length === 0 && this.head !== undefined;
    if (last !== undefined && isAlone && this.format.text.response) {
      this.sendStatusInHeaders(last);
      return;
    }
    if (last !== undefined) this.pending = [...this.pending, last];
    this.flushHead();
    this.endBody(this.takePending(), trailers);
  }

  /** Lets the sender that waits for room go on. */
  drained(): void {
    this.full = false;
    const { onRoom } = this;
    this.onRoom = undefined;
    onRoom?.();
  }

  flush(): void {
    this.scheduled = false;
    if (this.isClosed) return;
    this.flushHead();
    const bytes = this.takePending();
    if (bytes !== undefined && !this.writeBody(bytes)) this.full = true;
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // After all promises that are settled by now, before anything else happens.
    process.nextTick(flushCall, this);
  }

  /** In text mode a response that ends before its first message has its status in the headers, which CORS lets pages of others read. */
  private sendStatusInHeaders({ data }: Envelope): void {
    const headers = { ...this.head, ...sendable(trailerParse(data)) };
    this.head = undefined;
    this.sendResponse({ status: 200, headers, body: undefined, trailers: undefined });
  }

  private flushHead(): void {
    const { head } = this;
    if (head === undefined) return;
    this.head = undefined;
    this.writeHead(200, head);
  }

  private takePending(): Uint8Array | undefined {
    const { pending } = this;
    if (pending.length === 0) return undefined;
    this.pending = NOTHING;
    this.pendingBytes = 0;
    return this.format.text.response ? encodeText(pending) : joinEnvelopes(pending);
  }
}

const NOTHING: Envelope[] = [];

function flushCall(call: HttpCall): void {
  try {
    call.flush();
  } catch (error) {
    // Nobody above would catch what Node's response throws, such as for trailers to a client of HTTP/1.0.
    call.broken(error);
  }
}

/** Each envelope as a run of base64 of its own, padded: a client decodes only what is complete. */
function encodeText(envelopes: readonly Envelope[]): Uint8Array {
  const text = envelopes.map(({ flags, data }) => Buffer.from(envelope(flags, data)).toString("base64")).join("");
  return Buffer.from(text, "latin1");
}
