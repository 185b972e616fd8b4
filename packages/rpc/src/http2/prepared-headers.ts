/** A header block of a response, encoded once and sent as often as wanted. Made by `prepareHeaders`. */
export class PreparedHeaders {
  /** The block; it refers to no dynamic table, so that it is right on every connection. */
  readonly block: Uint8Array;

  constructor(block: Uint8Array) {
    this.block = block;
  }
}
