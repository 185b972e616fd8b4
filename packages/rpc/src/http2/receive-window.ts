/** How many bytes of bodies the other side may send, on a stream or a connection (RFC 9113, section 5.2). */
export class ReceiveWindow {
  private left: number;
  private consumed = 0;
  private readonly threshold: number;

  /** The size is in bytes; half of it is announced at a time, so that small requests cost no frame. */
  constructor(size: number) {
    this.left = size;
    this.threshold = size >>> 1;
  }

  /** Counts bytes that have come; false when they are more than was allowed. */
  receive(bytes: number): boolean {
    this.left -= bytes;
    return this.left >= 0;
  }

  /** Gives back bytes that were consumed; returns by how much to open the window now, or 0. */
  giveBack(bytes: number): number {
    this.consumed += bytes;
    if (this.consumed < this.threshold) return 0;
    const increment = this.consumed;
    this.left += increment;
    this.consumed = 0;
    return increment;
  }
}
