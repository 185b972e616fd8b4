import type { Health } from "@triptych/rpc/services/health/health.ts";
import type { StoreCheck } from "./store-check.ts";

/** What a probe over plain HTTP is answered. */
export interface ProbeAnswer {
  /** The status of HTTP: 200 is yes, 503 is no. */
  readonly status: 200 | 503;
  /** The answer in JSON. */
  readonly body: string;
}

/** Answers the probe of a path; undefined when the path is none. Never rejects. */
export type Probes = (path: string) => Promise<ProbeAnswer> | undefined;

/**
 * Creates the probes: `/healthz`, which any process that is alive answers with 200, and `/readyz`, which asks the store and answers with
 * 503 and the reason while the server should be sent no calls.
 */
export function createProbes(health: Health, checkStore: StoreCheck): Probes {
  async function ready(): Promise<ProbeAnswer> {
    await checkStore();
    const reason = health.obstacle;
    return reason === undefined ? answer(200, { status: "ready" }) : answer(503, { status: "not ready", reason });
  }

  return (path) => {
    if (path === "/healthz") return Promise.resolve(answer(200, { status: "alive" }));
    return path === "/readyz" ? ready() : undefined;
  };
}

function answer(status: ProbeAnswer["status"], body: Readonly<Record<string, string>>): ProbeAnswer {
  return { status, body: `${JSON.stringify(body)}\n` };
}
