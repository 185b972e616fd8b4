import type { Registry } from "prom-client";
import type { Sample } from "./family.ts";

/** What text of OpenMetrics is called. */
export const OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** Whether a client that names these types takes OpenMetrics. */
export function takesOpenMetrics(accept: string | undefined): boolean {
  return accept?.includes("application/openmetrics-text") ?? false;
}

/**
 * The metrics of a registry as OpenMetrics, with exemplars: the library's own text of it renames the counters of the registry for good, so
 * that the next text in Prometheus' own format would lack them.
 */
export async function openMetricsText(registry: Registry): Promise<string> {
  const families = await registry.getMetricsAsJSON();
  const texts = families.map(({ name, help, type, values }) => {
    // The library writes its types as names.
    const isCounter = String(type) === "counter";
    const family = isCounter ? name.replace(/_total$/, "") : name;
    const lines = (values as readonly AnySample[]).map((sample) =>
      sampleLine(sample.metricName ?? (isCounter ? `${family}_total` : name), sample),
    );
    return [`# HELP ${family} ${escaped(help)}`, `# TYPE ${family} ${type}`, ...lines].join("\n");
  });
  return `${texts.join("\n")}\n# EOF\n`;
}

/** A sample of ours, or of the library's own metrics, whose histograms keep what their buckets have in common apart. */
interface AnySample extends Partial<Sample> {
  readonly value: number;
  readonly sharedLabels?: Sample["labels"];
}

function sampleLine(name: string, { labels, sharedLabels, value, exemplar }: AnySample): string {
  const line = `${name}${labelText({ ...labels, ...sharedLabels })} ${numberText(value)}`;
  // The library writes null where it has none.
  if (!exemplar) return line;
  const { traceId, value: example, time } = exemplar;
  return `${line} # ${labelText({ trace_id: traceId })} ${numberText(example)} ${time / 1_000}`;
}

function labelText(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${labelValue(name, value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** The bound of a bucket is written as a number with a fraction, as OpenMetrics has it. */
function labelValue(name: string, value: string | number): string {
  if (name === "le" && Number.isInteger(Number(value))) return Number(value).toFixed(1);
  return escaped(String(value));
}

function escaped(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/"/g, '\\"');
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
