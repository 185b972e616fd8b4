/** The path of the only document that may call other servers: its content security policy lets it. */
const path = /^\/explorer\/?$/i;

/** Whether the document that the browser has loaded may call other servers. One of another page, from which a link led here, may not. */
export function mayCallOthers(entries = performance.getEntriesByType("navigation")): boolean {
  const [navigation] = entries;
  return navigation === undefined || path.test(new URL(navigation.name).pathname);
}
