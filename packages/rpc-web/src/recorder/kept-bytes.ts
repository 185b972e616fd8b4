/** The first bytes of something that may be long. */
export interface KeptBytes {
  /** How many bytes were added, kept or not. */
  readonly length: number;
  add(bytes: Uint8Array): void;
  /** The bytes kept, joined; a copy. */
  take(): Uint8Array<ArrayBuffer>;
}

/** Keeps at most `limit` bytes, in no more memory than was added. */
export function createKeptBytes(limit: number): KeptBytes {
  const pieces: Uint8Array[] = [];
  let kept = 0;
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(bytes) {
      length += bytes.length;
      const piece = bytes.slice(0, limit - kept);
      if (piece.length === 0) return;
      kept += piece.length;
      pieces.push(piece);
    },
    take() {
      const joined = new Uint8Array(kept);
      let at = 0;
      for (const piece of pieces) {
        joined.set(piece, at);
        at += piece.length;
      }
      return joined;
    },
  };
}
