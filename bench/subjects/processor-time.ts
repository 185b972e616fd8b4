import { processorSeconds } from "../process-figures.ts";
import type { Measurement, Subject } from "../row.ts";

/** A subject that answers calls, as the processor time that its server uses for each of them, in microseconds. */
export function processorTimeOf(subject: Subject): Subject {
  return {
    ...subject,
    whyNot: (purpose) =>
      processorSeconds(process.pid) === undefined
        ? "there is no /proc to read processor time from"
        : subject.whyNot?.(purpose),
    async open(harness) {
      const measurement = await subject.open(harness);
      return { ...measurement, sample: (seconds) => sampleProcessorTime(measurement, seconds) };
    },
  };
}

async function sampleProcessorTime({ server, sample, counted }: Measurement, seconds: number): Promise<number> {
  const start = performance.now();
  const before = server?.processorSeconds();
  const rate = await sample(seconds);
  const after = server?.processorSeconds();
  if (before === undefined || after === undefined) throw new Error("the processor time of the server is not known");
  // To start a load takes time in which nothing is counted.
  const count = counted?.() ?? rate * ((performance.now() - start) / 1_000);
  return ((after - before) / count) * 1e6;
}
