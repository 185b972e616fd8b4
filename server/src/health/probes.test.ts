import { describe, expect, it } from "vitest";
import { createHealth } from "./domain/health.ts";
import { createProbes } from "./probes.ts";

function createFixture(storeAnswers: boolean) {
  const health = createHealth();
  const probes = createProbes(health, async () => health.setStoreAnswers(storeAnswers));
  const probe = async (path: string) => {
    const answer = await probes(path);
    return answer && { ...answer, body: JSON.parse(answer.body) };
  };
  return { health, probe };
}

describe("the probes", () => {
  it("say that the process is alive, whatever else it is", async () => {
    const { health, probe } = createFixture(false);
    await health.shutDown();
    expect(await probe("/healthz")).toEqual({ status: 200, body: { status: "alive" } });
  });

  it("say that the server is ready", async () => {
    expect(await createFixture(true).probe("/readyz")).toEqual({ status: 200, body: { status: "ready" } });
  });

  it("ask the store", async () => {
    const body = { status: "not ready", reason: "the store does not answer" };
    expect(await createFixture(false).probe("/readyz")).toEqual({ status: 503, body });
  });

  it("say that the server is shutting down", async () => {
    const { health, probe } = createFixture(true);
    await health.shutDown();
    const body = { status: "not ready", reason: "the server is shutting down" };
    expect(await probe("/readyz")).toEqual({ status: 503, body });
  });

  it.each(["/", "/readyz/", "/healthz.html", "/metrics"])("leave %s alone", async (path) => {
    expect(await createFixture(true).probe(path)).toBeUndefined();
  });
});
