/** Copies a part of bytes that are to be kept for long: not out of Node's pool, of which each copy, however small, would keep 64 KiB alive. */
export function copyToKeep(bytes: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(end - start);
  bytes.copy(copy, 0, start, end);
  return copy;
}
