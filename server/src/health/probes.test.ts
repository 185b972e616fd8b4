import { createHealth } from "@triptych/rpc/services/health/health.ts";
import { describe, expect, it } from "vitest";
import { createProbes } from "./probes.ts";

function createFixture(obstacle?: string) {
  const health = createHealth();
  const probes = createProbes(health, async () => health.setObstacle(obstacle));
  const probe = async (path: string) => {
    const answer = await probes(path);
    return answer && { ...answer, body: JSON.parse(answer.body) };
  };
  return { health, probe };
}

describe("the probes", () => {
  it("say that the process is alive, whatever else it is", async () => {
    const { health, probe } = createFixture("the disk is full");
    await health.shutDown();
    expect(await probe("/healthz")).toEqual({ status: 200, body: { status: "alive" } });
  });

  it("say that the server is ready", async () => {
    expect(await createFixture().probe("/readyz")).toEqual({ status: 200, body: { status: "ready" } });
  });

  it("ask the store, and give its reason", async () => {
    const body = { status: "not ready", reason: "the disk is full" };
    expect(await createFixture("the disk is full").probe("/readyz")).toEqual({ status: 503, body });
  });

  it("say that the server is shutting down", async () => {
    const { health, probe } = createFixture();
    await health.shutDown();
    const body = { status: "not ready", reason: "the server is shutting down" };
    expect(await probe("/readyz")).toEqual({ status: 503, body });
  });

  it.each(["/", "/readyz/", "/healthz.html", "/metrics"])("leave %s alone", async (path) => {
    expect(await createFixture().probe(path)).toBeUndefined();
  });
});
