import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import type { RunningHandlers } from "../running-handlers.ts";
import type { CallTerms } from "./call-terms.ts";
import { CallValues } from "./call-values.ts";
import type { DirectMethod } from "./direct-method.ts";
import { LazyHeaders } from "./lazy-headers.ts";
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
  private readonly controller = new AbortController();
  private readonly handlers: RunningHandlers | undefined;
  private readonly timer: NodeJS.Timeout | undefined;
  /** Told the reason when the call is aborted before it has ended; the implementation may not heed its signal. */
  onAbort: ((reason: unknown) => void) | undefined;

  constructor({ method, format, terms, requestHeader, origin, handlers }: CallHead) {
    this.format = format;
    this.terms = terms;
    this.method = method;
    this.onAbort = undefined;
    this.handlers = handlers;
    this.unchangedHeaders = method.headersOf(format, terms);
    this.responseHeader = new LazyHeaders(this.unchangedHeaders);
    this.responseTrailer = new LazyHeaders(format.protocol === "connect" ? NO_HEADERS : GRPC_OK);
    this.timer = terms.timeoutMs === undefined ? undefined : setTimeout(passDeadline, terms.timeoutMs, this);
    this.context = {
      method: method.desc,
      service: method.desc.parent,
      requestMethod: "POST",
      protocolName: format.protocol,
      signal: this.controller.signal,
      timeoutMs: terms.timeoutMs === undefined ? noTimeout : timeLeft(terms.timeoutMs),
      requestHeader,
      url: origin + method.path,
      responseHeader: this.responseHeader,
      responseTrailer: this.responseTrailer,
      values: new CallValues(),
    };
  }

  /** Counts the handler of the call, until what this returns is called, once. */
  enter(): () => void {
    const leave = this.method.running.enter();
    if (this.handlers === undefined) return leave;
    const leaveClient = this.handlers.enter();
    return () => {
      leave();
      leaveClient();
    };
  }

  get aborted(): boolean {
    return this.controller.signal.aborted;
  }

  /** Why the call was aborted. */
  get reason(): unknown {
    return this.controller.signal.reason;
  }

  /** Ends the call for a reason of its own: its deadline, its client or a drain. Does nothing when it has ended. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.controller.abort(reason);
    this.onAbort?.(this.reason);
  }

  /** Says that the call is over: whoever holds its signal hears of it, with the error if there was one. */
  end(error?: unknown): void {
    clearTimeout(this.timer);
    this.onAbort = undefined;
    if (!this.aborted) this.controller.abort(error ?? OVER);
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
  const deadline = Math.trunc(Date.now() + timeoutMs);
  return () => deadline - Date.now();
}
