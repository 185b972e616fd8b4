import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Reply, WholeAnswer } from "./reply.ts";

/** Answers over HTTP/1.1, where no protocol of the direct path has trailers. */
export class Http1Reply implements Reply {
  private readonly response: ServerResponse;
  /** Sent with every answer. */
  private readonly common: OutgoingHttpHeaders;

  constructor(response: ServerResponse, common: OutgoingHttpHeaders) {
    this.response = response;
    this.common = common;
  }

  get gone(): boolean {
    return this.response.destroyed;
  }

  send({ status, headers, body }: WholeAnswer): void {
    this.response.writeHead(status, { ...this.common, ...headers });
    this.response.end(body);
  }

  head(headers: OutgoingHttpHeaders): void {
    this.response.writeHead(200, { ...this.common, ...headers });
    this.response.flushHeaders();
  }

  write(bytes: Uint8Array): boolean {
    return this.response.write(bytes);
  }

  onDrain(resume: () => void): void {
    this.response.once("drain", resume);
  }

  end(bytes: Uint8Array | undefined): void {
    this.response.end(bytes);
  }

  destroy(): void {
    this.response.destroy();
  }
}
