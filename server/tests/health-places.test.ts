import { createClient } from "@connectrpc/connect";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { expect, it } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
/** The places that health checks have when all others are taken. */
const RESERVED = 100;

const server = useServer({ MAX_CALLS_IN_FLIGHT: "1" });

it("a full server takes as many health checks as have a place, and refuses the next", async () => {
  const transport = createTransport("grpc", server.baseUrl);
  const health = createClient(Health, transport);
  await using streams = new AsyncDisposableStack();
  const taking = streams.use(
    openStream((options) => createClient(GreeterService, transport).watchGreetings({}, options)),
  );
  await taking.next();
  const watchers = Array.from({ length: RESERVED }, () => openStream((options) => health.watch({}, options)));
  for (const watcher of watchers) streams.use(watcher);
  await Promise.all(watchers.map((watcher) => watcher.next()));
  expect(await refusalOf(health.check({}))).toMatchObject({ code: "ResourceExhausted" });
  watchers[0]?.leave();
  await expect.poll(() => server.readMetric("rpc_calls_open"), TIMEOUT).toBe(RESERVED);
  expect(await health.check({})).toMatchObject({ status: 1 });
});
