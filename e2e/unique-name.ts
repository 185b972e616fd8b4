let count = 0;

/** A name that no other test of this process has used: its tests share a server, and so its wall of greetings. */
export function uniqueName(name: string): string {
  count += 1;
  return `${name} ${count}`;
}
