import type { Harness } from "../harness.ts";
import type { Subject } from "../row.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

/**
 * The same in a fresh process each time, warmed up for as long as it is measured. From one process to the next a call takes up to a sixth more or less, by what became of
 * its code and where its memory is: a row that looks for less than that asks as many as it has rounds. A profile looks into one.
 */
export function inFreshProcess(server: ServerSpec, subjectOf: (server: ServerSpec) => Subject): Subject {
  const subject = subjectOf(server);
  return {
    ...subject,
    open: async (harness) =>
      harness.settings.nodeFlags.length > 0
        ? subject.open(harness)
        : { sample: (seconds) => sampleFresh(subjectOf, { ...server }, harness, seconds) },
  };
}

async function sampleFresh(
  subjectOf: (server: ServerSpec) => Subject,
  server: ServerSpec,
  harness: Harness,
  seconds: number,
): Promise<number> {
  const { sample, server: running } = await subjectOf(server).open(harness);
  await sample(seconds);
  const figure = await sample(seconds);
  await running?.stop();
  return figure;
}
