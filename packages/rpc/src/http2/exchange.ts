import { ExchangeRequest } from "./exchange-request.ts";
import { ExchangeResponse } from "./exchange-response.ts";
import type { Http2Stream, RequestHead, StreamCloseCause, StreamConsumer } from "./face.ts";

/** A request and its response, for listeners that are written for Node's. */
export interface Exchange {
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse;
}

/**
 * Makes a request and a response of a stream, as its consumer: for what is no call, such as pages. What is not read of the request is
 * dropped after the response.
 */
export function createExchange(stream: Http2Stream, head: RequestHead, endStream: boolean): Exchange {
  const request = new ExchangeRequest(stream, head);
  const response = new ExchangeResponse(stream, head.method);
  stream.consumer = new ExchangeConsumer(request, response);
  if (endStream) request.receiveEnd();
  return { request, response };
}

class ExchangeConsumer implements StreamConsumer {
  private readonly request: ExchangeRequest;
  private readonly response: ExchangeResponse;

  constructor(request: ExchangeRequest, response: ExchangeResponse) {
    this.request = request;
    this.response = response;
  }

  data(chunk: Uint8Array): void {
    this.request.receive(chunk);
  }

  end(): void {
    this.request.receiveEnd();
  }

  closed(cause: StreamCloseCause): void {
    if (!this.request.complete) this.request.destroy();
    // One that is out finishes by itself.
    if (cause.kind !== "completed") this.response.destroy();
  }

  drained(): void {
    this.response.resumeWriting();
  }
}
