/** Which traces are kept, by the names of `OTEL_TRACES_SAMPLER`. */
export const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** How traces are chosen. */
export interface Sampling {
  readonly sampler: (typeof SAMPLERS)[number];
  /** Of how many traces one is kept, from 0 to 1, where the sampler goes by that. */
  readonly ratio: number;
}

/** Whether a trace is kept; what its parent said, where there is a parent that is trusted. */
export type Sampler = (traceId: string, isParentSampled: boolean | undefined) => boolean;

/** Makes what chooses traces. One that goes by a ratio chooses the same traces on every server. */
export function createSampler({ sampler, ratio }: Sampling): Sampler {
  const own = ownSampler(sampler.replace("parentbased_", ""), ratio);
  if (!sampler.startsWith("parentbased_")) return own;
  return (traceId, isParentSampled) => isParentSampled ?? own(traceId);
}

function ownSampler(name: string, ratio: number): (traceId: string) => boolean {
  if (name === "always_on") return () => true;
  if (name === "always_off") return () => false;
  // The last 56 bits of the id are random, by the second level of Trace Context.
  const bound = ratio * 2 ** 56;
  return (traceId) => Number.parseInt(traceId.slice(18), 16) < bound;
}
