import { createClient } from "@connectrpc/connect";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../testing/in-memory-transport.ts";
import { openStream } from "../testing/open-stream.ts";
import { refusalOf } from "../testing/refusal.ts";
import { createHealth } from "./domain/health.ts";
import { createHealthService } from "./health-service.ts";

function createFixture() {
  const health = createHealth();
  health.add(["a.A"]);
  const transport = createInMemoryTransport(({ service }) => service(Health, createHealthService({ health })));
  return { health, client: createClient(Health, transport) };
}

describe("the health service", () => {
  it("checks a service and the server as a whole", async () => {
    const { health, client } = createFixture();
    expect(await client.check({})).toMatchObject({ status: Status.SERVING });
    health.setStoreObstacle("the disk is full");
    expect(await client.check({ service: "a.A" })).toMatchObject({ status: Status.NOT_SERVING });
  });

  it("refuses a service that is not there", async () => {
    const { client } = createFixture();
    expect(await refusalOf(client.check({ service: "b".repeat(200) }))).toMatchObject({
      code: "NotFound",
      message: `no such service: ${"b".repeat(100)}…`,
    });
  });

  it("lists every service", async () => {
    const { statuses } = await createFixture().client.list({});
    expect(statuses).toMatchObject({ "": { status: Status.SERVING }, "a.A": { status: Status.SERVING } });
  });

  it("tells watchers of each change", async () => {
    const { health, client } = createFixture();
    await using known = openStream((options) => client.watch({ service: "a.A" }, options));
    await using unknown = openStream((options) => client.watch({ service: "a.B" }, options));
    expect(await known.next()).toMatchObject({ status: Status.SERVING });
    expect(await unknown.next()).toMatchObject({ status: Status.SERVICE_UNKNOWN });
    health.add(["a.B"]);
    expect(await unknown.next()).toMatchObject({ status: Status.SERVING });
    void health.shutDown();
    expect(await known.next()).toMatchObject({ status: Status.NOT_SERVING });
  });
});
