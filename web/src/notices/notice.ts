/** A short message about something that has happened. */
export interface Notice {
  /** Tells notices apart; made by the provider. */
  readonly id: number;
  readonly kind: "success" | "error" | "info";
  /** One sentence. */
  readonly text: string;
  /** The error behind it, whose code is shown beside the sentence. */
  readonly error?: unknown;
  /** What can be done about it. A notice with an action stays until it is dismissed. */
  readonly action?: NoticeAction;
}

/** A button in a notice. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** How long a notice stays, in milliseconds: long enough to read, longer where something went wrong. */
export function noticeDuration({ kind, text }: Pick<Notice, "kind" | "text">): number {
  const reading = 3_000 + text.length * 50;
  return kind === "error" ? Math.max(8_000, reading * 1.5) : Math.max(4_000, reading);
}
