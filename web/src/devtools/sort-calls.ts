import type { RecordedCall } from "@triptych/rpc-web";
import { callKind } from "./call-kind.ts";
import { callOutcome } from "./call-outcome.ts";
import { protocolLabel } from "./protocol-label.ts";

/** What calls can be sorted by. */
export type SortColumn = "protocol" | "method" | "kind" | "status" | "time" | "out" | "in" | "frames";

/** The order of a list; as they were made where there is none. */
export interface Sorting {
  readonly column: SortColumn;
  readonly descending: boolean;
}

const sortedBy: Readonly<Record<SortColumn, (call: RecordedCall, now: number) => string | number>> = {
  protocol: ({ protocol }) => protocolLabel(protocol),
  method: ({ path }) => path.split("/").at(-1) ?? path,
  kind: callKind,
  status: (call) => callOutcome(call).label,
  time: ({ endedAfter, state, startedAt }, now) => endedAfter ?? (state === "open" ? now - startedAt : -1),
  out: ({ sentBytes }) => sentBytes,
  in: ({ receivedBytes }) => receivedBytes,
  frames: ({ sentFrames, receivedFrames }) => sentFrames + receivedFrames,
};

/** The calls in an order, those that are alike as they were made. `now` is a time on the clock of the calls. */
export function sortCalls(
  calls: readonly RecordedCall[],
  sorting: Sorting | undefined,
  now: number,
): readonly RecordedCall[] {
  if (sorting === undefined) return calls;
  const sign = sorting.descending ? -1 : 1;
  const keyed = calls.map((call) => ({ call, value: sortedBy[sorting.column](call, now) }));
  return keyed.sort((a, b) => sign * compare(a.value, b.value)).map(({ call }) => call);
}

/** What pressing the name of a column leads to: its order, then the other way round, then as the calls were made. Numbers begin with the largest. */
export function nextSorting(sorting: Sorting | undefined, column: SortColumn): Sorting | undefined {
  const first = { column, descending: column === "time" || column === "out" || column === "in" || column === "frames" };
  if (sorting?.column !== column) return first;
  return sorting.descending === first.descending ? { column, descending: !first.descending } : undefined;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}
