/** A number of things for people: `1 like`, `1,072,954 likes`. */
export function counted(count: number | bigint, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${Number(count) === 1 ? "" : "s"}`;
}
