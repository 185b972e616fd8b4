import { quoted } from "../domain/quoted.ts";

/** A row that could not be used. */
export interface BadRow {
  readonly file: string;
  /** Counted from 1, the header included. */
  readonly line: number;
  /** What is wrong, wanted then got. */
  readonly reason: string;
}

const MAX_ECHO = 60;

/** The beginning of a text in quotation marks, for messages. */
export function echo(text: string): string {
  return quoted(text, MAX_ECHO);
}
