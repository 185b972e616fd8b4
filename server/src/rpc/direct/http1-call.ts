import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectError } from "@connectrpc/connect";
import { Http1Reply } from "./http1-reply.ts";
import { type Arrival, type DirectPathState, IncomingCall, ignore, onClose } from "./incoming-call.ts";
import { closeReason } from "./leave-reason.ts";
import type { BodyRead } from "./read-body.ts";

/** A call over HTTP/1.1. */
export class Http1Call extends IncomingCall {
  private readonly request: IncomingMessage;
  private readonly response: ServerResponse;

  constructor(
    state: DirectPathState,
    arrival: Arrival,
    { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
    origin: string,
  ) {
    super(state, arrival, { body: request, answer: response, reply: new Http1Reply(response, arrival.common), origin });
    this.request = request;
    this.response = response;
  }

  override start(): void {
    super.start();
    this.follow(this.response);
    this.response.on("error", ignore);
    this.response.on("close", onClose);
  }

  override closed(): void {
    this.unfollow(this.response);
    super.closed();
  }

  protected override leaveReason(): ConnectError | undefined {
    return closeReason(this.request.errored);
  }

  protected override giveUp(body: BodyRead): void {
    this.serveByLibrary(this.request, this.response, body);
  }
}
