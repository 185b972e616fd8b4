/** The metrics of one process. */
export interface MetricsOfProcess {
  readonly place: number;
  readonly text: string;
}

const END = "# EOF";
const FAMILY = /^# (?:HELP|TYPE|UNIT) (\S+)/;
const SAMPLE = /^([^\s{]+)(?:\{(.*?)\})?(?= )/;

/**
 * Joins the metrics of several processes, in Prometheus' own format or in OpenMetrics: each family once, with the samples of all, which have the process that
 * they are of as the label `process`.
 */
export function joinMetrics(all: readonly MetricsOfProcess[]): string {
  const families = new Map<string, { readonly head: Set<string>; readonly samples: string[] }>();
  let end = "";
  for (const { place, text } of all) {
    let family = { head: new Set<string>(), samples: [] as string[] };
    for (const line of text.split("\n")) {
      const name = FAMILY.exec(line)?.[1];
      if (line === END) end = `${END}\n`;
      else if (name !== undefined) {
        family = families.get(name) ?? { head: new Set(), samples: [] };
        families.set(name, family);
        family.head.add(line);
      } else if (line !== "") family.samples.push(labelled(line, place));
    }
  }
  const lines = [...families.values()].flatMap(({ head, samples }) => [...head, ...samples]);
  return `${lines.join("\n")}\n${end}`;
}

function labelled(sample: string, place: number): string {
  return sample.replace(SAMPLE, (_, name, labels) => `${name}{process="${place}"${labels ? `,${labels}` : ""}}`);
}
