/**
 * How many calls may be made again, beside those that go well, as with the throttling of gRPC: each failure costs 1, each success gives a tenth back, and
 * nothing is tried again while half of it or less is left. So a server that answers nothing has no more than its share of calls again.
 */
export class RetryBudget {
  private readonly most: number;
  private left: number;

  constructor(most: number) {
    this.most = most;
    this.left = most;
  }

  /** Whether a call that has failed may be made again. */
  failed(): boolean {
    this.left = Math.max(0, this.left - 1);
    return this.left > this.most / 2;
  }

  /** A call went well. */
  succeeded(): void {
    this.left = Math.min(this.most, this.left + 0.1);
  }
}
