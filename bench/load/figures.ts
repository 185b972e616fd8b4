import type { CalmFigures } from "./calm-client.ts";

/** A number of milliseconds with the digits that matter. */
export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

/** A number of bytes in MiB. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** How another client was served, in a line. */
export function describeCalm({ calls, failed, p50, p99, max }: CalmFigures): string {
  const times = `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, longest ${milliseconds(max)}`;
  return `the other client: ${calls} calls, ${failed} failed, ${times}`;
}
