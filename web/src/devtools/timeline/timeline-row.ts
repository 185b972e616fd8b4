/** A step of a call on the axis of its time. Times are in milliseconds since the call began in the browser. */
export interface TimelineRow {
  readonly key: string;
  readonly name: string;
  /** How many steps it is within. */
  readonly depth: number;
  readonly from: number;
  /** Undefined while it goes on. */
  readonly to: number | undefined;
  /** When something happened in it, such as a message. */
  readonly marks: readonly number[];
  /** How often; more than there are marks where not all are kept. */
  readonly count: number;
  /** What it failed with; empty where it did not. */
  readonly error: string;
}
