import type { CallOptions } from "@connectrpc/connect";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import type { CallStyle } from "@triptych/testkit/clients/transports.ts";
import { expect, it } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import type { StartedServer } from "../src/testing/start-server.ts";

/** A call that lasts until it is cancelled or its deadline has passed. */
export interface LastingCall {
  readonly server: StartedServer;
  /** Its full name, such as `triptych.greeter.v1.GreeterService/WatchGreetings`. */
  readonly method: string;
  readonly style: CallStyle;
  readonly open: (options: CallOptions) => AsyncIterable<unknown>;
}

const TIMEOUT = { timeout: 5_000, interval: 5 };

/** Shows that the handler of a lasting call hears of its deadline and of its client's leaving, and ends. */
export function itEndsWithItsClient({ server, method, style, open }: LastingCall): void {
  const protocol = protocolOf(style);
  const late = () => server.readMetric("rpc_calls_total", { method, protocol, code: "DeadlineExceeded" });
  const inFlight = () => server.readMetric("rpc_calls_in_flight", { method });
  const running = () => server.server.runningHandlers();

  it("is ended by the server at the deadline, which the handler hears of", async () => {
    const before = await late();
    // As headers alone: the client must not end the call by itself.
    const headers = { "grpc-timeout": "30m", "connect-timeout-ms": "30" };
    expect(await refusalOf(open({ headers }))).toMatchObject({ code: "DeadlineExceeded" });
    await expect.poll(late, TIMEOUT).toBe(before + 1);
    await expect.poll(running, TIMEOUT).toBe(0);
  });

  it("fails at the timeout that its client sets", async () => {
    expect(await refusalOf(open({ timeoutMs: 30 }))).toMatchObject({ code: "DeadlineExceeded" });
    await expect.poll(running, TIMEOUT).toBe(0);
  });

  it("ends at the server when its client leaves", async () => {
    await using stream = openStream(open);
    const next = refusalOf(stream.take(Number.POSITIVE_INFINITY));
    await expect.poll(inFlight, TIMEOUT).toBe(1);
    expect(running()).toBe(1);
    stream.leave();
    expect(await next).toMatchObject({ code: "Canceled" });
    await expect.poll(inFlight, TIMEOUT).toBe(0);
    await expect.poll(running, TIMEOUT).toBe(0);
  });
}

/** Shows that a server stream whose client leaves counts as cancelled. */
export function itCountsAsCanceled({ server, method, style, open }: LastingCall): void {
  const canceled = () =>
    server.readMetric("rpc_calls_total", { method, protocol: protocolOf(style), code: "Canceled" });

  it("counts as cancelled when its client leaves", async () => {
    const before = await canceled();
    await using stream = openStream(open);
    await stream.next();
    stream.leave();
    await expect.poll(canceled, TIMEOUT).toBe(before + 1);
  });
}

/** What `/metrics` calls the protocol of a style. */
function protocolOf(style: CallStyle): string {
  return style.replace(/(-json)? over .*$/, "");
}
