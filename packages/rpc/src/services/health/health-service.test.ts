import { Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../../gen/grpc/health/v1/health_pb.ts";
import { createHealth } from "./health.ts";
import { createHealthService } from "./health-service.ts";

function createFixture() {
  const health = createHealth();
  health.add(["a.A"]);
  const transport = createRouterTransport(({ service }) => service(Health, createHealthService({ health })));
  return { health, client: createClient(Health, transport) };
}

describe("the health service", () => {
  it("checks a service and the server as a whole", async () => {
    const { health, client } = createFixture();
    expect(await client.check({})).toMatchObject({ status: Status.SERVING });
    health.setObstacle("the disk is full");
    expect(await client.check({ service: "a.A" })).toMatchObject({ status: Status.NOT_SERVING });
  });

  it("rejects a service that is not there", async () => {
    const { client } = createFixture();
    await expect(client.check({ service: "b".repeat(200) })).rejects.toMatchObject({
      code: Code.NotFound,
      rawMessage: `no such service: ${"b".repeat(100)}…`,
    });
  });

  it("lists every service", async () => {
    const { statuses } = await createFixture().client.list({});
    expect(statuses).toMatchObject({ "": { status: Status.SERVING }, "a.A": { status: Status.SERVING } });
  });

  it("notifies watchers of each change", async () => {
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
