import { hasCoresFor } from "../cores.ts";
import type { Row, Subject } from "../row.ts";
import { processorTimeOf } from "./processor-time.ts";

/** The same work done by one process and by two. */
export interface OneAndTwo extends Pick<Row, "name" | "title"> {
  /** What is counted, such as `calls`. */
  readonly counted: string;
  /** Whose figures are how many of these they do a second. */
  readonly one: Subject;
  readonly two: Subject;
}

/**
 * The row of what two processes do beside one: how much more, where each gets a core of its own; else by how much the processor time of all for each
 * call grows, which is what a second core could not make up for.
 */
export function oneAndTwo({ name, title, counted, one, two }: OneAndTwo): Row {
  const ratio = { of: two.name, per: one.name };
  if (hasCoresFor(2)) {
    const targets = [{ ...ratio, bound: "≥", value: 1.5 }] as const;
    return { name, title, unit: `${counted}/s`, subjects: [one, two], targets };
  }
  return {
    name,
    title: `${title}, processor time of each of the ${counted}`,
    unit: "µs",
    subjects: [one, two].map(processorTimeOf),
    targets: [{ ...ratio, bound: "≤", value: 1.1 }],
  };
}
