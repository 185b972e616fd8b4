import type { Registry } from "prom-client";
import { registerFamily } from "./family.ts";

/** Shows how many spans could not be exported. */
export function countLostSpans(registry: Registry, read: () => number): void {
  const help = "Spans that could not be exported, and are lost.";
  registerFamily(registry, { name: "spans_lost_total", help, type: "counter" }, () => [{ labels: {}, value: read() }]);
}
