import type { CallRecord } from "./record-call.ts";
import type { RecorderLimits } from "./recorder-limits.ts";

/** The calls that are kept, within limits that hold after every change. */
export interface CallRing {
  /** The calls kept, in the order in which they began. */
  records(): readonly CallRecord[];
  /** How many bytes they keep together, roughly. */
  bytes(): number;
  /** Keeps a call that begins. */
  add(record: CallRecord): void;
  /** A call keeps more now, or less. */
  changed(record: CallRecord): void;
  /** Forgets a call. */
  forget(record: CallRecord): void;
}

/**
 * A ring without calls. Of more than the limits allow, the oldest goes: a call that has ended, or a frame of one that is open, whose latest stays as long as anything else can go. Where
 * nothing else can, open calls go whole, the oldest first, down to none.
 */
export function createCallRing({ calls, totalBytes }: Pick<RecorderLimits, "calls" | "totalBytes">): CallRing {
  /** The bytes that were counted of each; in the order in which they began. */
  const counted = new Map<CallRecord, number>();
  let total = 0;

  const count = (record: CallRecord) => {
    const bytes = record.keptBytes();
    total += bytes - (counted.get(record) ?? 0);
    counted.set(record, bytes);
  };
  const forget = (record: CallRecord) => {
    total -= counted.get(record) ?? 0;
    counted.delete(record);
    record.forget();
  };
  const makeRoom = () => {
    while (counted.size > calls) forgetWhole();
    while (total > totalBytes) {
      const oldest = byAge();
      if (oldest === undefined || !oldest.isOpen() || oldest.oldest() === Number.POSITIVE_INFINITY) forgetWhole();
      else {
        oldest.dropOldest();
        count(oldest);
      }
    }
  };
  /** Forgets the call that ended first, or else the oldest. */
  const forgetWhole = () => {
    const oldest = byAge((record) => !record.isOpen()) ?? counted.keys().next().value;
    if (oldest !== undefined) forget(oldest);
  };
  /** The call with what is oldest; of several alike, the one that began first. */
  const byAge = (isMeant: (record: CallRecord) => boolean = () => true) => {
    let oldest: CallRecord | undefined;
    let age = Number.POSITIVE_INFINITY;
    for (const record of counted.keys()) {
      if (!isMeant(record)) continue;
      const its = record.oldest();
      if (oldest !== undefined && its >= age) continue;
      oldest = record;
      age = its;
    }
    return oldest;
  };

  return {
    records: () => [...counted.keys()],
    bytes: () => total,
    add(record) {
      count(record);
      makeRoom();
    },
    changed(record) {
      count(record);
      makeRoom();
    },
    forget,
  };
}
