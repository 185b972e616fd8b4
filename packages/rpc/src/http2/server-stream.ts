import type { Http2Connection, Http2Stream, StreamCloseCause, StreamConsumer } from "./face.ts";
import type { Outbox } from "./outbox.ts";
import type { PreparedHeaders } from "./prepare-headers.ts";
import { ReceiveWindow } from "./receive-window.ts";
import type { RequestStreams } from "./request-streams.ts";

/** Where a stream is in its life (RFC 9113, section 5.1); one that has both ends sent, or was reset, is closed. */
const HEAD_SENT = 1;
const END_GIVEN = 2;
const LOCAL_CLOSED = 4;
const REMOTE_CLOSED = 8;
const NOTIFIED = 16;

/** A consumer for streams whose handler has none: the request is dropped. */
const noConsumer: StreamConsumer = { data() {}, end() {}, closed() {}, drained() {} };

const COMPLETED: StreamCloseCause = { kind: "completed" };

/** A stream that a client has opened. */
export class ServerStream implements Http2Stream {
  readonly id: number;
  consumer: StreamConsumer = noConsumer;
  readonly receiveWindow: ReceiveWindow;
  sendWindow: number;
  outbox: Outbox | undefined = undefined;
  /** Bytes of the body that the consumer has and has not given back. */
  unconsumed = 0;
  /** How much of the promised body is still to come; -1 when nothing was promised. */
  contentLeft: number;
  /** Bytes of the request that came after the response. */
  restBytes = 0;
  /** When it has waited too long; 0 means never. */
  cutAt = 0;
  private readonly owner: RequestStreams;
  private state: number;

  constructor(
    id: number,
    owner: RequestStreams,
    receiveWindowSize: number,
    contentLength: number,
    requestEnded: boolean,
  ) {
    this.id = id;
    this.owner = owner;
    this.receiveWindow = new ReceiveWindow(receiveWindowSize);
    this.sendWindow = owner.sender.initialWindow;
    this.contentLeft = contentLength;
    this.state = requestEnded ? REMOTE_CLOSED : 0;
  }

  get connection(): Http2Connection {
    return this.owner.connection;
  }

  get isClosed(): boolean {
    return (this.state & NOTIFIED) !== 0;
  }

  get requestEnded(): boolean {
    return (this.state & REMOTE_CLOSED) !== 0;
  }

  /** Whether the response is out, so that the stream is at most half-closed (local). */
  get isResponseSent(): boolean {
    return (this.state & LOCAL_CLOSED) !== 0;
  }

  get bufferedBytes(): number {
    return this.outbox?.bytes ?? 0;
  }

  consumed(bytes: number): void {
    if (this.unconsumed === 0 || bytes <= 0) return;
    const amount = Math.min(bytes, this.unconsumed);
    this.unconsumed -= amount;
    this.owner.returnWindow(this, amount);
  }

  informational(head: PreparedHeaders): void {
    if ((this.state & (END_GIVEN | NOTIFIED | HEAD_SENT)) === 0) this.owner.sender.headers(this, head, false);
  }

  respond(head: PreparedHeaders, endStream: boolean): void {
    if (this.state & (END_GIVEN | NOTIFIED)) return;
    if (this.state & HEAD_SENT) throw new Error("the head of the response has been sent");
    this.state |= endStream ? HEAD_SENT | END_GIVEN : HEAD_SENT;
    this.owner.sender.headers(this, head, endStream);
    if (endStream) this.afterEnd();
  }

  write(bytes: Uint8Array): boolean {
    if (this.state & (END_GIVEN | NOTIFIED)) return true;
    this.requireHead();
    return this.owner.sender.data(this, bytes);
  }

  end(body?: Uint8Array, trailers?: PreparedHeaders): void {
    if (this.state & (END_GIVEN | NOTIFIED)) return;
    this.requireHead();
    this.state |= END_GIVEN;
    this.owner.sender.end(this, body, trailers);
    this.afterEnd();
  }

  sendAll(head: PreparedHeaders, body: Uint8Array | undefined, trailers: PreparedHeaders | undefined): void {
    if (this.state & (END_GIVEN | NOTIFIED)) return;
    if (this.state & HEAD_SENT) throw new Error("the head of the response has been sent");
    this.state |= HEAD_SENT | END_GIVEN;
    this.owner.sender.all(this, head, body, trailers);
    this.afterEnd();
  }

  reset(code: number): void {
    if ((this.state & NOTIFIED) === 0) this.owner.reset(this, code, "reset by the server");
  }

  responseSent(): void {
    this.state |= LOCAL_CLOSED;
    this.owner.responseSent(this);
  }

  /** Counts the end of the request. */
  endRequest(): void {
    this.state |= REMOTE_CLOSED;
  }

  /** Notifies the consumer that the stream is closed, the first time. What the consumer throws comes through. */
  notifyClosed(cause: StreamCloseCause = COMPLETED): void {
    if (this.state & NOTIFIED) return;
    this.state |= NOTIFIED;
    const { consumer } = this;
    this.consumer = noConsumer;
    consumer.closed(cause);
  }

  private requireHead(): void {
    if ((this.state & HEAD_SENT) === 0) throw new Error("the head of the response has to be sent first");
  }

  private afterEnd(): void {
    if (this.outbox !== undefined) this.owner.responseWaits(this);
  }
}
