/**
 * Where the next page starts, as a token. The token is good for the same scope only: all that decides which items the
 * pages hold and in which order. The position is whole numbers.
 */
export function createPageToken(scope: readonly string[], position: readonly number[]): string {
  const body = position.map((number) => number.toString(36)).join(".");
  return `${body}.${checksum(JSON.stringify([scope, body]))}`;
}

/** The position of a token; undefined unless `createPageToken` made it for this scope. */
export function readPageToken(token: string, scope: readonly string[]): readonly number[] | undefined {
  // Writing the token again and comparing accepts exactly what createPageToken writes.
  const position = token.split(".", 9).map((part) => Number.parseInt(part, 36));
  position.pop();
  if (!position.every(Number.isSafeInteger)) return undefined;
  return createPageToken(scope, position) === token ? position : undefined;
}

// FNV-1a: tells an honest mistake, it is no defence. A forged token can only point at another place of the same list.
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
