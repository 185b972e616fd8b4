import type { ModelResult } from "./compare-models.ts";
import type { Estimate } from "./metrics.ts";

/** The results as a table in Markdown, one line a model, followed by the line feed of its last; `length` is that of the lists. */
export function comparisonTable(results: readonly ModelResult[], length: number): string {
  const header = [
    "model",
    `NDCG@${length}`,
    `Recall@${length}`,
    `HR@${length}`,
    "coverage",
    "NDCG against kNN",
    "train s",
    `score + top ${length} µs`,
  ];
  const rows = results.map(({ model, evaluation, trainSeconds, ndcgAgainstKnn }) => [
    model,
    estimateText(evaluation.ndcg),
    estimateText(evaluation.recall),
    estimateText(evaluation.hitRate),
    evaluation.coverage.toFixed(3),
    model === "item kNN" ? "–" : `${ndcgAgainstKnn.mean > 0 ? "+" : ""}${estimateText(ndcgAgainstKnn)}`,
    trainSeconds.toFixed(2),
    evaluation.scoreMicros.toFixed(0),
  ]);
  return markdownTable(header, rows);
}

/** What else the lists showed, as a table of the same form. */
export function listTable(results: readonly ModelResult[], length: number): string {
  const few = results[0]?.evaluation.fewRatings.map(({ ratings }) => `NDCG@${length}, told ${ratings}`) ?? [];
  const header = ["model", "authors a book", "novelty", `dislikes in ${length}`, ...few, "mostly popularity"];
  const rows = results.map(({ model, evaluation: { authorDiversity, novelty, dislikes, fewRatings } }) => [
    model,
    authorDiversity?.toFixed(3) ?? "–",
    novelty.toFixed(2),
    estimateText(dislikes),
    ...fewRatings.map(({ ndcg }) => estimateText(ndcg)),
    fewRatings.map(({ mostlyPopular }) => mostlyPopular?.toFixed(2) ?? "–").join(" "),
  ]);
  return markdownTable(header, rows);
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  const [first = "", ...rest] = lines.map(
    (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`,
  );
  return `${[first, rule, ...rest].join("\n")}\n`;
}

function estimateText({ mean, standardError }: Estimate): string {
  return `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;
}
