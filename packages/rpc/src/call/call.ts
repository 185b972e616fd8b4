import type { Socket } from "node:net";
import type { DescMethod, DescService } from "@bufbuild/protobuf";
import type { ConnectError, ContextValues, HandlerContext } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { type CallOptions, deadlineExceeded } from "../protocols/call-options.ts";
import { errorForClients } from "../protocols/response-parts.ts";
import type { WireFormat } from "../protocols/wire-format.ts";
import type { CallerShare } from "./caller-share.ts";
import { CallValues } from "./context-values.ts";
import { LazyHeaders } from "./lazy-headers.ts";
import { LazySignal } from "./lazy-signal.ts";
import type { Method } from "./method.ts";
import type { RepeatedHead } from "./repeated-head.ts";
import type { RunningHandlers } from "./running-handlers.ts";
import type { CallSettings } from "./settings.ts";

/** Why the signal of a call that has ended is aborted. One for all calls: to make one takes 3 µs. */
const ENDED = new DOMException("This operation was aborted", "AbortError");

/** The longest delay a timer of the runtime can hold, in milliseconds; a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** What brings calls from one transport. */
export type CarrierName = "http/1.1" | "http/2" | "websocket";

/** What a request that opened a WebSocket said of who made it: the headers of these names. */
export interface UpgradeClaims {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly origin: string | undefined;
}

/** The other end of a connection. */
export interface Peer {
  /** Read while the connection is open: an encrypted socket forgets it when it is closed. */
  readonly remoteAddress?: string | undefined;
  /**
   * The socket, to be asked what its client has shown, such as a certificate; nothing else is to be done with it. Undefined where that is, or may be,
   * the one of a proxy that is trusted, whether it says whose calls it brings or not.
   */
  readonly socket?: Socket | undefined;
  /** What the request said of its maker that opened a WebSocket; undefined for any other connection. */
  readonly upgrade?: UpgradeClaims | undefined;
  /** The connection, where this is not it: behind a proxy that is trusted. */
  readonly connection?: Peer;
}

/** What a call begins with. */
export interface RequestHead {
  readonly method: Method;
  readonly format: WireFormat;
  readonly options: CallOptions;
  readonly requestMethod: "POST" | "GET";
  readonly requestHeader: Headers;
  /** The whole URL of the request. */
  readonly url: string;
  /** What carries it. */
  readonly carrier: CarrierName;
  /** The other end of its connection. */
  readonly peer: Peer;
  /** What it has in common with others of the same headers; undefined where that is not known. */
  readonly repeatedHead?: RepeatedHead | undefined;
  /** Where its handler is counted beside all others: those that one client answers for. */
  readonly handlers?: RunningHandlers | undefined;
}

/** One call from its head to its end: its deadline, its cancellation, and what its implementation is given. */
export class Call {
  readonly settings: CallSettings;
  readonly format: WireFormat;
  readonly options: CallOptions;
  readonly method: Method;
  readonly context: HandlerContext;
  /** The headers of the response as long as nobody changes them. */
  readonly unchangedHeaders: Readonly<Record<string, string>>;
  readonly responseHeader: LazyHeaders;
  readonly responseTrailer: LazyHeaders;
  /** When it began, in milliseconds of `performance.now`. */
  readonly startedAt: number = performance.now();
  readonly carrier: CarrierName;
  /** The other end of its connection. */
  readonly peer: Peer;
  /** What it has in common with others of the same headers; undefined where that is not known. */
  readonly repeatedHead: RepeatedHead | undefined;
  /** How many messages of its request were read, and their bytes, decompressed. */
  received = 0;
  receivedBytes = 0;
  /** How many messages of its response were made, and their bytes before they are compressed. */
  sent = 0;
  sentBytes = 0;
  /** What its caller has of the server, once it is let in, or its address, while it waits at the request gate; undefined where callers take what they like. */
  share: CallerShare | undefined = undefined;
  /** A place for what its observer keeps of it. */
  observed: unknown = undefined;
  /** What reading its request failed with. */
  requestError: unknown = undefined;
  /** Given the reason when the call is aborted before it has ended; the implementation may not observe its signal. */
  onAbort: ((reason: unknown) => void) | undefined;
  private controller: AbortController | undefined;
  private isEnded = false;
  private isCompleted = false;
  private why: unknown;
  /** How many reasons there are to count it for its caller. */
  private shareHolds = 0;
  private readonly handlers: RunningHandlers | undefined;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(settings: CallSettings, head: RequestHead) {
    const { method, format, options } = head;
    this.settings = settings;
    this.format = format;
    this.options = options;
    this.method = method;
    this.onAbort = undefined;
    this.controller = undefined;
    this.why = undefined;
    this.handlers = head.handlers;
    this.carrier = head.carrier;
    this.peer = head.peer;
    this.repeatedHead = head.repeatedHead;
    this.unchangedHeaders = method.responseHeaders(format, options);
    this.responseHeader = new LazyHeaders(this.unchangedHeaders);
    this.responseTrailer = new LazyHeaders(format.protocol === "connect" ? NO_HEADERS : GRPC_OK);
    const { timeoutMs } = options;
    this.timer =
      timeoutMs === undefined ? undefined : setTimeout(passDeadline, Math.min(timeoutMs, MAX_TIMER_MS), this);
    this.context = new CallContext(this, head);
  }

  /** Aborted when the call has ended, for whatever reason; made when it is first read. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.isEnded) this.controller.abort(this.why);
    }
    return this.controller.signal;
  }

  /** Counts the handler of the call, until `handlerEnded`. */
  handlerStarted(): void {
    this.settings.running.track();
    this.handlers?.track();
    this.countForCaller();
  }

  /** The handler has ended; to be called once. */
  handlerEnded(): void {
    this.settings.running.untrack();
    this.handlers?.untrack();
    this.uncountForCaller();
  }

  /** Counts the call for its caller until `uncountForCaller` was called as often: as long as it is open or its handler runs. */
  protected countForCaller(): void {
    if (this.share === undefined) return;
    this.shareHolds += 1;
    if (this.shareHolds === 1) this.share.began(this.method.streams);
  }

  protected uncountForCaller(): void {
    if (this.share === undefined) return;
    this.shareHolds -= 1;
    if (this.shareHolds === 0) this.share.ended(this.method.streams);
  }

  /** Counts the call for nobody any more, whatever reasons there are. */
  protected leaveShare(): void {
    if (this.shareHolds > 0) this.share?.ended(this.method.streams);
    this.shareHolds = 0;
    this.share = undefined;
  }

  /** A message of the request was read. */
  messageReceived(bytes: number): void {
    this.received += 1;
    this.receivedBytes += bytes;
    this.settings.observer?.received?.(this, bytes);
    if (this.share !== undefined && this.received > 1) this.takeMessage(this.share);
  }

  /** A message after the first costs its caller as another call would: a stream that brings too many ends. */
  private takeMessage(share: CallerShare): void {
    const refusal = this.settings.fairShare?.takeMessage(share);
    if (refusal !== undefined) this.abort(refusal);
  }

  /** A message of the response was made. */
  messageSent(bytes: number): void {
    this.sent += 1;
    this.sentBytes += bytes;
    this.settings.observer?.sent?.(this, bytes);
  }

  /**
   * Decompresses a message of the request when it is its turn. Counts like a handler until that is done, or its turn has come after the end of
   * the call: what waits is as bounded as the calls in flight, also of calls that have ended.
   */
  async decompress(compression: Compression, bytes: Uint8Array): Promise<Uint8Array> {
    const { decompression, readMaxBytes, observer } = this.settings;
    this.handlerStarted();
    const from = observer?.waited === undefined ? 0 : performance.now();
    let isWaiting = false;
    try {
      const turn = decompression(async () => {
        if (isWaiting) observer?.waited?.(this, { what: "turn to decompress", from, to: performance.now() });
        if (this.aborted) throw this.reason;
        return compression.decompress(bytes as Uint8Array<ArrayBuffer>, readMaxBytes);
      });
      isWaiting = true;
      return await turn;
    } finally {
      this.handlerEnded();
    }
  }

  /** Whether the call has ended or was aborted. */
  get aborted(): boolean {
    return this.isEnded;
  }

  /** Why it has ended. */
  get reason(): unknown {
    return this.why;
  }

  /** Ends the call for a reason of its own: its deadline, its client or a drain. Does nothing when it has ended. */
  abort(reason: unknown): void {
    if (this.isEnded) return;
    this.finish(reason ?? new DOMException("This operation was aborted", "AbortError"));
    this.onAbort?.(this.why);
  }

  /**
   * The call has ended: its signal is aborted, with the error if there was one. Only the first time counts; `hasFailed` tells
   * apart an error that is undefined from none.
   */
  complete(error?: unknown, hasFailed = error !== undefined): void {
    const isFromOutside = hasFailed && (error === this.requestError || (this.isEnded && error === this.why));
    if (!this.isEnded) this.finish(error ?? ENDED);
    if (this.isCompleted) return;
    this.isCompleted = true;
    this.settings.observer?.ended(this, { error: hasFailed ? (error ?? ENDED) : undefined, isFromOutside });
  }

  /** Completes the call with what it failed with; returns the error that its client is sent. */
  fail(thrown: unknown): ConnectError {
    const { mapError } = this.settings;
    const error = mapError === undefined ? thrown : mapError(thrown);
    this.complete(error, true);
    return errorForClients(error);
  }

  private finish(why: unknown): void {
    clearTimeout(this.timer);
    this.isEnded = true;
    this.why = why;
    this.controller?.abort(why);
    this.finished(why);
  }

  /** The call has ended, for the reason given. */
  protected finished(_why: unknown): void {}
}

/** What the implementation of a call is given. */
class CallContext extends LazySignal implements HandlerContext {
  readonly method: DescMethod;
  readonly service: DescService;
  readonly requestMethod: string;
  readonly protocolName: string;
  readonly timeoutMs: () => number | undefined;
  readonly requestHeader: Headers;
  readonly url: string;
  readonly responseHeader: Headers;
  readonly responseTrailer: Headers;
  readonly values: ContextValues;

  constructor(call: Call, { requestMethod, requestHeader, url }: RequestHead) {
    super(call);
    const { desc } = call.method;
    this.method = desc;
    this.service = desc.parent;
    this.requestMethod = requestMethod;
    this.protocolName = call.format.protocol;
    this.timeoutMs = call.options.timeoutMs === undefined ? noTimeout : timeLeft(call.options.timeoutMs);
    this.requestHeader = requestHeader;
    this.url = url;
    this.responseHeader = call.responseHeader;
    this.responseTrailer = call.responseTrailer;
    this.values = call.settings.contextValues?.(this) ?? new CallValues();
  }
}

const NO_HEADERS = {};
const GRPC_OK = { "grpc-status": "0" };

function passDeadline(call: Call): void {
  call.abort(deadlineExceeded());
}

function noTimeout(): undefined {
  return undefined;
}

function timeLeft(timeoutMs: number): () => number {
  const deadline = Math.trunc(performance.now() + timeoutMs);
  return () => deadline - Math.trunc(performance.now());
}
