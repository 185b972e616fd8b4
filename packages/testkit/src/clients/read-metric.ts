import { sendRequest } from "./send-request.ts";

/** The value of a metric with exactly these labels, as a server's `/metrics` shows it; 0 when it has none. */
export async function readMetric(
  baseUrl: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const { body } = await sendRequest(baseUrl, "/metrics");
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const start = pairs.length === 0 ? `${name} ` : `${name}{${pairs.join(",")}} `;
  const line = body
    .toString()
    .split("\n")
    .find((text) => text.startsWith(start));
  return line === undefined ? 0 : Number(line.slice(start.length));
}
