import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { RunningHandlers } from "../running-handlers.ts";
import type { CallTerms } from "./call-terms.ts";
import { CallValues } from "./call-values.ts";
import type { DirectMethod } from "./direct-method.ts";
import { LazyHeaders } from "./lazy-headers.ts";
import { LazySignal } from "./lazy-signal.ts";
import type { WireFormat } from "./wire-format.ts";

/** Why the signal of a call that is over is aborted. One for all calls: to make one takes 3 µs. */
const OVER = new DOMException("This operation was aborted", "AbortError");

/** What a call arrives with. */
export interface CallHead {
  readonly method: DirectMethod;
  readonly format: WireFormat;
  readonly terms: CallTerms;
  readonly requestHeader: Headers;
  /** Scheme and authority, such as `http://localhost:8080`. */
  readonly origin: string;
  /** Where its handler is counted beside all others: those that one client answers for. */
  readonly handlers?: RunningHandlers;
}

/** One call of the direct path, from its head to its end. */
export class DirectCall {
  readonly format: WireFormat;
  readonly terms: CallTerms;
  readonly method: DirectMethod;
  readonly context: HandlerContext;
  /** The headers of the answer as long as nobody changes them. */
  readonly unchangedHeaders: Readonly<Record<string, string>>;
  readonly responseHeader: LazyHeaders;
  readonly responseTrailer: LazyHeaders;
  private controller: AbortController | undefined;
  private isOver = false;
  private why: unknown;
  private readonly handlers: RunningHandlers | undefined;
  private readonly timer: NodeJS.Timeout | undefined;
  /** Told the reason when the call is aborted before it has ended; the implementation may not heed its signal. */
  onAbort: ((reason: unknown) => void) | undefined;

  constructor({ method, format, terms, requestHeader, origin, handlers }: CallHead) {
    this.format = format;
    this.terms = terms;
    this.method = method;
    this.onAbort = undefined;
    this.controller = undefined;
    this.why = undefined;
    this.handlers = handlers;
    this.unchangedHeaders = method.headersOf(format, terms);
    this.responseHeader = new LazyHeaders(this.unchangedHeaders);
    this.responseTrailer = new LazyHeaders(format.protocol === "connect" ? NO_HEADERS : GRPC_OK);
    this.timer = terms.timeoutMs === undefined ? undefined : setTimeout(passDeadline, terms.timeoutMs, this);
    this.context = new CallContext(this, requestHeader, origin + method.path);
  }

  /** Aborted when the call is over, for whatever reason; made when somebody first asks for it. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.isOver) this.controller.abort(this.why);
    }
    return this.controller.signal;
  }

  /** Counts the handler of the call, until `leave`. */
  enter(): void {
    this.method.running.enter();
    this.handlers?.enter();
  }

  /** The handler has ended; to be called once. */
  leave(): void {
    this.method.running.leave();
    this.handlers?.leave();
  }

  get aborted(): boolean {
    return this.isOver;
  }

  /** Why the call was aborted. */
  get reason(): unknown {
    return this.why;
  }

  /** Ends the call for a reason of its own: its deadline, its client or a drain. Does nothing when it has ended. */
  abort(reason: unknown): void {
    if (this.isOver) return;
    this.finish(reason ?? new DOMException("This operation was aborted", "AbortError"));
    this.onAbort?.(this.why);
  }

  /** Says that the call is over: whoever holds its signal hears of it, with the error if there was one. */
  end(error?: unknown): void {
    clearTimeout(this.timer);
    this.onAbort = undefined;
    if (!this.isOver) this.finish(error ?? OVER);
  }

  private finish(why: unknown): void {
    this.isOver = true;
    this.why = why;
    this.controller?.abort(why);
  }
}

/** What the implementation of a call is given. */
class CallContext extends LazySignal implements HandlerContext {
  readonly method: DescMethod;
  readonly service: DescService;
  readonly requestMethod = "POST";
  readonly protocolName: string;
  readonly timeoutMs: () => number | undefined;
  readonly requestHeader: Headers;
  readonly url: string;
  readonly responseHeader: Headers;
  readonly responseTrailer: Headers;
  readonly values = new CallValues();

  constructor(call: DirectCall, requestHeader: Headers, url: string) {
    super(call);
    const { desc } = call.method;
    this.method = desc;
    this.service = desc.parent;
    this.protocolName = call.format.protocol;
    this.timeoutMs = call.terms.timeoutMs === undefined ? noTimeout : timeLeft(call.terms.timeoutMs);
    this.requestHeader = requestHeader;
    this.url = url;
    this.responseHeader = call.responseHeader;
    this.responseTrailer = call.responseTrailer;
  }
}

const NO_HEADERS = {};
const GRPC_OK = { "grpc-status": "0" };

function passDeadline(call: DirectCall): void {
  call.abort(new ConnectError("the operation timed out", Code.DeadlineExceeded));
}

function noTimeout(): undefined {
  return undefined;
}

function timeLeft(timeoutMs: number): () => number {
  const deadline = Math.trunc(performance.now() + timeoutMs);
  return () => Math.trunc(deadline - performance.now());
}
