import { expect, it } from "vitest";
import { joinMetrics } from "./join-metrics.ts";

it("names each family once, and each sample after its process", () => {
  const one =
    '# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total{method="a b"} 1\n\n# HELP up Up.\n# TYPE up gauge\nup 1\n';
  const other = '# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total{method="c}"} 2\n';
  expect(
    joinMetrics([
      { place: 1, text: one },
      { place: 2, text: other },
    ]),
  ).toBe(
    [
      "# HELP calls_total Calls.",
      "# TYPE calls_total counter",
      'calls_total{process="1",method="a b"} 1',
      'calls_total{process="2",method="c}"} 2',
      "# HELP up Up.",
      "# TYPE up gauge",
      'up{process="1"} 1',
      "",
    ].join("\n"),
  );
});

it("ends once, where OpenMetrics does, and leaves exemplars as they are", () => {
  const text = '# HELP t T.\n# TYPE t histogram\nt_bucket{le="1.0"} 1 # {trace_id="0a"} 0.5 12.5\n# EOF\n';
  expect(
    joinMetrics([
      { place: 1, text },
      { place: 2, text },
    ]),
  ).toBe(
    [
      "# HELP t T.",
      "# TYPE t histogram",
      't_bucket{process="1",le="1.0"} 1 # {trace_id="0a"} 0.5 12.5',
      't_bucket{process="2",le="1.0"} 1 # {trace_id="0a"} 0.5 12.5',
      "# EOF",
      "",
    ].join("\n"),
  );
});
