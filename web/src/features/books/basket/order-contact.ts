/** What is written beside the books to order them. */
export interface OrderContact {
  /** The phone number to call back. */
  readonly phone: string;
  /** Anything else to say; empty for nothing. */
  readonly note: string;
}
