import type { ProcessPlace } from "../domain/process-place.ts";

/** In which format metrics are asked for. */
export type MetricsFormat = "prometheus" | "openmetrics";

/** The metrics of one process. */
export interface ProcessMetrics {
  /** The place of the process among those of the server, from 1. */
  readonly place: number;
  readonly text: string;
}

/** What a process tells the primary. */
export type FromProcess =
  /** It listens, and this is to be said of it. */
  | { readonly kind: "listening"; readonly text: string }
  /** It was asked for the metrics of all. */
  | { readonly kind: "ask-metrics"; readonly id: number; readonly format: MetricsFormat }
  /** Its own metrics, as it was asked; without a text where it cannot give them. */
  | { readonly kind: "metrics"; readonly id: number; readonly text?: string | undefined };

/** What the primary tells a process. */
export type ToProcess =
  /** Which of the processes it is. */
  | ({ readonly kind: "placed" } & ProcessPlace)
  /** Another takes its place: it is to end, and to lose no call. */
  | { readonly kind: "leave" }
  /** The server ends: it is to drain, or to end at once where it does not listen yet. */
  | { readonly kind: "stop" }
  | { readonly kind: "give-metrics"; readonly id: number; readonly format: MetricsFormat }
  /** The metrics of all, as it has asked. */
  | { readonly kind: "all-metrics"; readonly id: number; readonly all: readonly ProcessMetrics[] };
