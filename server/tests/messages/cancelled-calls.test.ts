import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { expect, it } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 5_000, interval: 10 };

it("cost a WebSocket its connection when they are more than a client of HTTP/2 may reset", async () => {
  const served = await serveGreeter({ sayHello: () => ({}) });
  try {
    const client = await openCallClient(served.baseUrl);
    const cancelSome = (count: number) => {
      for (let index = 0; index < count; index++) client.call(GreeterService.method.sayHello).cancel();
    };
    cancelSome(2_000);
    const call = client.call(GreeterService.method.sayHello);
    await call.send({ name: "Ada" });
    call.end();
    expect((await call.trailers).get("grpc-status")).toBe("0");
    cancelSome(20_000);
    const { code, reason } = await client.closed;
    expect(code).toBe(1008);
    expect(reason).toBe("at most 2000 calls may be cancelled at once, then 200 a second");
    await client.goAway;
    await expect.poll(() => served.rpc.running.count, TIMEOUT).toBe(0);
    await expect.poll(() => served.rpc.calls.count, TIMEOUT).toBe(0);
  } finally {
    await served.close();
  }
});
