import { Http2ServerRequest, Http2ServerResponse, type ServerHttp2Stream } from "node:http2";
import type { ConnectError } from "@connectrpc/connect";
import { Http2Reply } from "./http2-reply.ts";
import { type Arrival, type DirectPathState, IncomingCall, onClose } from "./incoming-call.ts";
import { resetReason } from "./leave-reason.ts";
import type { BodyRead } from "./read-body.ts";

/** A call on a stream of HTTP/2. */
export class Http2Call extends IncomingCall {
  private readonly stream: ServerHttp2Stream;

  constructor(state: DirectPathState, arrival: Arrival, stream: ServerHttp2Stream, origin: string) {
    super(state, arrival, { body: stream, answer: stream, reply: new Http2Reply(stream, arrival.common), origin });
    this.stream = stream;
  }

  override start(): void {
    super.start();
    this.stream.on("close", onClose);
  }

  protected override leaveReason(): ConnectError | undefined {
    return resetReason(this.stream.rstCode ?? 0);
  }

  protected override giveUp(body: BodyRead): void {
    const request = new Http2ServerRequest(this.stream, this.arrival.headers, {}, []);
    const response = new Http2ServerResponse(this.stream) as Http2ServerResponse & { flushHeaders(): void };
    this.serveByLibrary(request, response, body);
  }
}
