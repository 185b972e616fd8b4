/** A profile as V8 writes it: which function was on the processor at each sample. Times are microseconds of the monotonic clock. */
export interface CpuProfile {
  readonly startTime: number;
  readonly nodes: readonly ProfileNode[];
  /** The id of the node at each sample. */
  readonly samples: readonly number[];
  /** The time from the sample before to each sample. */
  readonly timeDeltas: readonly number[];
}

/** A function, as called by that of its parent. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly children?: readonly number[];
}

/** A function and where it is; what is built into V8 has no URL. */
export interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

/** A span of the monotonic clock, in microseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Now, on the clock of profiles. */
export function profileNow(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

/** Sums up how long each node was itself on the processor within a span, in microseconds. */
export function selfTimes({ startTime, samples, timeDeltas }: CpuProfile, { start, end }: Span): Map<number, number> {
  const times = new Map<number, number>();
  let now = startTime;
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    now += delta;
    if (now >= start && now <= end) times.set(id, (times.get(id) ?? 0) + delta);
  }
  return times;
}
