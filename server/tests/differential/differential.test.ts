import type { Interceptor } from "@connectrpc/connect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCertificate } from "../../src/certificate.ts";
import { plannedInterceptor } from "../scripted/planned-interceptor.ts";
import { callArbitrary } from "./call-arbitrary.ts";
import { isAlike } from "./improvements.ts";
import { createPairClient, HTTP_VERSIONS } from "./send-to-pair.ts";
import { type ServerPair, servePair } from "./serve-pair.ts";

/** How many calls to make in each of the eight tests. */
const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 150);
/**
 * Where the generator of calls starts, which a failure tells: the same calls in each run of the suite, so that it fails for a change and not for
 * its luck. `DIFFERENTIAL_SEED=random`, with more runs, looks for what no run has found yet.
 */
const SEED = process.env.DIFFERENTIAL_SEED ?? "20261129";

const seed = SEED === "random" ? {} : { seed: Number(SEED) };
const PROPERTY_LIMIT_MS = 15_000 + RUNS * 50;
const TIME_LIMIT_MS = PROPERTY_LIMIT_MS + 20_000;

const NONE: readonly Interceptor[] = [];
const PLANNED = [plannedInterceptor("outer"), plannedInterceptor("inner")];

describe.each([
  { what: "without interceptors", interceptors: NONE, isEncrypted: false },
  { what: "with interceptors", interceptors: PLANNED, isEncrypted: false },
  { what: "over TLS", interceptors: NONE, isEncrypted: true },
  { what: "over TLS with interceptors", interceptors: PLANNED, isEncrypted: true },
])("a server $what", ({ interceptors, isEncrypted }) => {
  let pair: ServerPair;

  beforeAll(async () => {
    pair = await servePair(interceptors, isEncrypted ? await loadCertificate({ kind: "self-signed" }) : undefined);
  });

  afterAll(async () => {
    await Promise.all([pair.served.close(), pair.oracle.close()]);
  });

  it.each(HTTP_VERSIONS)(
    "answers any call over %s as the library does",
    async (version) => {
      using client = createPairClient(version, pair);
      await fc.assert(
        fc.asyncProperty(callArbitrary(interceptors.length > 0), async (call) => {
          const { served, oracle } = await client.send(call);
          // What is meant to be better need not be the same; anything else shows what differs.
          expect(served).toEqual(isAlike(call, served, oracle) ? served : oracle);
        }),
        { numRuns: RUNS, interruptAfterTimeLimit: PROPERTY_LIMIT_MS, markInterruptAsFailure: true, ...seed },
      );
    },
    TIME_LIMIT_MS,
  );
});
