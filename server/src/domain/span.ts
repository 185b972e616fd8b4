import { AsyncLocalStorage } from "node:async_hooks";

/** What names a span in its trace, and the trace. */
export interface SpanContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** What is said of a span, an event or a link. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Something that takes time and belongs to a trace. Times are in milliseconds of `performance.now`; now unless given. */
export interface Span {
  readonly context: SpanContext;
  /** Begins a span within this one. What is over the bound of a span is counted and dropped. */
  child(name: string, attributes?: Attributes, startedAt?: number): Span;
  /** Something has happened. What is over the bound of a span is counted and dropped. */
  event(name: string, attributes?: Attributes): void;
  /** It has to do with a span that it is not part of. What is over the bound of a span is counted and dropped. */
  link(context: SpanContext, attributes?: Attributes): void;
  /** Says more of it. */
  describe(attributes: Attributes): void;
  /** It is over, and has failed where an error is given: a kind of error, and not what the error says. Only the first time counts. */
  end(endedAt?: number, error?: string): void;
}

const storage = new AsyncLocalStorage<Span>();
let isUsed = false;

/** The span within which this runs; undefined where nothing is traced, which costs next to nothing. */
export function currentSpan(): Span | undefined {
  return isUsed ? storage.getStore() : undefined;
}

/** Runs something, and whatever it starts, within a span. */
export function runWithSpan<T>(span: Span, run: () => T): T {
  isUsed = true;
  return storage.run(span, run);
}

/** Runs something, and whatever it starts, within no span: what works for many calls belongs to none of them. */
export function runWithoutSpan<T>(run: () => T): T {
  return isUsed ? storage.exit(run) : run();
}

/** Runs something that takes time of its own as a span of that name, where it runs within one. */
export function inSpan<T>(name: string, run: () => T): T {
  const span = currentSpan()?.child(name);
  if (span === undefined) return run();
  try {
    return run();
  } catch (error) {
    span.end(undefined, error instanceof Error ? error.name : typeof error);
    throw error;
  } finally {
    span.end();
  }
}
