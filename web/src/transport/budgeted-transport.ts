import { Code, ConnectError, type StreamResponse, type Transport } from "@connectrpc/connect";
import type { DivertedStreams } from "./diverted-streams.ts";
import type { StreamBudget, StreamPermit } from "./stream-budget.ts";

/** What a transport with a budget works with. */
export interface BudgetedTransportOptions {
  /** Carries every call, and the streams that the budget has a connection for. */
  readonly http: Transport;
  /** The transport over the WebSocket of the tab, for all other streams. */
  webSocket(): Transport;
  readonly budget: StreamBudget;
  /** Where the streams are listed that go over the WebSocket. */
  readonly diverted: DivertedStreams;
}

/**
 * A transport whose streams never take the connections that unary calls need: those that the budget has no connection
 * for go over the WebSocket. A connection is given back when its stream has ended, was cancelled, or is not read on.
 */
export function budgetedTransport({ http, webSocket, budget, diverted }: BudgetedTransportOptions): Transport {
  return {
    unary: (...call) => http.unary(...call),
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      // The other kinds of streams exist over a WebSocket only.
      if (method.methodKind !== "server_streaming") {
        return http.stream(method, signal, timeoutMs, header, input, contextValues);
      }
      const permit = await budget.request();
      const left = new AbortController();
      const cancelled = signal === undefined ? left.signal : AbortSignal.any([signal, left.signal]);
      const finish = begin(permit, method.name, diverted);
      cancelled.addEventListener("abort", finish, { once: true });
      const leave = () => {
        finish();
        // A reader that stops wants no more; the transport learns that by the signal only.
        left.abort();
      };
      try {
        if (cancelled.aborted) throw ConnectError.from(cancelled.reason, Code.Canceled);
        const transport = permit.carrier === "http" ? http : webSocket();
        const response = await transport.stream(method, cancelled, timeoutMs, header, input, contextValues);
        return whenOver(response, leave);
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

/** Lists the stream if it is diverted. Returns what its end undoes. */
function begin(permit: StreamPermit, method: string, diverted: DivertedStreams): () => void {
  return permit.carrier === "http" ? permit.release : diverted.add({ method, reason: permit.reason });
}

/** The response, which calls back when its messages have ended, have failed, or are not read on. */
function whenOver<Response extends StreamResponse>(response: Response, onOver: () => void): Response {
  return { ...response, message: { [Symbol.asyncIterator]: () => untilOver(response.message, onOver) } };
}

// No generator: its end would have to wait for the message that it waits for.
function untilOver<T>(messages: AsyncIterable<T>, onOver: () => void): AsyncIterator<T> {
  const iterator = messages[Symbol.asyncIterator]();
  return {
    async next() {
      try {
        const result = await iterator.next();
        if (result.done) onOver();
        return result;
      } catch (error) {
        onOver();
        throw error;
      }
    },
    async return() {
      onOver();
      iterator.return?.().catch(() => {});
      return { done: true, value: undefined };
    },
  };
}
