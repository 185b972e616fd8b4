/** A header block of a response, encoded once and sent as often as wanted. Made by `prepareHeaders`. */
export class PreparedHeaders {
  /** The block; it refers to no dynamic table, so that it is right on every connection. */
  readonly block: Uint8Array;
  /** Whether the connection adds the `date` when it sends the block: to the heads of final responses that have none. */
  readonly lacksDate: boolean;

  constructor(block: Uint8Array, lacksDate: boolean) {
    this.block = block;
    this.lacksDate = lacksDate;
  }
}
