import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { Readable } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import type { CallsInFlight } from "../calls-in-flight.ts";
import { HttpFlight } from "../http-flight.ts";
import { silenceError } from "../limit-silence.ts";
import type { NodeRequest, NodeResponse } from "../node-http.ts";
import { serveHttpCall } from "../serve-http-call.ts";
import type { CallTerms } from "./call-terms.ts";
import { DirectCall } from "./direct-call.ts";
import type { DirectMethod } from "./direct-method.ts";
import { envelopeEnd } from "./envelope.ts";
import { LazyHeaders } from "./lazy-headers.ts";
import { parseInput } from "./parse-input.ts";
import { type BodyRead, joinChunks, replay } from "./read-body.ts";
import type { Reply } from "./reply.ts";
import { serveStream } from "./serve-stream.ts";
import { serveUnary } from "./serve-unary.ts";
import type { WireFormat } from "./wire-format.ts";

/** What all calls of the direct path share. */
export interface DirectPathState {
  /** The largest request message in bytes. */
  readonly maxMessageBytes: number;
  /** How long a client may send nothing of its message, in milliseconds. */
  readonly silenceLimitMs: number;
  readonly flights: CallsInFlight;
  /** The calls that stream, which a drain ends. */
  readonly streams: Set<DirectCall>;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** A call as far as its headers tell. */
export interface Arrival {
  readonly method: DirectMethod;
  readonly format: WireFormat;
  readonly terms: CallTerms;
  readonly headers: IncomingHttpHeaders;
  /** Headers to be sent along with the answer. */
  readonly common: OutgoingHttpHeaders;
}

/** What a call comes and goes through. */
export interface Channel {
  readonly body: Readable;
  readonly answer: ServerHttp2Stream | ServerResponse;
  readonly reply: Reply;
  /** Scheme and authority, such as `http://localhost:8080`. */
  readonly origin: string;
}

const CALL = Symbol("the call that comes through a stream of Node");
type Carrier = NodeJS.EventEmitter & { [CALL]?: IncomingCall | undefined };

/**
 * A call over HTTP: reads its message, up to the limit, and has it served, or has the library serve the call from its start, when its body
 * is not one plain message. An object with functions that all calls share, because functions of its own cost a call a tenth of its memory.
 */
export abstract class IncomingCall extends HttpFlight {
  protected readonly arrival: Arrival;
  private readonly state: DirectPathState;
  private readonly body: Readable;
  private readonly reply: Reply;
  private readonly call: DirectCall;
  private chunks: Uint8Array[] = [];
  private length = 0;
  private limit: number | undefined;

  constructor(state: DirectPathState, arrival: Arrival, { body, answer, reply, origin }: Channel) {
    super(answer, state.silenceLimitMs);
    this.state = state;
    this.arrival = arrival;
    this.body = body;
    this.reply = reply;
    this.limit = undefined;
    const { method, format, terms, headers } = arrival;
    this.call = new DirectCall({ method, format, terms, requestHeader: new LazyHeaders(headers), origin });
  }

  /** Starts to read. */
  start(): void {
    const { body, call } = this;
    this.state.flights.enter(this);
    this.isReading = true;
    if (call.terms.timeoutMs !== undefined) call.onAbort = (error) => this.stop(error);
    this.follow(body);
    body.on("data", onData);
    body.on("end", onEnd);
    body.on("error", ignore);
  }

  /** Has a stream of Node know its call; `onClose` and the other functions of all calls find it there. */
  protected follow(carrier: Carrier): void {
    carrier[CALL] = this;
  }

  /**
   * Has a stream forget its call. Node's streams of HTTP/2 outlive their end until the next full collection of garbage; what hangs on them
   * lives as long, is copied about by every small collection until then, and made these take twice their time.
   */
  protected unfollow(carrier: Carrier): void {
    carrier[CALL] = undefined;
  }

  /** Why the call is over, when its client has left. */
  protected abstract leaveReason(): ConnectError | undefined;

  /** Has the library serve the call from its start. */
  protected abstract giveUp(body: BodyRead): void;

  protected serveByLibrary(request: NodeRequest, response: NodeResponse, body: BodyRead): void {
    const { common, method } = this.arrival;
    for (const [name, value] of Object.entries(common)) if (value !== undefined) response.setHeader(name, value);
    serveHttpCall(method.library, request, response, replay(body, this.body)).catch((error) => {
      response.destroy();
      if (ConnectError.from(error).code !== Code.Canceled) this.state.onError(error);
    });
  }

  protected override get isLate(): boolean {
    const { reason } = this.call;
    return reason instanceof ConnectError && reason.code === Code.DeadlineExceeded;
  }

  protected override silenced(): void {
    this.stop(silenceError(this.state.silenceLimitMs));
  }

  receive(chunk: Uint8Array): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
    this.heard();
    this.limit ??= this.limitNow();
    if (this.limit !== undefined && this.length > this.limit) this.stop();
  }

  /** How many bytes the body may have; what is too large is refused before the rest of it comes. Undefined while that is not known. */
  private limitNow(): number | undefined {
    const { maxMessageBytes } = this.state;
    return this.arrival.format.enveloped ? envelopeEnd(joinChunks(this.chunks), maxMessageBytes) : maxMessageBytes;
  }

  private stop(error?: unknown): void {
    if (!this.isReading) return;
    this.body.off("data", onData);
    this.body.off("end", onEnd);
    this.body.pause();
    this.read({ chunks: this.chunks, complete: false, error });
  }

  end(): void {
    this.read({ chunks: this.chunks, complete: true });
  }

  private read(body: BodyRead): void {
    const { arrival, call, reply, state } = this;
    this.isReading = false;
    this.chunks = [];
    call.onAbort = undefined;
    if (reply.gone) {
      // A reset ends the body, too: without this, each would be served as a call with half a message.
      call.end();
      return;
    }
    const input = parseInput(arrival, body, state.maxMessageBytes);
    if (input === undefined) {
      call.end();
      this.giveUp(body);
      return;
    }
    if (arrival.method.desc.methodKind === "unary") {
      serveUnary(call, input, reply, this);
      return;
    }
    state.streams.add(call);
    void serveStream(call, input, reply, this);
  }

  /** Lets go of a stream that is over: a drain has nothing to end there. */
  streamEnded(): void {
    this.state.streams.delete(this.call);
  }

  /** Cuts an answer off that cannot be sent as it is. */
  broken(error: unknown): void {
    this.reply.destroy();
    this.state.onError(error);
  }

  closed(): void {
    this.unfollow(this.body);
    this.state.flights.leave(this);
    if (!this.call.aborted) this.call.abort(this.leaveReason());
  }
}

function onData(this: Carrier, chunk: Uint8Array): void {
  this[CALL]?.receive(chunk);
}

function onEnd(this: Carrier): void {
  this[CALL]?.end();
}

/** Tells a call that its client has left, or has its answer. */
export function onClose(this: Carrier): void {
  this[CALL]?.closed();
}

/** What a broken connection brings is told by its closing; here it must only not end the process. */
export function ignore(): void {}
