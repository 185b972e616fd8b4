/** A result that was kept. */
export interface HistoryEntry {
  /** The expression without space around it. */
  readonly expression: string;
  /** How many significant digits were asked for. */
  readonly digits: number;
  /** In decimal notation. */
  readonly value: string;
  readonly exact: boolean;
}

/**
 * Reads a history from JSON and leaves out what is no entry.
 * @throws SyntaxError for what is not JSON.
 */
export function parseHistory(json: string): readonly HistoryEntry[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter(isHistoryEntry) : [];
}

function isHistoryEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== "object" || value === null) return false;
  const { expression, digits, value: result, exact } = value as Partial<Record<keyof HistoryEntry, unknown>>;
  return (
    typeof expression === "string" &&
    typeof digits === "number" &&
    typeof result === "string" &&
    typeof exact === "boolean"
  );
}
