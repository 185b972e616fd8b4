/** How many rows that cannot be read are reported. */
const MAX_REPORTS = 100;

/** Reports a row that cannot be read, once; `row` says which it is. */
export type ReportUnreadable = (row: string, error: unknown) => void;

/** Makes what reports rows that cannot be read, in words for an operator: each once, and no more than a hundred. */
export function reportOnce(report: (what: string, error: unknown) => void): ReportUnreadable {
  const reported = new Set<string>();
  return (row, error) => {
    if (reported.has(row) || reported.size >= MAX_REPORTS) return;
    reported.add(row);
    report(`${row} cannot be read and is left out`, error);
  };
}
