import { once } from "node:events";
import { connect, constants } from "node:http2";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { describe, expect, it, vi } from "vitest";
import { useServer } from "../src/testing/use-server.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";

vi.setConfig({ testTimeout: 60_000 });

const server = useServer({ MAX_CONNECTION_AGE_SECONDS: "1", MAX_CONNECTION_AGE_GRACE_SECONDS: "1" });

describe("a connection that comes of age", () => {
  it("is told to be left, and a stream of it ends with UNAVAILABLE, before it is closed", async () => {
    const session = connect(server.baseUrl);
    const seen: string[] = [];
    session.on("goaway", (code) => seen.push(`goaway ${code}`));
    const path = `/${GreeterService.typeName}/WatchGreetings`;
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc+proto",
      te: "trailers",
    });
    stream.on("trailers", (trailers) =>
      seen.push(
        `status ${trailers["grpc-status"]}: ${decodeURIComponent(String(trailers["grpc-message"]))}`,
        `again after ${trailers["grpc-retry-pushback-ms"]} ms`,
      ),
    );
    stream.end(Buffer.alloc(5));
    stream.resume();
    await once(session, "close");
    // A first one, and one that names the last stream.
    expect(seen).toEqual([
      `goaway ${constants.NGHTTP2_NO_ERROR}`,
      `goaway ${constants.NGHTTP2_NO_ERROR}`,
      "status 14: the connection has come of age: call again",
      "again after 0 ms",
    ]);
  });

  it("fails no call of a client of gRPC", async () => {
    using client = createGrpcJsClient(server.baseUrl);
    const isOver = once(AbortSignal.timeout(5_000), "abort").then(() => true);
    let calls = 0;
    while (
      !(await Promise.race([isOver, client.unary(GreeterService.method.sayHello, { name: "Ada" }).then(() => false)]))
    )
      calls++;
    expect(calls).toBeGreaterThan(0);
  });
});
