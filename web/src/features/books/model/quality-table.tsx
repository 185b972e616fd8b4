import type { ModelQuality } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { qualityMetrics } from "./quality-metrics.ts";

/** All figures of an evaluation as a table. */
export function QualityTable({ models }: { readonly models: readonly ModelQuality[] }) {
  return (
    <table>
      <caption>Quality of the model and of the baselines</caption>
      <thead>
        <tr>
          <th scope="col">Model</th>
          {qualityMetrics.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {models.map((quality) => (
          <tr key={quality.name}>
            <th scope="row">{quality.served ? `${quality.name} (served)` : quality.name}</th>
            {qualityMetrics.map(({ id, text, errorOf }) => (
              <td key={id}>
                {text(quality)}
                {errorOf !== undefined && ` ± ${errorOf(quality).toFixed(3)}`}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
