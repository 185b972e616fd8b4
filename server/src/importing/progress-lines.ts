import type { ImportProgress, OnImportProgress } from "./import-progress.ts";

/** Where progress is shown. */
export interface ProgressOutput {
  write(text: string): void;
  /** Whether it is a terminal, where a line can be written over. */
  readonly isTerminal: boolean;
  /** How many characters fit on a line of the terminal. */
  columns(): number;
  /** The time in milliseconds. */
  now(): number;
}

/** Shows how far an import is. */
export interface ProgressLines {
  readonly show: OnImportProgress;
  /** Takes the bar away, so that something else can be written. */
  clear(): void;
}

/** How long what is shown stays at least, in milliseconds: a bar that moves, or a line now and then. */
const EVERY_MS = { terminal: 100, lines: 2_000 };
/** From how much done in this run on the time left is worth telling. */
const ENOUGH_DONE = 0.02;
const BAR = 24;

/** Shows progress as a bar on a terminal, and elsewhere as a line for each step and now and then. */
export function createProgressLines({ write, isTerminal, columns, now }: ProgressOutput): ProgressLines {
  const started = now();
  const everyMs = isTerminal ? EVERY_MS.terminal : EVERY_MS.lines;
  let first: ImportProgress | undefined;
  let step = { name: "", at: started, rows: 0 };
  let shownAt = Number.NEGATIVE_INFINITY;
  let width = 0;

  return {
    show(progress) {
      const at = now();
      const isNew = progress.step !== step.name;
      if (isNew) step = { name: progress.step, at, rows: progress.rows };
      // What an earlier run did says nothing about the speed of this one.
      if (progress.done > 0) first ??= progress;
      if (!isNew && at - shownAt < everyMs) return;
      shownAt = at;
      const rate = ratePerSecond(progress.rows - step.rows, at - step.at);
      const left = secondsLeft(progress.done, first?.done ?? 0, at - started);
      const parts = [progress.step, rowsText(progress.rows), rate, left].filter((part) => part !== "");
      if (!isTerminal) {
        write(`${percent(progress.done)} ${parts.join(", ")}\n`);
        return;
      }
      const line = `${bar(progress.done)} ${percent(progress.done)} ${parts.join(", ")}`.slice(0, columns() - 1);
      write(`\r${line.padEnd(width)}`);
      width = line.length;
    },
    clear() {
      if (width > 0) write(`\r${" ".repeat(width)}\r`);
      width = 0;
    },
  };
}

function bar(done: number): string {
  const full = Math.round(done * BAR);
  return `[${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
}

function percent(done: number): string {
  return `${Math.floor(100 * done)}%`.padStart(4);
}

function rowsText(rows: number): string {
  return rows === 0 ? "" : `${rows.toLocaleString("en")} rows`;
}

function ratePerSecond(rows: number, milliseconds: number): string {
  if (rows <= 0 || milliseconds < 500) return "";
  return `${Math.round((1_000 * rows) / milliseconds).toLocaleString("en")} rows/s`;
}

function secondsLeft(done: number, firstDone: number, milliseconds: number): string {
  const here = done - firstDone;
  if (here < ENOUGH_DONE) return "";
  const seconds = Math.ceil(((1 - done) / here) * (milliseconds / 1_000));
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${seconds % 60} s left` : `${seconds} s left`;
}
